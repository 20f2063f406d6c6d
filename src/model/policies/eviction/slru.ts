import type { CacheView, EvictionPolicy, Evictor, Segment } from '../../eviction.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;

/**
 * Segments one above the other, each in order of use. An entry comes in at the head of the lowest;
 * a look-up moves it to the head of the next one up. What a segment holds beyond its part of the
 * cache goes from its tail to the head of the one below; from the tail of the lowest it leaves.
 *
 * The lowest has no bound of its own but what the others leave of the capacity, so that a cache
 * that is not full evicts nobody.
 *
 * Source: R. Karedla, J. Love, B. Wherry, Caching Strategies to Improve Disk System Performance,
 * 1994, for two segments.
 */
export class SegmentedLru implements Evictor {
  private readonly view: CacheView;
  private readonly lists: SlotLists;
  private readonly segmentCount: number;
  /** Part of the capacity that each segment but the lowest may take. */
  private readonly share: number;

  constructor(segments: number, share: number, view: CacheView) {
    this.view = view;
    this.segmentCount = segments;
    this.share = share;
    this.lists = new SlotLists(segments, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
  }

  inserted(slot: number): void {
    this.lists.addFirst(0, slot);
  }

  accessed(slot: number): void {
    const { lists } = this;
    const from = lists.listOf(slot);
    const to = Math.min(from + 1, this.segmentCount - 1);
    lists.moveFirst(to, slot);
    if (to !== from) this.cool(to);
  }

  removed(slot: number): void {
    this.lists.remove(slot);
  }

  evict(): number {
    const { lists } = this;
    this.cool(this.segmentCount - 1);
    let segment = 0;
    while (lists.last(segment) === NONE) segment++;
    const slot = lists.last(segment);
    lists.remove(slot);
    return slot;
  }

  upcoming(limit: number): number[] {
    const slots: number[] = [];
    for (let segment = 0; segment < this.segmentCount; segment++) {
      slots.push(...this.lists.fromLast(segment, limit - slots.length));
    }
    return slots;
  }

  /** Moves down what segments hold too much, from this one on. */
  private cool(from: number): void {
    const { lists } = this;
    const most = Math.floor(this.view.capacity * this.share);
    for (let segment = from; segment > 0; segment--) {
      while (lists.units(segment) > most) lists.moveFirst(segment - 1, lists.last(segment));
    }
  }

  segments(): Segment[] {
    const names = this.segmentCount === 2 ? ['probation', 'protected'] : null;
    return Array.from({ length: this.segmentCount }, (_, place) => ({
      name: names?.[place] ?? `segment ${place + 1}`,
      units: this.lists.units(place),
    }));
  }
}

/** Part of the cache for entries that were asked for again; the paper leaves it open. */
const PROTECTED_SHARE = 0.8;

const policy: EvictionPolicy = {
  name: 'slru',
  summary: 'Segmented LRU: what was asked for again moves to a protected part, 80 % of the cache.',
  source:
    'Karedla, Love, Wherry, Caching Strategies to Improve Disk System Performance, 1994; ' +
    '80 % as in Caffeine',
  worksInBytes: true,
  create: (_stream, view) => new SegmentedLru(2, PROTECTED_SHARE, view),
};

export default policy;
