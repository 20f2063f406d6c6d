/**
 * Why a key is not there: a note for each key of how it left this cache last, one byte, in pages
 * that are made when a key of theirs comes. A key without a note has never been here. The note is
 * one for all nodes, so where copies lie on several it tells of the last one that left.
 */

import type { CacheStore, StoreWatcher } from '../../cache-store.ts';
import type { World } from '../../world.ts';
import { Column } from './columns.ts';

/** How a key left, in the order of the columns that count misses. */
export const Reason = Object.freeze({
  /** It has never been here. */
  cold: 0,
  /** It made room for another. */
  capacity: 1,
  /** It was too old. */
  expired: 2,
  /** A write, or the message of one, has deleted it. */
  invalidated: 3,
  /** Its node has died, has come back empty, or is no longer the one that holds it. */
  lost: 4,
  /** It was not let in. */
  refused: 5,
} as const);

const BITS = 12;
const PAGE = 1 << BITS;
const MASK = PAGE - 1;

export class MissReasons implements StoreWatcher {
  private readonly world: World;
  private readonly counts: Float64Array;
  private readonly pages: (Uint8Array | null)[] = [];

  /** `counts`: those of the cache. */
  constructor(world: World, counts: Float64Array) {
    this.world = world;
    this.counts = counts;
  }

  /** A key has left, or was not let in. */
  left(key: number, reason: number): void {
    const number = key >>> BITS;
    while (this.pages.length <= number) this.pages.push(null);
    let page = this.pages[number]!;
    if (page === null) {
      page = new Uint8Array(PAGE);
      this.pages[number] = page;
    }
    page[key & MASK] = reason;
  }

  reasonOf(key: number): number {
    const page = this.pages[key >>> BITS];
    return page === undefined || page === null ? Reason.cold : page[key & MASK]!;
  }

  /** A look-up has missed. */
  count(key: number): void {
    this.counts[Column.missesCold + this.reasonOf(key)]!++;
  }

  evicted(key: number, expiry: number): void {
    const { now } = this.world.simulation;
    this.left(key, expiry > now ? Reason.capacity : Reason.expired);
  }

  refused(key: number): void {
    this.counts[Column.refusals]!++;
    this.left(key, Reason.refused);
  }

  /** A key is here now. Who misses it all the same asks a node that has lost it or never had it. */
  arrived(key: number): void {
    this.left(key, Reason.lost);
  }

  /** All that a node holds is here now. */
  holds(store: CacheStore): void {
    for (let slot = 0; slot < store.slotCount; slot++) {
      const key = store.keyOf(slot);
      if (store.find(key) === slot) this.arrived(key);
    }
  }
}
