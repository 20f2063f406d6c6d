/**
 * What a cache does against stampedes: who may fetch a key that is missing, and what the others
 * get. It judges every look-up; the look-up then answers. Where readers of one instance, or all
 * rows of a cache that reads through, fetch together, that is done on their way to the store
 * (`single-flight.ts`).
 *
 * Source: leases: Nishtala et al., Scaling Memcache at Facebook, NSDI 2013; early expiry: Vattani
 * et al., VLDB 2015; stale-while-revalidate: RFC 5861 (Nottingham, 2010). A lease that waits at the
 * cache is the usual lock around a fetch (Redis: SET with NX and PX).
 */

import type { ReadProtection } from '../../access-path.ts';
import { Flag } from '../../call-table.ts';
import { DataAccess, Lease } from '../../data-access.ts';
import { Outcome } from '../../outcome.ts';
import { noteWaits } from '../../wait-notes.ts';
import { Column } from './columns.ts';
import { EarlyExpiry } from './early-expiry.ts';
import { LeaseTable } from './lease-table.ts';
import type { Membership } from './membership.ts';
import type { Workings } from './workings.ts';

/** What a look-up does with what it has found. */
export const Verdict = Object.freeze({
  /** As it would without protection: a fresh entry is a hit, all else is a miss. */
  asFound: 0,
  /** A hit, though the entry has expired. */
  stale: 1,
  /** A hit of an expired entry, which the cache itself has to fetch anew. */
  staleAndFetch: 2,
  /** A miss, though the entry is fresh; it stays. */
  early: 3,
  /** A miss; an expired entry stays. */
  missed: 4,
  /** A miss that is answered when the fetch of another is over. */
  held: 5,
} as const);

export class Protection implements ReadProtection {
  readonly flight: 'instance' | 'everywhere' | null;
  readonly leases: boolean;
  readonly leaseWaitNs: number;
  readonly timesFetches: boolean;
  private readonly workings: Workings;
  private readonly membership: Membership;
  private readonly kind: string;
  private readonly isThrough: boolean;
  private readonly grants: boolean;
  /** Multiplies the time of a fetch in `early-expiry`. */
  private readonly beta: number;
  /** How long after its end an entry may still be served, ns. */
  private readonly staleNs: number;
  private readonly leaseNs: number;
  private readonly table = new LeaseTable();
  private readonly early: EarlyExpiry[] = [];
  /** What ends a lease after its time: owner and kind of the event. */
  private readonly ending: { readonly owner: number; readonly kind: number };

  constructor(
    workings: Workings,
    membership: Membership,
    ending: { readonly owner: number; readonly kind: number },
  ) {
    const { parameters } = workings;
    const { stampede } = parameters;
    this.workings = workings;
    this.membership = membership;
    this.ending = ending;
    this.kind = stampede.kind;
    this.isThrough = parameters.strategy !== 'cache-aside';
    this.beta = stampede.kind === 'early-expiry' ? stampede.beta : 0;
    this.leaseNs = parameters['lease-time'];
    this.leaseWaitNs = parameters['lease-wait'];
    this.staleNs = parameters['lease-stale'];
    if (stampede.kind === 'stale-while-revalidate') this.staleNs = stampede.forNs;
    this.flight = null;
    if (this.kind === 'single-flight') this.flight = 'instance';
    else if (this.isThrough && this.kind === 'global-single-flight') this.flight = 'everywhere';
    this.grants = ['lease', 'global-single-flight', 'stale-while-revalidate'].includes(this.kind);
    this.leases = this.grants && !this.isThrough;
    this.timesFetches = this.kind === 'early-expiry';
  }

  /** One more reader waits for the fetch of another. */
  coalesced(): void {
    this.workings.counts[Column.coalesced]!++;
  }

  /** What a look-up of a key gets whose entry is in `slot`, or nowhere (-1). */
  judge(row: number, node: number, slot: number): number {
    const { stores, world } = this.workings;
    const { calls, simulation } = world;
    const { now } = simulation;
    const expiry = slot >= 0 ? stores[node]!.expiryAt(slot) : -Infinity;
    if (this.leases) calls.setAccessKey(row, Lease.none);
    if (expiry > now) return this.judgeFresh(node, slot, expiry);
    const mayServe = slot >= 0 && now < expiry + this.staleNs;
    switch (this.kind) {
      case 'stale-while-revalidate':
        return mayServe ? this.serveStale(row, node) : Verdict.asFound;
      case 'lease':
        return this.leaseOrWait(row, node, mayServe);
      case 'global-single-flight':
        return this.isThrough ? Verdict.asFound : this.lockOrHold(row, node);
      default:
        return Verdict.asFound;
    }
  }

  /** False for a fill whose lease has been taken away by a write: its value may be old. */
  mayFill(row: number, node: number): boolean {
    const { calls, simulation } = this.workings.world;
    if (this.kind !== 'lease' || !DataAccess.isFill(calls.tag(row))) return true;
    const lease = this.table.find(node, calls.key(row), simulation.now);
    const isGood = lease !== null && lease.token === calls.accessKey(row);
    if (!isGood) this.workings.counts[Column.refusedFills]!++;
    return isGood;
  }

  /** A key has been filled at a node: its lease is over, and who waits has the value. */
  filled(row: number, node: number): void {
    const { calls, simulation } = this.workings.world;
    const key = calls.key(row);
    if (this.timesFetches && !this.isThrough && DataAccess.isFill(calls.tag(row))) {
      this.fetched(key, node, simulation.now - calls.start(row));
    }
    if (!this.grants) return;
    const lease = this.table.take(node, key);
    if (lease === null) return;
    if (lease.event >= 0) simulation.cancel(lease.event);
    const version = calls.version(row);
    for (const waiting of lease.waiting) {
      calls.setVersion(waiting, version);
      this.workings.world.reply(waiting, Outcome.ok);
    }
  }

