import type { Stream } from '../../../kernel/random.ts';
import type { CacheView, EvictionPolicy, Evictor, Segment } from '../../eviction.ts';
import { FrequencySketch } from '../../frequency-sketch.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;

const WINDOW = 0;
const PROBATION = 1;
const PROTECTED = 2;

const MAIN_SHARE = 0.99;
const PROTECTED_SHARE = 0.8;
/** A newcomer that loses with at least this count still gets in once in 128 times. */
const WARM_COUNT = 6;
const WARM_CHANCE = 128;

/**
 * Newcomers pass through a small window in order of use; who falls out of it meets the entry that
 * would leave the main part next, and of the two the one asked for less often of late leaves. The
 * main part is a segmented list: an entry found on probation becomes protected.
 *
 * Source: Einziger, Friedman, Manes, TinyLFU, 2017, with the constants of Caffeine 3: window 1 %,
 * protected 80 % of the rest, warm losers let in at random against hash collisions. Deviations: the
 * window keeps its share (Caffeine moves it by hill climbing); reads count at once, without the
 * buffers that Caffeine drains later; with entries of several sizes a newcomer that has won one
 * comparison is not compared again.
 */
class WindowTinyLfu implements Evictor {
  private readonly lists: SlotLists;
  private readonly sketch = new FrequencySketch();
  private readonly stream: Stream;
  private readonly view: CacheView;
  private entries = 0;

  constructor(stream: Stream, view: CacheView) {
    this.stream = stream;
    this.view = view;
    this.lists = new SlotLists(3, view);
  }

  grow(slots: number): void {
    this.lists.grow(slots);
  }

  arriving(slot: number): void {
    this.sketch.increment(this.view.keyOf(slot));
  }

  inserted(slot: number): void {
    const { view, lists } = this;
    this.sketch.ensure(++this.entries, view.capacity);
    lists.addFirst(WINDOW, slot);
    const most = windowOf(view.capacity);
    while (lists.units(WINDOW) > most && lists.last(WINDOW) !== slot) {
      lists.moveFirst(PROBATION, lists.last(WINDOW));
    }
  }

  accessed(slot: number): void {
    const { lists, view } = this;
    this.sketch.increment(view.keyOf(slot));
    const list = lists.listOf(slot);
    if (list !== PROBATION) {
      lists.moveFirst(list, slot);
      return;
    }
    lists.moveFirst(PROTECTED, slot);
    const most = protectedOf(view.capacity);
    while (lists.units(PROTECTED) > most) lists.moveFirst(PROBATION, lists.last(PROTECTED));
  }

  removed(slot: number): void {
    this.lists.remove(slot);
    this.entries--;
  }

  evict(incoming: number): number {
    const { lists, view } = this;
    const needed = incoming === NONE ? 0 : view.unitsOf(incoming);
    const candidate = lists.last(WINDOW);
    let victim = lists.last(PROBATION);
    if (victim === NONE) victim = lists.last(PROTECTED);
    const overflows = lists.units(WINDOW) + needed > windowOf(view.capacity);
    if (victim === NONE) victim = candidate;
    else if (overflows && candidate !== NONE) {
      if (this.isAdmitted(candidate, victim)) lists.moveFirst(PROBATION, candidate);
      else victim = candidate;
    }
    this.removed(victim);
    return victim;
  }

  private isAdmitted(candidate: number, victim: number): boolean {
    const count = this.sketch.frequency(this.view.keyOf(candidate));
    if (count > this.sketch.frequency(this.view.keyOf(victim))) return true;
    return count >= WARM_COUNT && this.stream.below(WARM_CHANCE) === 0;
  }

  segments(): Segment[] {
    const { lists } = this;
    return [
      { name: 'window', units: lists.units(WINDOW) },
      { name: 'probation', units: lists.units(PROBATION) },
      { name: 'protected', units: lists.units(PROTECTED) },
    ];
  }
}

/** Largest window of a cache of that capacity, as Caffeine rounds it: at least 1. */
function windowOf(capacity: number): number {
  return capacity - Math.floor(capacity * MAIN_SHARE);
}

function protectedOf(capacity: number): number {
  return Math.floor(Math.floor(capacity * MAIN_SHARE) * PROTECTED_SHARE);
}

const policy: EvictionPolicy = {
  name: 'w-tiny-lfu',
  summary: 'Who falls out of a small window of newcomers has to be asked for more than the victim.',
  source: 'Einziger, Friedman, Manes, TinyLFU, 2017; Caffeine 3',
  worksInBytes: true,
  create: (stream, view) => new WindowTinyLfu(stream, view),
};

export default policy;
