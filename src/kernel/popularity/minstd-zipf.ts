import type { Law } from './law.ts';

const MULTIPLIER = 16_807;
const MODULUS = 2_147_483_647;
/** Weight of the most popular key; that of the key of rank r, from 1, is ⌊WEIGHT / r⌋. */
const WEIGHT = 1_048_576;

/**
 * Zipf's law of exponent 1 by whole numbers alone, from a generator of its own: the same keys in
 * any program and any language, whatever the seed, so that counts of misses can be compared.
 *
 * Source: S. Park, K. Miller, Random Number Generators: Good Ones Are Hard to Find, 1988: the
 * minimal standard generator from 1. A key is the first whose weights up to it exceed the number
 * modulo the sum of all; keys beyond 2^20 weigh nothing.
 */
export class MinstdZipf implements Law {
  private readonly weights: { readonly upTo: Int32Array; readonly sum: number };
  private state = 1;

  constructor(keys: number) {
    /** Sum of the weights up to each key. */
    const upTo = new Int32Array(Math.min(keys, WEIGHT));
    let sum = 0;
    for (let key = 0; key < upTo.length; key++) {
      sum += Math.floor(WEIGHT / (key + 1));
      upTo[key] = sum;
    }
    this.weights = Object.freeze({ upTo, sum });
  }

  draw(): number {
    const { upTo, sum } = this.weights;
    this.state = (MULTIPLIER * this.state) % MODULUS;
    const number = this.state % sum;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  probability(key: number): number {
    const { upTo, sum } = this.weights;
    return key < upTo.length ? Math.floor(WEIGHT / (key + 1)) / sum : 0;
  }

  topShare(count: number): number {
    const { upTo, sum } = this.weights;
    return count === 0 ? 0 : upTo[Math.min(count, upTo.length) - 1]! / sum;
  }

  keyAt(rank: number): number {
    return rank;
  }
}
