/** Builds the way from a component to a dataset: the caches from some level on, then the store. */

import { assert } from '../base/assert.ts';
import { DataAccess } from './data-access.ts';
import type { AccessLevel } from './data-access.ts';
import type { Edge } from './edge.ts';
import type { Dataset } from './key-space.ts';
import type { World } from './world.ts';

export interface AccessPathFields {
  readonly dataset: Dataset;
  /** Place among the accesses of the owner. */
  readonly index: number;
  /** First cache to ask; a cache that asks what lies behind it starts after itself. */
  readonly firstLevel: number;
  readonly edgeTo: (component: string) => Edge;
}

/** What a cache says about itself; the only thing readers know of it. */
export interface CachingComponent {
  readonly strategy: string;
  readonly onWrite: string;
}

export function accessFor(world: World, fields: AccessPathFields): DataAccess {
  const { dataset, edgeTo } = fields;
  const levels: AccessLevel[] = [];
  let behind = false;
  for (const name of dataset.plan.cachedIn.slice(fields.firstLevel)) {
    const cache = world.component(name) as unknown as CachingComponent;
    const through = cache.strategy !== 'cache-aside';
    const writeThrough = cache.strategy === 'write-through';
    levels.push({
      edge: edgeTo(name),
      through,
      writeThrough,
      invalidate: !writeThrough && cache.onWrite === 'invalidate',
    });
    if (through) {
      behind = true;
      break;
    }
  }
  const { storedIn } = dataset.plan;
  const needsStore = !behind || !levels.some((level) => level.writeThrough);
  assert(!needsStore || storedIn !== null, 'A dataset that is read has a store.');
  const store = needsStore && storedIn !== null ? edgeTo(storedIn) : null;
  return new DataAccess({
    calls: world.calls,
    index: fields.index,
    dataset: dataset.index,
    levels,
    store,
  });
}
