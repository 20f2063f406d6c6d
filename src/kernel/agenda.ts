/**
 * The agenda holds the pending events in the order (time, insertion).
 *
 * It is a ladder queue: far events lie unsorted in `top`, nearer ones in the buckets of a few rungs,
 * each rung splitting one bucket of the rung above, and only the nearest are sorted, in a small
 * binary heap. A hold stays cheap from ten to millions of pending events. Its one surprise: widths
 * of buckets are powers of two and times are integers, so that the bucket of a time is exact and
 * equal times can never part.
 *
 * Source: Tang, Goh, Thng, Ladder Queue: An O(1) Priority Queue Structure for Large-Scale Discrete
 * Event Simulation, ACM TOMACS 15(3), 2005. Deviation: the sorted bottom is a heap, not a list, and
 * few pending events live in it alone.
 */

import { assert } from '../base/assert.ts';

/** Above this many events in the heap alone, the ladder is built. */
const HEAP_ALONE = 256;
/** A bucket of more events than this is split by a new rung, a smaller one is sorted. */
const SPLIT_ABOVE = 48;
const RUNGS = 8;
/** `place` of an event that waits in the heap. */
const IN_HEAP = -1;
/** `place` of an event in the unsorted top; buckets are coded as bucket × RUNGS + rung. */
const IN_TOP = -2;
const FREE = -3;
const NONE = -1;

interface Rung {
  start: number;
  /** 1 / width of a bucket; both are powers of two. */
  inverse: number;
  width: number;
  /** Buckets below this one are empty for good. */
  current: number;
  buckets: number;
  heads: Int32Array;
  counts: Int32Array;
}

export class Agenda {
  /** What an event carries, by slot: who handles it, what kind it is, and two integers. */
  owner: Int32Array;
  kind: Int32Array;
  first: Int32Array;
  second: Int32Array;
  time: Float64Array;

  private sequence: Float64Array;
  private next: Int32Array;
  private previous: Int32Array;
  private place: Int32Array;
  private cancelled: Uint8Array;
  private freeHead = NONE;
  private used = 0;
  private pending = 0;
  private nextSequence = 0;

  private heapTime: Float64Array;
  private heapSlot: Int32Array;
  private heapSize = 0;

  private topHead = NONE;
  private topCount = 0;
  private topMin = Infinity;
  private topMax = -Infinity;
  /** Events at or after this time go to the top. */
  private topStart = Infinity;
  private readonly rungs: Rung[] = [];
  private rungCount = 0;

  constructor(capacity = 64) {
    this.owner = new Int32Array(capacity);
    this.kind = new Int32Array(capacity);
    this.first = new Int32Array(capacity);
    this.second = new Int32Array(capacity);
    this.time = new Float64Array(capacity);
    this.sequence = new Float64Array(capacity);
    this.next = new Int32Array(capacity);
    this.previous = new Int32Array(capacity);
    this.place = new Int32Array(capacity);
    this.cancelled = new Uint8Array(capacity);
    this.heapTime = new Float64Array(capacity);
    this.heapSlot = new Int32Array(capacity);
    for (let index = 0; index < RUNGS; index++) {
      this.rungs.push({
        start: 0.5,
        inverse: 0.5,
        width: 0.5,
        current: 0,
        buckets: 0,
        heads: new Int32Array(0),
        counts: new Int32Array(0),
      });
    }
  }

  /** Pending events, cancelled ones not counted. */
  get size(): number {
    return this.pending;
  }

  /** Bytes held by the tables of pending events. */
  get bytes(): number {
    let bytes = this.time.length * (5 * 4 + 2 * 8 + 3 * 4 + 1 - 4) + this.heapTime.length * 12;
    for (const rung of this.rungs) bytes += rung.heads.length * 8;
    return bytes;
  }

  /** The number the next event gets; a later event at the same time has a larger one. */
  takeSequence(): number {
    return this.nextSequence++;
  }

  /**
   * Adds an event and returns its slot, which stays valid until the event is taken or cancelled.
   * `time` is an integer ≥ the time of the event last taken.
   */
  schedule(time: number, owner: number, kind: number, first: number, second: number): number {
    return this.scheduleAs(this.nextSequence++, time, owner, kind, first, second);
  }

  /** As `schedule`, with a place among equal times that was taken earlier by `takeSequence`. */
  scheduleAs(
    sequence: number,
    time: number,
    owner: number,
    kind: number,
    first: number,
    second: number,
  ): number {
    const slot = this.freeHead === NONE ? this.newSlot() : this.freeHead;
    this.freeHead = this.next[slot]!;
    this.time[slot] = time;
    this.sequence[slot] = sequence;
    this.owner[slot] = owner;
    this.kind[slot] = kind;
    this.first[slot] = first;
    this.second[slot] = second;
    this.pending++;
    if (time >= this.topStart) this.pushTop(slot, time);
    else if (this.rungCount === 0 || !this.pushRung(slot, time)) this.pushHeap(slot, time);
    return slot;
  }

