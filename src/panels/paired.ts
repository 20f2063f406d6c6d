/**
 * The difference between two runs, window by window. Both runs draw the same random numbers, so
 * what chance does to a window it does to both, and the differences scatter far less than the runs.
 * Neighbouring windows resemble each other, so they are first joined into at most twenty batches,
 * whose differences count as independent.
 *
 * Source: A. Law, Simulation modeling and analysis, 2015, 10.2.1 (paired-t interval) and 11.2
 * (common random numbers); 9.5.3 (batch means).
 */

import { student95 } from '../base/student.ts';

const batchesMax = 20;

export interface PairedDifference {
  /** Means over the windows in which both runs have a value. */
  readonly a: number;
  readonly b: number;
  /** b − a. */
  readonly difference: number;
  /** Half the width of its 95 % interval; NaN when there are fewer than two batches. */
  readonly half: number;
  readonly windows: number;
  readonly batches: number;
}

/** Null when the two runs have no window in common. */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
): PairedDifference | null {
  const pairs: { readonly a: number; readonly b: number }[] = [];
  for (let row = 0; row < Math.min(a.length, b.length); row += 1) {
    if (Number.isFinite(a[row]) && Number.isFinite(b[row])) pairs.push({ a: a[row]!, b: b[row]! });
  }
  const windows = pairs.length;
  if (windows === 0) return null;
  const size = Math.ceil(windows / batchesMax);
  // Batches are equally long: what is left over at the start is in the means only.
  const batches = Math.floor(windows / size);
  const differences = pairs.map((pair) => pair.b - pair.a);
  const means = Array.from({ length: batches }, (_, batch) => {
    const from = windows - (batches - batch) * size;
    return mean(differences.slice(from, from + size));
  });
  return {
    a: mean(pairs.map((pair) => pair.a)),
    b: mean(pairs.map((pair) => pair.b)),
    difference: mean(differences),
    half: halfWidth(means),
    windows,
    batches,
  };
}

/** Nothing within the interval can be told from what chance alone does. */
export function isEvident({ difference, half }: PairedDifference): boolean {
  return Math.abs(difference) > half;
}

function halfWidth(means: readonly number[]): number {
  const count = means.length;
  if (count < 2) return NaN;
  const centre = mean(means);
  const squares = means.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  return student95(count - 1) * Math.sqrt(squares / (count - 1) / count);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
