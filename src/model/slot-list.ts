/** A doubly linked list of slots: adding at the head and removing from anywhere are O(1). */

import { grownInt32 } from '../base/typed-arrays.ts';

const NONE = -1;

export class SlotList {
  head = NONE;
  tail = NONE;
  /** Next and previous of each slot, in turn. */
  private links: Int32Array = new Int32Array(0);

  grow(slots: number): void {
    this.links = grownInt32(this.links, slots * 2);
  }

  addFirst(slot: number): void {
    const { head, links } = this;
    links[slot * 2 + 1] = NONE;
    links[slot * 2] = head;
    if (head === NONE) this.tail = slot;
    else links[head * 2 + 1] = slot;
    this.head = slot;
  }

  remove(slot: number): void {
    const { links } = this;
    const after = links[slot * 2]!;
    const before = links[slot * 2 + 1]!;
    if (before === NONE) this.head = after;
    else links[before * 2] = after;
    if (after === NONE) this.tail = before;
    else links[after * 2 + 1] = before;
  }

  /** The neighbour on the side of the head, or -1. */
  before(slot: number): number {
    return this.links[slot * 2 + 1]!;
  }

  /** From the tail towards the head, `limit` at the most. */
  fromTail(limit: number): number[] {
    const slots: number[] = [];
    for (let slot = this.tail; slot !== NONE && slots.length < limit; slot = this.before(slot)) {
      slots.push(slot);
    }
    return slots;
  }

  moveFirst(slot: number): void {
    if (slot === this.head) return;
    this.remove(slot);
    this.addFirst(slot);
  }
}
