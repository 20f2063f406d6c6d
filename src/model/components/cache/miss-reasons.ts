/**
 * Why a key is not there: a note for each key of how it left this cache last, one byte, in pages
 * that are made when a key of theirs comes. Pages are large where all nodes share them: many small
 * ones cost each look-up another cache line. A key without a note has never been here. The note is
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

/** Keys of a page, as a power of two: of a cache in each of many instances, and of one for all. */
const BITS = 12;
const BITS_OF_ONE = 22;

export class MissReasons implements StoreWatcher {
  private readonly world: World;
  private readonly counts: Float64Array;
  private readonly bits: number;
  private readonly mask: number;
  private readonly pages: (Uint8Array | null)[] = [];

  /** `counts`: those of the cache; `isOne`: there is one for all. */
  constructor(world: World, counts: Float64Array, isOne: boolean) {
    this.world = world;
    this.counts = counts;
    this.bits = isOne ? BITS_OF_ONE : BITS;
    this.mask = (1 << this.bits) - 1;
  }

  /** A key has left, or was not let in. */
  left(key: number, reason: number): void {
    const number = key >>> this.bits;
    const page = this.pages[number] ?? this.addPage(number);
    page[key & this.mask] = reason;
  }

  reasonOf(key: number): number {
    const page = this.pages[key >>> this.bits];
    return page === undefined || page === null ? Reason.cold : page[key & this.mask]!;
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

  private addPage(number: number): Uint8Array {
    while (this.pages.length <= number) this.pages.push(null);
    const first = number * (this.mask + 1);
    const page = new Uint8Array(Math.min(this.mask + 1, this.world.keys.keys - first));
    this.pages[number] = page;
    return page;
  }
}
