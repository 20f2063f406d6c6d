/** A finding sets one number of theory beside its measurement. */

import { shareInterval } from '../../src/experiment/intervals.ts';

export interface Finding {
  /** What was measured, such as `p99`. */
  readonly what: string;
  /** Written behind the numbers: `ms`, `/s`, or nothing. */
  readonly unit: string;
  readonly expected: number;
  readonly measured: number;
  /** The 95 % interval of the measurement by itself; null where chance has no part in it. */
  readonly interval: Interval | null;
  /** The largest |measured − expected| that holds. */
  readonly tolerance: number;
  /** True: the tolerance is a share of the expected number and is shown as one. */
  readonly isRelative: boolean;
  /** True: theory is exact and the tolerance is four deviations of our own sample. */
  readonly isSampling?: boolean;
  /** True: the expected number is an approximation, or an estimate of another program. */
  readonly isEstimate?: boolean;
  /** Where theory gives a bound and no value. */
  readonly bound?: 'at most' | 'at least';
}

export type Interval = readonly [low: number, high: number];

/** Two-sided 95 % of the normal distribution. */
const NORMAL_95 = 1.96;

/** Standard deviations that a tolerance stands for. */
export const TOLERATED_DEVIATIONS = 4;

/** Written so that NaN does not hold. */
export function holds({ expected, measured, tolerance, bound }: Finding): boolean {
  if (bound === 'at most') return measured <= expected + tolerance;
  if (bound === 'at least') return measured >= expected - tolerance;
  return Math.abs(measured - expected) <= tolerance;
}

/**
 * The difference in standard errors of the measurement, by the side of its interval that faces the
 * expected number; NaN where there is no interval or no true value to expect. It judges nothing: under heavy load, where far
 * moments resemble each other, an interval from one run is somewhat too narrow.
 */
export function zOf(finding: Finding): number {
  const { expected, measured, interval } = finding;
  if (interval === null || !hasTrueValue(finding)) return NaN;
  const difference = measured - expected;
  if (difference === 0) return 0;
  const side = difference > 0 ? measured - interval[0] : interval[1] - measured;
  return (difference * NORMAL_95) / side;
}

/** True where theory gives the very number that a long enough run would show. */
export function hasTrueValue({ bound, isEstimate }: Finding): boolean {
  return bound === undefined && isEstimate !== true;
}

/** A number without chance in it, which must be met exactly. */
export function counted(what: string, expected: number, measured: number, unit = ''): Finding {
  return { what, unit, expected, measured, interval: null, tolerance: 0, isRelative: false };
}

interface Estimate {
  readonly what: string;
  readonly unit?: string;
  readonly expected: number;
  readonly measured: number;
  readonly interval: Interval | null;
}

export function within(relative: number, { unit = '', ...estimate }: Estimate): Finding {
  const tolerance = Math.abs(estimate.expected) * relative;
  return { ...estimate, unit, tolerance, isRelative: true };
}

export function near(tolerance: number, { unit = '', ...estimate }: Estimate): Finding {
  return { ...estimate, unit, tolerance, isRelative: false };
}

/** A share of independent trials, of which theory says the probability exactly. */
export function share(what: string, expected: number, hits: number, trials: number): Finding {
  const { low, high } = shareInterval(hits / trials, trials);
  const tolerance = TOLERATED_DEVIATIONS * Math.sqrt((expected * (1 - expected)) / trials);
  const estimate = { what, expected, measured: hits / trials, interval: [low, high] as const };
  return { ...near(tolerance, estimate), isSampling: true };
}

/** The mean of independent values and its interval. */
export function meanOf(values: ArrayLike<number>): {
  readonly mean: number;
  readonly deviation: number;
  readonly interval: Interval;
} {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index]! - mean) ** 2;
  const deviation = Math.sqrt(squares / (values.length - 1));
  const half = (NORMAL_95 * deviation) / Math.sqrt(values.length);
  return { mean, deviation, interval: [mean - half, mean + half] };
}
