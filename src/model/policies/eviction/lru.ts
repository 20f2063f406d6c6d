import type { EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotList } from '../../slot-list.ts';

/** The entry that was not asked for the longest leaves. */
class LeastRecentlyUsed implements Evictor {
  private readonly list = new SlotList();

  grow(slots: number): void {
    this.list.grow(slots);
  }

  inserted(slot: number): void {
    this.list.addFirst(slot);
  }

  accessed(slot: number): void {
    this.list.moveFirst(slot);
  }

  removed(slot: number): void {
    this.list.remove(slot);
  }

  evict(): number {
    const slot = this.list.tail;
    this.list.remove(slot);
    return slot;
  }

  upcoming(limit: number): number[] {
    return this.list.fromTail(limit);
  }
}

const policy: EvictionPolicy = {
  name: 'lru',
  summary: 'Least recently used: the entry not asked for the longest leaves.',
  source: 'Mattson et al., Evaluation Techniques for Storage Hierarchies, 1970',
  worksInBytes: true,
  create: () => new LeastRecentlyUsed(),
};

export default policy;
