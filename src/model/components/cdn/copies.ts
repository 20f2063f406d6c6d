/** The copies at the points of a cdn: how many there is room for, and how they come and go. */

import { lookUp } from '../../../base/registry.ts';
import type { Stream } from '../../../kernel/random.ts';
import { CacheStore } from '../../cache-store.ts';
import type { CacheLimits } from '../../cache-store.ts';
import { limitsOf } from '../../capacity-limits.ts';
import { evictionPolicies } from '../../eviction.ts';
import type { Dataset } from '../../key-space.ts';
import type { Ttl } from '../../parameters.ts';
import type { World } from '../../world.ts';
import { Column } from './columns.ts';
import type { Parameters } from './parameters.ts';

const NONE = -1;

export class Copies {
  readonly stores: CacheStore[] = [];
  ttl: Ttl | null;
  private readonly world: World;
  private readonly dataset: Dataset;
  /** Answers that are kept of one record: one for each operation. */
  private readonly kinds: number;
  private readonly counts: Float64Array;
  private readonly ttlStream: Stream;

  constructor(
    world: World,
    name: string,
    parameters: Parameters,
    fields: { readonly points: readonly string[]; readonly counts: Float64Array },
  ) {
    this.world = world;
    this.dataset = world.keys.dataset(parameters.data);
    this.kinds = parameters.caches.length;
    this.counts = fields.counts;
    this.ttl = parameters.ttl;
    this.ttlStream = world.stream(name, 'ttl');
    const policy = lookUp(evictionPolicies, parameters.eviction);
    const limits: CacheLimits = {
      ...limitsOf(world, parameters.capacity),
      keys: this.dataset.plan.keys * this.kinds * (this.dataset.plan.absent === undefined ? 1 : 2),
    };
    for (const path of fields.points) {
      const stream = world.stream(path, 'eviction');
      this.stores.push(new CacheStore(limits, policy, stream, world.simulation));
    }
  }

  /** The number of an answer: the record of a key as one operation shows it. */
  answerOf(key: number, kind: number): number {
    return (key - this.dataset.firstKey) * this.kinds + kind;
  }

  /** Puts in what the origin has answered, unless the publisher has put in something newer. */
  fill(point: number, answer: number, version: number): void {
    const store = this.stores[point]!;
    const slot = store.find(answer);
    if (slot === NONE || store.versionAt(slot) <= version) this.put(point, answer, version);
  }

  put(point: number, answer: number, version: number): void {
    const store = this.stores[point]!;
    const before = store.evictions;
    store.put(answer, version, this.dataset.plan.size, this.expiry(this.world.simulation.now));
    this.counts[Column.evictions]! += store.evictions - before;
  }

  /** The publisher's copies of a record, unless the point has a newer one already. */
  push(point: number, key: number, version: number): void {
    const store = this.stores[point]!;
    for (let kind = 0; kind < this.kinds; kind++) {
      const answer = this.answerOf(key, kind);
      const slot = store.find(answer);
      if (slot !== NONE && store.versionAt(slot) >= version) continue;
      this.put(point, answer, version);
      this.counts[Column.pushes]!++;
      this.counts[Column.originBytes]! += this.dataset.plan.size;
    }
  }

  /** Deletes the copies of a record, unless they are of this version or newer. */
  purge(point: number, key: number, version: number): void {
    const store = this.stores[point]!;
    for (let kind = 0; kind < this.kinds; kind++) {
      const slot = store.find(this.answerOf(key, kind));
      if (slot === NONE || store.versionAt(slot) >= version) continue;
      store.remove(slot);
      this.counts[Column.invalidations]!++;
    }
  }

  /** Puts as many of the most popular records as there is room for into a point. */
  preload(point: number): void {
    const { keys, size } = this.dataset.plan;
    const store = this.stores[point]!;
    const room = Math.min(store.limits.entries, Math.floor(store.limits.bytes / size));
    const last = Math.min(keys * this.kinds, room) - 1;
    for (let answer = last; answer >= 0; answer--) store.put(answer, 0, size, this.expiry(0));
  }

  /** When a copy that is filled at `now` expires, ns; Infinity: never. */
  expiry(now: number): number {
    const { ttl } = this;
    if (ttl === null) return Infinity;
    if (ttl.jitter === 0) return now + ttl.durationNs;
    const factor = 1 + ttl.jitter * (2 * this.ttlStream.uniform() - 1);
    return now + Math.floor(ttl.durationNs * factor);
  }
}