  /** How long the fetch of a key took, ns. */
  fetched(key: number, node: number, timeNs: number): void {
    if (!this.timesFetches) return;
    const slot = this.workings.stores[node]!.find(key);
    if (slot >= 0) this.earlyAt(node).measured(slot, timeNs);
  }

  /** A copy is deleted: true when it is kept for a while to be served stale. */
  deleted(key: number, node: number, slot: number): boolean {
    if (this.kind !== 'lease') return false;
    const { stores, world } = this.workings;
    const { now } = world.simulation;
    this.table.take(node, key);
    if (slot < 0 || this.staleNs === 0) return false;
    const store = stores[node]!;
    if (store.expiryAt(slot) > now) store.extend(slot, now);
    return true;
  }

  /** The holder of a lease gives it back: the next one who waits may fetch. */
  released(row: number, node: number): void {
    const { calls } = this.workings.world;
    const lease = this.table.find(node, calls.key(row), this.workings.world.simulation.now);
    if (lease !== null && lease.token === calls.accessKey(row)) this.pass(calls.key(row), node);
  }

  /** The event that ends a lease has come. */
  over(key: number, node: number): void {
    const lease = this.table.at(node, key);
    if (lease === null) return;
    lease.event = -1;
    this.pass(key, node);
  }

  /** The time of a lease is over, or its holder has given it back. */
  private pass(key: number, node: number): void {
    const { calls, simulation } = this.workings.world;
    const lease = this.table.take(node, key);
    if (lease === null) return;
    if (lease.event >= 0) simulation.cancel(lease.event);
    const { waiting } = lease;
    const next = waiting.findIndex((row) => (calls.flags(row) & Flag.abandoned) === 0);
    const gone = next < 0 ? waiting : waiting.slice(0, next);
    for (const row of gone) this.workings.world.reply(row, Outcome.timeout);
    if (next < 0) return;
    if (this.membership.ownerOf(key) !== node) {
      // The fill has gone elsewhere, and so does whoever fetches next.
      for (const row of waiting.slice(next)) this.replyMiss(row);
      return;
    }
    const row = waiting[next]!;
    const grant = this.grant(row, node);
    grant.waiting.push(...waiting.slice(next + 1));
    this.replyMiss(row);
  }

  /** The node has lost its leases; the calls that waited are answered with its death. */
  crashed(node: number): void {
    for (const { event } of this.table.clear(node)) {
      if (event >= 0) this.workings.world.simulation.cancel(event);
    }
    this.early[node]?.clear();
  }

  private replyMiss(row: number): void {
    const { world } = this.workings;
    world.calls.raise(row, Flag.miss);
    world.reply(row, Outcome.ok);
  }

  private judgeFresh(node: number, slot: number, expiry: number): number {
    if (!this.timesFetches) return Verdict.asFound;
    const { now } = this.workings.world.simulation;
    if (!this.earlyAt(node).isOver(slot, expiry, now, this.beta)) return Verdict.asFound;
    this.workings.counts[Column.earlyFetches]!++;
    return Verdict.early;
  }

  /** One look-up at a time has the key fetched; all get the old value. */
  private serveStale(row: number, node: number): number {
    const { calls, simulation } = this.workings.world;
    if (this.table.find(node, calls.key(row), simulation.now) !== null) return Verdict.stale;
    this.grant(row, node);
    return this.isThrough ? Verdict.staleAndFetch : Verdict.stale;
  }

  private leaseOrWait(row: number, node: number, mayServe: boolean): number {
    const { calls, simulation } = this.workings.world;
    if (this.table.find(node, calls.key(row), simulation.now) === null) {
      this.grant(row, node);
      return mayServe ? Verdict.missed : Verdict.asFound;
    }
    if (mayServe) return Verdict.stale;
    this.coalesced();
    calls.setAccessKey(row, Lease.wait);
    return Verdict.asFound;
  }

  private lockOrHold(row: number, node: number): number {
    const { calls, simulation } = this.workings.world;
    const lease = this.table.find(node, calls.key(row), simulation.now);
    if (lease === null) {
      this.grant(row, node);
      return Verdict.asFound;
    }
    this.coalesced();
    lease.waiting.push(row);
    noteWaits(calls, row);
    return Verdict.held;
  }

  /** Gives the row the lease of its key. */
  private grant(row: number, node: number) {
    const { counts, world } = this.workings;
    const { calls, simulation } = world;
    const key = calls.key(row);
    const old = this.table.take(node, key);
    if (old !== null && old.event >= 0) simulation.cancel(old.event);
    const lease = this.table.grant(node, key, simulation.now + this.leaseNs);
    if (old !== null) lease.waiting.push(...old.waiting);
    counts[Column.leases]!++;
    if (this.leases) calls.setAccessKey(row, lease.token);
    if (this.kind === 'global-single-flight') {
      const { kind, owner } = this.ending;
      lease.event = simulation.schedule(this.leaseNs, owner, kind, key, node);
    }
    return lease;
  }

  private earlyAt(node: number): EarlyExpiry {
    const { name, world } = this.workings;
    while (this.early.length <= node) {
      const stream = world.stream(`${name}/node-${this.early.length + 1}`, 'early-expiry');
      this.early.push(new EarlyExpiry(stream));
    }
    return this.early[node]!;
  }
}
