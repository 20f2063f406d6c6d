/**
 * Which keys of a trace are played when not all are. A key is chosen by its hash, so all its
 * look-ups are played or none; a cache is made smaller by the same share. What is expected of the
 * look-ups, not what was met, is divided by: a popular key that was chosen, or was not, would tip
 * the balance otherwise.
 *
 * How far off the result may be is learnt from groups, which are chosen alike.
 *
 * Source: C. Waldspurger et al., Efficient MRC construction with SHARDS, 2015 (choice by hash, the
 * correction of section 4.2); C. Waldspurger et al., Cache modeling and optimization using
 * miniature simulations, 2017 (small caches for any policy).
 */

import { grownUint8, grownInt32 } from '../base/typed-arrays.ts';
import { GROUPS, KeyChoice } from '../model/key-choice.ts';
import { KeyMap } from '../model/key-map.ts';
import { Op } from './look-ups.ts';
import type { Batch } from './look-ups.ts';

/** The group of all chosen keys together. */
export const TOGETHER = -1;

const TWO_32 = 4294967296;

/** Gives the chosen keys of a group their own dense numbers. */
export class KeySample {
  /** Share of all keys in this sample. */
  readonly share: number;
  /** Distinct keys so far. */
  keys = 0;
  private readonly threshold: number;
  private readonly choice: KeyChoice;
  private readonly group: number;
  private readonly numbers = new KeyMap(1024);
  private chosenKeys: Int32Array = new Int32Array(0);
  private chosenSizes: Int32Array = new Int32Array(0);
  private chosenOps: Uint8Array = new Uint8Array(0);

  /** `rate`: share of the keys that all groups hold together, above 0 and below 1. */
  constructor(rate: number, group: number, salt: number) {
    this.threshold = rate * TWO_32;
    this.group = group;
    this.choice = new KeyChoice(salt);
    this.share = group === TOGETHER ? rate : rate / GROUPS;
  }

  /** The look-ups of a batch that are played; the next call overwrites them. */
  choose(batch: Batch): Batch {
    const { keys, sizes, ops, count } = batch;
    this.makeRoom(count);
    let chosen = 0;
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      const hash = this.choice.hashOf(key);
      if (hash >= this.threshold) continue;
      if (this.group !== TOGETHER && KeyChoice.groupOf(hash) !== this.group) continue;
      this.chosenKeys[chosen] = this.numberOf(key);
      if (sizes !== null) this.chosenSizes[chosen] = sizes[at]!;
      this.chosenOps[chosen++] = ops === null ? Op.read : ops[at]!;
    }
    return {
      count: chosen,
      keys: this.chosenKeys,
      sizes: sizes === null ? null : this.chosenSizes,
      times: null,
      ops: ops === null ? null : this.chosenOps,
    };
  }

  private numberOf(key: number): number {
    const number = this.numbers.get(key);
    if (number >= 0) return number;
    this.numbers.set(key, this.keys);
    return this.keys++;
  }

  private makeRoom(count: number): void {
    if (this.chosenKeys.length >= count) return;
    this.chosenKeys = grownInt32(this.chosenKeys, count);
    this.chosenSizes = grownInt32(this.chosenSizes, count);
    this.chosenOps = grownUint8(this.chosenOps, count);
  }
}
