import type { CacheView, EvictionPolicy, Evictor, Segment } from '../../eviction.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;
/** Entries since they came in; ghosts of those; entries that came back. In the paper, the same. */
const A1_IN = 0;
const A1_OUT = 1;
const AM = 2;

/** Parts of the capacity, as the paper advises. */
const IN_SHARE = 0.25;
const OUT_SHARE = 0.5;

/**
 * New entries pass through a queue of a quarter of the cache, whatever is asked for in it. Keys
 * that leave it are remembered, half as many as the cache holds; one that is asked for while it is
 * remembered comes into the main part, which is in order of use.
 *
 * Source: T. Johnson, D. Shasha, 2Q: A Low Overhead High Performance Buffer Management Replacement
 * Algorithm, VLDB 1994, the full version. It differs in one thing, as libCacheSim does: a ghost
 * that is asked for leaves the queue of ghosts before room is made, not after.
 */
class TwoQueues implements Evictor {
  private readonly view: CacheView;
  private readonly lists: SlotLists;
  /** The slot that is about to come back, or -1. */
  private returning = NONE;

  constructor(view: CacheView) {
    this.view = view;
    this.lists = new SlotLists(3, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
  }

  arriving(slot: number): void {
    this.returning = NONE;
    if (this.lists.listOf(slot) !== A1_OUT) return;
    this.returning = slot;
    this.lists.remove(slot);
  }

  inserted(slot: number): void {
    this.lists.addFirst(this.returning === slot ? AM : A1_IN, slot);
    this.returning = NONE;
  }

  accessed(slot: number): void {
    if (this.lists.listOf(slot) === AM) this.lists.moveFirst(AM, slot);
  }

  removed(slot: number): void {
    this.lists.remove(slot);
  }

  evict(): number {
    const { lists, view } = this;
    const inMost = Math.floor(view.capacity * IN_SHARE);
    if (lists.units(A1_IN) <= inMost && lists.last(AM) !== NONE) {
      const slot = lists.last(AM);
      lists.remove(slot);
      return slot;
    }
    const slot = lists.last(A1_IN);
    this.leave(slot);
    return slot;
  }

  remembers(slot: number): boolean {
    return this.lists.listOf(slot) === A1_OUT;
  }

  upcoming(limit: number): number[] {
    const { lists, view } = this;
    const inMost = Math.floor(view.capacity * IN_SHARE);
    const slots: number[] = [];
    let left = lists.units(A1_IN);
    let next = lists.last(A1_IN);
    while (left > inMost && next !== NONE && slots.length < limit) {
      slots.push(next);
      left -= view.unitsOf(next);
      next = lists.before(next);
    }
    slots.push(...lists.fromLast(AM, limit - slots.length));
    while (next !== NONE && slots.length < limit) {
      slots.push(next);
      next = lists.before(next);
    }
    return slots;
  }

  /** From the queue of entries to that of ghosts, if there is room for any. */
  private leave(slot: number): void {
    const { lists, view } = this;
    const room = Math.floor(view.capacity * OUT_SHARE) - view.unitsOf(slot);
    while (lists.units(A1_OUT) > room && lists.last(A1_OUT) !== NONE) {
      const oldest = lists.last(A1_OUT);
      lists.remove(oldest);
      view.forget(oldest);
    }
    if (room >= 0) lists.moveFirst(A1_OUT, slot);
    else lists.remove(slot);
  }

  segments(): Segment[] {
    const { lists } = this;
    return [
      { name: 'came in', units: lists.units(A1_IN) },
      { name: 'came back', units: lists.units(AM) },
    ];
  }
}

const policy: EvictionPolicy = {
  name: '2q',
  summary: 'Two queues: only what is asked for again after leaving the first comes to stay.',
  source: 'Johnson, Shasha, 2Q, VLDB 1994: a quarter and a half of the cache',
  worksInBytes: true,
  create: (_stream, view) => new TwoQueues(view),
};

export default policy;
