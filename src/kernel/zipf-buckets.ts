/**
 * Draws ranks by Zipf's law, any number of them, from a table of some thousand buckets that stays
 * in the processor's nearest cache; a table with a cell for each of a million keys costs a trip to
 * main memory a draw (bench/microservice.bench.ts). The first ranks are buckets of their own, the
 * others share buckets that widen with the rank.
 *
 * A bucket is picked as if each of its ranks weighed as much as its first. A rank in it, picked
 * evenly, is then taken with the probability of its weight over the first one's, or all begins
 * anew: so every rank comes up exactly in proportion to its weight. Nearly always the last weight
 * of the bucket already decides, and no power is taken.
 *
 * Source: L. Devroye, Non-Uniform Random Variate Generation, 1986, II.3 (rejection) and II.3.6
 * (squeeze), over an alias table.
 */

import { buildAliasTable, drawFromAliasTable } from './alias-table.ts';
import type { AliasTable } from './alias-table.ts';
import { pow } from './math.ts';
import type { Stream } from './random.ts';

/** A bucket is at most this part of its first rank wide, so that its weights differ little. */
const RELATIVE_WIDTH = 1 / 128;

export interface ZipfBuckets {
  readonly exponent: number;
  readonly choice: AliasTable;
  /** For each bucket its first rank, from 0, and how many ranks it has, in turn. */
  readonly spans: Int32Array;
  /** For each bucket the weight of its last rank over that of its first. */
  readonly sure: Float64Array;
}

/** `ranks` is a whole number from 1 to 10^9, `exponent` is finite and not negative. */
export function buildZipfBuckets(ranks: number, exponent: number): ZipfBuckets {
  const spans: number[] = [];
  const sure: number[] = [];
  const weights: number[] = [];
  for (let first = 0; first < ranks;) {
    const widest = Math.max(1, Math.floor(first * RELATIVE_WIDTH));
    const count = Math.min(widest, ranks - first);
    spans.push(first, count);
    sure.push(pow((first + 1) / (first + count), exponent));
    weights.push(count * pow(first + 1, -exponent));
    first += count;
  }
  return Object.freeze({
    exponent,
    choice: buildAliasTable(weights),
    spans: Int32Array.from(spans),
    sure: Float64Array.from(sure),
  });
}

/** A rank from 0, which is the most popular. */
export function drawFromZipfBuckets(buckets: ZipfBuckets, stream: Stream): number {
  const { choice, exponent, spans, sure } = buckets;
  for (;;) {
    const bucket = drawFromAliasTable(choice, stream);
    const first = spans[2 * bucket]!;
    const count = spans[2 * bucket + 1]!;
    if (count === 1) return first;
    const rank = first + stream.below(count);
    const share = stream.uniform();
    if (share < sure[bucket]!) return rank;
    if (share < pow((first + 1) / (rank + 1), exponent)) return rank;
  }
}
