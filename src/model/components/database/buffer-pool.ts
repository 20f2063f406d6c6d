/**
 * The buffer pools of a database: the records that each node has in memory. A statement whose
 * record is not there reads it from the disk first, and its worker waits for that. Replaying the
 * log does not touch the pool of a replica, only the reads that it answers do.
 *
 * Source: InnoDB buffer pool, MySQL 8.0 Reference Manual, section 17.5.1. There a page holds
 * several records; here each record is a page of its own. What is written to the disk, and when, is
 * part of the time of a write.
 */

import type { Sampler } from '../../../kernel/distribution.ts';
import { lookUp } from '../../../base/registry.ts';
import { CacheStore } from '../../cache-store.ts';
import { limitsOf } from '../../capacity-limits.ts';
import { evictionPolicies } from '../../eviction.ts';
import type { Capacity } from '../../parameters.ts';
import type { Node } from '../../node.ts';
import { Tally } from '../../tally.ts';
import type { World } from '../../world.ts';
import type { Parameters } from './parameters.ts';

const NONE = -1;
const HITS = 0;
const MISSES = 1;
const EVICTIONS = 2;

export class BufferPool {
  readonly tally = new Tally(['poolHits', 'poolMisses', 'poolEvictions']);
  /** What each node has in memory. */
  readonly stores: CacheStore[] = [];
  private readonly world: World;
  private readonly disk: Sampler;
  private readonly counts: Float64Array;

  constructor(
    world: World,
    name: string,
    nodes: readonly Node[],
    settings: { readonly capacity: Capacity; readonly parameters: Parameters },
  ) {
    const { capacity, parameters } = settings;
    this.world = world;
    this.counts = this.tally.counts;
    this.disk = world.sampler(parameters['disk-read'], name, 'disk-read');
    const policy = lookUp(evictionPolicies, parameters['buffer-eviction']);
    const limits = { ...limitsOf(world, capacity), keys: world.keys.keys };
    for (const { path } of nodes) {
      const stream = world.stream(path, 'buffer-eviction');
      this.stores.push(new CacheStore(limits, policy, stream, world.simulation));
    }
    world.recorder.addTally(this.tally);
  }

  /** How long a statement that begins now waits for the disk, ns. */
  delay(row: number, node: number): number {
    const { calls, keys } = this.world;
    const key = calls.key(row);
    // The index is always in memory: what is not there is not looked for on the disk.
    if (keys.datasets[calls.dataset(row)]!.isAbsent(key)) return 0;
    const store = this.stores[node]!;
    const slot = store.find(key);
    if (slot === NONE) {
      this.counts[MISSES]!++;
      return this.disk.duration();
    }
    this.counts[HITS]!++;
    store.touch(slot);
    return 0;
  }

  /** A statement is done: what it has read from the disk is in memory now. */
  keep(row: number, node: number): void {
    const { calls, keys } = this.world;
    const key = calls.key(row);
    const store = this.stores[node]!;
    const dataset = keys.datasets[calls.dataset(row)]!;
    if (dataset.isAbsent(key) || store.find(key) !== NONE) return;
    const before = store.evictions;
    store.put(key, 0, dataset.plan.size, Infinity);
    this.counts[EVICTIONS]! += store.evictions - before;
  }

  /** The process of a node has started anew, and its memory is empty. */
  started(node: number): void {
    this.stores[node]!.clear();
  }

  /** Puts the most popular records of a dataset in; `nodesOf` says which nodes hold a key. */
  preload(
    dataset: { readonly keys: number; readonly size: number; keyAt(rank: number): number },
    nodesOf: (key: number) => readonly Node[],
  ): void {
    const chosen = this.stores.map((): number[] => []);
    const rooms = this.stores.map(({ limits, size, bytes }) =>
      Math.min(limits.entries - size, Math.floor((limits.bytes - bytes) / dataset.size)),
    );
    let left = rooms.reduce((sum, room) => sum + Math.max(0, room), 0);
    for (let rank = 0; rank < dataset.keys && left > 0; rank++) {
      const key = dataset.keyAt(rank);
      for (const { index } of nodesOf(key)) {
        if (chosen[index]!.length >= rooms[index]!) continue;
        chosen[index]!.push(key);
        left--;
      }
    }
    // The most popular last, as if it had been used last.
    for (const [index, keys] of chosen.entries()) {
      for (const key of keys.reverse()) this.stores[index]!.put(key, 0, dataset.size, Infinity);
    }
  }
}
