import { grownFloat64 } from '../../../base/typed-arrays.ts';
import type { CacheView, EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotHeap } from '../../slot-heap.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;
/** Entries asked for once, which leave first; keys that have left and whose times are kept. */
const ONCE = 0;
const GHOSTS = 1;

/**
 * LRU-2: the entry leaves whose last look-up but one lies back the furthest. Those asked for only
 * once come first, the longest ago before the others. The times of keys that have left are kept,
 * so a key that comes back has a second time at once.
 *
 * Source: E. O'Neil, P. O'Neil, G. Weikum, The LRU-K Page Replacement Algorithm, SIGMOD 1993, with
 * K = 2 and a correlated reference period of 0. It differs in how long times are kept: not for a
 * period, but for as many units as the cache holds, the first to have left forgotten first.
 */
class LastButOne implements Evictor {
  private readonly view: CacheView;
  private readonly lists: SlotLists;
  private readonly heap = new SlotHeap();
  /** When each key was last asked for, in look-ups. */
  private last: Float64Array = new Float64Array(0);
  private ticks = 0;
  /** The slot that is about to come back, or -1. */
  private returning = NONE;

  constructor(view: CacheView) {
    this.view = view;
    this.lists = new SlotLists(2, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
    this.heap.grow(slots);
    this.last = grownFloat64(this.last, slots);
  }

  arriving(slot: number): void {
    this.returning = NONE;
    if (this.lists.listOf(slot) !== GHOSTS) return;
    this.returning = slot;
    this.lists.remove(slot);
  }

  inserted(slot: number): void {
    if (this.returning === slot) this.heap.add(slot, this.last[slot]!, 0);
    else this.lists.addFirst(ONCE, slot);
    this.last[slot] = ++this.ticks;
    this.returning = NONE;
  }

  accessed(slot: number): void {
    const { heap, lists } = this;
    if (lists.listOf(slot) === ONCE) {
      lists.remove(slot);
      heap.add(slot, this.last[slot]!, 0);
    } else heap.change(slot, this.last[slot]!, 0);
    this.last[slot] = ++this.ticks;
  }

  removed(slot: number): void {
    if (this.lists.listOf(slot) === ONCE) this.lists.remove(slot);
    else this.heap.remove(slot);
  }

  evict(): number {
    const { heap, lists } = this;
    const once = lists.last(ONCE);
    const slot = once === NONE ? heap.top : once;
    this.removed(slot);
    this.remember(slot);
    return slot;
  }

  remembers(slot: number): boolean {
    return this.lists.listOf(slot) === GHOSTS;
  }

  upcoming(limit: number): number[] {
    const slots = this.lists.fromLast(ONCE, limit);
    return [...slots, ...this.heap.inOrder(limit - slots.length)];
  }

  private remember(slot: number): void {
    const { lists, view } = this;
    const room = view.capacity - view.unitsOf(slot);
    while (lists.units(GHOSTS) > room && lists.last(GHOSTS) !== NONE) {
      const oldest = lists.last(GHOSTS);
      lists.remove(oldest);
      view.forget(oldest);
    }
    if (room >= 0) lists.addFirst(GHOSTS, slot);
  }
}

const policy: EvictionPolicy = {
  name: 'lru-k',
  summary: 'LRU-2: the entry whose last look-up but one lies back the furthest leaves.',
  source: "O'Neil, O'Neil, Weikum, The LRU-K Page Replacement Algorithm, SIGMOD 1993, K = 2",
  worksInBytes: true,
  create: (_stream, view) => new LastButOne(view),
};

export default policy;
