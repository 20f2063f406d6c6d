/**
 * Numbers keys of 64 bits densely, in the order in which they first come. Open addressing with
 * linear probing in 256 parts that grow one by one, so that growing never needs much more memory
 * than the table has. A cell has three words: both halves of the key and its number plus one, 0
 * for an empty cell. It takes 15 to 19 bytes a key.
 *
 * Source: Knuth, The Art of Computer Programming 3, section 6.4, algorithm L. Deviation: the place
 * is a share of the length instead of a remainder, so a part may have any length.
 */

import { mixed } from './key-hash.ts';

const PARTS = 256;
const CELLS_AT_FIRST = 16;
/** A fuller part grows; new keys then take 13 steps on average, known ones 3. */
const FULL = 0.8;
const GROWTH = 1.25;
/** The part takes 8 bits of the mixed key, the place in it the other 24. */
const PLACES = 2 ** 24;

export class KeyTable {
  /** Distinct keys so far. */
  size = 0;
  private readonly limit: number;
  private readonly parts: Int32Array[] = [];
  private readonly used = new Int32Array(PARTS);

  /** `limit`: the most keys that it takes, below 2³¹. */
  constructor(limit: number) {
    this.limit = limit;
    for (let part = 0; part < PARTS; part++) this.parts.push(new Int32Array(CELLS_AT_FIRST * 3));
  }

  /** The number of a key, a new one if it has none; -1 when there are as many as are allowed. */
  number(low: number, high: number): number {
    const mix = mixed(low ^ Math.imul(high, 0x9e3779b1));
    const part = mix & (PARTS - 1);
    const cells = this.parts[part]!;
    const { length } = cells;
    let at = placeOf(mix, length);
    for (;;) {
      const found = cells[at + 2]!;
      if (found === 0) break;
      if (cells[at] === low && cells[at + 1] === high) return found - 1;
      at += 3;
      if (at === length) at = 0;
    }
    if (this.size >= this.limit) return -1;
    cells[at] = low;
    cells[at + 1] = high;
    cells[at + 2] = ++this.size;
    if (++this.used[part]! * 3 > length * FULL) this.grow(part);
    return this.size - 1;
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return this.parts.reduce((sum, cells) => sum + cells.byteLength, 0);
  }

  private grow(part: number): void {
    const old = this.parts[part]!;
    const length = Math.ceil((old.length / 3) * GROWTH) * 3;
    const cells = new Int32Array(length);
    for (let from = 0; from < old.length; from += 3) {
      if (old[from + 2] === 0) continue;
      let at = placeOf(mixed(old[from]! ^ Math.imul(old[from + 1]!, 0x9e3779b1)), length);
      while (cells[at + 2] !== 0) {
        at += 3;
        if (at === length) at = 0;
      }
      cells[at] = old[from]!;
      cells[at + 1] = old[from + 1]!;
      cells[at + 2] = old[from + 2]!;
    }
    this.parts[part] = cells;
  }
}

/** Where the search for a key begins in a part of that many words. */
function placeOf(mix: number, length: number): number {
  return Math.floor(((mix >>> 8) * (length / 3)) / PLACES) * 3;
}
