/**
 * A shadow of a cache: the same nodes with another capacity or eviction policy, holding keys
 * without values and answering nobody. A large one sees only keys chosen by their hash, with a
 * capacity that is smaller by the same share; what it would have had is then an estimate, and
 * groups of the keys, each in a cache of its own, tell how far off that may be.
 *
 * It sees what happens to this cache, at the times at which it happens here: what both lack comes
 * in when this cache is filled, and what the shadow alone lacks comes in at once, because nobody
 * knows how long its fetch would have taken.
 *
 * Source: C. Waldspurger et al., Efficient MRC construction with SHARDS, 2015 (choice by hash, the
 * correction of section 4.2); C. Waldspurger et al., Cache modeling and optimization using
 * miniature simulations, 2017 (small caches for any policy). The groups are ours.
 */

import { lookUp } from '../../../base/registry.ts';
import { samplingError } from '../../../base/sampling-error.ts';
import { admissionPolicies } from '../../admission.ts';
import { CacheStore } from '../../cache-store.ts';
import type { CacheLimits } from '../../cache-store.ts';
import { evictionPolicies } from '../../eviction.ts';
import { GROUPS, KeyChoice } from '../../key-choice.ts';
import type { ShadowRule } from '../../parameters.ts';
import { Tally } from '../../tally.ts';
import type { Expiry } from './expiry.ts';
import type { Workings } from './workings.ts';

/** Entries for which a node's sample has room: a thousand for each group. */
const ENTRIES = 1024 * GROUPS;
/** Groups hold as much again as the sample itself, so a larger share is no less work than all. */
const LARGEST_SHARE = 0.5;
const TWO_32 = 4294967296;

/** Places of the columns. */
const Column = Object.freeze({
  /** Look-ups of chosen keys, and those of them that missed. */
  lookUps: 0,
  misses: 1,
  /** Misses where this cache had a hit, so that the entry came in at once. */
  instantFills: 2,
  /** Hits where this cache had a miss: fetches that would not have been. */
  spared: 3,
  /** Misses of each group; the others follow. */
  group0: 4,
} as const);

const groupColumns = Array.from({ length: GROUPS }, (_, group) => `group${group}`);
const columns = ['lookUps', 'misses', 'instantFills', 'spared', ...groupColumns];

/** A hit ratio and half of its 95 % interval; 0 when all keys are seen. */
export interface ShadowRatio {
  /** NaN when nothing was looked up. */
  readonly hitRatio: number;
  readonly error: number;
}

export class Shadow {
  readonly rule: ShadowRule;
  /** Share of the keys that it sees. */
  readonly rate: number;
  readonly tally = new Tally(columns);
  private readonly workings: Workings;
  private readonly expiry: Expiry;
  /** By node: the cache of all chosen keys, then that of each group, if any. */
  private readonly stores: readonly (readonly CacheStore[])[];

  constructor(workings: Workings, rule: ShadowRule, expiry: Expiry) {
    this.workings = workings;
    this.rule = rule;
    this.expiry = expiry;
    const share = ENTRIES / this.entriesOf(workings.stores[0]!.limits);
    this.rate = share > LARGEST_SHARE ? 1 : share;
    const caches = this.rate === 1 ? 1 : 1 + GROUPS;
    this.stores = workings.stores.map((_, node) =>
      Array.from({ length: caches }, (__, place) => this.makeStore(node, place)),
    );
    workings.world.recorder.addTally(this.tally);
  }

  /** True when it sees a key with this hash. */
  sees(hash: number): boolean {
    return hash < this.rate * TWO_32;
  }

  /** A node has answered with the entry in a slot of its store, even if it `isStale`. */
  found(node: number, hash: number, slot: number, isStale: boolean): void {
    const { counts } = this.tally;
    const store = this.workings.stores[node]!;
    const key = store.keyOf(slot);
    const [whole, group] = this.storesOf(node, hash);
    counts[Column.lookUps]!++;
    if (!this.has(whole, key, isStale)) {
      counts[Column.misses]!++;
      counts[Column.instantFills]!++;
      this.fillLike(whole, store, slot);
    }
    if (group === null || this.has(group, key, isStale)) return;
    counts[Column.group0 + KeyChoice.groupOf(hash)]!++;
    this.fillLike(group, store, slot);
  }

  /** A node had nothing, or took what it had for expired too early: then so does its shadow. */
  missed(node: number, hash: number, key: number, isEarly: boolean): void {
    const { counts } = this.tally;
    const [whole, group] = this.storesOf(node, hash);
    if (isEarly) this.removeFrom(whole, group, key);
    counts[Column.lookUps]!++;
    if (this.has(whole, key, false)) counts[Column.spared]!++;
    else counts[Column.misses]!++;
    if (group === null || this.has(group, key, false)) return;
    counts[Column.group0 + KeyChoice.groupOf(hash)]!++;
  }

  /** A node has answered with what waits to be written back, which no eviction touches. */
  foundBuffered(): void {
    this.tally.counts[Column.lookUps]!++;
  }

  /** An entry has come to a node. One that the shadow has stays, unless a newer one comes. */
  filled(
    node: number,
    hash: number,
    entry: { readonly key: number; readonly bytes: number; readonly expiry: number },
    isNewer: boolean,
  ): void {
    const { key, bytes, expiry } = entry;
    const { now } = this.workings.world.simulation;
    for (const store of this.storesOf(node, hash)) {
      if (store === null) continue;
      const slot = store.find(key);
      const isFresh = slot >= 0 && store.expiryAt(slot) > now;
      if (isNewer || !isFresh) store.put(key, 0, bytes, expiry);
    }
  }