  /** Removes a pending event. Cancelling one that was taken already is a programmer's error. */
  cancel(slot: number): void {
    const place = this.place[slot]!;
    assert(place !== FREE && this.cancelled[slot] === 0, 'Only a pending event can be cancelled.');
    this.pending--;
    if (place === IN_HEAP) {
      // Left in the heap as a husk: the heap is near in time, so the husk goes soon.
      this.cancelled[slot] = 1;
      return;
    }
    this.unlink(slot, place);
    this.release(slot);
  }

  /** Time of the next event, Infinity when there is none. */
  nextTime(): number {
    while (this.heapSize > 0) {
      if (this.cancelled[this.heapSlot[0]!] === 0) return this.heapTime[0]!;
      this.dropHusk();
    }
    return this.refill() ? this.nextTime() : Infinity;
  }

  /**
   * Removes the next event and returns its slot, or -1 when none is pending. The slot's fields may
   * be read until the next event is scheduled.
   */
  take(): number {
    if (this.nextTime() === Infinity) return NONE;
    const slot = this.heapSlot[0]!;
    this.popHeap();
    this.pending--;
    this.release(slot);
    return slot;
  }

  private release(slot: number): void {
    this.place[slot] = FREE;
    this.next[slot] = this.freeHead;
    this.freeHead = slot;
  }

  private dropHusk(): void {
    const slot = this.heapSlot[0]!;
    this.popHeap();
    this.cancelled[slot] = 0;
    this.release(slot);
  }

  private newSlot(): number {
    if (this.used === this.time.length) this.grow();
    const slot = this.used++;
    this.next[slot] = NONE;
    return slot;
  }

  private grow(): void {
    const capacity = this.time.length * 2;
    this.owner = grown32(this.owner, capacity);
    this.kind = grown32(this.kind, capacity);
    this.first = grown32(this.first, capacity);
    this.second = grown32(this.second, capacity);
    this.next = grown32(this.next, capacity);
    this.previous = grown32(this.previous, capacity);
    this.place = grown32(this.place, capacity);
    this.time = grown64(this.time, capacity);
    this.sequence = grown64(this.sequence, capacity);
    const cancelled = new Uint8Array(capacity);
    cancelled.set(this.cancelled);
    this.cancelled = cancelled;
  }

  private pushTop(slot: number, time: number): void {
    this.place[slot] = IN_TOP;
    this.previous[slot] = NONE;
    this.next[slot] = this.topHead;
    if (this.topHead !== NONE) this.previous[this.topHead] = slot;
    this.topHead = slot;
    this.topCount++;
    if (time < this.topMin) this.topMin = time;
    if (time > this.topMax) this.topMax = time;
  }

  /** False when the time lies before every rung's current bucket. */
  private pushRung(slot: number, time: number): boolean {
    for (let index = 0; index < this.rungCount; index++) {
      const rung = this.rungs[index]!;
      const bucket = Math.floor((time - rung.start) * rung.inverse);
      if (bucket >= rung.current) {
        this.pushBucket(rung, index, bucket, slot);
        return true;
      }
    }
    return false;
  }

  private pushBucket(rung: Rung, index: number, bucket: number, slot: number): void {
    const head = rung.heads[bucket]!;
    this.place[slot] = bucket * RUNGS + index;
    this.previous[slot] = NONE;
    this.next[slot] = head;
    if (head !== NONE) this.previous[head] = slot;
    rung.heads[bucket] = slot;
    rung.counts[bucket]!++;
  }

  private unlink(slot: number, place: number): void {
    const before = this.previous[slot]!;
    const after = this.next[slot]!;
    if (after !== NONE) this.previous[after] = before;
    if (place === IN_TOP) {
      this.topCount--;
      if (before === NONE) this.topHead = after;
    } else {
      const rung = this.rungs[place % RUNGS]!;
      const bucket = Math.floor(place / RUNGS);
      rung.counts[bucket]!--;
      if (before === NONE) rung.heads[bucket] = after;
    }
    if (before !== NONE) this.next[before] = after;
  }

