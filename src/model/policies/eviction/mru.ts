import type { CacheView, EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotLists } from '../../slot-lists.ts';

const ALL = 0;
const NONE = -1;

/**
 * The entry that was asked for last leaves; of a loop over more keys than fit, all places but one
 * so keep what they have.
 *
 * Source: H.-T. Chou, D. DeWitt, An Evaluation of Buffer Management Strategies for Relational
 * Database Systems, 1985, where it serves loops.
 */
class MostRecentlyUsed implements Evictor {
  private readonly lists: SlotLists;

  constructor(view: CacheView) {
    this.lists = new SlotLists(1, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
  }

  inserted(slot: number): void {
    this.lists.addFirst(ALL, slot);
  }

  accessed(slot: number): void {
    this.lists.moveFirst(ALL, slot);
  }

  removed(slot: number): void {
    this.lists.remove(slot);
  }

  evict(): number {
    const slot = this.lists.first(ALL);
    this.lists.remove(slot);
    return slot;
  }

  upcoming(limit: number): number[] {
    const slots: number[] = [];
    for (let slot = this.lists.first(ALL); slot !== NONE && slots.length < limit;) {
      slots.push(slot);
      slot = this.lists.after(slot);
    }
    return slots;
  }
}

const policy: EvictionPolicy = {
  name: 'mru',
  summary: 'Most recently used: the entry asked for last leaves, which suits loops.',
  source: 'Chou, DeWitt, An Evaluation of Buffer Management Strategies, 1985',
  worksInBytes: true,
  create: (_stream, view) => new MostRecentlyUsed(view),
};

export default policy;
