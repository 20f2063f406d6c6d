import { grownUint8 } from '../../../base/typed-arrays.ts';
import type { CacheView, EvictionPolicy, Evictor, Segment } from '../../eviction.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;
const SMALL = 0;
const MAIN = 1;
const GHOSTS = 2;

const SMALL_SHARE = 0.1;
const GHOST_SHARE = 0.9;
/** Look-ups in the small queue that move an entry to the main one; the count ends at `MOST`. */
const ENOUGH = 2;
const MOST = 3;

/**
 * Three queues. New entries pass through a small one, a tenth of the cache; those asked for twice
 * meanwhile move to the main queue, the others leave and are remembered. A key that comes back
 * while it is remembered goes to the main queue at once. There the oldest leaves unless it was
 * asked for; then its count falls by one and it becomes the newest.
 *
 * Source: J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, FIFO Queues Are All You Need for Cache
 * Eviction, SOSP 2023. As in the authors' libCacheSim, as many keys are remembered as the main
 * queue holds, two look-ups are needed to move on, and counts begin anew in the main queue. It
 * differs from that program in taking entries as large as the small queue.
 */
class SmallMainGhost implements Evictor {
  private readonly view: CacheView;
  private readonly lists: SlotLists;
  private counts: Uint8Array = new Uint8Array(0);
  /** The slot that is about to come back, or -1. */
  private returning = NONE;

  constructor(view: CacheView) {
    this.view = view;
    this.lists = new SlotLists(3, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
    this.counts = grownUint8(this.counts, slots);
  }

  arriving(slot: number): void {
    this.returning = NONE;
    if (this.lists.listOf(slot) !== GHOSTS) return;
    this.returning = slot;
    this.lists.remove(slot);
  }

  inserted(slot: number): void {
    const { lists } = this;
    lists.addFirst(this.returning === slot ? MAIN : SMALL, slot);
    this.counts[slot] = 0;
    this.returning = NONE;
  }

  accessed(slot: number): void {
    const count = this.counts[slot]!;
    if (count < MOST) this.counts[slot] = count + 1;
  }

  removed(slot: number): void {
    this.lists.remove(slot);
  }

  evict(): number {
    const { lists, view } = this;
    if (lists.units(MAIN) <= view.capacity - this.smallMost() && lists.last(SMALL) !== NONE) {
      const slot = this.evictSmall();
      if (slot !== NONE) return slot;
    }
    // Without the other queue, each of them gives.
    return lists.last(MAIN) === NONE ? this.evictSmall() : this.evictMain();
  }

  remembers(slot: number): boolean {
    return this.lists.listOf(slot) === GHOSTS;
  }

  /** Plays the evictions through on copies of what they would change. */
  upcoming(limit: number): number[] {
    const { lists, view } = this;
    const slots: number[] = [];
    /** Who would come to the main queue, from `met` on, and the counts they would have. */
    const moved: number[] = [];
    const counts = new Map<number, number>();
    let met = 0;
    let mainUnits = lists.units(MAIN);
    let main = lists.last(MAIN);
    let small = lists.last(SMALL);
    let isSmallAsked = false;
    while (slots.length < limit) {
      const isMainEmpty = main === NONE && met === moved.length;
      if (isMainEmpty && small === NONE) break;
      isSmallAsked ||= isMainEmpty || mainUnits <= view.capacity - this.smallMost();
      if (isSmallAsked && small !== NONE) {
        if (this.counts[small]! < ENOUGH) {
          slots.push(small);
          isSmallAsked = false;
        } else {
          moved.push(small);
          counts.set(small, 0);
          mainUnits += view.unitsOf(small);
        }
        small = lists.before(small);
        continue;
      }
      const slot = main === NONE ? moved[met++]! : main;
      if (slot === main) main = lists.before(slot);
      const count = counts.get(slot) ?? this.counts[slot]!;
      if (count > 0) {
        counts.set(slot, count - 1);
        moved.push(slot);
        continue;
      }
      slots.push(slot);
      mainUnits -= view.unitsOf(slot);
      isSmallAsked = false;
    }
    return slots;
  }

  private smallMost(): number {
    return Math.floor(this.view.capacity * SMALL_SHARE);
  }

  /** -1 when all that was in the small queue has moved on. */
  private evictSmall(): number {
    const { counts, lists } = this;
    for (let slot = lists.last(SMALL); slot !== NONE; slot = lists.last(SMALL)) {
      if (counts[slot]! < ENOUGH) {
        this.leave(slot);
        return slot;
      }
      counts[slot] = 0;
      lists.moveFirst(MAIN, slot);
    }
    return NONE;
  }

  private evictMain(): number {
    const { counts, lists } = this;
    let slot = lists.last(MAIN);
    while (counts[slot]! > 0) {
      counts[slot]!--;
      lists.moveFirst(MAIN, slot);
      slot = lists.last(MAIN);
    }
    lists.remove(slot);
    return slot;
  }

  /** From the small queue to the ghosts, if there is room for any. */
  private leave(slot: number): void {
    const { lists, view } = this;
    const room = Math.floor(view.capacity * GHOST_SHARE) - view.unitsOf(slot);
    while (lists.units(GHOSTS) > room && lists.last(GHOSTS) !== NONE) {
      const oldest = lists.last(GHOSTS);
      lists.remove(oldest);
      view.forget(oldest);
    }
    if (room >= 0) lists.moveFirst(GHOSTS, slot);
    else lists.remove(slot);
  }

  segments(): Segment[] {
    const { lists } = this;
    return [
      { name: 'small', units: lists.units(SMALL) },
      { name: 'main', units: lists.units(MAIN) },
    ];
  }
}

const policy: EvictionPolicy = {
  name: 's3-fifo',
  summary: 'A small queue for newcomers, a main one for what is asked for again, and ghosts.',
  source: 'Yang et al., FIFO Queues Are All You Need for Cache Eviction, SOSP 2023',
  worksInBytes: true,
  create: (_stream, view) => new SmallMainGhost(view),
};

export default policy;