  /** Moves the next events into the empty heap. False when nothing is pending. */
  private refill(): boolean {
    while (this.rungCount > 0) {
      const rung = this.rungs[this.rungCount - 1]!;
      while (rung.current < rung.buckets && rung.counts[rung.current] === 0) rung.current++;
      if (rung.current === rung.buckets) {
        this.rungCount--;
        continue;
      }
      const bucket = rung.current++;
      const head = rung.heads[bucket]!;
      const count = rung.counts[bucket]!;
      rung.heads[bucket] = NONE;
      rung.counts[bucket] = 0;
      if (count > SPLIT_ABOVE && rung.width > 1 && this.rungCount < RUNGS) {
        this.spread(head, count, rung.start + bucket * rung.width, rung.width);
        continue;
      }
      this.heapAll(head);
      return true;
    }
    if (this.topCount === 0) {
      this.topStart = Infinity;
      return false;
    }
    const head = this.topHead;
    const count = this.topCount;
    const start = this.topMin;
    const span = this.topMax - start + 1;
    this.emptyTop();
    if (count <= SPLIT_ABOVE) {
      this.topStart = Infinity;
      this.heapAll(head);
      return true;
    }
    this.topStart = start + this.spread(head, count, start, span);
    return this.refill();
  }

  private emptyTop(): void {
    this.topHead = NONE;
    this.topCount = 0;
    this.topMin = Infinity;
    this.topMax = -Infinity;
  }

  /** Lays a list over a new rung from `start`; returns the span the rung covers, ≥ `span`. */
  private spread(head: number, count: number, start: number, span: number): number {
    let width = 1;
    while (width * count < span) width *= 2;
    const buckets = Math.ceil(span / width);
    const index = this.rungCount++;
    const rung = this.rungs[index]!;
    rung.start = start;
    rung.width = width;
    rung.inverse = 1 / width;
    rung.current = 0;
    rung.buckets = buckets;
    if (rung.heads.length < buckets) {
      rung.heads = new Int32Array(buckets);
      rung.counts = new Int32Array(buckets);
    }
    rung.heads.fill(NONE, 0, buckets);
    rung.counts.fill(0, 0, buckets);
    let slot = head;
    while (slot !== NONE) {
      const after = this.next[slot]!;
      const bucket = Math.floor((this.time[slot]! - start) * rung.inverse);
      this.pushBucket(rung, index, bucket, slot);
      slot = after;
    }
    return buckets * width;
  }

  private heapAll(head: number): void {
    let slot = head;
    while (slot !== NONE) {
      const after = this.next[slot]!;
      this.siftUp(slot, this.time[slot]!);
      slot = after;
    }
  }

  private pushHeap(slot: number, time: number): void {
    this.siftUp(slot, time);
    if (this.heapSize > HEAP_ALONE && this.rungCount === 0 && this.topCount === 0) this.toLadder();
  }

  /** The heap alone has grown too large: everything becomes the top, and is spread when needed. */
  private toLadder(): void {
    const size = this.heapSize;
    this.heapSize = 0;
    this.topStart = -Infinity;
    for (let index = 0; index < size; index++) {
      const slot = this.heapSlot[index]!;
      if (this.cancelled[slot] === 0) {
        this.pushTop(slot, this.time[slot]!);
      } else {
        this.cancelled[slot] = 0;
        this.release(slot);
      }
    }
  }

  private siftUp(slot: number, time: number): void {
    this.place[slot] = IN_HEAP;
    if (this.heapSize === this.heapTime.length) {
      this.heapTime = grown64(this.heapTime, this.heapSize * 2);
      this.heapSlot = grown32(this.heapSlot, this.heapSize * 2);
    }
    const times = this.heapTime;
    const slots = this.heapSlot;
    let hole = this.heapSize++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time) break;
      const parentSlot = slots[parent]!;
      if (parentTime === time && this.sequence[parentSlot]! < this.sequence[slot]!) break;
      times[hole] = parentTime;
      slots[hole] = parentSlot;
      hole = parent;
    }
    times[hole] = time;
    slots[hole] = slot;
  }

  /** Removes the root: the hole sinks to a leaf along the smaller children, the last fills it. */
  private popHeap(): void {
    const times = this.heapTime;
    const slots = this.heapSlot;
    const size = --this.heapSize;
    let hole = 0;
    let child = 1;
    while (child < size) {
      const right = child + 1;
      if (right < size && this.isBefore(right, child)) child = right;
      times[hole] = times[child]!;
      slots[hole] = slots[child]!;
      hole = child;
      child = 2 * hole + 1;
    }
    if (hole === size) return;
    const time = times[size]!;
    const slot = slots[size]!;
    const sequence = this.sequence[slot]!;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time) break;
      if (parentTime === time && this.sequence[slots[parent]!]! < sequence) break;
      times[hole] = parentTime;
      slots[hole] = slots[parent]!;
      hole = parent;
    }
    times[hole] = time;
    slots[hole] = slot;
  }

  private isBefore(left: number, right: number): boolean {
    const leftTime = this.heapTime[left]!;
    const rightTime = this.heapTime[right]!;
    if (leftTime !== rightTime) return leftTime < rightTime;
    return this.sequence[this.heapSlot[left]!]! < this.sequence[this.heapSlot[right]!]!;
  }
}

function grown32(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

function grown64(array: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
