/**
 * A cache at work. A command waits for a worker of its node, holds it for the service time, and
 * then sees the contents as they are at that moment.
 */

import { Sampler } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import { lookUp } from '../../../base/registry.ts';
import { accessFor } from '../../access-path.ts';
import type { CachingComponent } from '../../access-path.ts';
import { Box } from '../../box.ts';
import { CacheStore } from '../../cache-store.ts';
import { Flag } from '../../call-table.ts';
import { Access, DataAccess } from '../../data-access.ts';
import { Edge } from '../../edge.ts';
import { evictionPolicies } from '../../eviction.ts';
import { HashRing } from '../../hash-ring.ts';
import type { Dataset } from '../../key-space.ts';
import type { Node } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { NoteKind } from '../../span-log.ts';
import { QUEUE_TIMEOUT } from '../../station.ts';
import { Tally } from '../../tally.ts';
import { Verb, verbOf } from '../../verb.ts';
import type { World } from '../../world.ts';
import type { Parameters } from './parameters.ts';
import { limitsOfNode, warm } from './contents.ts';

export const cacheColumns: readonly string[] = Object.freeze([
  'hits',
  'misses',
  'staleReads',
  'expirations',
  'invalidations',
  'fills',
  'evictions',
]);

/** Columns of one node; the same places as in the whole cache's. */
const nodeColumns: readonly string[] = Object.freeze(['hits', 'misses']);

const HITS = 0;
const MISSES = 1;
const STALE = 2;
const EXPIRATIONS = 3;
const INVALIDATIONS = 4;
const FILLS = 5;
const EVICTIONS = 6;

export class Cache extends Box implements CachingComponent {
  readonly strategy: string;
  readonly onWrite: string;
  override readonly tally = new Tally(cacheColumns);
  readonly stores: CacheStore[] = [];
  /** Hits and misses of each node. */
  readonly nodeTallies: Tally[] = [];
  private readonly counts: Float64Array;
  private parameters: Parameters;
  private service: Sampler;
  private readonly serviceStream: Stream;
  private readonly ttlStream: Stream;
  private readonly ring: HashRing;
  /** What lies behind it, by dataset; only asked by a cache that reads or writes through. */
  private readonly behind: (DataAccess | null)[] = [];
  private readonly edges = new Map<string, Edge>();

  constructor(world: World, name: string, parameters: Parameters) {
    super(world, {
      kind: 'cache',
      name,
      startUpNs: parameters['start-up'],
      hasStations: true,
    });
    this.parameters = parameters;
    this.strategy = parameters.strategy;
    this.onWrite = parameters['on-write'];
    this.counts = this.tally.counts;
    this.serviceStream = world.stream(name, 'service');
    this.service = new Sampler(parameters.service, this.serviceStream);
    this.ttlStream = world.stream(name, 'ttl');
    const policy = lookUp(evictionPolicies, parameters.eviction);
    const limits = limitsOfNode(world, parameters);
    for (let index = 0; index < parameters.nodes; index++) {
      const label = String(index + 1);
      const path = `${name}/node-${label}`;
      const node = this.addNode({ path, label, shard: -1, zoneTurn: index }, parameters.zones);
      this.addStation(node, {
        workers: parameters.workers,
        capacity: parameters.queue,
        discipline: 'fifo',
        queueTimeout: null,
      });
      this.stores.push(
        new CacheStore(limits, policy, world.stream(path, 'eviction'), world.simulation),
      );
      const tally = new Tally(nodeColumns);
      this.nodeTallies.push(tally);
      world.recorder.addTally(tally);
    }
    const names = this.nodes.map((node) => node.path);
    this.ring = new HashRing(names, parameters['virtual-nodes']);
    world.recorder.addTally(this.tally);
  }

  connect(): void {
    const through = this.strategy !== 'cache-aside';
    for (const dataset of this.world.keys.datasets) {
      const level = dataset.plan.cachedIn.indexOf(this.name);
      this.behind.push(level >= 0 && through ? this.accessBehind(dataset, level) : null);
      if (level >= 0 && this.parameters.warm === 'popular') {
        warm(this.stores, this.ring, dataset, (now) => this.expiry(now));
      }
    }
  }

  operationNumber(name: string): number {
    return verbOf(name);
  }

  route(row: number): number {
    return this.nodes[this.ring.ownerOf(this.world.calls.key(row))]!.id;
  }

  isWrite(row: number): boolean {
    const verb = this.world.calls.operation(row);
    return verb === Verb.write || verb === Verb.delete || verb === Verb.set;
  }

  onCall(row: number, node: Node): void {
    if (!node.station!.offer(row)) this.world.reply(row, Outcome.queueFull);
  }

  override serve(_row: number, node: number): number {
    const { slowness } = this.world.nodes[node]!;
    const demand = this.service.duration();
    return slowness === 1 ? demand : Math.floor(demand * slowness + 0.5);
  }

  handle(kind: number, row: number, place: number): void {
    const node = this.nodes[place]!;
    if (kind === QUEUE_TIMEOUT) return;
    this.world.calls.setEvent(row, -1);
    node.station!.done(row);
    this.execute(row, node.index);
  }

