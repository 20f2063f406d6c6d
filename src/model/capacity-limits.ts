/** What one node may hold when each node of a component has the whole capacity for itself. */

import type { CacheLimits } from './cache-store.ts';
import type { Capacity } from './parameters.ts';
import type { World } from './world.ts';

export function limitsOf(world: World, capacity: Capacity): CacheLimits {
  switch (capacity.kind) {
    case 'bytes':
      return { entries: Infinity, bytes: capacity.bytes };
    case 'entries':
      return { entries: capacity.entries, bytes: Infinity };
    default: {
      const { plan } = world.keys.dataset(capacity.dataset);
      return { entries: Math.floor(plan.keys * capacity.share), bytes: Infinity };
    }
  }
}
