/**
 * A queue of slots in a ring: the oldest leaves first, and any other may be struck out. A struck
 * entry stays in the ring until it is met there, which keeps adding and taking at one cell each.
 */

import { grownInt32 } from '../base/typed-arrays.ts';

export class SlotQueue {
  /** A power of two of cells. */
  private ring: Int32Array = new Int32Array(16);
  private mask = 15;
  /** Entries ever added, modulo 2^32; the next goes to the cell `added & mask`. */
  private added = 0;
  /** How many may have been added before the ring is full; the oldest is in `full & mask`. */
  private full = 16;
  /** How many entries of each slot are struck; they all stand before the one that is not. */
  private struck: Int32Array = new Int32Array(0);
  private struckCount = 0;

  grow(slots: number): void {
    this.struck = grownInt32(this.struck, slots);
  }

  addLast(slot: number): void {
    if (this.added === this.full) this.makeRoom();
    const { added } = this;
    this.ring[added & this.mask] = slot;
    this.added = (added + 1) | 0;
  }

  /** Takes the oldest slot out; there is at least one. */
  takeFirst(): number {
    const { ring, mask } = this;
    let { full } = this;
    let slot = ring[full & mask]!;
    while (this.struckCount > 0 && this.isStruck(slot)) {
      full = (full + 1) | 0;
      slot = ring[full & mask]!;
    }
    this.full = (full + 1) | 0;
    return slot;
  }

  /** Takes the oldest slot out and adds another one. */
  exchange(slot: number): number {
    if (this.struckCount > 0 || this.added === this.full) {
      const first = this.takeFirst();
      this.addLast(slot);
      return first;
    }
    const { ring, mask, added, full } = this;
    const first = ring[full & mask]!;
    ring[added & mask] = slot;
    this.full = (full + 1) | 0;
    this.added = (added + 1) | 0;
    return first;
  }

  /** Strikes a slot out that is in the queue. */
  remove(slot: number): void {
    this.struck[slot]!++;
    this.struckCount++;
  }

  /** From the oldest on, those that `accept` takes, `limit` at the most. Changes nothing. */
  first(limit: number, accept: (slot: number) => boolean): number[] {
    const slots: number[] = [];
    const passed = new Map<number, number>();
    const end = this.added | 0;
    const start = (this.full - this.ring.length) | 0;
    for (let at = start; at !== end && slots.length < limit; at = (at + 1) | 0) {
      const slot = this.ring[at & this.mask]!;
      const seen = passed.get(slot) ?? 0;
      if (seen < this.struck[slot]!) passed.set(slot, seen + 1);
      else if (accept(slot)) slots.push(slot);
    }
    return slots;
  }

  /** True for an entry that was struck out, which is then forgotten. */
  private isStruck(slot: number): boolean {
    if (this.struck[slot] === 0) return false;
    this.struck[slot]!--;
    this.struckCount--;
    return true;
  }

  /** Doubles the ring unless half of its entries are struck, and leaves those out. */
  private makeRoom(): void {
    const { ring, mask, full } = this;
    const length = ring.length;
    const larger = new Int32Array(this.struckCount * 2 < length ? length * 2 : length);
    let kept = 0;
    for (let place = 0; place < length; place++) {
      const slot = ring[(full + place) & mask]!;
      if (!this.isStruck(slot)) larger[kept++] = slot;
    }
    this.ring = larger;
    this.mask = larger.length - 1;
    this.added = kept;
    this.full = larger.length;
  }
}
