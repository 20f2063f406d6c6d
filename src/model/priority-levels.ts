/**
 * Priority levels divide the instances behind a balancer into groups. The first gets all requests
 * as long as it is healthy enough; what it loses goes to the next. Health is counted with a surplus
 * (1.4), because a group is built for more than its usual load.
 *
 * Source: Envoy documentation, Load balancing: priority levels, panic threshold, 2023.
 */

import { assert } from '../base/assert.ts';

export class PriorityLevels {
  /** Place of the first instance of each level, and after the last level the number of all. */
  readonly starts: readonly number[];
  /** Share of the requests that each level gets, whole per cent that sum to 100. */
  readonly loads: Int32Array;

  /** `sizes`: instances of each level; levels follow each other in the order of the instances. */
  constructor(sizes: readonly number[]) {
    assert(sizes.length > 0, 'There is at least one priority level.');
    const starts = [0];
    for (const size of sizes) starts.push(starts.at(-1)! + size);
    this.starts = Object.freeze(starts);
    this.loads = new Int32Array(sizes.length);
    this.loads[0] = 100;
  }

  get count(): number {
    return this.loads.length;
  }

  /** The level of a request that has drawn a number from 0 to 99. */
  levelAt(draw: number): number {
    let left = draw;
    let level = 0;
    while (left >= this.loads[level]!) left -= this.loads[level++]!;
    return level;
  }
}

/**
 * Per cent of the usual load that a level can take, at most 100: its share of healthy instances
 * times `surplus` (1.4), rounded down. A level without instances can take nothing.
 */
export function healthScore(healthy: number, total: number, surplus: number): number {
  if (total === 0) return 0;
  return Math.min(100, Math.floor((Math.round(surplus * 100) * healthy) / total));
}

/** What all levels together can take, at most 100. */
export function totalHealth(scores: readonly number[]): number {
  return Math.min(
    100,
    scores.reduce((sum, score) => sum + score, 0),
  );
}

/**
 * Shares of the requests by what the levels can take: each takes what it can of what those before
 * it leave. When all together cannot take 100, each gets in proportion. Nobody healthy: all to the
 * first level, where it will find nobody.
 */
export function loadsByHealth(scores: readonly number[]): number[] {
  return percentages(scores, totalHealth(scores));
}

/** Shares of the requests by the numbers of instances, when every level panics. */
export function loadsBySize(sizes: readonly number[]): number[] {
  return percentages(
    sizes,
    sizes.reduce((sum, size) => sum + size, 0),
  );
}

/**
 * Whole per cent of `whole`, as long as any of the 100 are left. What rounding down leaves over is
 * dealt out one by one from the first level on, which gives the published tables; the program of
 * Envoy gives it all to the first level.
 */
function percentages(parts: readonly number[], whole: number): number[] {
  if (whole === 0) return parts.map((_, level) => (level === 0 ? 100 : 0));
  let left = 100;
  const loads = parts.map((part) => {
    const load = Math.min(left, Math.floor((part * 100) / whole));
    left -= load;
    return load;
  });
  for (let level = 0; left > 0; level = (level + 1) % parts.length) {
    if (parts[level] === 0) continue;
    loads[level]!++;
    left--;
  }
  return loads;
}
