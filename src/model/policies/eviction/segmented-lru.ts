import { grownFloat64, grownUint8 } from '../../../base/typed-arrays.ts';
import type { CacheView, EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;

const HOT = 0;
const WARM = 1;
const COLD = 2;

/** Marks: asked for once in its life, and once more since it was last moved. */
const FETCHED = 1;
const ACTIVE = 2;

/** hot_lru_pct and warm_lru_pct. */
const HOT_SHARE = 0.2;
const WARM_SHARE = 0.4;
/** hot_max_factor and warm_max_factor: age at which an entry turns cold, in ages of the coldest. */
const HOT_AGE = 0.2;
const WARM_AGE = 2;
const SECOND_NS = 1e9;

/**
 * Newcomers are hot. At the end of the hot and the warm list an entry that was asked for twice
 * goes to the head of the warm one, others turn cold once their list is over its share or they are
 * old; a cold entry that is asked for again becomes warm, and the coldest leaves.
 *
 * Source: memcached 1.6, items.c, lru_pull_tail and lru_maintainer_juggle with the default
 * settings of lru_segmented: shares 20 % and 40 %, age factors 0.2 and 2, a clock of whole
 * seconds. Deviations: there is one class of sizes instead of slabs; what the maintainer thread
 * does every few ms is done whenever an entry comes in; without a temporary list, which memcached
 * has off by default; an overwrite counts as a read, where memcached makes a new hot entry; where
 * nothing tells the time, the clock ticks with each event of the cache.
 */
class SegmentedLru implements Evictor {
  private readonly lists: SlotLists;
  private readonly view: CacheView;
  private marks: Uint8Array = new Uint8Array(0);
  /** When each entry came in or was last found active. */
  private times: Float64Array = new Float64Array(0);
  private events = 0;

  constructor(view: CacheView) {
    this.view = view;
    this.lists = new SlotLists(3, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
    this.marks = grownUint8(this.marks, slots);
    this.times = grownFloat64(this.times, slots);
  }

  inserted(slot: number): void {
    this.events++;
    this.marks[slot] = 0;
    this.times[slot] = this.now();
    this.lists.addFirst(HOT, slot);
    this.maintain();
  }

  accessed(slot: number): void {
    this.events++;
    const marks = this.marks[slot]!;
    if ((marks & ACTIVE) !== 0) return;
    if ((marks & FETCHED) === 0) {
      this.marks[slot] = FETCHED;
      return;
    }
    this.times[slot] = this.now();
    if (this.lists.listOf(slot) === COLD) this.lists.moveFirst(WARM, slot);
    else this.marks[slot] = FETCHED | ACTIVE;
  }

  removed(slot: number): void {
    this.lists.remove(slot);
  }

  evict(): number {
    const { lists } = this;
    // When all are active and young nobody is cold; then memcached empties the hot list first.
    while (lists.last(COLD) === NONE) this.pull(lists.last(HOT) === NONE ? WARM : HOT, 0, NONE);
    const slot = lists.last(COLD);
    lists.remove(slot);
    return slot;
  }

  private maintain(): void {
    const { lists, view } = this;
    const coldest = lists.last(COLD);
    const age = coldest === NONE ? 0 : this.now() - this.times[coldest]!;
    const hotMost = Math.floor(view.capacity * HOT_SHARE);
    const warmMost = Math.floor(view.capacity * WARM_SHARE);
    const hotAge = Math.floor(age * HOT_AGE);
    const warmAge = Math.floor(age * WARM_AGE);
    while (this.pull(HOT, hotMost, hotAge) || this.pull(WARM, warmMost, warmAge));
  }

  /** Looks at the end of the hot or the warm list; false when the entry there may stay. */
  private pull(list: number, most: number, oldest: number): boolean {
    const { lists } = this;
    const slot = lists.last(list);
    if (slot === NONE) return false;
    if ((this.marks[slot]! & ACTIVE) !== 0) {
      this.marks[slot] = FETCHED;
      lists.moveFirst(WARM, slot);
      return true;
    }
    if (lists.units(list) <= most && this.now() - this.times[slot]! <= oldest) return false;
    lists.moveFirst(COLD, slot);
    return true;
  }

  private now(): number {
    return this.view.hasClock ? Math.floor(this.view.now() / SECOND_NS) : this.events;
  }
}

const policy: EvictionPolicy = {
  name: 'segmented-lru',
  summary: 'Hot, warm and cold lists: what is asked for twice stays, the coldest entry leaves.',
  source: 'memcached 1.6, lru_segmented',
  worksInBytes: true,
  create: (_stream, view) => new SegmentedLru(view),
};

export default policy;
