/**
 * A binary heap of events by (time, sequence). Taking the first lets the hole sink to a leaf along
 * the smaller children and fills it with the last, which is nearly always where it belongs.
 *
 * Source: Wegener, Bottom-up Heapsort, 1993.
 */

import { grownFloat64, grownInt32 } from '../base/typed-arrays.ts';
import type { EventTable } from './event-table.ts';

export class EventHeap {
  size = 0;
  private readonly events: EventTable;
  private times: Float64Array = new Float64Array(16);
  private slots: Int32Array = new Int32Array(16);

  constructor(events: EventTable) {
    this.events = events;
  }

  get bytes(): number {
    return this.times.byteLength + this.slots.byteLength;
  }

  /** Time of the first event; there is one. */
  get firstTime(): number {
    return this.times[0]!;
  }

  /** Slot of the first event; there is one. */
  get firstSlot(): number {
    return this.slots[0]!;
  }

  /** Slot at a place, in no particular order. */
  slotAt(place: number): number {
    return this.slots[place]!;
  }

  push(slot: number): void {
    if (this.size === this.times.length) this.grow();
    this.rise(this.size++, slot);
  }

  pop(): void {
    const { events, slots, times } = this;
    const size = --this.size;
    let hole = 0;
    let child = 1;
    while (child < size) {
      let time = times[child]!;
      const right = child + 1;
      if (right < size) {
        const rightTime = times[right]!;
        if (
          rightTime < time ||
          (rightTime === time && events.sequence(slots[right]!) < events.sequence(slots[child]!))
        ) {
          child = right;
          time = rightTime;
        }
      }
      times[hole] = time;
      slots[hole] = slots[child]!;
      hole = child;
      child = 2 * hole + 1;
    }
    if (hole < size) this.rise(hole, slots[size]!);
  }

  /** Moves a hole up until the event fits into it. */
  private rise(from: number, slot: number): void {
    const { events, slots, times } = this;
    const time = events.time(slot);
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time) break;
      const parentSlot = slots[parent]!;
      if (parentTime === time && events.sequence(parentSlot) < events.sequence(slot)) break;
      times[hole] = parentTime;
      slots[hole] = parentSlot;
      hole = parent;
    }
    times[hole] = time;
    slots[hole] = slot;
  }

  private grow(): void {
    this.times = grownFloat64(this.times, this.times.length * 2);
    this.slots = grownInt32(this.slots, this.slots.length * 2);
  }
}
