/**
 * Measures a case. Of a design, what a user would read of it, by the metrics of the claim language,
 * is set against what theory says.
 */

import { readFileSync } from 'node:fs';
import { resultsOf } from '../../src/experiment/results.ts';
import type { RequirementResult, Results } from '../../src/experiment/result-types.ts';
import { judgeRequirement } from '../../src/experiment/verdict.ts';
import type { Scenario } from '../../src/scenario/load.ts';
import { within } from './finding.ts';
import type { Finding, Interval } from './finding.ts';
import { loadSound, simulate } from './simulate.ts';
import { isDesign } from './theory-case.ts';
import type { DesignCase, MeasureOptions, TheoryCase } from './theory-case.ts';

/** Where the scenario files of the cases are, from the root of the repository. */
export const CASES = 'test/theory/cases';

/** The units of claims, as they are written behind numbers. */
const UNITS = {
  ms: 'ms',
  share: '',
  'per-second': '/s',
  count: '',
  number: '',
  money: '$',
} as const;

interface Setting {
  readonly path: string;
  readonly value: string;
}

/** What a scenario file is run with. */
export interface FileOptions extends MeasureOptions {
  readonly set?: readonly Setting[];
}

/** A metric as it was measured, and the name of its unit. */
export interface Reading {
  readonly unit: string;
  readonly measured: number;
  readonly interval: Interval | null;
}

/** Every number that theory knows of a case, beside its measurement. */
export function findingsOf(theory: TheoryCase, options: MeasureOptions): readonly Finding[] {
  return isDesign(theory) ? findingsOfDesign(theory, options) : theory.measure(options);
}

/** The seed of a case where nobody asks for another. */
export function seedOf({ id }: TheoryCase): string {
  return id.toLowerCase();
}

/** The file of a design, from the root of the repository. */
export function fileOf(name: string): string {
  return `${CASES}/${name.toLowerCase()}.yaml`;
}

/** What a scenario file calls itself and says about itself. */
export function describeFile(name: string): { readonly title: string; readonly about: string } {
  const file = fileOf(name);
  const scenario = loadSound(readFileSync(file, 'utf8'), { file });
  return { title: scenario.name, about: scenario.about };
}

/** Runs a scenario file and reads metrics of it, in the order asked for. */
export function readMetrics(
  name: string,
  metrics: readonly string[],
  options: FileOptions,
): readonly Reading[] {
  const experiment = simulate(scenarioOf(name, metrics, options));
  const { requirements } = experiment.scenario;
  return metrics.map((metric, index) =>
    reading(metric, judgeRequirement(experiment, requirements[index]!)),
  );
}

/** Runs a scenario file and gives all its results, one number for each window among them. */
export function runFile(name: string, options: FileOptions): Results {
  return resultsOf(simulate(scenarioOf(name, [], options)), { series: true });
}

function findingsOfDesign(theory: DesignCase, options: MeasureOptions): Finding[] {
  const metrics = Object.keys(theory.expect);
  const readings = readMetrics(theory.id, metrics, options);
  const chance = Math.sqrt(options.share);
  const findings = Object.values(theory.expect).map(([expected, tolerance], index) =>
    within(tolerance / chance, { what: metrics[index]!, expected, ...readings[index]! }),
  );
  if (options.share < 1) return findings;
  const further = (theory.also ?? []).map(({ metric, by, value, tolerance, isFloor }): Finding => {
    const estimate = { what: `${metric}: ${by}`, expected: value };
    const finding = within(tolerance, { ...estimate, ...readings[metrics.indexOf(metric)]! });
    return isFloor === true ? { ...finding, bound: 'at least' } : { ...finding, isEstimate: true };
  });
  return [...findings, ...further];
}

/** The scenario of a file with a claim for every metric, in their order. */
function scenarioOf(
  name: string,
  metrics: readonly string[],
  { seed, share, set = [] }: FileOptions,
): Scenario {
  const file = fileOf(name);
  const text = readFileSync(file, 'utf8');
  const { durationNs, warmUpNs } = loadSound(text, { file, set }).plan;
  const length = [
    { path: 'warm-up', value: shortened(warmUpNs, share) },
    { path: 'duration', value: shortened(durationNs, share) },
  ];
  const claims = { path: 'requirements', value: JSON.stringify(metrics.map(claimOf)) };
  const all = [...set, ...(share === 1 ? [] : length), ...(metrics.length > 0 ? [claims] : [])];
  return loadSound(text, { file, seed, set: all });
}

/** A share of a time, rounded up to the shortest window of a run. */
function shortened(ns: number, share: number): string {
  return `${Math.ceil((ns * share) / 1e8) * 100}ms`;
}

/** A claim that asks for a metric; what it compares with does not matter. */
function claimOf(metric: string): string {
  if (metric === 'unavailability') return 'availability > 0%';
  if (/^(utilisation|hit ratio|waiting probability|availability)\b/.test(metric)) {
    return `${metric} > 0%`;
  }
  if (metric.startsWith('goodput')) return `${metric} > 0/s`;
  return `${metric} > ${/^(mean|max$|max of|p\d|wait)/.test(metric) ? '0s' : '0'}`;
}

function reading(metric: string, result: RequirementResult): Reading {
  const turned = (value: number) => (metric === 'unavailability' ? 1 - value : value);
  const measured = turned(result.measured ?? NaN);
  const unit = UNITS[result.unit];
  if (result.interval === null) return { unit, measured, interval: null };
  const ends = [result.interval[0], result.interval[1] ?? Infinity].map(turned);
  return { unit, measured, interval: [Math.min(...ends), Math.max(...ends)] };
}
