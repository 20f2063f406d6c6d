/**
 * Replications: the same scenario with several seeds. Runs with different seeds are independent, so
 * the scatter between them needs no model of what goes on inside a run, and Student's distribution
 * gives the interval of their mean. Merging depends on the order of the seeds alone, never on who
 * ran which of them when.
 *
 * Source: A. Law, Simulation modeling and analysis, 2015, chapter 9: replications of terminating
 * simulations.
 */

import { assert } from '../base/assert.ts';
import { student95 } from '../base/student.ts';
import type { Interval } from './intervals.ts';
import { estimateText, groupedText } from './wording.ts';
import { verdictOf } from './verdict.ts';
import type {
  ClaimResult,
  Measured,
  OperationResult,
  RequirementResult,
  Results,
  Verdict,
} from './result-types.ts';
import type {
  OperationNumber,
  ReplicatedExpectation,
  ReplicatedNumber,
  ReplicatedOperation,
  ReplicatedRequirement,
  ReplicatedResults,
  Replication,
} from './replication-types.ts';

/** Replications of one scenario at the most. */
export const REPLICATIONS_MAX = 10_000;

/** The seed of a replication, counted from 1: the first has the scenario's own, the third `7-3`. */
export function seedOfReplication(seed: string, number: number): string {
  return number === 1 ? seed : `${seed}-${number}`;
}

/** Joins the results of two or more replications, given in the order of their numbers. */
export function mergeReplications(all: readonly Results[]): ReplicatedResults {
  assert(all.length >= 2, 'One run has no replications.');
  const first = all[0]!;
  const { gameday, scenario, file, seed } = first;
  return {
    gameday,
    scenario,
    file,
    seed,
    simulatedSeconds: Math.max(...all.map(({ simulatedSeconds }) => simulatedSeconds)),
    warmUpSeconds: first.warmUpSeconds,
    measuredSeconds: Math.max(...all.map(({ measuredSeconds }) => measuredSeconds)),
    events: all.reduce((sum, { events }) => sum + events, 0),
    requirements: first.requirements.map((_, place) =>
      judgeOverReplications(all.map(({ requirements }) => requirements[place]!)),
    ),
    expect: first.expect.map((claim, place) => {
      const holdsIn = all.filter(({ expect }) => expect[place]!.holds).length;
      const number = overReplications(
        all.map(({ expect }) => expect[place]!.measured),
        claim.unit,
      );
      return expectation(claim, claim.holds, holdsIn, number);
    }),
    operations: Object.fromEntries(
      Object.keys(first.operations).map((name) => [
        name,
        operationOver(all.map(({ operations }) => operations[name]!)),
      ]),
    ),
    replications: all.map(replicationOf),
  };
}

/** Mean, its 95 % interval, least and greatest; what was not measured somewhere is left out. */
export function overReplications(
  values: readonly Measured[],
  unit: ClaimResult['unit'] = 'number',
): ReplicatedNumber {
  const known = values.filter((value) => value !== null);
  const count = known.length;
  if (count === 0) return { mean: null, interval: null, min: null, max: null, count };
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const scatter = meanInterval(known, mean);
  const interval = scatter === null ? null : withinUnit(scatter, unit);
  const min = Math.min(...known);
  const max = Math.max(...known);
  return { mean, interval: interval && [interval.low, interval.high], min, max, count };
}

/**
 * A requirement over all replications. A count, a largest value or a level is a fact of one run:
 * the requirement passes when it holds in every run, and fails when it fails in one. Everything
 * else has a mean over the runs, which is judged by its interval.
 */
export function judgeOverReplications(claims: readonly RequirementResult[]): ReplicatedRequirement {
  const { text, line, metric, subject, unit, comparator, bound } = claims[0]!;
  const number = overReplications(
    claims.map(({ measured }) => measured),
    unit,
  );
  const interval = claimInterval(claims, number);
  const verdict = claims.every(isFact)
    ? verdictOfFacts(claims)
    : verdictOf(
        { value: number.mean ?? NaN, isExact: false, interval, note: null },
        { comparator, value: bound },
      );
  return {
    text,
    line,
    metric,
    subject,
    unit,
    comparator,
    bound,
    ...number,
    interval: interval && [interval.low, interval.high === Infinity ? null : interval.high],
    verdict,
    passes: claims.filter((claim) => claim.verdict === 'PASS').length,
    fails: claims.filter((claim) => claim.verdict === 'FAIL').length,
    measuredText: estimateText(number.mean, interval, unit),
    note: noteOf(claims, number, verdict === 'NOT ENOUGH EVIDENCE' ? interval : null),
  };
}

/** A fact about a run comes without an interval and is decided all the same. */
function isFact({ interval, verdict }: RequirementResult): boolean {
  return interval === null && verdict !== 'NOT ENOUGH EVIDENCE';
}

function verdictOfFacts(claims: readonly RequirementResult[]): Verdict {
  return claims.every(({ verdict }) => verdict === 'PASS') ? 'PASS' : 'FAIL';
}

