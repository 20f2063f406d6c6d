/**
 * Back-invalidation: what leaves the cache behind an inclusive one leaves that one too. The node
 * behind sends a message to every node before it, because it does not know who holds a copy, and
 * nobody waits for it.
 *
 * A message may overtake an answer that was given before it. So a node remembers when it was told
 * of a key, and refuses a fill with what was asked for earlier.
 *
 * Source: Baer and Wang, On the Inclusion Properties for Multi-Level Cache Hierarchies, ISCA 1988;
 * the race and its cure: Redis, Client-side caching, Avoiding race conditions.
 */

import type { Owner } from '../../../kernel/simulation.ts';
import type { CacheStore, StoreWatcher } from '../../cache-store.ts';
import { DataAccess } from '../../data-access.ts';
import { Edge } from '../../edge.ts';
import type { Node } from '../../node.ts';
import { NodeState } from '../../node.ts';
import { Verb } from '../../verb.ts';
import type { Component, World } from '../../world.ts';
import { Column } from './columns.ts';
import { Reason } from './miss-reasons.ts';
import type { Workings } from './workings.ts';

/** In the place of a key: all that lies before the sender. */
const ALL = -1;

/** The cache behind. */
interface Behind extends Component {
  readonly stores: readonly CacheStore[];
}

/** Says that a key has left a node of the cache behind, by its place among the ways. */
interface Listener {
  left(way: number, node: number, key: number): void;
}

export class BackInvalidation implements Owner, Listener {
  private readonly workings: Workings;
  private readonly cache: Component;
  private readonly number: number;
  /** The way from each cache behind, and the nodes of that. */
  private readonly ways: Edge[] = [];
  private readonly senders: (readonly Node[])[] = [];
  /** Place of the way for each dataset; -1 where no cache lies behind. */
  private readonly wayOf: number[] = [];
  /** When each node was last told of a key, ns. */
  private readonly told: Map<number, number>[];

  constructor(workings: Workings, cache: Component) {
    const { name, nodes, world } = workings;
    this.workings = workings;
    this.cache = cache;
    this.number = world.simulation.addOwner(this, `${name} back-invalidation`);
    this.told = nodes.map(() => new Map());
  }

  /** Listens to the caches behind; called when every component exists. */
  connect(): void {
    const { name, parameters, world } = this.workings;
    const fields = { timeout: parameters.timeout, retries: null, policy: 'round-robin' };
    const places = new Map<string, number>();
    for (const { plan } of world.keys.datasets) {
      const level = plan.cachedIn.indexOf(name);
      const next = level < 0 ? undefined : plan.cachedIn[level + 1];
      if (next !== undefined && !places.has(next)) {
        const from = world.component(next) as Behind;
        const way = this.ways.length;
        places.set(next, way);
        this.ways.push(
          new Edge(world, { from: next, caller: from, to: this.cache, parameters: fields }),
        );
        this.senders.push(from.nodes);
        for (const [node, store] of from.stores.entries()) {
          store.watcher = new DepartureWatcher({ world, name, listener: this, way, node }, store);
        }
      }
      this.wayOf.push(next === undefined ? -1 : places.get(next)!);
    }
  }

  /** The message goes out when what the node is doing is done. */
  left(way: number, node: number, key: number): void {
    const place = way * this.workings.world.nodes.length + node;
    this.workings.world.simulation.schedule(0, this.number, 0, key, place);
  }

  handle(_kind: number, key: number, place: number): void {
    const { world } = this.workings;
    const count = world.nodes.length;
    const way = Math.floor(place / count);
    const sender = this.senders[way]![place % count]!;
    if (sender.state !== NodeState.up) return;
    for (const node of this.workings.nodes) {
      if (node.state === NodeState.up) this.send(way, sender, node, key);
    }
  }

  /** Number of the node in the world that a message is for; -1 for any other call. */
  addressee(row: number): number {
    return this.isMessage(row) ? this.workings.world.calls.position(row) : -1;
  }