  deleted(node: number, hash: number, key: number): void {
    const [whole, group] = this.storesOf(node, hash);
    this.removeFrom(whole, group, key);
  }

  /** A node has removed what was too old; the shadow removes it if it is too old there. */
  swept(node: number, hash: number, key: number): void {
    const { now } = this.workings.world.simulation;
    for (const store of this.storesOf(node, hash)) {
      const slot = store?.find(key) ?? -1;
      if (slot >= 0 && store!.expiryAt(slot) <= now) store!.remove(slot);
    }
  }

  /** A node begins with nothing. */
  cleared(node: number): void {
    for (const store of this.stores[node]!) store.clear();
  }

  /** The capacity of the cache is another; the share of the keys stays. */
  resized(): void {
    for (const [node, stores] of this.stores.entries()) {
      stores.forEach((store, place) => store.setLimits(this.limitsOf(node, place)));
    }
  }

  /** How many entries of this size come into the room that some nodes have left. */
  roomFor(bytes: number, nodes: readonly number[]): number {
    let room = 0;
    for (const node of nodes) {
      const { limits, bytes: used, size } = this.stores[node]![0]!;
      room += Math.min(limits.entries - size, Math.floor((limits.bytes - used) / bytes));
    }
    return Math.floor(room / this.rate);
  }

  /** What it would have had in a span of windows in which the cache had so many look-ups. */
  ratio(lookUps: number, from: number, to: number): ShadowRatio {
    const ratioOf = (column: string, rate: number) => {
      const expected = lookUps * rate;
      return (expected - this.tally.sum(column, from, to)) / expected;
    };
    const whole = ratioOf('misses', this.rate);
    const hitRatio = Math.max(0, whole);
    if (this.rate === 1 || !(lookUps > 0)) return { hitRatio, error: 0 };
    const groups = groupColumns.map((column) => ratioOf(column, this.rate / GROUPS));
    return { hitRatio, error: samplingError(whole, groups, this.rate) };
  }

  /** Entries of a node with these limits, of the largest size that there is. */
  private entriesOf({ bytes, entries }: CacheLimits): number {
    const { name, world } = this.workings;
    const own = world.keys.datasets.filter(({ plan }) => plan.cachedIn.includes(name));
    const largest = Math.max(1, ...own.map(({ plan }) => plan.size));
    return this.rule.times * (bytes === Infinity ? entries : bytes / largest);
  }

  private limitsOf(node: number, place: number): CacheLimits {
    const { bytes, entries, ...rest } = this.workings.stores[node]!.limits;
    const share = place === 0 ? this.rate : this.rate / GROUPS;
    const scaled = (room: number) => Math.round(room * this.rule.times * share);
    return { ...rest, bytes: scaled(bytes), entries: scaled(entries) };
  }

  private makeStore(node: number, place: number): CacheStore {
    const { nodes, parameters, world } = this.workings;
    const { path } = nodes[node]!;
    const policy = lookUp(evictionPolicies, this.rule.eviction ?? parameters.eviction);
    // The whole draws as the cache itself does, from a stream of its own.
    const suffix = place === 0 ? '' : ` of shadow group ${place}`;
    const stream = world.stream(path, `eviction${suffix}`);
    const store = new CacheStore(this.limitsOf(node, place), policy, stream, world.simulation);
    const { policy: admission, value } = parameters.admission;
    if (admission !== 'all') {
      const own = world.stream(path, `admission${suffix}`);
      store.admitBy({ policy: lookUp(admissionPolicies, admission), value, stream: own });
    }
    return store;
  }

  private storesOf(node: number, hash: number): readonly [CacheStore, CacheStore | null] {
    const stores = this.stores[node]!;
    const group = stores.length === 1 ? null : stores[1 + KeyChoice.groupOf(hash)]!;
    return [stores[0]!, group];
  }

  /** Looks a key up in one of its stores. */
  private has(store: CacheStore, key: number, isStale: boolean): boolean {
    const { parameters, world } = this.workings;
    const slot = store.find(key);
    if (slot < 0) return false;
    const { now } = world.simulation;
    const isFresh = store.expiryAt(slot) > now;
    if (!isFresh && !isStale) {
      store.remove(slot);
      return false;
    }
    store.touch(slot);
    if (isFresh && parameters.ttl?.sliding === true) store.extend(slot, this.expiry.at(now));
    return true;
  }

  /** Puts in what the cache has in a slot, as if it had been fetched now. */
  private fillLike(store: CacheStore, real: CacheStore, slot: number): void {
    const { now } = this.workings.world.simulation;
    const expiry = this.expiry.ofVersion(real.versionAt(slot), now);
    store.put(real.keyOf(slot), 0, real.bytesOf(slot), expiry);
  }

  private removeFrom(whole: CacheStore, group: CacheStore | null, key: number): void {
    const slot = whole.find(key);
    if (slot >= 0) whole.remove(slot);
    const groupSlot = group?.find(key) ?? -1;
    if (groupSlot >= 0) group!.remove(groupSlot);
  }
}
