/** How a value enters a node of the cache. */

import { ABSENT } from '../../key-space.ts';
import { Verb } from '../../verb.ts';
import { isOwn } from './background.ts';
import type { Cluster } from './cluster.ts';
import type { Expiry } from './expiry.ts';
import { Column } from './columns.ts';
import type { Workings } from './workings.ts';

/** Room of the note that there is no record: its key and what an entry costs at least. */
export const NOTE_BYTES = 64;

export class Fills {
  private readonly workings: Workings;
  private readonly expiry: Expiry;
  private readonly cluster: Cluster;

  constructor(workings: Workings, expiry: Expiry, cluster: Cluster) {
    this.workings = workings;
    this.expiry = expiry;
    this.cluster = cluster;
  }

  /**
   * Puts in what the call carries. That there is no record is put in as a note of its own, when the
   * cache remembers such things.
   */
  fill(row: number, node: number): void {
    const { counts, missReasons, parameters, shadows, stores, world } = this.workings;
    const { calls, keys, simulation } = world;
    const { now } = simulation;
    if (this.cluster.protection?.mayFill(row, node) === false) return;
    const store = stores[node]!;
    const before = store.evictions;
    const key = calls.key(row);
    const version = calls.version(row);
    const { size } = keys.datasets[calls.dataset(row)]!.plan;
    if (version === ABSENT) {
      const notes = parameters['negative-ttl'];
      if (notes === null) return;
      const bytes = Math.min(size, NOTE_BYTES);
      missReasons[node]!.arrived(key);
      store.put(key, version, bytes, now + notes);
      if (shadows !== null) this.shadow(row, node, bytes, now + notes);
    } else {
      const slot = store.find(key);
      if (slot >= 0 && store.versionAt(slot) > version) counts[Column.olderFills]!++;
      const expiry = this.expiry.at(now);
      missReasons[node]!.arrived(key);
      store.put(key, version, size, expiry);
      if (shadows !== null) this.shadow(row, node, size, expiry);
    }
    counts[Column.fills]!++;
    counts[Column.evictions]! += store.evictions - before;
    this.cluster.protection?.filled(row, node);
    this.cluster.changed(key, node);
  }

  /** Shadows take what a miss has fetched if they lack it, and what is newer in any case. */
  private shadow(row: number, node: number, bytes: number, expiry: number): void {
    const { shadows, world } = this.workings;
    if (shadows === null) return;
    const { calls } = world;
    const verb = calls.operation(row);
    const isUpdate = verb === Verb.set && calls.parent(row) >= 0;
    const isNewer = isUpdate || verb === Verb.write || isOwn(calls.flags(row));
    shadows.filled(node, { key: calls.key(row), bytes, expiry }, isNewer);
  }
}
