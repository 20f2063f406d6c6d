/** Builds the way from a component to a dataset: the caches from some level on, then the store. */

import { assert } from '../base/assert.ts';
import { DataAccess } from './data-access.ts';
import type { AccessOwner, CopyChange, FlightFields, LevelRules } from './data-access.ts';
import type { Edge } from './edge.ts';
import type { Dataset } from './key-space.ts';
import { Verb } from './verb.ts';
import type { World } from './world.ts';

export interface AccessPathFields {
  readonly dataset: Dataset;
  /** Place among the accesses of the owner. */
  readonly index: number;
  /** First cache to ask; a cache that asks what lies behind it starts after itself. */
  readonly firstLevel: number;
  readonly edgeTo: (component: string) => Edge;
  readonly owner: AccessOwner;
  /** The cache that the way begins behind; left out for one that begins at a reader. */
  readonly behind?: CachingComponent;
}

/** What a cache says about itself; the only thing readers know of it. */
export interface CachingComponent extends LevelRules {
  readonly strategy: string;
  readonly onWrite: string;
  /** The service in whose instances it lives, or null. */
  readonly host: string | null;
  /** How it keeps readers from all fetching the same key; left out: it does not. */
  readonly protection?: ReadProtection;
}

/** What protection against stampedes asks of readers. */
export interface ReadProtection {
  /** Readers of one instance fetch a key once, or all of them do; null: each fetches. */
  readonly flight: 'instance' | 'everywhere' | null;
  /** It says with each answer who may fetch. */
  readonly leases: boolean;
  readonly leaseWaitNs: number;
  /** It wants to know how long fetches take. */
  readonly timesFetches: boolean;
  coalesced(): void;
}

export function accessFor(world: World, fields: AccessPathFields): DataAccess {
  const { dataset, edgeTo } = fields;
  const names = dataset.plan.cachedIn
    .slice(fields.firstLevel)
    .filter((name) => isInReach(world, name, fields.owner.name));
  const caches = names.map((name) => world.component(name) as unknown as CachingComponent);
  const through = caches.findIndex(isThrough);
  const writeThrough = caches.findIndex(takesWrites);
  const asked = through < 0 ? names : names.slice(0, through + 1);
  const written = writeThrough < 0 ? names : names.slice(0, writeThrough);
  const { storedIn } = dataset.plan;
  const needsStore = through < 0 || writeThrough < 0;
  assert(!needsStore || storedIn !== null, 'A dataset that is read has a store.');
  const store = needsStore && storedIn !== null ? edgeTo(storedIn) : null;
  return new DataAccess({
    world,
    owner: fields.owner,
    flight: flightOf(fields.behind, caches),
    index: fields.index,
    dataset: dataset.index,
    levels: asked.map((name, level) => ({
      edge: edgeTo(name),
      through: isThrough(caches[level]!),
      leases: caches[level]!.protection?.leases ?? false,
      leaseWaitNs: caches[level]!.protection?.leaseWaitNs ?? 0,
      timesFetches: caches[level]!.protection?.timesFetches ?? false,
      cache: caches[level]!,
    })),
    store,
    writeTo: writeThrough < 0 ? store! : edgeTo(names[writeThrough]!),
    // The copy nearest to the store goes first, or a nearer one could be filled from it.
    tellAfter: written
      .flatMap((name, level) => {
        const verb = verbAfterWrite(caches[level]!);
        return verb === null ? [] : [{ edge: edgeTo(name), verb }];
      })
      .reverse(),
  });
}

/** True for a cache that writes go to, which itself sees to the store. */
function takesWrites({ strategy }: CachingComponent): boolean {
  return strategy === 'write-through' || strategy === 'write-back';
}

/** What a writer does to the copy of a cache that the write did not go through; null: nothing. */
function verbAfterWrite({ onWrite }: CachingComponent): CopyChange['verb'] | null {
  if (onWrite === 'invalidate') return Verb.delete;
  return onWrite === 'update' ? Verb.set : null;
}

/** A cache inside the instances of a service is there for that service alone. */
function isInReach(world: World, cache: string, reader: string): boolean {
  const { host } = world.component(cache) as unknown as CachingComponent;
  return host === null || host === reader;
}

/** True for a cache that itself asks what lies behind it. */
function isThrough({ strategy }: CachingComponent): boolean {
  return strategy !== 'cache-aside';
}

/** Readers fly together behind the first cache-aside cache that says so, or behind this one. */
function flightOf(
  behind: CachingComponent | undefined,
  caches: readonly CachingComponent[],
): FlightFields | null {
  const own = behind?.protection;
  if (own !== undefined && own.flight !== null) {
    return { fromLevel: 0, everywhere: own.flight === 'everywhere', joined: own };
  }
  const level = caches.findIndex((cache) => cache.protection?.flight === 'instance');
  const found = caches[level];
  if (found === undefined || isThrough(found)) return null;
  return { fromLevel: level + 1, everywhere: false, joined: found.protection! };
}
