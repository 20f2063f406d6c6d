/** Parts that hand-written models share: popular keys, a cache, a histogram. No engine. */

import type { Sfc32 } from './sfc32.ts';

/** Keys by Zipf's law, 0 the most popular. Source: Walker's alias table, 1977. */
export class HandZipf {
  private readonly keep: Float64Array;
  private readonly other: Int32Array;

  constructor(keys: number, exponent: number) {
    const keep = new Float64Array(keys);
    const other = new Int32Array(keys);
    let sum = 0;
    for (let key = 0; key < keys; key++) sum += keep[key] = Math.pow(key + 1, -exponent);
    const small: number[] = [];
    const large: number[] = [];
    for (let key = 0; key < keys; key++) {
      keep[key] = (keep[key]! * keys) / sum;
      (keep[key]! < 1 ? small : large).push(key);
    }
    while (small.length > 0 && large.length > 0) {
      const low = small.pop()!;
      const high = large[large.length - 1]!;
      other[low] = high;
      keep[high]! -= 1 - keep[low]!;
      if (keep[high]! < 1) small.push(large.pop()!);
    }
    for (const key of [...small, ...large]) keep[key] = 1;
    this.keep = keep;
    this.other = other;
  }

  draw(random: Sfc32): number {
    const at = random.uniform() * this.keep.length;
    const cell = Math.floor(at);
    return at - cell < this.keep[cell]! ? cell : this.other[cell]!;
  }
}

/** Keys in a cache that forgets the one not asked for the longest; a cell for every key. */
export class HandLru {
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly keys: number;
  private room: number;

  constructor(keys: number, capacity: number) {
    this.keys = keys;
    this.room = capacity;
    this.next = new Int32Array(keys + 1).fill(-1);
    this.previous = new Int32Array(keys + 1).fill(-1);
    this.next[keys] = keys;
    this.previous[keys] = keys;
  }

  has(key: number): boolean {
    return this.next[key] !== -1;
  }

  touch(key: number): void {
    this.unlink(key);
    this.link(key);
  }

  insert(key: number): void {
    if (this.has(key)) {
      this.touch(key);
      return;
    }
    if (this.room > 0) this.room--;
    else this.forget(this.previous[this.keys]!);
    this.link(key);
  }

  remove(key: number): void {
    if (!this.has(key)) return;
    this.forget(key);
    this.room++;
  }

  private forget(key: number): void {
    this.unlink(key);
    this.next[key] = -1;
  }

  private link(key: number): void {
    const { keys, next, previous } = this;
    const first = next[keys]!;
    next[key] = first;
    previous[key] = keys;
    previous[first] = key;
    next[keys] = key;
  }

  private unlink(key: number): void {
    const { next, previous } = this;
    const before = previous[key]!;
    const after = next[key]!;
    next[before] = after;
    previous[after] = before;
  }
}

const BITS = 7;
const BUCKETS = 54 << BITS;
const view = new Float64Array(1);
const bits = new Int32Array(view.buffer);

/** Log-linear buckets, 128 for each power of two, from the bits of the double. */
export class HandHistogram {
  count = 0;
  sum = 0;
  private readonly counts = new Uint32Array(BUCKETS);

  record(value: number): void {
    view[0] = value;
    const bucket = (bits[1]! >> (20 - BITS)) - (1023 << BITS);
    this.counts[bucket < 0 ? 0 : bucket]!++;
    this.count++;
    this.sum += value;
  }

  get mean(): number {
    return this.sum / this.count;
  }

  quantile(share: number): number {
    let left = share * this.count;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      left -= this.counts[bucket]!;
      if (left > 0) continue;
      bits[1] = (bucket + (1023 << BITS)) << (20 - BITS);
      bits[0] = 0;
      return view[0]! * (1 + 0.5 / (1 << BITS));
    }
    return NaN;
  }

  addTo(all: HandHistogram): void {
    for (let bucket = 0; bucket < BUCKETS; bucket++) all.counts[bucket]! += this.counts[bucket]!;
    all.count += this.count;
    all.sum += this.sum;
  }

  clear(): void {
    this.counts.fill(0);
    this.count = 0;
    this.sum = 0;
  }
}
