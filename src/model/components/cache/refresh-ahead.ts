/**
 * Refresh-ahead: a hit on an entry of which less than the rest of its ttl is left fetches it anew
 * in the background, once for each node and key; the reader gets the old value at once. What nobody
 * asks for in that time expires.
 *
 * Source: refresh-ahead in Oracle Coherence, with its refresh-ahead factor.
 */

import { ABSENT } from '../../key-space.ts';
import { Verb } from '../../verb.ts';
import { openOwn } from './background.ts';
import type { Behind } from './behind.ts';
import { Column } from './columns.ts';
import type { Workings } from './workings.ts';

export class RefreshAhead {
  private readonly workings: Workings;
  private readonly behind: Behind;
  /** Keys that each node fetches. */
  private readonly fetching: Set<number>[];

  constructor(workings: Workings, behind: Behind) {
    this.workings = workings;
    this.behind = behind;
    this.fetching = workings.nodes.map(() => new Set());
  }

  /** A hit on the entry in a slot. */
  hit(row: number, node: number, slot: number): void {
    const { counts, parameters, stores, world } = this.workings;
    const { calls, simulation } = world;
    const { ttl, 'negative-ttl': notes, 'refresh-at': share } = parameters;
    const store = stores[node]!;
    // A note that there is no record lives for a time of its own.
    const wholeNs = store.versionAt(slot) === ABSENT ? notes : ttl?.durationNs;
    if (wholeNs === null || wholeNs === undefined) return;
    if (store.expiryAt(slot) - simulation.now > wholeNs * (1 - share)) return;
    const key = calls.key(row);
    const fetching = this.fetching[node]!;
    if (fetching.has(key)) return;
    fetching.add(key);
    counts[Column.refreshes]!++;
    const own = openOwn(this.workings, { node, key, dataset: calls.dataset(row) }, Verb.read);
    this.behind.of(own).read(own);
  }

  /** The fetch has come to an end. */
  answered(row: number, node: number): void {
    this.fetching[node]!.delete(this.workings.world.calls.key(row));
  }

  crashed(node: number): void {
    this.fetching[node]!.clear();
  }
}
