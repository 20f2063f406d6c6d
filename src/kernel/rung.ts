/**
 * A rung of the ladder divides a span of time into buckets, each an unsorted list of events. Widths
 * are powers of two and times are integers, so the bucket of a time is exact.
 */

import type { EventTable } from './event-table.ts';

const NONE = -1;

export class Rung {
  width = 1;
  /** Buckets before this one are empty for good. */
  current = 0;
  private start = 0.5;
  private inverse = 0.5;
  private buckets = 0;
  /** Head and count of each bucket, in turn. */
  private lists: Int32Array = new Int32Array(0);
  private readonly events: EventTable;

  constructor(events: EventTable) {
    this.events = events;
  }

  get bytes(): number {
    return this.lists.byteLength;
  }

  /** Takes over a span of time with about one bucket an event; returns the span it covers. */
  cover(start: number, span: number, count: number): number {
    let width = 1;
    while (width * count < span * 8) width *= 2;
    const buckets = Math.ceil(span / width);
    if (this.lists.length < buckets * 2) this.lists = new Int32Array(buckets * 2);
    const { lists } = this;
    for (let place = 0; place < buckets * 2; place += 2) {
      lists[place] = NONE;
      lists[place + 1] = 0;
    }
    this.start = start;
    this.width = width;
    this.inverse = 1 / width;
    this.current = 0;
    this.buckets = buckets;
    return buckets * width;
  }

  /** Bucket of a time; below `current` when the time lies before what is left of the rung. */
  bucketOf(time: number): number {
    return Math.floor((time - this.start) * this.inverse);
  }

  startOf(bucket: number): number {
    return this.start + bucket * this.width;
  }

  add(bucket: number, slot: number): void {
    const place = bucket * 2;
    this.events.setNext(slot, this.lists[place]!);
    this.lists[place] = slot;
    this.lists[place + 1]!++;
  }

  /** Lays a list of events over the buckets. */
  addAll(head: number): void {
    const { events } = this;
    let slot = head;
    while (slot !== NONE) {
      const after = events.next(slot);
      this.add(this.bucketOf(events.time(slot)), slot);
      slot = after;
    }
  }

  /** Moves `current` to the first bucket that is not empty; -1 when there is none. */
  firstFull(): number {
    const { buckets, lists } = this;
    let bucket = this.current;
    while (bucket < buckets && lists[bucket * 2 + 1] === 0) bucket++;
    this.current = bucket;
    return bucket === buckets ? NONE : bucket;
  }

  headOf(bucket: number): number {
    return this.lists[bucket * 2]!;
  }

  countOf(bucket: number): number {
    return this.lists[bucket * 2 + 1]!;
  }

  /** Leaves the bucket behind: it is empty, and so is everything before it. */
  pass(bucket: number): void {
    this.lists[bucket * 2] = NONE;
    this.lists[bucket * 2 + 1] = 0;
    this.current = bucket + 1;
  }

  /** Calls `visit` with the head of every bucket that is left. */
  drain(visit: (head: number) => void): void {
    for (let bucket = this.firstFull(); bucket !== NONE; bucket = this.firstFull()) {
      const head = this.headOf(bucket);
      this.pass(bucket);
      visit(head);
    }
  }
}