  /** Takes a message; false for any other call, and for a fill that may go on. */
  receive(row: number, node: number): boolean {
    const { calls, simulation } = this.workings.world;
    if (this.isMessage(row)) {
      const key = calls.key(row);
      this.told[node]!.set(key, simulation.now);
      if (key === ALL) this.removeAll(node, calls.accessKey(row));
      else this.remove(node, key);
      return true;
    }
    if (calls.operation(row) !== Verb.set || !this.isOvertaken(row, node)) return false;
    this.workings.counts[Column.refusedFills]!++;
    return true;
  }

  /** The node begins anew. */
  cleared(node: number): void {
    this.told[node]!.clear();
  }

  /** True for a fill with what was asked for before the node was told that it has left. */
  private isOvertaken(row: number, node: number): boolean {
    const { calls } = this.workings.world;
    const told = this.told[node]!;
    const key = calls.key(row);
    const last = Math.max(told.get(key) ?? -1, told.get(ALL) ?? -1);
    if (last >= calls.start(row)) return true;
    told.delete(key);
    return false;
  }

  private isMessage(row: number): boolean {
    const { calls } = this.workings.world;
    return calls.operation(row) === Verb.delete && calls.tag(row) === DataAccess.unheard;
  }

  private remove(node: number, key: number): void {
    const { counts, missReasons, shadows, stores } = this.workings;
    const slot = stores[node]!.find(key);
    shadows?.deleted(node, key);
    if (slot < 0) return;
    stores[node]!.remove(slot);
    missReasons[node]!.left(key, Reason.capacity);
    counts[Column.invalidations]!++;
  }

  private removeAll(node: number, way: number): void {
    const { stores, world } = this.workings;
    const store = stores[node]!;
    for (let slot = 0; slot < store.slotCount; slot++) {
      const key = store.keyOf(slot);
      if (store.find(key) !== slot) continue;
      if (this.wayOf[world.keys.datasetOf(key).index] === way) this.remove(node, key);
    }
  }

  private send(way: number, from: Node, to: Node, key: number): void {
    const { calls, keys } = this.workings.world;
    const row = calls.open();
    calls.setParent(row, -1);
    calls.setTrace(row, 0);
    calls.setTag(row, DataAccess.unheard);
    calls.setCallerNode(row, from.id);
    calls.setPosition(row, to.id);
    calls.setKey(row, key);
    calls.setAccessKey(row, way);
    calls.setDataset(row, key === ALL ? this.wayOf.indexOf(way) : keys.datasetOf(key).index);
    calls.setOperation(row, Verb.delete);
    calls.setSize(row, 0);
    this.ways[way]!.send(row);
  }
}

interface Watched {
  readonly world: World;
  /** The inclusive cache. */
  readonly name: string;
  readonly listener: Listener;
  readonly way: number;
  readonly node: number;
}

/** Hears of what leaves a node behind, and tells whoever listened before. */
class DepartureWatcher implements StoreWatcher {
  private readonly watched: Watched;
  private readonly next: StoreWatcher | null;

  constructor(watched: Watched, store: CacheStore) {
    this.watched = watched;
    this.next = store.watcher;
  }

  evicted(key: number, expiry: number, version: number): void {
    this.next?.evicted(key, expiry, version);
    this.left(key);
  }

  refused(key: number): void {
    this.next?.refused(key);
    this.left(key);
  }

  removed(key: number): void {
    this.next?.removed?.(key);
    this.left(key);
  }

  cleared(): void {
    this.next?.cleared?.();
    const { listener, node, way } = this.watched;
    listener.left(way, node, ALL);
  }

  /** A key that the cache before does not hold is none of its business. */
  private left(key: number): void {
    const { listener, name, node, way, world } = this.watched;
    const { cachedIn } = world.keys.datasetOf(key).plan;
    if (cachedIn.includes(name)) listener.left(way, node, key);
  }
}
