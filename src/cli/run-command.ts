/** `gameday run`: runs a scenario and says what became of its requirements. */

import { setImmediate } from 'node:timers/promises';
import { clock } from '../base/measured.ts';
import { Experiment } from '../experiment/experiment.ts';
import { PathSample } from '../experiment/path-sample.ts';
import { resultsOf } from '../experiment/results.ts';
import type { Results } from '../experiment/result-types.ts';
import { version } from '../experiment/version.ts';
import { whyResults } from '../experiment/why-results.ts';
import { textReport, verdictReport } from '../report/text-report.ts';
import { formatDiagnostics } from '../scenario/diagnostics.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import { loadScenario } from '../scenario/load.ts';
import type { LoadOptions, Scenario } from '../scenario/load.ts';
import type { Setting } from '../scenario/settings.ts';
import type { Arguments, Command } from './command.ts';
import { Exit } from './exit-codes.ts';
import { misuseText } from './help.ts';
import { prepareFolder, writeFolder } from './out-folder.ts';
import { Progress } from './progress.ts';
import { isDiagnostic, readScenarioInput } from './scenario-input.ts';
import { readReplicationOptions, replicate } from './run-replications.ts';
import { paintFor, print, tell } from './terminal.ts';

/** Events between two looks at the clock and the keyboard: some 20 ms to 100 ms. */
const SLICE_EVENTS = 100_000;
/** Requests that are taken apart to say why the slow ones are slow; half as many at the least. */
const SAMPLE_PATHS = 20_000;

export const runCommand: Command = {
  name: 'run',
  operands: 'FILE',
  operandCount: [1, 1],
  summary: 'run a scenario and print what became of its requirements',
  details: [
    'FILE is a path, or the name of a scenario that gameday list shows.',
    'The same file, seed and version give the same run, event by event: compare the hashes.',
    'Of replications the first has the seed of the file, say 7, the others 7-2, 7-3 and so on.',
    'A requirement then passes or fails by the 95 % interval of its mean over the replications;',
    'an expectation is about the first one.',
  ],
  options: {
    seed: { type: 'string', value: 'N', description: 'instead of the seed in the file' },
    duration: {
      type: 'string',
      value: 'TIME',
      description: 'such as 10m, instead of that in the file',
    },
    set: {
      type: 'string',
      multiple: true,
      value: 'PATH=VALUE',
      description: 'change one value, such as redis.eviction=fifo; may be repeated',
    },
    replications: {
      type: 'string',
      value: 'N',
      description: 'run it with N seeds and judge the means over all of them',
    },
    workers: {
      type: 'string',
      value: 'J',
      description: 'threads for the replications; as many as there are cores unless given',
    },
    json: { type: 'boolean', description: 'print the results as one JSON object' },
    series: { type: 'boolean', description: 'with one number a window, in the JSON' },
    why: { type: 'boolean', description: 'also say what the slow requests were waiting for' },
    out: {
      type: 'string',
      value: 'FOLDER',
      description: 'also write results.json, series.csv and report.txt there',
    },
    quiet: { type: 'boolean', description: 'print the verdicts only' },
    progress: {
      type: 'boolean',
      description: 'show progress though standard error is no terminal',
    },
  },
  run: runScenario,
};

async function runScenario(args: Arguments): Promise<number> {
  const settings = readSettings(args.values('set'));
  if (typeof settings === 'string') {
    const hint = 'write --set redis.eviction=fifo';
    tell(misuseText({ message: settings, hint }));
    return Exit.badInput;
  }
  const replications = readReplicationOptions(args);
  if (replications !== null && 'message' in replications) {
    tell(misuseText(replications));
    return Exit.badInput;
  }
  const scenario = load(args, settings);
  if (scenario === null) return Exit.badInput;
  const folder = args.value('out');
  const obstacle = folder === null ? null : prepareFolder(folder);
  if (obstacle !== null) {
    tell(misuseText({ message: `--out cannot be used: ${obstacle}`, hint: null }));
    return Exit.badInput;
  }
  return replications === null
    ? runOnce(scenario, args)
    : replicate(scenario, settings, replications, args);
}

