/**
 * The agenda holds the pending events in the order (time, insertion).
 *
 * It is a ladder queue: far events lie unsorted in `top`, nearer ones in the buckets of a few
 * rungs, each rung splitting one bucket of the rung above, and only the nearest are sorted, in a
 * small heap. A hold stays cheap from ten to millions of pending events. Cancelling turns an event
 * into a husk in its place; when husks outnumber events all of them are swept out, so that they
 * cost neither memory nor time in proportion to what was cancelled.
 *
 * Source: Tang, Goh, Thng, Ladder Queue: An O(1) Priority Queue Structure for Large-Scale Discrete
 * Event Simulation, ACM TOMACS 15(3), 2005. Deviation: the sorted bottom is a heap, not a list, and
 * few pending events live in it alone.
 */

import { grownFloat64, grownInt32 } from '../base/typed-arrays.ts';
import { EventHeap } from './event-heap.ts';
import { BYTES_AN_EVENT, EventTable } from './event-table.ts';
import { Rung } from './rung.ts';

/** Above this many events in the heap alone, the ladder is built. */
const HEAP_ALONE = 256;
/** A bucket of more events than this is split by a new rung, a smaller one is sorted. */
const SPLIT_ABOVE = 48;
const RUNGS = 8;
/** Husks below this number are never swept. */
const HUSKS_MIN = 64;
const NONE = -1;

export class Agenda {
  /** What each event carries, by slot. */
  readonly events: EventTable;
  private readonly heap: EventHeap;
  private readonly rungs: Rung[] = [];
  private rungCount = 0;
  private pending = 0;
  private husks = 0;
  private nextSequence = 0;

  /** Slots and times of the far events, packed: spreading them reads memory in order. */
  private topSlots: Int32Array = new Int32Array(64);
  private topTimes: Float64Array = new Float64Array(64);
  private topCount = 0;
  private topMin = Infinity;
  private topMax = -Infinity;
  /** Events at or after this time go to the top. */
  private topStart = Infinity;

  constructor(capacity = 64) {
    this.events = new EventTable(capacity);
    this.heap = new EventHeap();
    for (let index = 0; index < RUNGS; index++) this.rungs.push(new Rung(this.events));
  }

  /** Pending events, cancelled ones not counted. */
  get size(): number {
    return this.pending;
  }

  /** Bytes held by all tables. */
  get bytes(): number {
    let bytes = this.events.capacity * BYTES_AN_EVENT + this.heap.bytes;
    bytes += this.topSlots.length * 12;
    for (const rung of this.rungs) bytes += rung.bytes;
    return bytes;
  }

  /** The number the next event gets; a later event at the same time has a larger one. */
  takeSequence(): number {
    return this.nextSequence++;
  }

  /**
   * Adds an event and returns its slot, which stays valid until the event is taken or cancelled.
   * `time` is an integer ≥ the time of the event last taken; `kind` is −1 to 61.
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
    const slot = this.events.add(time, sequence, owner, kind, first, second);
    this.place(slot, time, sequence);
    return slot;
  }

  /** Removes a pending event. Cancelling one that was taken already is a programmer's error. */
  cancel(slot: number): void {
    this.events.cancel(slot);
    this.pending--;
    if (++this.husks > HUSKS_MIN && this.husks > this.pending) this.sweep();
  }

  /** Time of the next event, Infinity when there is none. */
  nextTime(): number {
    for (;;) {
      while (this.heap.size > 0) {
        const slot = this.heap.firstSlot;
        if (!this.events.isHusk(slot)) return this.heap.firstTime;
        this.heap.pop();
        this.drop(slot);
      }
      if (!this.refill()) return Infinity;
    }
  }

  /**
   * Removes the next event and returns its slot, or -1 when none is pending. Its fields may be read
   * until the next event is scheduled.
   */
  take(): number {
    return this.nextTime() === Infinity ? NONE : this.takeFirst();
  }

  /** As `take`, straight after `nextTime` has said that there is one. */
  takeFirst(): number {
    const slot = this.heap.firstSlot;
    this.heap.pop();
    this.pending--;
    this.events.release(slot);
    return slot;
  }

  /** Puts an event where its time belongs. */
  private place(slot: number, time: number, sequence: number): void {
    this.pending++;
    if (time >= this.topStart) {
      this.pushTop(slot, time);
    } else if (this.rungCount === 0 || !this.pushRung(slot, time)) {
      this.heap.push(time, sequence, slot);
      if (this.heap.size > HEAP_ALONE && this.rungCount === 0 && this.topCount === 0) {
        this.leaveHeap();
      }
    }
  }

