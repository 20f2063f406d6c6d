/** An eviction policy says which entry of a full cache makes room. One file each. */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';
import type { Stream } from '../kernel/random.ts';

/** Told what happens to the entries of one cache, by slot; answers who leaves. */
export interface Evictor {
  /** Room for slots 0 … `slots` − 1; called again with more as the cache fills. */
  grow(slots: number): void;
  /** A new entry in a free slot. */
  inserted(slot: number): void;
  /** A look-up or an overwrite found the entry. */
  accessed(slot: number): void;
  /** The entry has expired or was deleted. */
  removed(slot: number): void;
  /** Chooses the entry that makes room and gives it up; there is at least one. */
  evict(): number;
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
}

export interface EvictionPolicy {
  /** The word after `eviction:`; also the file's name. */
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly create: (stream: Stream) => Evictor;
}

export const evictionPolicies: Registry<EvictionPolicy> = registryOf(
  import.meta.glob<{ default: EvictionPolicy }>('./policies/eviction/*.ts', { eager: true }),
);
