/**
 * Reads kept in memory, for the bounds, which have to know the future. A key that was deleted is
 * another one from then on: no cache could have answered with what was there before.
 */

import { grownInt32 } from '../base/typed-arrays.ts';
import { Op } from './look-ups.ts';
import type { Batch } from './look-ups.ts';

const NONE = 0;

export class RecordedReads {
  length = 0;
  /** All numbers in `keys` are below it. */
  bound = 0;
  keys: Int32Array = new Int32Array(1024);
  /** Number under which each key is recorded, from 1; NONE before its first read. */
  private numbers: Int32Array = new Int32Array(1024);

  add({ keys, ops, count }: Batch): void {
    const needed = this.length + count;
    if (needed > this.keys.length) {
      this.keys = grownInt32(this.keys, Math.max(needed, Math.floor(this.keys.length * 1.5)));
    }
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      if (key >= this.numbers.length) this.numbers = grownInt32(this.numbers, (key + 1) * 2);
      const op = ops === null ? Op.read : ops[at]!;
      if (op === Op.delete) this.numbers[key] = NONE;
      if (op !== Op.read) continue;
      if (this.numbers[key] === NONE) this.numbers[key] = ++this.bound;
      this.keys[this.length++] = this.numbers[key]! - 1;
    }
  }
}