/**
 * The interval of a claim's mean. Where all replications gave the same number, they show no
 * scatter, and what is left open is what each run by itself leaves open, less by the root of
 * their number.
 */
function claimInterval(claims: readonly ClaimResult[], number: ReplicatedNumber): Interval | null {
  const { interval, mean, min, max } = number;
  if (interval === null || mean === null) return null;
  const [low, high] = interval;
  if (min !== max) return { low, high: high! };
  const inside = claims.map((claim) => claim.interval);
  if (inside.some((own) => own === null)) return { low: mean, high: mean };
  return withinUnit(
    {
      low: mean - reach(inside.map((own) => mean - own![0])),
      high: mean + reach(inside.map((own) => (own![1] ?? Infinity) - mean)),
    },
    claims[0]!.unit,
  );
}

/** How far the mean of independent numbers may be off that may each be off by a distance. */
function reach(distances: readonly number[]): number {
  const squares = distances.reduce((sum, distance) => sum + distance * distance, 0);
  return Math.sqrt(squares) / distances.length;
}

/** Nothing that is measured is negative, and no share is above one. */
function withinUnit({ low, high }: Interval, unit: ClaimResult['unit']): Interval {
  return { low: Math.max(0, low), high: unit === 'share' ? Math.min(1, high) : high };
}

/** Source: Student, The probable error of a mean, 1908. */
function meanInterval(values: readonly number[], mean: number): Interval | null {
  const count = values.length;
  if (count < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const half = student95(count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { low: mean - half, high: mean + half };
}

/** What was missing, or how many replications would bring an open interval clear of the bound. */
function noteOf(
  claims: readonly RequirementResult[],
  { count, mean }: ReplicatedNumber,
  open: Interval | null,
): string | null {
  if (count === 0) return claims[0]!.note;
  if (count < claims.length) return `measured in ${count} of ${claims.length} replications`;
  const { comparator, bound } = claims[0]!;
  if (open === null || mean === null || comparator === '=' || comparator === '!=') return null;
  if (bound === mean) return 'the mean is the bound itself';
  const half = bound > mean ? open.high - mean : mean - open.low;
  const times = half / (bound - mean);
  const needed = Math.ceil(count * times * times);
  if (!(needed <= REPLICATIONS_MAX)) {
    return `more than ${groupedText(REPLICATIONS_MAX)} replications would be needed to settle it`;
  }
  return `about ${groupedText(roundedUp(needed))} replications would settle it`;
}

/** Up to two digits. */
function roundedUp(count: number): number {
  let grain = 1;
  while (count / grain > 99) grain *= 10;
  return Math.ceil(count / grain) * grain;
}

function expectation(
  claim: ClaimResult,
  holds: boolean,
  holdsIn: number,
  number: ReplicatedNumber,
): ReplicatedExpectation {
  const { text, line, metric, subject, unit, comparator, bound } = claim;
  const said = { text, line, metric, subject, unit, comparator, bound };
  return { ...said, ...number, holds, holdsIn };
}

/** How each number of an operation is found in the results of a run. */
const operationNumbers: Readonly<
  Record<OperationNumber, (operation: OperationResult) => Measured>
> = {
  offeredPerSecond: ({ offeredPerSecond }) => offeredPerSecond,
  goodputPerSecond: ({ goodputPerSecond }) => goodputPerSecond,
  availability: ({ availability }) => availability,
  late: ({ late }) => late,
  failed: ({ failed }) => Object.values(failed).reduce((sum, count) => sum + count, 0),
  shed: ({ shed }) => shed,
  meanMs: ({ latencyMs }) => latencyMs.mean,
  p50Ms: ({ latencyMs }) => latencyMs.p50,
  p90Ms: ({ latencyMs }) => latencyMs.p90,
  p95Ms: ({ latencyMs }) => latencyMs.p95,
  p99Ms: ({ latencyMs }) => latencyMs.p99,
  p999Ms: ({ latencyMs }) => latencyMs.p999,
  maxMs: ({ latencyMs }) => latencyMs.max,
};

function operationOver(operations: readonly OperationResult[]): ReplicatedOperation {
  const entries = Object.entries(operationNumbers).map(([name, numberOf]) => [
    name,
    overReplications(operations.map(numberOf), name === 'availability' ? 'share' : 'number'),
  ]);
  return Object.fromEntries(entries) as ReplicatedOperation;
}

function replicationOf(results: Results, place: number): Replication {
  const { seed, hash, events, simulatedSeconds, ending, checks, requirements, expect } = results;
  return {
    number: place + 1,
    seed,
    hash,
    events,
    simulatedSeconds,
    ending,
    checksBroken: checks.filter(({ ok }) => !ok).length,
    requirements: requirements.map(({ measured, verdict }) => ({ measured, verdict })),
    expect: expect.map(({ measured, holds }) => ({ measured, holds })),
    operations: Object.fromEntries(
      Object.entries(results.operations).map(([name, operation]) => [
        name,
        Object.fromEntries(
          Object.entries(operationNumbers).map(([number, of]) => [number, of(operation)]),
        ) as Record<OperationNumber, Measured>,
      ]),
    ),
  };
}
