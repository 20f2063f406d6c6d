/**
 * What can be said of a trace before any cache is chosen: how many look-ups, keys and bytes, how
 * often each key, and which misses no cache could save. Sizes in shares of the keys need it first.
 */

import { grownInt32, grownUint8 } from '../base/typed-arrays.ts';
import { cheMissRatio, popularityClasses } from './characteristic-time.ts';
import type { PopularityClass } from './characteristic-time.ts';
import type { WorkingSetPoint } from './curve.ts';
import { Op } from './look-ups.ts';
import type { Batch } from './look-ups.ts';
import { WorkingSet } from './working-set.ts';

export class Survey {
  /** Reads; only they can miss. */
  requests = 0;
  /** Reads, writes and deletes. */
  records = 0;
  /** Keys that were read or written. */
  keys = 0;
  /** Reads of keys that not even a cache with room for all would have. */
  cold = 0;
  hasSizes = false;
  hasWrites = false;
  private readonly window = new WorkingSet();
  private reads: Int32Array = new Int32Array(0);
  private sizes: Int32Array = new Int32Array(0);
  /** Of each key: whether it was met, and whether it is in a cache with room for all. */
  private marks: Uint8Array = new Uint8Array(0);

  /** `keys`: all keys of the batch are below it. */
  add({ keys, sizes, ops, count }: Batch, bound: number): void {
    if (bound > this.marks.length) this.grow(bound);
    if (sizes !== null) this.hasSizes = true;
    const { marks, reads } = this;
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      const op = ops === null ? Op.read : ops[at]!;
      this.records++;
      if (op === Op.delete) {
        marks[key]! &= ~IS_IN;
        continue;
      }
      if (marks[key] === 0) this.keys++;
      if (sizes !== null) this.sizes[key] = sizes[at]!;
      if (op === Op.read) {
        this.requests++;
        if ((marks[key]! & IS_IN) === 0) this.cold++;
        reads[key]!++;
        this.window.add(key);
      } else this.hasWrites = true;
      marks[key] = WAS_MET | IS_IN;
    }
  }

  /** Bytes of all keys, each at its last size; the number of keys when no sizes are known. */
  get bytes(): number {
    if (!this.hasSizes) return this.keys;
    let sum = 0;
    for (let key = 0; key < this.marks.length; key++) {
      if (this.marks[key] !== 0) sum += this.sizes[key]!;
    }
    return sum;
  }

  get classes(): readonly PopularityClass[] {
    return popularityClasses(this.reads, this.reads.length);
  }

  get workingSet(): WorkingSetPoint[] {
    return this.window.curve();
  }

  /** Estimated share of the reads that an LRU cache of each size misses: the cold ones as well. */
  cheMissRatios(sizes: readonly number[]): number[] {
    const { classes } = this;
    const cold = this.requests === 0 ? 0 : this.cold / this.requests;
    return sizes.map((size) => Math.max(cold, cheMissRatio(classes, size, 'empty')));
  }

  private grow(bound: number): void {
    const length = Math.max(bound, this.marks.length * 2, 64);
    this.marks = grownUint8(this.marks, length);
    this.reads = grownInt32(this.reads, length);
    this.sizes = grownInt32(this.sizes, length);
  }
}

const WAS_MET = 1;
const IS_IN = 2;
