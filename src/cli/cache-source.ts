/**
 * What `gameday cache` looks at: a scenario, whose cache is listened to in a run, a file of
 * look-ups, or a popularity that look-ups are drawn from.
 */

import { createReadStream, existsSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { suggestion } from '../base/suggest.ts';
import { Tapping, cachesOf } from '../experiment/cache-look-ups.ts';
import { GeneratedLookUps } from '../laboratory/generated-look-ups.ts';
import type { LookUpSource, TraceFault } from '../laboratory/look-ups.ts';
import { openTrace } from '../laboratory/traces/open-trace.ts';
import type { TraceOptions } from '../laboratory/traces/trace-options.ts';
import type { TraceReport } from '../laboratory/traces/trace-report.ts';
import { loadScenario } from '../scenario/load.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import { popularityNames, readPopularity } from '../scenario/popularity-syntax.ts';
import { bundledScenarios } from './bundled.ts';
import type { CacheOptions } from './cache-options.ts';
import { isDiagnostic, readScenarioInput } from './scenario-input.ts';

export interface CacheSource {
  /** For titles. */
  readonly name: string;
  /** Shares of sizes are of so many keys; null: of those that are met. */
  readonly keys: number | null;
  /** Present size and policy of the cache of a scenario; null for anything else. */
  readonly present: { readonly size: number; readonly policy: string } | null;
  readonly unit: 'entries' | 'bytes' | null;
  /** The look-ups from the beginning, each time it is called. */
  readonly open: () => LookUpSource;
  /** What was wrong with the records that were read last; null when there is no file of them. */
  readonly report: () => TraceReport | null;
}

/** Faults of the input; `text` is that of the file which they are about. */
export interface BadSource {
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string;
}

export type SourceHooks = {
  readonly onProgress: (share: number) => void;
  readonly interruption: AbortSignal;
};

/** True when the operand is a scenario, bundled or in a file. */
export function isScenarioOperand(operand: string): boolean {
  if (/\.ya?ml$/.test(operand)) return true;
  return bundledScenarios.has(operand) && !existsSync(operand);
}

/** Null: it was interrupted. */
export async function openCacheSource(
  operand: string,
  options: CacheOptions,
  hooks: SourceHooks,
): Promise<CacheSource | BadSource | null> {
  if (isScenarioOperand(operand)) return tapped(operand, options, hooks);
  if (existsSync(operand)) return traceFile(operand, options.trace);
  const word = /^([a-z][a-z-]*)(\(.*\))?$/.exec(operand);
  if (word !== null && (word[2] !== undefined || popularityNames.includes(word[1]!))) {
    return generated(operand, options);
  }
  const input = readScenarioInput(operand);
  const hint = 'name a scenario, a trace file, or a popularity such as `zipf(0.99)`';
  const problem = { ...problemOf(operand, 'no-such-file', 'there is no such file'), hint };
  return { diagnostics: [isDiagnostic(input) ? { ...input, hint } : problem], text: '' };
}

function generated(operand: string, { keys, requests }: CacheOptions): CacheSource | BadSource {
  const popularity = readPopularity(operand);
  if (!popularity.ok) {
    const { code, message, hint } = popularity.problem;
    return { diagnostics: [{ ...problemOf(operand, code, message), hint }], text: '' };
  }
  const { value } = popularity;
  if ('every' in value && 'ns' in value.every) {
    const message = 'look-ups that are drawn come at no time, so nothing moves after a duration';
    const hint = 'say after how many of them, such as `every 1k`';
    return { diagnostics: [{ ...problemOf(operand, 'out-of-range', message), hint }], text: '' };
  }
  const plan = { popularity: value, keys, requests, seed: 'cache' };
  return {
    name: operand,
    keys,
    present: null,
    unit: null,
    open: () => new GeneratedLookUps(plan),
    report: () => null,
  };
}

function traceFile(path: string, options: TraceOptions): CacheSource | BadSource {
  const { size } = statSync(path);
  if (!statSync(path).isFile()) {
    const problem = problemOf(path, 'not-a-file', 'this is not a file that can be read twice');
    return { diagnostics: [{ ...problem, hint: 'name a file of look-ups' }], text: '' };
  }
  let last: TraceReport | null = null;
  return {
    name: path,
    keys: null,
    present: null,
    unit: null,
    open: () => {
      const trace = openTrace(createReadStream(path), { ...options, name: path, bytes: size });
      last = trace.report;
      return trace;
    },
    report: () => last,
  };
}

async function tapped(
  operand: string,
  { cache }: CacheOptions,
  { onProgress, interruption }: SourceHooks,
): Promise<CacheSource | BadSource | null> {
  const loaded = loadForCache(operand, cache);
  if ('diagnostics' in loaded) return loaded;
  const tapping = new Tapping(loaded.scenario, loaded.cache);
  while (!tapping.advance(EVENTS_AT_ONCE)) {
    onProgress(tapping.progress);
    await setImmediate();
    if (interruption.aborted) return null;
  }
  const run = tapping.result();
  return {
    name: `${loaded.scenario.name}, ${run.cache}`,
    keys: null,
    present: { size: run.size, policy: run.policy },
    unit: run.unit,
    open: run.open,
    report: () => null,
  };
}

const EVENTS_AT_ONCE = 100_000;

/** A scenario and the cache in it that is meant. */
export function loadForCache(
  operand: string,
  wanted: string | null,
): { readonly scenario: Scenario; readonly cache: string } | BadSource {
  const input = readScenarioInput(operand);
  if (isDiagnostic(input)) return { diagnostics: [input], text: '' };
  const { scenario, diagnostics } = loadScenario(input.content, { file: input.file });
  const text =
    typeof input.content === 'string' ? input.content : new TextDecoder().decode(input.content);
  if (scenario === null) return { diagnostics, text };
  const names = cachesOf(scenario);
  const fault = (code: string, message: string, hint: string | null): BadSource => ({
    diagnostics: [{ ...problemOf(input.file, code, message), hint }],
    text: '',
  });
  if (names.length === 0) {
    return fault('no-cache', 'the scenario has no cache', 'add a component with `kind: cache`');
  }
  if (wanted === null) {
    if (names.length === 1) return { scenario, cache: names[0]! };
    const hint = `write --cache ${names[0]!}`;
    return fault('which-cache', `the scenario has ${names.length} caches`, hint);
  }
  if (names.includes(wanted)) return { scenario, cache: wanted };
  const hint = suggestion(wanted, names, 'the caches are');
  return fault('unknown-cache', `the scenario has no cache \`${wanted}\``, hint);
}

/** What is wrong with a trace as a whole, in the words of its reader. */
export function diagnosticOf(file: string, fault: TraceFault): Diagnostic {
  const at = fault.record > 0 ? `record ${fault.record}: ` : '';
  return { ...problemOf(file, fault.code, `${at}${fault.message}`), hint: fault.hint };
}

export function problemOf(file: string, code: string, message: string): Diagnostic {
  return { code, severity: 'error', file, line: 1, column: 1, message, hint: null };
}
