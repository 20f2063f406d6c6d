/**
 * Permutations of the keys 0 … `keys` − 1, one for each number, without a table. Four rounds mix
 * the halves of a number of an even number of bits; while the result is no key, it is mixed again.
 *
 * Source: M. Luby, C. Rackoff, How to Construct Pseudorandom Permutations from Pseudorandom
 * Functions, 1988; J. Black, P. Rogaway, Ciphers with Arbitrary Finite Domains, 2002, for the
 * walk back into the range; the mixer of a half is lowbias32 of C. Wellons, 2018.
 */

const ROUNDS = 4;
/** 2^32 over the golden ratio, which spreads the numbers of rounds and permutations. */
const GOLDEN = 0x9e3779b1;

export class KeyPermutation {
  private readonly keys: number;
  /** Bits of a half, and a one for each of them. */
  private readonly bits: number;
  private readonly mask: number;

  /** `keys` is at most 2^30. */
  constructor(keys: number) {
    this.keys = keys;
    this.bits = Math.ceil((32 - Math.clz32(keys - 1)) / 2);
    this.mask = (1 << this.bits) - 1;
  }

  /** Where permutation `number` puts a key; each key is put somewhere else. */
  forward(key: number, number: number): number {
    let at = key;
    do {
      let left = at >>> this.bits;
      let right = at & this.mask;
      for (let round = 0; round < ROUNDS; round++) {
        const mixed = left ^ this.mix(right, number, round);
        left = right;
        right = mixed;
      }
      at = (left << this.bits) | right;
    } while (at >= this.keys);
    return at;
  }

  /** The key that permutation `number` puts there. */
  backward(place: number, number: number): number {
    let at = place;
    do {
      let left = at >>> this.bits;
      let right = at & this.mask;
      for (let round = ROUNDS - 1; round >= 0; round--) {
        const mixed = right ^ this.mix(left, number, round);
        right = left;
        left = mixed;
      }
      at = (left << this.bits) | right;
    } while (at >= this.keys);
    return at;
  }

  private mix(half: number, number: number, round: number): number {
    let word = half ^ Math.imul(number * ROUNDS + round + 1, GOLDEN);
    word = Math.imul(word ^ (word >>> 16), 0x7feb352d);
    word = Math.imul(word ^ (word >>> 15), 0x846ca68b);
    return (word ^ (word >>> 16)) & this.mask;
  }
}
