/**
 * Space-saving: which keys are asked for most, with a fixed number of counters. A key without a
 * counter takes over the smallest one and its count, so a count may be too high and never too low,
 * and every key that is asked for more often than requests over counters has one.
 *
 * Source: Metwally, Agrawal, El Abbadi, Efficient Computation of Frequent and Top-k Elements in
 * Data Streams, ICDT 2005. Deviation: a binary heap in place of the list of buckets.
 */

export class SpaceSaving {
  private readonly size: number;
  /** A heap with the smallest count at its root. */
  private readonly keys: Int32Array;
  private readonly counts: Float64Array;
  private readonly places = new Map<number, number>();
  private used = 0;

  constructor(counters: number) {
    this.size = counters;
    this.keys = new Int32Array(counters);
    this.counts = new Float64Array(counters);
  }

  add(key: number): void {
    let place = this.places.get(key);
    if (place === undefined && this.used < this.size) {
      place = this.used++;
      this.counts[place] = 0;
      this.put(place, key);
      place = this.rise(place);
    } else if (place === undefined) {
      place = 0;
      this.places.delete(this.keys[0]!);
      this.put(0, key);
    }
    this.counts[place]!++;
    this.sink(place);
  }

  /** The `limit` keys with the largest counts, the largest first; equal ones by key. */
  top(limit: number): number[] {
    const order = Array.from({ length: this.used }, (_, place) => place);
    order.sort((a, b) => this.counts[b]! - this.counts[a]! || this.keys[a]! - this.keys[b]!);
    return order.slice(0, limit).map((place) => this.keys[place]!);
  }

  clear(): void {
    this.places.clear();
    this.used = 0;
  }

  private put(place: number, key: number): void {
    this.keys[place] = key;
    this.places.set(key, place);
  }

  private rise(from: number): number {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.counts[parent]! <= this.counts[place]!) return place;
      this.swap(place, parent);
      place = parent;
    }
    return place;
  }

  private sink(from: number): void {
    let place = from;
    for (;;) {
      const left = place * 2 + 1;
      if (left >= this.used) return;
      const right = left + 1;
      const isRight = right < this.used && this.counts[right]! < this.counts[left]!;
      const child = isRight ? right : left;
      if (this.counts[place]! <= this.counts[child]!) return;
      this.swap(place, child);
      place = child;
    }
  }

  private swap(a: number, b: number): void {
    const [key, count] = [this.keys[a]!, this.counts[a]!];
    this.counts[a] = this.counts[b]!;
    this.put(a, this.keys[b]!);
    this.counts[b] = count;
    this.put(b, key);
  }
}
