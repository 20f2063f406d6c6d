import type { CacheView, EvictionPolicy, Evictor, Segment } from '../../eviction.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;
/** Entries asked for once and more often, T1 and T2; the ghosts of both, B1 and B2. */
const ONCE = 0;
const OFTEN = 1;
const ONCE_GHOSTS = 2;
const OFTEN_GHOSTS = 3;

/**
 * Two lists in order of use, of entries asked for once and of those asked for again, and the
 * ghosts of both, as many as the cache holds. A ghost that is asked for says which list was too
 * short, and moves the target that divides the cache.
 *
 * Source: N. Megiddo, D. Modha, ARC: A Self-Tuning, Low Overhead Replacement Cache, FAST 2003,
 * figure 4, with a target that is no whole number. It differs where the paper has no case: after
 * deletes the lists may be short, and then an entry leaves from the list that has one; in a cache
 * that is bounded in bytes all lengths are bytes, so one key may cost several entries.
 */
class AdaptiveReplacement implements Evictor {
  private readonly view: CacheView;
  private readonly lists: SlotLists;
  /** Units that entries asked for once should take, p in the paper. */
  private target = 0;
  /** The slot that is about to come back, or -1, and whether it had been asked for often. */
  private returning = NONE;
  private wasOften = false;

  constructor(view: CacheView) {
    this.view = view;
    this.lists = new SlotLists(4, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
  }

  arriving(slot: number): void {
    const { lists, view } = this;
    const list = lists.listOf(slot);
    this.returning = NONE;
    this.wasOften = list === OFTEN_GHOSTS;
    if (list === NONE) return;
    const once = lists.units(ONCE_GHOSTS);
    const often = lists.units(OFTEN_GHOSTS);
    this.target = this.wasOften
      ? Math.max(0, this.target - Math.max(once / often, 1))
      : Math.min(view.capacity, this.target + Math.max(often / once, 1));
    lists.remove(slot);
    this.returning = slot;
  }

  inserted(slot: number): void {
    this.lists.addFirst(this.returning === slot ? OFTEN : ONCE, slot);
    this.returning = NONE;
    this.wasOften = false;
    this.trim(0);
  }

  accessed(slot: number): void {
    this.lists.moveFirst(OFTEN, slot);
  }

  removed(slot: number): void {
    this.lists.remove(slot);
  }

  evict(incoming: number): number {
    const { lists, view } = this;
    if (incoming === NONE) {
      this.wasOften = false;
      this.target = Math.min(this.target, view.capacity);
      this.trim(0);
    } else if (incoming !== this.returning) {
      const units = view.unitsOf(incoming);
      const isFull = this.onceUnits() + units > view.capacity;
      if (isFull && lists.last(ONCE_GHOSTS) === NONE) {
        const slot = lists.last(ONCE);
        lists.remove(slot);
        return slot;
      }
      this.trim(units);
    }
    const slot = this.chooses(lists.units(ONCE), lists.last(ONCE), lists.last(OFTEN));
    const ghosts = slot === lists.last(ONCE) ? ONCE_GHOSTS : OFTEN_GHOSTS;
    lists.moveFirst(ghosts, slot);
    return slot;
  }

  remembers(slot: number): boolean {
    return this.lists.listOf(slot) >= ONCE_GHOSTS;
  }

  upcoming(limit: number): number[] {
    const { lists } = this;
    const slots: number[] = [];
    let onceUnits = lists.units(ONCE);
    let once = lists.last(ONCE);
    let often = lists.last(OFTEN);
    while (slots.length < limit && (once !== NONE || often !== NONE)) {
      const slot = this.chooses(onceUnits, once, often);
      slots.push(slot);
      if (slot === once) {
        onceUnits -= this.view.unitsOf(slot);
        once = lists.before(slot);
      } else often = lists.before(slot);
    }
    return slots;
  }

  /** Which of the last two leaves, REPLACE in the paper. */
  private chooses(onceUnits: number, once: number, often: number): number {
    if (once === NONE || often === NONE) return once === NONE ? often : once;
    const isLong = onceUnits > this.target || (this.wasOften && onceUnits === this.target);
    return isLong ? once : often;
  }

  private onceUnits(): number {
    return this.lists.units(ONCE) + this.lists.units(ONCE_GHOSTS);
  }

  private allUnits(): number {
    return this.onceUnits() + this.lists.units(OFTEN) + this.lists.units(OFTEN_GHOSTS);
  }

  /** Forgets ghosts so that so many units can come in among those asked for once. */
  private trim(incoming: number): void {
    const { lists, view } = this;
    while (this.onceUnits() + incoming > view.capacity && lists.last(ONCE_GHOSTS) !== NONE) {
      this.forgetLast(ONCE_GHOSTS);
    }
    while (this.allUnits() + incoming > 2 * view.capacity && lists.last(OFTEN_GHOSTS) !== NONE) {
      this.forgetLast(OFTEN_GHOSTS);
    }
  }

  private forgetLast(list: number): void {
    const slot = this.lists.last(list);
    this.lists.remove(slot);
    this.view.forget(slot);
  }

  segments(): Segment[] {
    const { lists } = this;
    return [
      { name: 'asked for once', units: lists.units(ONCE) },
      { name: 'asked for again', units: lists.units(OFTEN) },
    ];
  }
}

const policy: EvictionPolicy = {
  name: 'arc',
  summary: 'Balances recency against frequency by what it has just evicted in vain.',
  source: 'Megiddo, Modha, ARC: A Self-Tuning, Low Overhead Replacement Cache, FAST 2003',
  worksInBytes: true,
  create: (_stream, view) => new AdaptiveReplacement(view),
};

export default policy;
