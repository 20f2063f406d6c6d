/**
 * A map from keys to small integers in typed arrays: open addressing with linear probing, sized by
 * what it holds, not by the key space. Removal shifts entries back, so nothing is left behind. Once
 * it holds so much that a cell for every key is hardly larger, it becomes a plain array.
 *
 * Source: Knuth, The Art of Computer Programming 3, section 6.4: algorithms L and R, and hashing
 * by the golden ratio, which lays runs of neighbouring keys apart.
 */

import { assert } from '../base/assert.ts';

const EMPTY = -1;

/** 2^32 divided by the golden ratio, as an odd number. */
const GOLDEN = 0x9e3779b1;

/** A plain array may be this many times as large as the table it takes the place of. */
const PLAIN_TO_TABLE = 4;

export class KeyMap {
  size = 0;
  /** Key and value in turn, so that a look-up touches one cache line; when plain, value by key. */
  private cells: Int32Array = new Int32Array(0);
  private mask = 0;
  /** The upper bits of a product, as many as the mask has. */
  private shift = 0;
  private isPlain = false;
  private readonly keys: number;

  /** `keys`: all keys are below it; Infinity when that is not known. */
  constructor(capacity = 64, keys = Infinity) {
    this.keys = keys;
    let length = 16;
    while (length < capacity * 2) length *= 2;
    this.allot(length);
  }

  /** The value of a key ≥ 0, or -1. */
  get(key: number): number {
    const { cells, mask } = this;
    if (this.isPlain) return cells[key]!;
    let place = Math.imul(key, GOLDEN) >>> this.shift;
    for (;;) {
      const found = cells[place * 2]!;
      if (found === key) return cells[place * 2 + 1]!;
      if (found === EMPTY) return -1;
      place = (place + 1) & mask;
    }
  }

  set(key: number, value: number): void {
    const { cells, mask } = this;
    if (this.isPlain) {
      assert(key < cells.length, 'A key is below the bound that was given for all.');
      if (cells[key] === EMPTY) this.size++;
      cells[key] = value;
      return;
    }
    let place = Math.imul(key, GOLDEN) >>> this.shift;
    for (;;) {
      const found = cells[place * 2]!;
      if (found === key) {
        cells[place * 2 + 1] = value;
        return;
      }
      if (found === EMPTY) break;
      place = (place + 1) & mask;
    }
    cells[place * 2] = key;
    cells[place * 2 + 1] = value;
    if (++this.size * 2 > mask) this.grow();
  }

  delete(key: number): void {
    const { cells, mask } = this;
    if (this.isPlain) {
      if (cells[key] !== EMPTY) this.size--;
      cells[key] = EMPTY;
      return;
    }
    let place = Math.imul(key, GOLDEN) >>> this.shift;
    while (cells[place * 2] !== key) {
      if (cells[place * 2] === EMPTY) return;
      place = (place + 1) & mask;
    }
    this.size--;
    let hole = place;
    for (;;) {
      place = (place + 1) & mask;
      const moving = cells[place * 2]!;
      if (moving === EMPTY) break;
      const home = Math.imul(moving, GOLDEN) >>> this.shift;
      // The entry may move into the hole when its home does not lie between hole and entry.
      if (((place - home) & mask) >= ((place - hole) & mask)) {
        cells[hole * 2] = moving;
        cells[hole * 2 + 1] = cells[place * 2 + 1]!;
        hole = place;
      }
    }
    cells[hole * 2] = EMPTY;
  }

  clear(): void {
    this.cells.fill(EMPTY);
    this.size = 0;
  }

  private grow(): void {
    const { cells } = this;
    this.allot(this.mask * 2 + 2);
    this.size = 0;
    for (let place = 0; place < cells.length; place += 2) {
      if (cells[place] !== EMPTY) this.set(cells[place]!, cells[place + 1]!);
    }
  }

  /** Empty cells for a table of that length, or one for each key. */
  private allot(length: number): void {
    this.isPlain = this.keys <= length * 2 * PLAIN_TO_TABLE;
    this.mask = length - 1;
    this.shift = Math.clz32(this.mask);
    this.cells = new Int32Array(this.isPlain ? this.keys : length * 2).fill(EMPTY);
  }
}
