/**
 * Hit ratios of large caches under independent references. Where a cache is large, an entry stays
 * for nearly the same time whoever it is; the formula that follows from it is an approximation.
 * The sharper value beside it was simulated by an independent program in four replications.
 *
 * Source: H. Che, Y. Tung, Z. Wang, Hierarchical web caching systems: modeling, design and
 * experimental results, 2002; C. Fricker, P. Robert, J. Roberts, A versatile and accurate
 * approximation for LRU cache performance, 2012 (first in, first out, and random eviction).
 */

import type { DesignCase } from './theory-case.ts';

const METRIC = 'hit ratio of copies';

type Row = readonly [id: string, formula: Pair, simulated: Pair];
type Pair = readonly [value: number, tolerance: number];

const rows: readonly Row[] = [
  ['C-CHE-LRU-1000-1p0-100', [0.576524616169, 0.005], [0.576658, 0.0032]],
  ['C-CHE-FIFO-1000-1p0-100', [0.520248575507, 0.005], [0.520932, 0.0032]],
  ['C-CHE-RANDOM-1000-1p0-100', [0.520248575507, 0.005], [0.520993, 0.0032]],
  ['C-CHE-LRU-10000-0p8-100', [0.156624635759, 0.005], [0.156689, 0.00627]],
  ['C-CHE-FIFO-10000-0p8-100', [0.133624677082, 0.005], [0.133939, 0.00533]],
  ['C-CHE-RANDOM-10000-0p8-100', [0.133624677082, 0.005], [0.133913, 0.00483]],
  ['C-CHE-LRU-10000-0p8-1000', [0.436659722231, 0.005], [0.436704, 0.00411]],
  ['C-CHE-FIFO-10000-0p8-1000', [0.394179100638, 0.005], [0.394306, 0.00483]],
  ['C-CHE-RANDOM-10000-0p8-1000', [0.394179100638, 0.005], [0.394517, 0.0032]],
  ['C-CHE-LRU-10000-1p0-500', [0.586736378072, 0.005], [0.586861, 0.0032]],
  ['C-CHE-FIFO-10000-1p0-500', [0.539396012026, 0.005], [0.539518, 0.0032]],
  ['C-CHE-RANDOM-10000-1p0-500', [0.539396012026, 0.005], [0.539674, 0.0032]],
  ['C-CHE-LRU-100000-1p0-1000', [0.506170148481, 0.005], [0.506249, 0.00392]],
  ['C-CHE-FIFO-100000-1p0-1000', [0.464788528115, 0.005], [0.464902, 0.00448]],
  ['C-CHE-RANDOM-100000-1p0-1000', [0.464788528115, 0.005], [0.465043, 0.0032]],
];

export const characteristicTimes: readonly DesignCase[] = rows.map(([id, formula, simulated]) => ({
  id,
  requests: 4_000_000,
  ordinaryRequests: 100_000,
  expect: { [METRIC]: simulated },
  also: [{ metric: METRIC, by: 'characteristic time', value: formula[0], tolerance: formula[1] }],
}));
