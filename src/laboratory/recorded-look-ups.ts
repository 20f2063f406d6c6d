/** Look-ups that were written down, as a source: keys are numbered in the order they are met. */

import { KeyMap } from '../model/key-map.ts';
import { Op } from './look-ups.ts';
import type { Batch, LookUpSource } from './look-ups.ts';

/** Arrays as long as there is room; `length` look-ups are in them. */
export interface LookUpRecord {
  readonly length: number;
  readonly keys: Int32Array;
  readonly sizes: Int32Array;
  /** When, ns. */
  readonly times: Float64Array;
  /** `Op` of each. */
  readonly ops: Uint8Array;
}

const BATCH = 65_536;

export class RecordedLookUps implements LookUpSource {
  keys = 0;
  private readonly record: LookUpRecord;
  private readonly numbers = new KeyMap();
  private at = 0;

  constructor(record: LookUpRecord) {
    this.record = record;
  }

  get progress(): number {
    return this.record.length === 0 ? 1 : this.at / this.record.length;
  }

  next(): Promise<Batch | null> {
    const { record, at: from } = this;
    const count = Math.min(BATCH, record.length - from);
    if (count === 0) return Promise.resolve(null);
    this.at += count;
    const ops = record.ops.subarray(from, this.at);
    return Promise.resolve({
      count,
      keys: record.keys.subarray(from, this.at).map((key) => this.numberOf(key)),
      sizes: record.sizes.subarray(from, this.at),
      times: record.times.subarray(from, this.at).map((time) => time / 1e9),
      ops: ops.every((op) => op === Op.read) ? null : ops,
    });
  }

  private numberOf(key: number): number {
    const known = this.numbers.get(key);
    if (known >= 0) return known;
    this.numbers.set(key, this.keys);
    return this.keys++;
  }
}
