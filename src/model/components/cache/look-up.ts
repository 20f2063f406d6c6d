/** What a look-up finds: a hit is an entry that is there and has not expired. */

import { Flag } from '../../call-table.ts';
import { ABSENT } from '../../key-space.ts';
import { Outcome } from '../../outcome.ts';
import { NoteKind } from '../../span-log.ts';
import { Verb } from '../../verb.ts';
import { openOwn } from './background.ts';
import type { Behind } from './behind.ts';
import type { Cluster } from './cluster.ts';
import { Column } from './columns.ts';
import type { Expiry } from './expiry.ts';
import { Reason } from './miss-reasons.ts';
import { Verdict } from './protection.ts';
import type { Protection } from './protection.ts';
import type { Strategy } from './strategy.ts';
import type { Workings } from './workings.ts';

export class LookUps {
  private readonly workings: Workings;
  private readonly expiry: Expiry;
  private readonly behind: Behind;
  private readonly protection: Protection | null;
  private readonly strategy: Strategy;

  constructor(
    workings: Workings,
    parts: {
      readonly behind: Behind;
      readonly cluster: Cluster;
      readonly expiry: Expiry;
      readonly strategy: Strategy;
    },
  ) {
    this.workings = workings;
    this.expiry = parts.expiry;
    this.behind = parts.behind;
    this.protection = parts.cluster.protection;
    this.strategy = parts.strategy;
  }

  lookUp(row: number, node: number): void {
    const { stores, world } = this.workings;
    const { calls, simulation } = world;
    const store = stores[node]!;
    const key = calls.key(row);
    const slot = store.find(key);
    const isFresh = slot >= 0 && store.expiryAt(slot) > simulation.now;
    if (!isFresh && this.strategy.isBuffered(node, key)) {
      this.workings.shadows?.foundBuffered(key);
      this.bufferedHit(row, node);
      return;
    }
    const verdict = this.protection?.judge(row, node, slot) ?? Verdict.asFound;
    const isStale = verdict === Verdict.stale || verdict === Verdict.staleAndFetch;
    const isHit = isStale || (isFresh && verdict === Verdict.asFound);
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.note(NoteKind.lookedUp, trace, row, isHit ? 1 : 0);
    const dataset = calls.dataset(row);
    const { shadows } = this.workings;
    if (shadows !== null) {
      if (isHit) shadows.found(node, key, slot, isStale);
      else shadows.missed(node, key, isFresh);
      if (calls.operation(row) === Verb.take) shadows.deleted(node, key);
    }
    if (isHit) this.hit(row, node, slot);
    else this.miss(row, node, slot, verdict);
    if (verdict === Verdict.staleAndFetch) {
      // The row may have been answered and released by now.
      const fetch = openOwn(this.workings, { node, key, dataset }, Verb.read);
      this.behind.of(fetch).read(fetch);
    }
  }

  private hit(row: number, node: number, slot: number): void {
    const { counts, nodeTallies, parameters, staleReads, stores, world } = this.workings;
    const { calls, simulation } = world;
    const store = stores[node]!;
    counts[Column.hits]!++;
    nodeTallies[node]!.counts[Column.hits]!++;
    store.touch(slot);
    const isFresh = store.expiryAt(slot) > simulation.now;
    if (isFresh && parameters.ttl?.sliding === true)
      store.extend(slot, this.expiry.at(simulation.now));
    const version = store.versionAt(slot);
    calls.setVersion(row, version);
    if (version === ABSENT) counts[Column.absentHits]!++;
    staleReads.served(row, version);
    this.strategy.refreshAhead?.hit(row, node, slot);
    if (calls.operation(row) === Verb.take) this.giveAway(calls.key(row), node, slot);
    world.reply(row, Outcome.ok);
  }

  /** The value moves to the cache before this one. */
  private giveAway(key: number, node: number, slot: number): void {
    const { missReasons, stores } = this.workings;
    stores[node]!.remove(slot);
    // When it is missing here again, it has been pushed out in the meantime.
    missReasons[node]!.left(key, Reason.capacity);
  }

  /** A hit on what is no longer among the entries, but held until the store has it. */
  private bufferedHit(row: number, node: number): void {
    const { counts, nodeTallies, staleReads, world } = this.workings;
    const { calls } = world;
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.note(NoteKind.lookedUp, trace, row, 1);
    counts[Column.hits]!++;
    nodeTallies[node]!.counts[Column.hits]!++;
    const version = this.strategy.writeBack!.versionOf(node, calls.key(row));
    calls.setVersion(row, version);
    staleReads.served(row, version);
    world.reply(row, Outcome.ok);
  }

  /** `slot`: an entry that has expired or is taken for expired, or -1. */
  private miss(row: number, node: number, slot: number, verdict: number): void {
    const { counts, missReasons, nodeTallies, stores, world } = this.workings;
    const { calls } = world;
    counts[Column.misses]!++;
    nodeTallies[node]!.counts[Column.misses]!++;
    if (slot >= 0) {
      counts[Column.expirations]!++;
      if (verdict === Verdict.asFound || verdict === Verdict.held) stores[node]!.remove(slot);
      missReasons[node]!.left(calls.key(row), Reason.expired);
    }
    missReasons[node]!.count(calls.key(row));
    // It holds no worker and is answered when the fetch of another is over.
    if (verdict === Verdict.held) return;
    if (calls.operation(row) === Verb.read) {
      calls.setAccessKey(row, calls.key(row));
      this.behind.of(row).read(row);
      return;
    }
    calls.raise(row, Flag.miss);
    world.reply(row, Outcome.ok);
  }
}
