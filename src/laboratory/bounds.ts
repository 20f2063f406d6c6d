/** The fewest misses that any cache could have, by name, on look-ups kept in memory. */

import { Belady } from './belady.ts';
import type { RecordedReads } from './recorded-reads.ts';

/** `belady` takes every entry in; `belady-bypass` may leave one out. */
export const boundNames = ['belady', 'belady-bypass'] as const;
export type BoundName = (typeof boundNames)[number];

/** Misses at each size, in entries. */
export function boundMisses(
  { keys, length, bound }: RecordedReads,
  name: BoundName,
  sizes: readonly number[],
): readonly number[] {
  const belady = new Belady(keys.subarray(0, length), bound);
  const bypass = name === 'belady-bypass';
  return sizes.map((size) => belady.count(size, { bypass }).misses);
}
