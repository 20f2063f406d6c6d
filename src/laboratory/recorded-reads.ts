/**
 * Look-ups kept in memory, for the bounds, which have to know the future. Writes and deletes are
 * left out: a bound is on what reads alone would miss.
 */

import { grownInt32 } from '../base/typed-arrays.ts';
import { Op } from './look-ups.ts';
import type { Batch } from './look-ups.ts';

export class RecordedReads {
  length = 0;
  /** All keys are below it. */
  bound = 0;
  keys: Int32Array = new Int32Array(1024);

  add({ keys, ops, count }: Batch): void {
    const needed = this.length + count;
    if (needed > this.keys.length) {
      this.keys = grownInt32(this.keys, Math.max(needed, Math.floor(this.keys.length * 1.5)));
    }
    for (let at = 0; at < count; at++) {
      if (ops !== null && ops[at] !== Op.read) continue;
      const key = keys[at]!;
      if (key >= this.bound) this.bound = key + 1;
      this.keys[this.length++] = key;
    }
  }
}
