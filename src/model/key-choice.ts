/**
 * Chooses keys by a hash, so that all look-ups of a key are in a sample or none are. A sample at a
 * smaller rate is a part of that at a larger one. A second hash deals keys out to groups.
 *
 * Source: C. Waldspurger et al., Efficient MRC construction with SHARDS, 2015 (choice by hash). The
 * groups are ours.
 */

/** Groups that an error is learnt from; Student's factor for 7 degrees of freedom is 2.365. */
export const GROUPS = 8;

/** Any number; it makes the second hash another one. */
const SECOND = 0x5bd1e995;

/** Source: A. Appleby, MurmurHash3, 2011: fmix32. */
function mixed(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export class KeyChoice {
  private readonly salt: number;

  /** `salt`: another one chooses other keys. */
  constructor(salt: number) {
    // Neighbouring salts would only change the order of neighbouring keys.
    this.salt = mixed(Math.imul(salt + 1, 0x9e3779b1));
  }

  /** From 0 to 2^32 − 1: a key is in a sample when this is below its rate times 2^32. */
  hashOf(key: number): number {
    return mixed(key ^ this.salt);
  }

  /** Group, below `GROUPS`, of a key with this hash. */
  static groupOf(hash: number): number {
    return mixed(hash ^ SECOND) % GROUPS;
  }
}
