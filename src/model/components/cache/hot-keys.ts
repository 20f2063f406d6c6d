/**
 * The keys that were asked for most in the last window. They are on all nodes of the cache, and
 * each look-up of them goes to a node drawn at random. What is hot is counted from the look-ups
 * that callers send; a key that becomes hot is copied from its owner, one that cools down is left
 * to be evicted and no longer read.
 */

import { SpaceSaving } from './space-saving.ts';

/** Time in which look-ups are counted, ns. */
export const HOT_WINDOW_NS = 1e9;
/** Counters for each key that may be hot: those of the hottest are then nearly exact. */
const COUNTERS_EACH = 8;

export class HotKeys {
  private readonly most: number;
  private readonly sketch: SpaceSaving;
  private hot = new Set<number>();

  constructor(most: number) {
    this.most = most;
    this.sketch = new SpaceSaving(Math.max(64, most * COUNTERS_EACH));
  }

  isHot(key: number): boolean {
    return this.hot.has(key);
  }

  lookedUp(key: number): void {
    this.sketch.add(key);
  }

  /** A window is over; returns the keys that have become hot. */
  endWindow(): readonly number[] {
    const top = this.sketch.top(this.most);
    const risen = top.filter((key) => !this.hot.has(key));
    this.hot = new Set(top);
    this.sketch.clear();
    return risen;
  }
}
