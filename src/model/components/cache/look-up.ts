/** What a look-up finds: a hit is an entry that is there and has not expired. */

import type { CacheStore } from '../../cache-store.ts';
import { Flag } from '../../call-table.ts';
import type { CallTable } from '../../call-table.ts';
import { ABSENT } from '../../key-space.ts';
import type { Dataset } from '../../key-space.ts';
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
  private readonly calls: CallTable;
  private readonly datasets: readonly Dataset[];
  private readonly counts: Float64Array;
  private readonly stores: readonly CacheStore[];
  private readonly expiry: Expiry;
  private readonly behind: Behind;
  private readonly protection: Protection | null;
  private readonly strategy: Strategy;
  /** What is found decides alone: nobody else is asked, and nobody listens. */
  private readonly isPlain: boolean;

  constructor(
    workings: Workings,
    parts: {
      readonly behind: Behind;
      readonly cluster: Cluster;
      readonly expiry: Expiry;
      readonly strategy: Strategy;
    },
  ) {
    const { counts, shadows, stores, world } = workings;
    this.workings = workings;
    this.calls = world.calls;
    this.datasets = world.keys.datasets;
    this.counts = counts;
    this.stores = stores;
    this.expiry = parts.expiry;
    this.behind = parts.behind;
    this.protection = parts.cluster.protection;
    this.strategy = parts.strategy;
    const { writeBack } = parts.strategy;
    this.isPlain = this.protection === null && writeBack === null && shadows === null;
  }

  /** Every look-up passes here. */
  lookUp(row: number, node: number): void {
    const { calls } = this;
    const store = this.stores[node]!;
    const slot = store.find(calls.key(row));
    const isFresh = slot >= 0 && store.expiryAt(slot) > this.workings.world.simulation.now;
    if (!this.isPlain) {
      this.judge(row, node, slot, isFresh);
      return;
    }
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.note(NoteKind.lookedUp, trace, row, isFresh ? 1 : 0);
    if (isFresh) this.hit(row, node, slot);
    else this.miss(row, node, slot, Verdict.asFound);
  }

  /** A look-up of which others have a say. */
  private judge(row: number, node: number, slot: number, isFresh: boolean): void {
    const { calls } = this;
    const key = calls.key(row);
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
    const { calls, counts, workings } = this;
    const store = this.stores[node]!;
    counts[Column.hits]!++;
    workings.nodeTallies[node]!.counts[Column.hits]!++;
    store.touch(slot);
    if (workings.parameters.ttl?.sliding === true) this.slide(store, slot);
    const key = calls.key(row);
    const number = calls.dataset(row);
    const version = store.versionAt(slot);
    calls.setVersion(row, version);
    const { authority } = this.datasets[number]!;
    // What is not there cannot be written either: a note of that is never stale.
    if (version === ABSENT) counts[Column.absentHits]!++;
    else if (authority !== null && !authority.isFresh(key, number, version)) {
      workings.staleReads.count(row, version);
    }
    this.strategy.refreshAhead?.hit(row, node, slot);
    if (calls.operation(row) === Verb.take) this.giveAway(key, node, slot);
    workings.world.reply(row, Outcome.ok);
  }

  /** A hit on a fresh entry puts its end off. */
  private slide(store: CacheStore, slot: number): void {
    const { now } = this.workings.world.simulation;
    if (store.expiryAt(slot) > now) store.extend(slot, this.expiry.at(now));
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
    const { calls, counts } = this;
    const { missReasons, nodeTallies, world } = this.workings;
    const key = calls.key(row);
    counts[Column.misses]!++;
    nodeTallies[node]!.counts[Column.misses]!++;
    if (slot >= 0) {
      counts[Column.expirations]!++;
      if (verdict === Verdict.asFound || verdict === Verdict.held) this.stores[node]!.remove(slot);
      missReasons[node]!.left(key, Reason.expired);
    }
    missReasons[node]!.count(key);
    // It holds no worker and is answered when the fetch of another is over.
    if (verdict === Verdict.held) return;
    if (calls.operation(row) === Verb.read) {
      calls.setAccessKey(row, key);
      this.behind.of(row).read(row);
      return;
    }
    calls.raise(row, Flag.miss);
    world.reply(row, Outcome.ok);
  }
}