  onReply(answer: number): void {
    const { calls } = this.world;
    if (DataAccess.isFill(calls.tag(answer))) return;
    const row = calls.parent(answer);
    const access = this.behind[calls.dataset(row)]!;
    if (access.onReply(answer, row) === Access.waiting) return;
    const outcome = calls.outcome(row);
    if (outcome === Outcome.ok) this.fill(row, this.storeOf(row));
    this.world.reply(row, outcome);
  }

  override onStart(node: Node, cold: boolean): void {
    if (cold) this.stores[node.index]!.clear();
  }

  change(key: string, values: Readonly<Record<string, unknown>>): void {
    this.parameters = values as unknown as Parameters;
    const { parameters, world } = this;
    if (key === 'workers' || key === 'queue') this.setStations(parameters);
    else if (key === 'service') {
      this.service = new Sampler(parameters.service, this.serviceStream);
    } else if (key === 'timeout') {
      for (const edge of this.edges.values()) edge.changeTimeout(parameters.timeout);
    } else if (key === 'start-up') this.startUpNs = parameters['start-up'];
    else if (key === 'capacity') {
      const limits = limitsOfNode(world, parameters);
      for (const store of this.stores) this.counts[EVICTIONS]! += store.setLimits(limits);
    }
  }

  /** Share of the look-ups in a span of windows that were hits; NaN when there were none. */
  hitRatio(from: number, to: number): number {
    const hits = this.tally.sum('hits', from, to);
    return hits / (hits + this.tally.sum('misses', from, to));
  }

  private execute(row: number, node: number): void {
    const { calls } = this.world;
    const store = this.stores[node]!;
    switch (calls.operation(row)) {
      case Verb.get:
      case Verb.read:
        this.lookUp(row, node);
        return;
      case Verb.set:
        this.fill(row, store);
        break;
      case Verb.delete: {
        const slot = store.find(calls.key(row));
        if (slot >= 0) {
          store.remove(slot);
          this.counts[INVALIDATIONS]!++;
        }
        break;
      }
      default:
        calls.setAccessKey(row, calls.key(row));
        this.behind[calls.dataset(row)]!.write(row);
        return;
    }
    this.world.reply(row, Outcome.ok);
  }

  private lookUp(row: number, node: number): void {
    const store = this.stores[node]!;
    const nodeCounts = this.nodeTallies[node]!.counts;
    const { calls, simulation } = this.world;
    const key = calls.key(row);
    const slot = store.find(key);
    const isHit = slot >= 0 && store.expiryAt(slot) > simulation.now;
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.note(NoteKind.lookedUp, trace, row, isHit ? 1 : 0);
    if (isHit) {
      this.counts[HITS]!++;
      nodeCounts[HITS]!++;
      store.touch(slot);
      if (this.parameters.ttl?.sliding === true) store.extend(slot, this.expiry(simulation.now));
      const version = store.versionAt(slot);
      calls.setVersion(row, version);
      const number = calls.dataset(row);
      const { authority } = this.world.keys.datasets[number]!;
      if (authority !== null && !authority.isFresh(key, number, version)) this.counts[STALE]!++;
      this.world.reply(row, Outcome.ok);
      return;
    }
    this.counts[MISSES]!++;
    nodeCounts[MISSES]!++;
    if (slot >= 0) {
      this.counts[EXPIRATIONS]!++;
      store.remove(slot);
    }
    if (calls.operation(row) === Verb.read) {
      calls.setAccessKey(row, key);
      this.behind[calls.dataset(row)]!.read(row);
      return;
    }
    calls.raise(row, Flag.miss);
    this.world.reply(row, Outcome.ok);
  }

  private fill(row: number, store: CacheStore): void {
    const { calls, keys, simulation } = this.world;
    const before = store.evictions;
    const bytes = keys.datasets[calls.dataset(row)]!.plan.size;
    store.put(calls.key(row), calls.version(row), bytes, this.expiry(simulation.now));
    this.counts[FILLS]!++;
    this.counts[EVICTIONS]! += store.evictions - before;
  }

  private expiry(now: number): number {
    const { ttl } = this.parameters;
    if (ttl === null) return Infinity;
    if (ttl.jitter === 0) return now + ttl.durationNs;
    const factor = 1 + ttl.jitter * (2 * this.ttlStream.uniform() - 1);
    return now + Math.floor(ttl.durationNs * factor);
  }

  private storeOf(row: number): CacheStore {
    return this.stores[this.world.nodes[this.world.calls.node(row)]!.index]!;
  }

  private accessBehind(dataset: Dataset, level: number): DataAccess {
    return accessFor(this.world, {
      dataset,
      index: dataset.index,
      firstLevel: level + 1,
      edgeTo: (component) => this.edgeTo(component),
    });
  }

  private edgeTo(component: string): Edge {
    let edge = this.edges.get(component);
    if (edge === undefined) {
      edge = new Edge(this.world, {
        from: this.name,
        caller: this,
        to: this.world.component(component),
        parameters: {
          timeout: this.parameters.timeout,
          retries: null,
          policy: 'round-robin',
        },
      });
      this.edges.set(component, edge);
    }
    return edge;
  }
}
