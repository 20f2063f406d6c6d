/** `gameday cache`: what other policies and sizes would make of the same look-ups. */

import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CurveReport } from '../laboratory/curve.ts';
import { unfitPolicy, workPlan } from '../laboratory/curve-plan.ts';
import type { CurveSize } from '../laboratory/curve-plan.ts';
import { curveReport } from '../laboratory/curves.ts';
import { Survey } from '../laboratory/survey.ts';
import { curveDrawing } from '../report/curve-drawing.ts';
import { drawingPixels } from '../report/curve-pixels.ts';
import { drawingSvg } from '../report/curve-svg.ts';
import { curveCsv, curveTable } from '../report/curve-table.ts';
import { formatDiagnostics } from '../scenario/diagnostics.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import { version } from '../experiment/version.ts';
import { runChain } from './cache-chain-run.ts';
import { readCacheOptions } from './cache-options.ts';
import type { CacheOptions } from './cache-options.ts';
import { diagnosticOf, isScenarioOperand, openCacheSource, problemOf } from './cache-source.ts';
import type { CacheSource } from './cache-source.ts';
import type { Arguments, Command, Misuse } from './command.ts';
import { playInThreads } from './curve-threads.ts';
import { Exit } from './exit-codes.ts';
import { misuseText } from './help.ts';
import { pngOf } from './png.ts';
import { Progress } from './progress.ts';
import { paintFor, print, tell } from './terminal.ts';

/** Options that say how a file is read, or how many look-ups are drawn. */
const fileOptions: readonly string[] = ['keys', 'requests', 'format', 'columns'];

/** Pixels for a unit of the drawing, as screens with fine dots have it. */
const PNG_SCALE = 2;
/** Played when nobody says which. */
const policiesUnlessGiven: readonly string[] = ['lru', 'fifo', 'sieve', 'lfu'];

export const cacheCommand: Command = {
  name: 'cache',
  operands: 'FILE',
  operandCount: [1, 1],
  summary: 'say what caches of other policies and sizes would miss',
  details: [
    'FILE is a scenario, whose cache is listened to in a run of it; a file of look-ups (CSV,',
    'oracleGeneral, Twitter, access log, one key a line; gzip is unpacked); or a popularity such',
    'as "zipf(0.99)", from which look-ups are drawn.',
    'Sizes are shares of all keys (1%; of a popularity: of those to draw from), entries (10k) or',
    'bytes (512MB).',
    'With --chain the whole scenario is run once for each size of its cache.',
  ],
  options: {
    policies: {
      type: 'string',
      value: 'LIST',
      description: 'such as lru,sieve, or all; lru,fifo,sieve,lfu unless given',
    },
    sizes: { type: 'string', value: 'LIST', description: '1%,2%,5%,10%,20%,50% unless given' },
    bytes: { type: 'boolean', description: 'shares are of the bytes of all keys' },
    bounds: { type: 'boolean', description: 'with the fewest misses that any cache could have' },
    sample: {
      type: 'string',
      value: 'SHARE',
      description: 'play a share of the keys: 1%, none (all of them), auto (as memory allows)',
    },
    cache: { type: 'string', value: 'NAME', description: 'which cache of the scenario' },
    chain: { type: 'boolean', description: 'run the whole scenario with each size of the cache' },
    keys: { type: 'string', value: 'N', description: 'keys to draw from; 1M unless given' },
    requests: {
      type: 'string',
      value: 'N',
      description: 'look-ups to draw (10M unless given), or to read of a file at the most',
    },
    format: {
      type: 'string',
      value: 'NAME',
      description: 'of the file: csv, oracle-general, twitter, access-log, plain',
    },
    columns: { type: 'string', value: 'LIST', description: 'of CSV, such as time=1,key=2,size=3' },
    workers: {
      type: 'string',
      value: 'J',
      description: 'threads; as many as there are cores unless given',
    },
    json: { type: 'boolean', description: 'print one JSON object' },
    csv: { type: 'boolean', description: 'print a line for each curve and size' },
    svg: { type: 'string', value: 'PATH', description: 'also draw the curves there' },
    png: { type: 'string', value: 'PATH', description: 'the same as pixels' },
    quiet: { type: 'boolean', description: 'no progress' },
    progress: {
      type: 'boolean',
      description: 'show progress though standard error is no terminal',
    },
  },
  run: runCache,
};

