import { grownInt32 } from '../../../base/typed-arrays.ts';
import type { EvictionPolicy, Evictor } from '../../eviction.ts';

const NONE = -1;

/**
 * The entry asked for least often since it came in leaves; among equals the one not asked for the
 * longest. Counts are forgotten with the entry.
 *
 * Source: Shah, Mitra, Matani, An O(1) Algorithm for Implementing the LFU Cache Eviction Scheme,
 * 2010: a list of frequencies, each with the list of its entries.
 */
class LeastFrequentlyUsed implements Evictor {
  /** Entry lists, newest first; `group` is the frequency class of a slot. */
  private next: Int32Array = new Int32Array(0);
  private previous: Int32Array = new Int32Array(0);
  private group: Int32Array = new Int32Array(0);
  /** Classes in ascending order of frequency, from `lowest`; free ones are chained by `above`. */
  private frequency: Int32Array = new Int32Array(0);
  private above: Int32Array = new Int32Array(0);
  private below: Int32Array = new Int32Array(0);
  private head: Int32Array = new Int32Array(0);
  private tail: Int32Array = new Int32Array(0);
  private lowest = NONE;
  private freeGroup = NONE;

  grow(slots: number): void {
    const start = this.frequency.length;
    this.next = grownInt32(this.next, slots);
    this.previous = grownInt32(this.previous, slots);
    this.group = grownInt32(this.group, slots);
    // One class more than entries: the class a slot moves to exists before its old one is freed.
    this.frequency = grownInt32(this.frequency, slots + 1);
    this.above = grownInt32(this.above, slots + 1);
    this.below = grownInt32(this.below, slots + 1);
    this.head = grownInt32(this.head, slots + 1);
    this.tail = grownInt32(this.tail, slots + 1);
    for (let group = slots; group >= start; group--) {
      this.above[group] = this.freeGroup;
      this.freeGroup = group;
    }
  }

  inserted(slot: number): void {
    const first = this.lowest;
    const group = first !== NONE && this.frequency[first] === 1 ? first : this.open(1, NONE, first);
    this.enter(slot, group);
  }

  accessed(slot: number): void {
    const group = this.group[slot]!;
    const frequency = this.frequency[group]! + 1;
    const above = this.above[group]!;
    const target =
      above !== NONE && this.frequency[above] === frequency
        ? above
        : this.open(frequency, group, above);
    this.leave(slot);
    this.enter(slot, target);
  }

  removed(slot: number): void {
    this.leave(slot);
  }

  evict(): number {
    const slot = this.tail[this.lowest]!;
    this.leave(slot);
    return slot;
  }

  upcoming(limit: number): number[] {
    const slots: number[] = [];
    for (let group = this.lowest; group !== NONE && slots.length < limit;) {
      let slot = this.tail[group]!;
      while (slot !== NONE && slots.length < limit) {
        slots.push(slot);
        slot = this.previous[slot]!;
      }
      group = this.above[group]!;
    }
    return slots;
  }

  private open(frequency: number, below: number, above: number): number {
    const group = this.freeGroup;
    this.freeGroup = this.above[group]!;
    this.frequency[group] = frequency;
    this.head[group] = NONE;
    this.tail[group] = NONE;
    this.below[group] = below;
    this.above[group] = above;
    if (below === NONE) this.lowest = group;
    else this.above[below] = group;
    if (above !== NONE) this.below[above] = group;
    return group;
  }

  private close(group: number): void {
    const below = this.below[group]!;
    const above = this.above[group]!;
    if (below === NONE) this.lowest = above;
    else this.above[below] = above;
    if (above !== NONE) this.below[above] = below;
    this.above[group] = this.freeGroup;
    this.freeGroup = group;
  }

  private enter(slot: number, group: number): void {
    const head = this.head[group]!;
    this.group[slot] = group;
    this.previous[slot] = NONE;
    this.next[slot] = head;
    if (head === NONE) this.tail[group] = slot;
    else this.previous[head] = slot;
    this.head[group] = slot;
  }

  private leave(slot: number): void {
    const group = this.group[slot]!;
    const before = this.previous[slot]!;
    const after = this.next[slot]!;
    if (before === NONE) this.head[group] = after;
    else this.next[before] = after;
    if (after === NONE) this.tail[group] = before;
    else this.previous[after] = before;
    if (this.head[group] === NONE) this.close(group);
  }
}

const policy: EvictionPolicy = {
  name: 'lfu',
  summary: 'Least frequently used: the entry asked for least often leaves.',
  source: 'Shah, Mitra, Matani, An O(1) Algorithm for LFU, 2010',
  worksInBytes: true,
  create: () => new LeastFrequentlyUsed(),
};

export default policy;
