/** Builds the way from a component to a dataset: the caches from some level on, then the store. */

import { assert } from '../base/assert.ts';
import { DataAccess } from './data-access.ts';
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
  const names = dataset.plan.cachedIn.slice(fields.firstLevel);
  const caches = names.map((name) => world.component(name) as unknown as CachingComponent);
  const through = caches.findIndex(isThrough);
  const writeThrough = caches.findIndex(({ strategy }) => strategy === 'write-through');
  const asked = through < 0 ? names : names.slice(0, through + 1);
  const written = writeThrough < 0 ? names : names.slice(0, writeThrough);
  const { storedIn } = dataset.plan;
  const needsStore = through < 0 || writeThrough < 0;
  assert(!needsStore || storedIn !== null, 'A dataset that is read has a store.');
  const store = needsStore && storedIn !== null ? edgeTo(storedIn) : null;
  return new DataAccess({
    calls: world.calls,
    index: fields.index,
    dataset: dataset.index,
    levels: asked.map((name, level) => ({
      edge: edgeTo(name),
      through: isThrough(caches[level]!),
    })),
    store,
    writeTo: writeThrough < 0 ? store! : edgeTo(names[writeThrough]!),
    // The copy nearest to the store goes first, or a nearer one could be filled from it.
    deleteFrom: written
      .filter((_, level) => caches[level]!.onWrite === 'invalidate')
      .map((name) => edgeTo(name))
      .reverse(),
  });
}

/** True for a cache that itself asks what lies behind it. */
function isThrough({ strategy }: CachingComponent): boolean {
  return strategy !== 'cache-aside';
}