async function runCache(args: Arguments): Promise<number> {
  const options = readCacheOptions(args);
  const misuse = 'message' in options ? options : misuseOf(args);
  if ('message' in options || misuse !== null) {
    tell(misuseText(misuse!));
    return Exit.badInput;
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt);
  const progress = new Progress({ isForced: args.has('progress'), isQuiet: args.has('quiet') });
  try {
    const signal = interruption.signal;
    const code = args.has('chain')
      ? await runChain(args, options, progress, signal)
      : await runCurves(args, options, progress, signal);
    if (code !== Exit.interrupted) return code;
    tell('interrupted; nothing was written\n');
    return code;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** What would only show after the work, or never. */
function misuseOf(args: Arguments): Misuse | null {
  if (args.has('json') && args.has('csv')) {
    return { message: '--json and --csv are both given', hint: 'leave one of the two out' };
  }
  for (const name of ['svg', 'png']) {
    const path = args.value(name);
    if (path === null || existsSync(dirname(path))) continue;
    const message = `the folder ${dirname(path)} of --${name} ${path} is not there`;
    return { message, hint: 'make it first, or write to another' };
  }
  return isScenarioOperand(args.operands[0]!)
    ? unusedOf(args, fileOptions)
    : unusedOf(args, ['cache']);
}

/** An option that means nothing for what is read. */
function unusedOf(args: Arguments, names: readonly string[]): Misuse | null {
  const name = names.find((each) => args.has(each));
  if (name === undefined) return null;
  const which = name === 'cache' ? 'a scenario' : 'files of look-ups and for popularities';
  return {
    message: `--${name} is for ${which}, not for ${args.operands[0]!}`,
    hint: 'leave it out',
  };
}

async function runCurves(
  args: Arguments,
  options: CacheOptions,
  progress: Progress,
  interruption: AbortSignal,
): Promise<number> {
  const operand = args.operands[0]!;
  const source = await openCacheSource(operand, options, {
    onProgress: (share) => progress.updateShare('playing the scenario', share),
    interruption,
  });
  if (source === null) return ended(progress, Exit.interrupted);
  if ('diagnostics' in source)
    return refuse(source.diagnostics, source.text, operand, args, progress);
  const report = await curves(source, options, progress, interruption);
  if (report === null) return ended(progress, Exit.interrupted);
  if (!('curves' in report)) return refuse([report], '', operand, args, progress);
  progress.end();
  warnOfRecords(source);
  return show(report, source.name, args);
}

/** Null: interrupted; a diagnostic: it cannot be done. */
async function curves(
  source: CacheSource,
  options: CacheOptions,
  progress: Progress,
  interruption: AbortSignal,
): Promise<CurveReport | Diagnostic | null> {
  const survey = new Survey();
  const trace = source.open();
  for (let batch = await trace.next(); batch !== null; batch = await trace.next()) {
    survey.add(batch, trace.keys);
    progress.updateShare('counting', trace.progress);
    await setImmediate();
    if (interruption.aborted) return null;
  }
  const fault = faultOf(source, survey);
  if (fault !== null) return fault;
  const unit = options.unit ?? source.unit ?? 'entries';
  const policies = options.policies ?? policiesFor(source);
  const problem =
    unitFault(source.name, policies, unit, survey) ??
    sampleFault(source.name, options.sample, survey);
  if (problem !== null) return problem;
  const sizes: CurveSize[] = options.sizes.map((size) =>
    size.kind === 'share' && source.keys !== null && unit === 'entries'
      ? { kind: 'entries', entries: Math.max(1, Math.round(size.share * source.keys)) }
      : size,
  );
  // The size as it is now is on the curve.
  if (source.present !== null && source.unit === unit) {
    const { size } = source.present;
    sizes.push(
      unit === 'bytes' ? { kind: 'bytes', bytes: size } : { kind: 'entries', entries: size },
    );
  }
  const { bounds, sample } = options;
  const plan = workPlan({ policies, sizes, unit, bounds, sample }, survey);
  const answers = await playInThreads({
    plan,
    source: source.open(),
    workers: options.workers,
    interruption,
    onProgress: (share) => progress.updateShare('playing caches', share),
  });
  if (answers === null) return null;
  const present = source.unit === unit ? (source.present?.size ?? null) : null;
  return curveReport(plan, survey, answers, present);
}

function policiesFor({ present }: CacheSource): readonly string[] {
  return [...new Set([...(present === null ? [] : [present.policy]), ...policiesUnlessGiven])];
}

/** Why nothing can be said of the look-ups; null: something can. */
function faultOf(source: CacheSource, { requests }: Survey): Diagnostic | null {
  if (requests > 0) return null;
  const report = source.report();
  if (report?.stopped) return diagnosticOf(source.name, report.stopped);
  const first = report?.faults[0];
  if (first !== undefined) return diagnosticOf(source.name, first);
  const problem = problemOf(source.name, 'no-look-ups', 'nothing was looked up');
  return { ...problem, hint: 'only reads can miss' };
}

function unitFault(
  file: string,
  policies: readonly string[],
  unit: 'entries' | 'bytes',
  { hasSizes }: Survey,
): Diagnostic | null {
  if (unit === 'bytes' && !hasSizes) {
    const problem = problemOf(file, 'no-sizes', 'the look-ups have no sizes');
    return { ...problem, hint: 'give sizes in entries or shares, without --bytes' };
  }
  for (const name of policies) {
    const message = unfitPolicy(name, unit);
    if (message === null) continue;
    return { ...problemOf(file, 'policy-in-bytes', message), hint: 'give sizes in entries' };
  }
  return null;
}

/** Of a few keys a small share is most likely none, and says nothing. */
function sampleFault(file: string, sample: number | 'auto', { keys }: Survey): Diagnostic | null {
  if (sample === 'auto' || sample * keys >= 1) return null;
  const message = `a sample of ${sample * 100} % of ${keys} keys is less than one key`;
  return {
    ...problemOf(file, 'small-sample', message),
    hint: 'play more of them, or --sample none',
  };
}

/** What was wrong with records that were passed over, or why the reading ended early. */
function warnOfRecords(source: CacheSource): void {
  const report = source.report();
  if (report === null) return;
  const told = [...report.faults, ...(report.stopped === null ? [] : [report.stopped])];
  const warnings = told.map((fault) => ({
    ...diagnosticOf(source.name, fault),
    severity: 'warning' as const,
  }));
  if (warnings.length === 0) return;
  tell(`${formatDiagnostics(warnings, '')}\n`);
  const { kept, passedOver } = report;
  tell(`records used: ${kept}, passed over: ${passedOver}\n\n`);
}

function refuse(
  diagnostics: readonly Diagnostic[],
  text: string,
  file: string,
  args: Arguments,
  progress: Progress,
): number {
  progress.end();
  tell(`${formatDiagnostics(diagnostics, text)}\n`);
  if (args.has('json')) {
    print(`${JSON.stringify({ gameday: version, file, diagnostics }, null, 2)}\n`);
  }
  return Exit.badInput;
}

function show(report: CurveReport, name: string, args: Arguments): number {
  const drawing = curveDrawing(report, name);
  const files: readonly (readonly [string | null, () => string | Uint8Array])[] = [
    [args.value('svg'), () => drawingSvg(drawing, name)],
    [args.value('png'), () => pngOf(drawingPixels(drawing, PNG_SCALE))],
  ];
  for (const [path, content] of files) {
    if (path === null) continue;
    try {
      writeFileSync(path, content());
    } catch (error) {
      const reason = (error as Error).message;
      tell(misuseText({ message: `the picture could not be written: ${reason}`, hint: null }));
      return Exit.badInput;
    }
  }
  if (args.has('json')) {
    print(`${JSON.stringify({ gameday: version, source: name, ...report }, null, 2)}\n`);
  } else if (args.has('csv')) print(curveCsv(report));
  else print(curveTable(report, name, paintFor(process.stdout)));
  return Exit.fine;
}

function ended(progress: Progress, code: number): number {
  progress.end();
  return code;
}
