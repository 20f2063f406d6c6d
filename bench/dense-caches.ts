/**
 * Caches as one writes them by hand when keys are small integers and nothing else is asked: typed
 * arrays with a cell for every key, one class a policy, the whole trace in one loop. The yardstick
 * for the caches of the model, which know versions, sizes and expiry besides.
 */

export interface DenseCache {
  /** Misses over the keys `from` to `to` of a trace. */
  misses(trace: Int32Array, from: number, to: number): number;
}

/** Least recently used: a circular list through all cached keys, with a sentinel at `keys`. */
export class DenseLru implements DenseCache {
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

  misses(trace: Int32Array, from: number, to: number): number {
    const { next, previous, keys } = this;
    let misses = 0;
    for (let at = from; at < to; at++) {
      const key = trace[at]!;
      const after = next[key]!;
      if (after === -1) {
        misses++;
        if (this.room > 0) this.room--;
        else {
          const victim = previous[keys]!;
          const newLast = previous[victim]!;
          next[newLast] = keys;
          previous[keys] = newLast;
          next[victim] = -1;
        }
      } else {
        const before = previous[key]!;
        next[before] = after;
        previous[after] = before;
      }
      const first = next[keys]!;
      next[key] = first;
      previous[key] = keys;
      previous[first] = key;
      next[keys] = key;
    }
    return misses;
  }
}

/** First in, first out: a ring of keys. */
export class DenseFifo implements DenseCache {
  private readonly cached: Uint8Array;
  private readonly ring: Int32Array;
  private oldest = 0;

  constructor(keys: number, capacity: number) {
    this.cached = new Uint8Array(keys);
    this.ring = new Int32Array(capacity).fill(-1);
  }

  misses(trace: Int32Array, from: number, to: number): number {
    const { cached, ring } = this;
    let misses = 0;
    let oldest = this.oldest;
    for (let at = from; at < to; at++) {
      const key = trace[at]!;
      if (cached[key] === 1) continue;
      misses++;
      const victim = ring[oldest]!;
      if (victim >= 0) cached[victim] = 0;
      ring[oldest] = key;
      cached[key] = 1;
      if (++oldest === ring.length) oldest = 0;
    }
    this.oldest = oldest;
    return misses;
  }
}

const ABSENT = 0;
const UNASKED = 1;
const ASKED = 2;

/** CLOCK: a ring of keys; the hand passes over those asked for and takes their mark. */
export class DenseClock implements DenseCache {
  private readonly state: Uint8Array;
  private readonly ring: Int32Array;
  private hand = 0;
  private size = 0;

  constructor(keys: number, capacity: number) {
    this.state = new Uint8Array(keys);
    this.ring = new Int32Array(capacity);
  }

  misses(trace: Int32Array, from: number, to: number): number {
    const { state, ring } = this;
    let misses = 0;
    for (let at = from; at < to; at++) {
      const key = trace[at]!;
      if (state[key] !== ABSENT) {
        state[key] = ASKED;
        continue;
      }
      misses++;
      state[key] = UNASKED;
      if (this.size < ring.length) {
        ring[this.size++] = key;
        continue;
      }
      let hand = this.hand;
      while (state[ring[hand]!] === ASKED) {
        state[ring[hand]!] = UNASKED;
        if (++hand === ring.length) hand = 0;
      }
      state[ring[hand]!] = ABSENT;
      ring[hand] = key;
      this.hand = hand + 1 === ring.length ? 0 : hand + 1;
    }
    return misses;
  }
}

/** SIEVE: a list, newest first; the hand walks towards the newest and leaves the asked in place. */
export class DenseSieve implements DenseCache {
  private readonly state: Uint8Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly keys: number;
  private room: number;
  private hand: number;

  constructor(keys: number, capacity: number) {
    this.keys = keys;
    this.room = capacity;
    this.hand = keys;
    this.state = new Uint8Array(keys + 1);
    this.next = new Int32Array(keys + 1).fill(keys);
    this.previous = new Int32Array(keys + 1).fill(keys);
  }

  misses(trace: Int32Array, from: number, to: number): number {
    const { state, next, previous, keys } = this;
    let misses = 0;
    for (let at = from; at < to; at++) {
      const key = trace[at]!;
      if (state[key] !== ABSENT) {
        state[key] = ASKED;
        continue;
      }
      misses++;
      if (this.room > 0) this.room--;
      else this.evict();
      state[key] = UNASKED;
      const first = next[keys]!;
      next[key] = first;
      previous[key] = keys;
      previous[first] = key;
      next[keys] = key;
    }
    return misses;
  }

  private evict(): void {
    const { state, next, previous, keys } = this;
    let hand = this.hand === keys ? previous[keys]! : this.hand;
    while (state[hand] === ASKED) {
      state[hand] = UNASKED;
      hand = previous[hand]!;
      if (hand === keys) hand = previous[keys]!;
    }
    const before = previous[hand]!;
    const after = next[hand]!;
    next[before] = after;
    previous[after] = before;
    state[hand] = ABSENT;
    this.hand = before;
  }
}
