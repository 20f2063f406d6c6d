/**
 * A map from keys to small integers in typed arrays: open addressing with linear probing, sized by
 * what it holds, not by the key space. Removal shifts entries back, so nothing is left behind.
 *
 * Source: Knuth, The Art of Computer Programming 3, section 6.4, algorithms L and R.
 */

import { hashKey } from './hash-ring.ts';

const EMPTY = -1;

export class KeyMap {
  size = 0;
  /** Key and value in turn, so that a look-up touches one cache line. */
  private cells: Int32Array;
  private mask: number;

  constructor(capacity = 64) {
    let length = 16;
    while (length < capacity * 2) length *= 2;
    this.cells = new Int32Array(length * 2).fill(EMPTY);
    this.mask = length - 1;
  }

  /** The value of a key ≥ 0, or -1. */
  get(key: number): number {
    const { cells, mask } = this;
    let place = hashKey(key) & mask;
    for (;;) {
      const found = cells[place * 2]!;
      if (found === key) return cells[place * 2 + 1]!;
      if (found === EMPTY) return -1;
      place = (place + 1) & mask;
    }
  }

  set(key: number, value: number): void {
    const { cells, mask } = this;
    let place = hashKey(key) & mask;
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
    let place = hashKey(key) & mask;
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
      const home = hashKey(moving) & mask;
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
    this.mask = this.mask * 2 + 1;
    this.cells = new Int32Array((this.mask + 1) * 2).fill(EMPTY);
    this.size = 0;
    for (let place = 0; place < cells.length; place += 2) {
      if (cells[place] !== EMPTY) this.set(cells[place]!, cells[place + 1]!);
    }
  }
}
