/**
 * Several doubly linked lists of slots in one array: a slot is in one list at the most, and moving
 * it from one to another is O(1). Each list knows how many units its slots take, by what they took
 * when they came in; an empty entry counts as one unit, so that bounded lists stay short.
 */

import { grownFloat64, grownInt32, grownUint8 } from '../base/typed-arrays.ts';
import type { CacheView } from './eviction.ts';

const NONE = -1;

export class SlotLists {
  private readonly view: CacheView;
  /** First and last slot of each list, in turn. */
  private readonly ends: Int32Array;
  private readonly sums: Float64Array;
  /** Next and previous of each slot, in turn. */
  private links: Int32Array = new Int32Array(0);
  /** For each slot one more than the list it is in; 0: in none. */
  private list: Uint8Array = new Uint8Array(0);
  /** Units of each slot; empty as long as all take one. */
  private weights: Float64Array = new Float64Array(0);
  private isWeighed = false;

  constructor(lists: number, view: CacheView) {
    this.view = view;
    this.ends = new Int32Array(lists * 2).fill(NONE);
    this.sums = new Float64Array(lists);
  }

  grow(slots: number): void {
    this.links = grownInt32(this.links, slots * 2);
    this.list = grownUint8(this.list, slots);
    if (this.isWeighed) this.weights = grownFloat64(this.weights, slots);
  }

  /** The list that a slot is in, or -1. */
  listOf(slot: number): number {
    return this.list[slot]! - 1;
  }

  /** Units of all slots of a list. */
  units(list: number): number {
    return this.sums[list]!;
  }

  /** The first of a list, or -1. */
  first(list: number): number {
    return this.ends[list * 2]!;
  }

  /** The last of a list, or -1. */
  last(list: number): number {
    return this.ends[list * 2 + 1]!;
  }

  /** The neighbour on the side of the last, or -1. */
  after(slot: number): number {
    return this.links[slot * 2]!;
  }

  /** The neighbour on the side of the first, or -1. */
  before(slot: number): number {
    return this.links[slot * 2 + 1]!;
  }

  /** Puts a slot that is in no list in front of all others of one. */
  addFirst(list: number, slot: number): void {
    const units = Math.max(1, this.view.unitsOf(slot));
    if (units !== 1 && !this.isWeighed) this.beginToWeigh();
    if (this.isWeighed) this.weights[slot] = units;
    this.sums[list]! += units;
    this.list[slot] = list + 1;
    this.link(list, slot);
  }

  /** Takes a slot out of its list. */
  remove(slot: number): void {
    const list = this.list[slot]! - 1;
    this.list[slot] = 0;
    this.sums[list]! -= this.isWeighed ? this.weights[slot]! : 1;
    this.unlink(list, slot);
  }

  /** Takes a slot out of its list and puts it in front of one, which may be the same. */
  moveFirst(list: number, slot: number): void {
    const { ends, sums } = this;
    if (slot === ends[list * 2]) return;
    const former = this.list[slot]! - 1;
    if (former !== list) {
      const units = this.isWeighed ? this.weights[slot]! : 1;
      sums[former]! -= units;
      sums[list]! += units;
      this.list[slot] = list + 1;
    }
    this.unlink(former, slot);
    this.link(list, slot);
  }

  /** From the last of a list towards the first, `limit` at the most. */
  fromLast(list: number, limit: number): number[] {
    const slots: number[] = [];
    for (let slot = this.last(list); slot !== NONE && slots.length < limit;) {
      slots.push(slot);
      slot = this.before(slot);
    }
    return slots;
  }

  private link(list: number, slot: number): void {
    const { ends, links } = this;
    const first = ends[list * 2]!;
    links[slot * 2] = first;
    links[slot * 2 + 1] = NONE;
    if (first === NONE) ends[list * 2 + 1] = slot;
    else links[first * 2 + 1] = slot;
    ends[list * 2] = slot;
  }

  private unlink(list: number, slot: number): void {
    const { ends, links } = this;
    const after = links[slot * 2]!;
    const before = links[slot * 2 + 1]!;
    if (before === NONE) ends[list * 2] = after;
    else links[before * 2] = after;
    if (after === NONE) ends[list * 2 + 1] = before;
    else links[after * 2 + 1] = before;
    // Sums of fractions end a little beside 0.
    if (before === NONE && after === NONE) this.sums[list] = 0;
  }

  private beginToWeigh(): void {
    this.weights = new Float64Array(this.list.length).fill(1);
    this.isWeighed = true;
  }
}
