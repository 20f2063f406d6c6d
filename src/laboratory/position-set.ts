/**
 * A set of whole numbers below a bound that knows its greatest: one bit each, and a bit above for
 * every word that is not empty, up to a single word. No step takes more than five words.
 *
 * Source: P. van Emde Boas, Preserving order in a forest in less than logarithmic time, 1975; here
 * with words of 32 instead of square roots.
 */

/** Levels for any bound up to 2^30. */
const LEVELS = 6;

export class PositionSet {
  /** The words of all levels, from the bits themselves upwards. */
  private readonly words: Int32Array;
  /** Where each level begins. */
  private readonly starts = new Int32Array(LEVELS);
  private readonly top: number;

  /** For numbers from 0, below `bound` ≤ 2^30. */
  constructor(bound: number) {
    let length = 0;
    let level = 0;
    for (let bits = Math.max(1, bound); ; bits = (bits + 31) >>> 5) {
      this.starts[level] = length;
      length += (bits + 31) >>> 5;
      if (bits <= 32) break;
      level++;
    }
    this.top = level;
    this.words = new Int32Array(length);
  }

  has(position: number): boolean {
    return ((this.words[position >>> 5]! >>> (position & 31)) & 1) === 1;
  }

  add(position: number): void {
    const { words, starts } = this;
    let bit = position;
    for (let level = 0; level <= this.top; level++) {
      const at = starts[level]! + (bit >>> 5);
      const word = words[at]!;
      words[at] = word | (1 << (bit & 31));
      if (word !== 0) return;
      bit >>>= 5;
    }
  }

  /** Takes a number out that is in. */
  delete(position: number): void {
    const { words, starts } = this;
    let bit = position;
    for (let level = 0; level <= this.top; level++) {
      const at = starts[level]! + (bit >>> 5);
      const word = words[at]! & ~(1 << (bit & 31));
      words[at] = word;
      if (word !== 0) return;
      bit >>>= 5;
    }
  }

  /** The greatest that is in; -1 when there is none. */
  last(): number {
    const { words, starts } = this;
    let at = 0;
    for (let level = this.top; level >= 0; level--) {
      const word = words[starts[level]! + at]!;
      if (word === 0) return -1;
      at = (at << 5) + 31 - Math.clz32(word);
    }
    return at;
  }
}
