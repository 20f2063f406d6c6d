/**
 * Slots in a binary heap, the one of the smallest key on top; of equal keys the one of the smaller
 * tick. Adding, changing and removing any slot are O(log n).
 *
 * Source: J. Williams, Algorithm 232: Heapsort, 1964, with the place of each slot beside it.
 */

import { grownFloat64, grownInt32 } from '../base/typed-arrays.ts';

export class SlotHeap {
  size = 0;
  private heap: Int32Array = new Int32Array(0);
  private places: Int32Array = new Int32Array(0);
  private keys: Float64Array = new Float64Array(0);
  private ticks: Float64Array = new Float64Array(0);

  grow(slots: number): void {
    this.heap = grownInt32(this.heap, slots);
    this.places = grownInt32(this.places, slots);
    this.keys = grownFloat64(this.keys, slots);
    this.ticks = grownFloat64(this.ticks, slots);
  }

  /** The slot on top; there is one. */
  get top(): number {
    return this.heap[0]!;
  }

  keyOf(slot: number): number {
    return this.keys[slot]!;
  }

  add(slot: number, key: number, tick: number): void {
    this.keys[slot] = key;
    this.ticks[slot] = tick;
    this.rise(slot, this.size++);
  }

  /** A slot that is in gets another key and tick. */
  change(slot: number, key: number, tick: number): void {
    this.keys[slot] = key;
    this.ticks[slot] = tick;
    this.settle(slot, this.places[slot]!);
  }

  remove(slot: number): void {
    const place = this.places[slot]!;
    const last = this.heap[--this.size]!;
    if (last !== slot) this.settle(last, place);
  }

  /** The slots on top in their order, `limit` at the most. Changes nothing. */
  inOrder(limit: number): number[] {
    const slots: number[] = [];
    const open = this.size > 0 ? [0] : [];
    while (open.length > 0 && slots.length < limit) {
      let best = 0;
      for (let at = 1; at < open.length; at++) {
        if (this.isBefore(this.heap[open[at]!]!, this.heap[open[best]!]!)) best = at;
      }
      const place = open[best]!;
      open.splice(best, 1);
      slots.push(this.heap[place]!);
      for (const child of [place * 2 + 1, place * 2 + 2]) {
        if (child < this.size) open.push(child);
      }
    }
    return slots;
  }

  private isBefore(one: number, other: number): boolean {
    const difference = this.keys[one]! - this.keys[other]!;
    return difference !== 0 ? difference < 0 : this.ticks[one]! < this.ticks[other]!;
  }

  private settle(slot: number, place: number): void {
    const parent = (place - 1) >> 1;
    if (place > 0 && this.isBefore(slot, this.heap[parent]!)) this.rise(slot, place);
    else this.sink(slot, place);
  }

  private rise(slot: number, from: number): void {
    const { heap, places } = this;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent]!;
      if (!this.isBefore(slot, above)) break;
      heap[place] = above;
      places[above] = place;
      place = parent;
    }
    heap[place] = slot;
    places[slot] = place;
  }

  private sink(slot: number, from: number): void {
    const { heap, places, size } = this;
    let place = from;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && this.isBefore(heap[child + 1]!, heap[child]!)) child++;
      const below = heap[child]!;
      if (!this.isBefore(below, slot)) break;
      heap[place] = below;
      places[below] = place;
      place = child;
    }
    heap[place] = slot;
    places[slot] = place;
  }
}
