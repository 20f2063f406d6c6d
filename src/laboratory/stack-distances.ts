/**
 * How deep each look-up finds its key in the list of all keys by recency. A cache of `size` entries
 * that gives up the least recently used one hits exactly the look-ups of depth ≤ `size`, so one
 * pass answers for every size.
 *
 * The list is a row of bits in the order of the last look-ups; a depth is a count of bits, taken
 * from a tree over the counts of whole words. A deleted key leaves a hole, which the next key that
 * is looked up from below it, or comes in, fills: caches that reach so deep had a free place.
 *
 * Source: R. Mattson et al., Evaluation techniques for storage hierarchies, 1970 (the depths and
 * the holes); B. Bennett, V. Kruskal, LRU stack processing, 1975 (the tree over the trace); P.
 * Fenwick, A new data structure for cumulative frequency tables, 1994. Deviation: the row is packed
 * anew whenever it is full, so memory grows with the keys and not with the trace.
 */

import { grownFloat64, grownInt32 } from '../base/typed-arrays.ts';

const NOWHERE = -1;
const HOLE = -2;
const WORDS_LEAST = 64;

export class StackDistances {
  /** Counted look-ups by depth, from 1; longer than the deepest. */
  depths: Float64Array = new Float64Array(64);
  /** Counted look-ups of keys that were not in the list. */
  absent = 0;
  /** Place of each key in the row, or NOWHERE. */
  private places: Int32Array = new Int32Array(0);
  /** Key at each place, or HOLE; read only where the bit is set. */
  private owners: Int32Array = new Int32Array(WORDS_LEAST * 32);
  private bits: Int32Array = new Int32Array(WORDS_LEAST);
  /** Fenwick's tree over the bits of each word, from 1. */
  private tree: Int32Array = new Int32Array(WORDS_LEAST + 1);
  /** Bits that are set: keys and holes. */
  private marks = 0;
  private next = 0;
  /** Places of the holes, the latest first: a binary heap. */
  private readonly holes: number[] = [];

  /** A key is looked up or written; only what is `counted` enters the depths. */
  access(key: number, counted: boolean): void {
    if (key >= this.places.length) this.growKeys(key + 1);
    if (this.next === this.owners.length) this.pack();
    const place = this.places[key]!;
    if (counted) {
      if (place === NOWHERE) this.absent++;
      else this.count(this.marks - this.before(place));
    }
    this.leave(place);
    this.places[key] = this.next;
    this.owners[this.next] = key;
    this.set(this.next++);
  }

  /** The key is deleted. */
  remove(key: number): void {
    const place = key < this.places.length ? this.places[key]! : NOWHERE;
    if (place === NOWHERE) return;
    this.places[key] = NOWHERE;
    this.owners[place] = HOLE;
    this.addHole(place);
  }

  /** Counted look-ups that an LRU cache of so many entries does not have, for ascending sizes. */
  misses(sizes: readonly number[]): number[] {
    const { depths } = this;
    let all = this.absent;
    for (const count of depths) all += count;
    let hits = 0;
    let depth = 1;
    return sizes.map((size) => {
      for (; depth <= size && depth < depths.length; depth++) hits += depths[depth]!;
      return all - hits;
    });
  }

  /** The key moves to the front: its place becomes a hole, or fills the latest hole above it. */
  private leave(place: number): void {
    const hole = this.holes.length === 0 ? NOWHERE : this.holes[0]!;
    if (hole > place) {
      this.dropHole();
      this.clear(hole);
      if (place === NOWHERE) return;
      this.owners[place] = HOLE;
      this.addHole(place);
    } else if (place !== NOWHERE) this.clear(place);
  }

  private count(depth: number): void {
    if (depth >= this.depths.length) this.depths = grownFloat64(this.depths, depth * 2);
    this.depths[depth]!++;
  }

  /** Bits set before a place. */
  private before(place: number): number {
    const word = place >>> 5;
    let sum = onesIn(this.bits[word]! & ((1 << (place & 31)) - 1));
    for (let at = word; at > 0; at &= at - 1) sum += this.tree[at]!;
    return sum;
  }

  private set(place: number): void {
    this.bits[place >>> 5]! |= 1 << (place & 31);
    this.marks++;
    const { tree } = this;
    for (let at = (place >>> 5) + 1; at < tree.length; at += at & -at) tree[at]!++;
  }

  private clear(place: number): void {
    this.bits[place >>> 5]! &= ~(1 << (place & 31));
    this.marks--;
    const { tree } = this;
    for (let at = (place >>> 5) + 1; at < tree.length; at += at & -at) tree[at]!--;
  }

  /** Moves what there is to the beginning of a row at least twice as long as that. */
  private pack(): void {
    const { bits, owners, next } = this;
    let words = WORDS_LEAST;
    while (words * 32 < this.marks * 3) words *= 2;
    this.owners = new Int32Array(words * 32);
    this.bits = new Int32Array(words);
    this.tree = new Int32Array(words + 1);
    this.holes.length = 0;
    let to = 0;
    for (let from = 0; from < next; from++) {
      if ((bits[from >>> 5]! & (1 << (from & 31))) === 0) continue;
      const owner = owners[from]!;
      this.owners[to] = owner;
      this.bits[to >>> 5]! |= 1 << (to & 31);
      if (owner === HOLE) this.holes.push(to);
      else this.places[owner] = to;
      to++;
    }
    this.holes.reverse();
    this.next = to;
    for (let word = 0; word < words; word++) {
      this.tree[word + 1]! += onesIn(this.bits[word]!);
      const above = word + 1 + ((word + 1) & -(word + 1));
      if (above <= words) this.tree[above]! += this.tree[word + 1]!;
    }
  }

  private growKeys(keys: number): void {
    const before = this.places.length;
    this.places = grownInt32(this.places, Math.max(keys, before * 2));
    this.places.fill(NOWHERE, before);
  }

  private addHole(place: number): void {
    const { holes } = this;
    let at = holes.push(place) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (holes[parent]! >= place) break;
      holes[at] = holes[parent]!;
      at = parent;
    }
    holes[at] = place;
  }

  private dropHole(): void {
    const { holes } = this;
    const last = holes.pop()!;
    if (holes.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= holes.length) break;
      if (child + 1 < holes.length && holes[child + 1]! > holes[child]!) child++;
      if (holes[child]! <= last) break;
      holes[at] = holes[child]!;
      at = child;
    }
    holes[at] = last;
  }
}

/** Source: H. Warren, Hacker's Delight, 2002, section 5–1. */
function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
