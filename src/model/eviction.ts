/**
 * An eviction policy says which entry of a full cache makes room. One file each.
 *
 * An entry lives in a slot, a small whole number. A policy that remembers keys which have left (a
 * ghost) keeps their slots: the cache does not give a slot to another key before the policy has
 * forgotten it. So every list of a policy, of entries or of ghosts, is a list of slots. A policy
 * remembers twice the units of the capacity at the most; when the capacity has become smaller, as
 * soon as enough has come and gone.
 */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';
import type { Stream } from '../kernel/random.ts';

/** What a policy may know of the cache that it serves. */
export interface CacheView {
  /** Units that the cache holds at the most, ≥ 1: entries or bytes; may change during a run. */
  readonly capacity: number;
  /** What a slot takes of the capacity: 1, or its bytes where the capacity is in bytes. */
  unitsOf(slot: number): number;
  bytesOf(slot: number): number;
  /** Number of the key that is in a slot, or was when it left. */
  keyOf(slot: number): number;
  /** Time of the run, ns; means nothing where there is no clock. */
  now(): number;
  /** False where nothing tells the time: then only the order of what happens counts. */
  readonly hasClock: boolean;
  /** The policy no longer remembers a key that has left: its slot may go to another. */
  forget(slot: number): void;
}

/** Told what happens to the entries of one cache, by slot; answers who leaves. */
export interface Evictor {
  /** Room for slots 0 … `slots` − 1; called again with more as the cache fills. */
  grow(slots: number): void;
  /**
   * A key that was missing is about to come in, in this slot; told once, before room is made for
   * it. A slot that the policy remembers is that of a ghost, and must not be forgotten from now on.
   */
  arriving?(slot: number): void;
  /** The entry is in; its slot may be that of a ghost. */
  inserted(slot: number): void;
  /** A look-up or an overwrite found the entry. */
  accessed(slot: number): void;
  /** The entry has expired or was deleted; its slot is forgotten. */
  removed(slot: number): void;
  /**
   * Chooses the entry that makes room and gives it up; there is at least one. `incoming` is the
   * slot of the key that room is made for, or -1 when the cache has become smaller. Others may be
   * forgotten meanwhile, but not the one given up: `remembers` is asked about that.
   */
  evict(incoming: number): number;
  /** True when the policy keeps the slot that it has just given up; left out: it never does. */
  remembers?(slot: number): boolean;
  /**
   * `evict`, then `inserted` for another slot, in one go. Only a policy that is a good deal faster
   * with it has it; the benchmark `caches` shows how much.
   */
  exchange?(slot: number): number;
  /**
   * The slots that would leave next, in order, `limit` at the most, if nothing else happened.
   * Changes nothing. Left out when nobody can know.
   */
  upcoming?(limit: number): number[];
  /** The parts that its entries are in, the one they leave from first; left out: there is one. */
  segments?(): Segment[];
}

export interface Segment {
  readonly name: string;
  /** Entries, or bytes in a cache that is bounded in bytes. */
  readonly units: number;
}

export interface EvictionPolicy {
  /** The word after `eviction:`; also the file's name. */
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** True when it also works in a cache that is bounded in bytes, with entries of many sizes. */
  readonly worksInBytes: boolean;
  readonly create: (stream: Stream, view: CacheView) => Evictor;
}

export const evictionPolicies: Registry<EvictionPolicy> = registryOf(
  import.meta.glob<{ default: EvictionPolicy }>('./policies/eviction/*.ts', { eager: true }),
);