  private drop(slot: number): void {
    this.husks--;
    this.events.release(slot);
  }

  private pushTop(slot: number, time: number): void {
    if (this.topCount === this.topSlots.length) this.growTop();
    this.topSlots[this.topCount] = slot;
    this.topTimes[this.topCount++] = time;
    if (time < this.topMin) this.topMin = time;
    if (time > this.topMax) this.topMax = time;
  }

  /** False when the time lies before every rung's current bucket. */
  private pushRung(slot: number, time: number): boolean {
    for (let index = 0; index < this.rungCount; index++) {
      const rung = this.rungs[index]!;
      const bucket = rung.bucketOf(time);
      if (bucket >= rung.current) {
        rung.add(bucket, slot);
        return true;
      }
    }
    return false;
  }

  /** The heap alone has become too large: from now on there is a ladder. */
  private leaveHeap(): void {
    this.emptyHeap();
    this.topStart = -Infinity;
  }

  private toHeap(slot: number): void {
    const { events } = this;
    this.heap.push(events.time(slot), events.sequence(slot), slot);
  }

  /** Moves the next events into the empty heap. False when nothing is left. */
  private refill(): boolean {
    while (this.rungCount > 0) {
      const rung = this.rungs[this.rungCount - 1]!;
      const bucket = rung.firstFull();
      if (bucket === NONE) {
        this.rungCount--;
        continue;
      }
      const head = rung.headOf(bucket);
      const count = rung.countOf(bucket);
      rung.pass(bucket);
      if (count > SPLIT_ABOVE && rung.width > 1 && this.rungCount < RUNGS) {
        this.spread(head, count, rung.startOf(bucket), rung.width);
        continue;
      }
      this.heapAll(head);
      return true;
    }
    return this.refillFromTop();
  }

  private refillFromTop(): boolean {
    const count = this.topCount;
    this.topStart = Infinity;
    if (count === 0) return false;
    if (count <= SPLIT_ABOVE) {
      for (let place = 0; place < count; place++) {
        this.toHeap(this.topSlots[place]!);
      }
      this.clearTop();
      return true;
    }
    const rung = this.rungs[this.rungCount++]!;
    this.topStart = this.topMin + rung.cover(this.topMin, this.topMax - this.topMin + 1, count);
    for (let place = 0; place < count; place++) {
      rung.add(rung.bucketOf(this.topTimes[place]!), this.topSlots[place]!);
    }
    this.clearTop();
    return this.refill();
  }

  private clearTop(): void {
    this.topCount = 0;
    this.topMin = Infinity;
    this.topMax = -Infinity;
  }

  private growTop(): void {
    this.topSlots = grownInt32(this.topSlots, this.topSlots.length * 2);
    this.topTimes = grownFloat64(this.topTimes, this.topSlots.length);
  }

  /** Lays a list of `count` events over a new rung. */
  private spread(head: number, count: number, start: number, span: number): void {
    const rung = this.rungs[this.rungCount++]!;
    rung.cover(start, span, count);
    rung.addAll(head);
  }

  private heapAll(head: number): void {
    const { events } = this;
    let slot = head;
    while (slot !== NONE) {
      const after = events.next(slot);
      if (events.isHusk(slot)) this.drop(slot);
      else this.toHeap(slot);
      slot = after;
    }
  }

  /** Moves every event of the heap to the top, and drops its husks. */
  private emptyHeap(): void {
    const size = this.heap.size;
    this.heap.size = 0;
    for (let place = 0; place < size; place++) this.toTop(this.heap.slotAt(place));
  }

  private toTop(slot: number): void {
    if (this.events.isHusk(slot)) this.drop(slot);
    else this.pushTop(slot, this.events.time(slot));
  }

  private listToTop(head: number): void {
    let slot = head;
    while (slot !== NONE) {
      const after = this.events.next(slot);
      this.toTop(slot);
      slot = after;
    }
  }

  /** Drops every husk: all events become the top, and are spread again when needed. */
  private sweep(): void {
    const slots = this.topSlots.slice(0, this.topCount);
    this.clearTop();
    this.topStart = -Infinity;
    for (const slot of slots) this.toTop(slot);
    this.emptyHeap();
    for (let index = 0; index < this.rungCount; index++) {
      this.rungs[index]!.drain((head) => this.listToTop(head));
    }
    this.rungCount = 0;
  }
}
