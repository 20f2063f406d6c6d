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
  private keys: Int32Array;
  private values: Int32Array;
  private mask: number;

  constructor(capacity = 64) {
    let length = 16;
    while (length < capacity * 2) length *= 2;
    this.keys = new Int32Array(length).fill(EMPTY);
    this.values = new Int32Array(length);
    this.mask = length - 1;
  }

  /** The value of a key ≥ 0, or -1. */
  get(key: number): number {
    let place = hashKey(key) & this.mask;
    for (;;) {
      const found = this.keys[place]!;
      if (found === key) return this.values[place]!;
      if (found === EMPTY) return -1;
      place = (place + 1) & this.mask;
    }
  }

  set(key: number, value: number): void {
    let place = hashKey(key) & this.mask;
    for (;;) {
      const found = this.keys[place]!;
      if (found === key) {
        this.values[place] = value;
        return;
      }
      if (found === EMPTY) break;
      place = (place + 1) & this.mask;
    }
    this.keys[place] = key;
    this.values[place] = value;
    if (++this.size * 2 > this.mask) this.grow();
  }

  delete(key: number): void {
    let place = hashKey(key) & this.mask;
    while (this.keys[place] !== key) {
      if (this.keys[place] === EMPTY) return;
      place = (place + 1) & this.mask;
    }
    this.size--;
    let hole = place;
    for (;;) {
      place = (place + 1) & this.mask;
      const key2 = this.keys[place]!;
      if (key2 === EMPTY) break;
      const home = hashKey(key2) & this.mask;
      // The entry may move into the hole when its home does not lie between hole and entry.
      if (((place - home) & this.mask) >= ((place - hole) & this.mask)) {
        this.keys[hole] = key2;
        this.values[hole] = this.values[place]!;
        hole = place;
      }
    }
    this.keys[hole] = EMPTY;
  }

  clear(): void {
    this.keys.fill(EMPTY);
    this.size = 0;
  }

  private grow(): void {
    const { keys, values } = this;
    this.mask = this.mask * 2 + 1;
    this.keys = new Int32Array(this.mask + 1).fill(EMPTY);
    this.values = new Int32Array(this.mask + 1);
    this.size = 0;
    for (let place = 0; place < keys.length; place++) {
      if (keys[place] !== EMPTY) this.set(keys[place]!, values[place]!);
    }
  }
}
