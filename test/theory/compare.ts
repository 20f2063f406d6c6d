/**
 * Runs the scenario file of a case and sets what a user would read of it, by the metrics of the
 * claim language, against what theory says.
 */

import { readFileSync } from 'node:fs';
import { judgeRequirement } from '../../src/experiment/verdict.ts';
import type { Scenario } from '../../src/scenario/load.ts';
import { loadSound, simulate } from './simulate.ts';
import type { TheoryCase } from './theory-case.ts';

/** Where the scenario files of the cases are, from the root of the repository. */
export const CASES = 'test/theory/cases';

/** Standard deviations that a tolerance stands for. */
const TOLERATED_DEVIATIONS = 4;

export interface CompareOptions {
  readonly seed: string;
  /** Requests to measure; the run is as much shorter, or longer, than the file says. */
  readonly requests: number;
}

/** One number of theory and its measurement. */
export interface Comparison {
  readonly metric: string;
  readonly expected: number;
  readonly measured: number;
  /** Largest relative difference allowed at this length of the run. */
  readonly tolerance: number;
  /** The difference in standard deviations; beyond 4 it is not tolerated. */
  readonly z: number;
  /** The 95 % interval that the program gives, in which the expected number should lie. */
  readonly interval: readonly [low: number, high: number] | null;
}

export function compare(theory: TheoryCase, { seed, requests }: CompareOptions): Comparison[] {
  const share = requests / theory.requests;
  const experiment = simulate(scenarioOf(theory, seed, share));
  const expectations = Object.entries(theory.expect);
  return expectations.map(([metric, [expected, fullTolerance]], index) => {
    const result = judgeRequirement(experiment, experiment.scenario.requirements[index]!);
    const [low, high] = result.interval ?? [NaN, NaN];
    const ends = [low, high ?? Infinity].map((value) => asMetric(metric, value));
    const measured = asMetric(metric, result.measured ?? NaN);
    const tolerance = fullTolerance / Math.sqrt(share);
    return {
      metric,
      expected,
      measured,
      tolerance,
      z: ((measured / expected - 1) / tolerance) * TOLERATED_DEVIATIONS,
      interval: result.interval === null ? null : [Math.min(...ends), Math.max(...ends)],
    };
  });
}

/** The scenario with a claim for every expectation, in their order. */
function scenarioOf(theory: TheoryCase, seed: string, share: number): Scenario {
  const file = `${CASES}/${theory.id}.yaml`;
  const text = readFileSync(file, 'utf8');
  const { durationNs, warmUpNs } = loadSound(text, { file }).plan;
  const set = [
    { path: 'requirements', value: JSON.stringify(Object.keys(theory.expect).map(claimOf)) },
    { path: 'warm-up', value: shortened(warmUpNs, share) },
    { path: 'duration', value: shortened(durationNs, share) },
  ];
  return loadSound(text, { file, seed, set });
}

/** A share of a time, rounded up to the shortest window of a run. */
function shortened(ns: number, share: number): string {
  return `${Math.ceil((ns * share) / 1e8) * 100}ms`;
}

/** A claim that asks for a metric; what it compares with does not matter. */
function claimOf(metric: string): string {
  if (metric === 'unavailability') return 'availability > 0%';
  if (metric === 'goodput') return 'goodput > 0/s';
  const isShare = /^(availability|utilisation|hit ratio|waiting probability)\b/.test(metric);
  return `${metric} > ${isShare ? '0%' : '0s'}`;
}

function asMetric(metric: string, value: number): number {
  return metric === 'unavailability' ? 1 - value : value;
}
