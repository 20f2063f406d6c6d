/** How much a node of a cache holds, and what it holds at the start. */

import type { CacheLimits, CacheStore } from '../../cache-store.ts';
import type { HashRing } from '../../hash-ring.ts';
import type { Dataset } from '../../key-space.ts';
import type { World } from '../../world.ts';
import type { Parameters } from './parameters.ts';

/** The capacity of all nodes, divided evenly. */
export function limitsOfNode(world: World, parameters: Parameters): CacheLimits {
  const { capacity, nodes } = parameters;
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

/** Puts the most popular keys in, the most popular last, until every node is full. */
export function warm(
  stores: readonly CacheStore[],
  ring: HashRing,
  dataset: Dataset,
  expiry: (now: number) => number,
): void {
  const { keys, size } = dataset.plan;
  let room = 0;
  for (const { limits, bytes, size: entries } of stores) {
    room += Math.min(limits.entries - entries, Math.floor((limits.bytes - bytes) / size));
  }
  const last = Math.min(keys, Math.max(0, room)) - 1;
  for (let key = last; key >= 0; key--) {
    const number = dataset.firstKey + key;
    stores[ring.ownerOf(number)]!.put(number, 0, size, expiry(0));
  }
}
