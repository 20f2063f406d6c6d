/**
 * A binary heap of events by (time, sequence). Taking the first lets the hole sink to a leaf along
 * the smaller children and fills it with the last, which is nearly always where it belongs. Times
 * and sequences are kept beside the slots, so that ordering never leaves the heap's own arrays.
 *
 * Source: Wegener, Bottom-up Heapsort, 1993.
 */

import { grownFloat64, grownInt32 } from '../base/typed-arrays.ts';

export class EventHeap {
  size = 0;
  private times: Float64Array = new Float64Array(16);
  private sequences: Float64Array = new Float64Array(16);
  private slots: Int32Array = new Int32Array(16);

  get bytes(): number {
    return this.times.byteLength + this.sequences.byteLength + this.slots.byteLength;
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

  push(time: number, sequence: number, slot: number): void {
    if (this.size === this.times.length) this.grow();
    this.rise(this.size++, time, sequence, slot);
  }

  pop(): void {
    const { sequences, slots, times } = this;
    const size = --this.size;
    let hole = 0;
    let child = 1;
    while (child < size) {
      let time = times[child]!;
      const right = child + 1;
      if (right < size) {
        const rightTime = times[right]!;
        if (rightTime < time || (rightTime === time && sequences[right]! < sequences[child]!)) {
          child = right;
          time = rightTime;
        }
      }
      times[hole] = time;
      sequences[hole] = sequences[child]!;
      slots[hole] = slots[child]!;
      hole = child;
      child = 2 * hole + 1;
    }
    this.rise(hole, times[size]!, sequences[size]!, slots[size]!);
  }

  /** Puts an event into the hole, or as far above it as it belongs. */
  private rise(from: number, time: number, sequence: number, slot: number): void {
    const { sequences, slots, times } = this;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && sequences[parent]! < sequence)) break;
      times[hole] = parentTime;
      sequences[hole] = sequences[parent]!;
      slots[hole] = slots[parent]!;
      hole = parent;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    slots[hole] = slot;
  }

  private grow(): void {
    this.times = grownFloat64(this.times, this.times.length * 2);
    this.sequences = grownFloat64(this.sequences, this.times.length);
    this.slots = grownInt32(this.slots, this.times.length);
  }
}
