/**
 * Which keys of a trace are played when not all are. A key is chosen by its hash, so all its
 * look-ups are played or none; a cache is made smaller by the same share. What is expected of the
 * look-ups, not what was met, is divided by: a popular key that was chosen, or was not, would tip
 * the balance otherwise.
 *
 * How far off the result may be is learnt from groups: the chosen keys are dealt out by a second
 * hash, each group plays in a cache of its own, and the scatter between the groups tells.
 *
 * Source: C. Waldspurger et al., Efficient MRC construction with SHARDS, 2015 (choice by hash, the
 * correction of section 4.2); C. Waldspurger et al., Cache modeling and optimization using
 * miniature simulations, 2017 (small caches for any policy). The groups and the interval are ours.
 */

import { student95 } from '../base/student.ts';
import { grownUint8, grownInt32 } from '../base/typed-arrays.ts';
import { KeyMap } from '../model/key-map.ts';
import { Op } from './look-ups.ts';
import type { Batch } from './look-ups.ts';

/** Groups that the error is learnt from; Student's factor for 7 degrees of freedom is 2.365. */
export const GROUPS = 8;
/** The group of all chosen keys together. */
export const TOGETHER = -1;

const TWO_32 = 4294967296;
/** Any number; it makes the second hash another one. */
const SECOND = 0x5bd1e995;

/** Source: A. Appleby, MurmurHash3, 2011: fmix32. */
function mixed(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Gives the chosen keys of a group their own dense numbers. */
export class KeySample {
  /** Share of all keys in this sample. */
  readonly share: number;
  /** Distinct keys so far. */
  keys = 0;
  private readonly threshold: number;
  private readonly salt: number;
  private readonly group: number;
  private readonly numbers = new KeyMap(1024);
  private chosenKeys: Int32Array = new Int32Array(0);
  private chosenSizes: Int32Array = new Int32Array(0);
  private chosenOps: Uint8Array = new Uint8Array(0);

  /** `rate`: share of the keys that all groups hold together, above 0 and below 1. */
  constructor(rate: number, group: number, salt: number) {
    this.threshold = rate * TWO_32;
    this.group = group;
    // Neighbouring salts would only change the order of neighbouring keys.
    this.salt = mixed(Math.imul(salt + 1, 0x9e3779b1));
    this.share = group === TOGETHER ? rate : rate / GROUPS;
  }

  /** The look-ups of a batch that are played; the next call overwrites them. */
  choose(batch: Batch): Batch {
    const { keys, sizes, ops, count } = batch;
    this.makeRoom(count);
    let chosen = 0;
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      const hash = mixed(key ^ this.salt);
      if (hash >= this.threshold) continue;
      if (this.group !== TOGETHER && mixed(hash ^ SECOND) % GROUPS !== this.group) continue;
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

/**
 * Half of the 95 % interval of a ratio that was measured on all chosen keys together, from what
 * the groups say; `rate` as above. What smaller caches do to the mean is added, because nobody
 * knows its sign for certain.
 */
export function samplingError(together: number, groups: readonly number[], rate: number): number {
  const mean = groups.reduce((sum, each) => sum + each, 0) / groups.length;
  const squares = groups.reduce((sum, each) => sum + (each - mean) * (each - mean), 0);
  const variance = squares / (groups.length - 1) / groups.length;
  const scatter = Math.sqrt(variance * (1 - rate)) * student95(groups.length - 1);
  return scatter + Math.abs(mean - together);
}
