/** How much a node of a cache holds, and what it holds at the start. */

import type { CacheLimits, CacheStore } from '../../cache-store.ts';
import type { Dataset } from '../../key-space.ts';
import type { World } from '../../world.ts';
import type { Parameters } from './parameters.ts';

/**
 * The capacity divided evenly over `nodes`: as many as the file has, also after a change. Inside a
 * service each instance has the whole of it.
 */
export function limitsOfNode(
  world: World,
  parameters: Parameters,
  count = parameters.nodes,
): CacheLimits {
  const { capacity, inside } = parameters;
  const nodes = inside === null ? count : 1;
  const { keys } = world.keys;
  switch (capacity.kind) {
    case 'bytes':
      return { entries: Infinity, bytes: Math.floor(capacity.bytes / nodes), keys };
    case 'entries':
      return { entries: Math.floor(capacity.entries / nodes), bytes: Infinity, keys };
    default: {
      const { plan } = world.keys.dataset(capacity.dataset);
      const entries = Math.floor((plan.keys * capacity.share) / nodes);
      return { entries, bytes: Infinity, keys };
    }
  }
}

/**
 * Puts the most popular keys in, the most popular last, until every node is full or as many as the
 * share of the dataset's keys are in. `holdersOf`: the places of the stores that a key goes to, as
 * many as `copies` says; `members`: places of the stores that are used.
 */
export function warm(
  stores: readonly CacheStore[],
  holdersOf: (key: number) => readonly number[],
  {
    copies,
    dataset,
    members,
    share,
  }: {
    readonly copies: number;
    readonly dataset: Dataset;
    readonly members: readonly number[];
    readonly share: number;
  },
  expiry: (now: number) => number,
): void {
  const { keys, size } = dataset.plan;
  let room = 0;
  for (const member of members) {
    const { limits, bytes, size: entries } = stores[member]!;
    room += Math.min(limits.entries - entries, Math.floor((limits.bytes - bytes) / size));
  }
  const last = Math.min(Math.floor(keys * share), Math.max(0, Math.floor(room / copies))) - 1;
  for (let rank = last; rank >= 0; rank--) {
    const number = dataset.keyAt(rank);
    const expires = expiry(0);
    for (const holder of holdersOf(number)) stores[holder]!.put(number, 0, size, expires);
  }
}

/** The same for a store that has nothing to do with others. */
export function warmAlone(
  store: CacheStore,
  { dataset, share }: { readonly dataset: Dataset; readonly share: number },
  expiry: (now: number) => number,
): void {
  warm([store], () => ALONE, { copies: 1, dataset, members: ALONE, share }, expiry);
}

const ALONE: readonly number[] = Object.freeze([0]);