async function runOnce(scenario: Scenario, args: Arguments): Promise<number> {
  const folder = args.value('out');
  const experiment = new Experiment(scenario);
  const sample = args.has('why') ? new PathSample(experiment, SAMPLE_PATHS) : null;
  const progress = new Progress({ isForced: args.has('progress'), isQuiet: args.has('quiet') });
  if (!(await runToEnd(experiment, sample, progress))) {
    const reached = clock(experiment.run.time / 1e9);
    tell(`interrupted at ${reached} of the run; nothing was written\n`);
    return Exit.interrupted;
  }
  const results = resultsOf(experiment, { series: folder !== null || args.has('series') });
  const full = sample === null ? results : { ...results, why: whyResults(experiment, sample) };
  const failure = folder === null ? null : writeFolder(folder, full);
  printResults(full, args);
  if (failure === null) return exitCodeOf(full);
  tell(misuseText({ message: `the results could not be written: ${failure}`, hint: null }));
  return Exit.badInput;
}

/** Exit code of a run that came to an end. */
function exitCodeOf({ checks, ending, expect, requirements }: Results): number {
  if (checks.some(({ ok }) => !ok)) return Exit.fault;
  if (ending !== null && ending.kind !== 'duration') return Exit.budget;
  const isFailed = requirements.some(({ verdict }) => verdict === 'FAIL');
  return isFailed || expect.some(({ holds }) => !holds) ? Exit.doesNotHold : Exit.fine;
}

/** False when the user interrupted it. Between slices signals and output get their turn. */
async function runToEnd(
  { run }: Experiment,
  sample: PathSample | null,
  progress: Progress,
): Promise<boolean> {
  const advance = (events: number) => run.advance(Infinity, events);
  const slice = () =>
    sample === null ? advance(SLICE_EVENTS) : sample.advance(SLICE_EVENTS, advance);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt);
  const duration = run.world.plan.durationNs / 1e9;
  while (!interruption.signal.aborted && !slice()) {
    progress.update(run.time / 1e9, duration, run.world.simulation.events);
    await setImmediate();
  }
  process.off('SIGINT', interrupt);
  progress.end();
  return !interruption.signal.aborted;
}

function printResults(results: Results, args: Arguments): void {
  if (args.has('json')) {
    const { series, ...rest } = results;
    const shown = args.has('series') ? { ...rest, series } : rest;
    print(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  const paint = paintFor(process.stdout);
  print(args.has('quiet') ? verdictReport(results, paint) : textReport(results, paint));
}

/** Each `path=value`, or what is wrong with the first that is none. */
function readSettings(texts: readonly string[]): readonly Setting[] | string {
  const settings: Setting[] = [];
  for (const text of texts) {
    const equals = text.indexOf('=');
    if (equals < 1) return `--set ${text} has no path and value`;
    settings.push({ path: text.slice(0, equals), value: text.slice(equals + 1) });
  }
  return settings;
}

/** The scenario; null when it cannot be run, and then everything has been said. */
function load(args: Arguments, set: readonly Setting[]): Scenario | null {
  const input = readScenarioInput(args.operands[0]!);
  if (isDiagnostic(input)) {
    report([input], '', input.file, args);
    return null;
  }
  const seed = args.value('seed');
  const duration = args.value('duration');
  const options: LoadOptions = {
    file: input.file,
    set,
    ...(seed === null ? {} : { seed }),
    ...(duration === null ? {} : { duration }),
  };
  const { scenario, diagnostics } = loadScenario(input.content, options);
  const text =
    typeof input.content === 'string' ? input.content : new TextDecoder().decode(input.content);
  if (scenario === null) report(diagnostics, text, input.file, args);
  else if (diagnostics.length > 0) tell(`${formatDiagnostics(diagnostics, text)}\n\n`);
  return scenario;
}

/** Problems in words, and as the one JSON object when that was asked for. */
function report(
  diagnostics: readonly Diagnostic[],
  text: string,
  file: string,
  args: Arguments,
): void {
  tell(`${formatDiagnostics(diagnostics, text)}\n`);
  if (args.has('json'))
    print(`${JSON.stringify({ gameday: version, file, diagnostics }, null, 2)}\n`);
}
