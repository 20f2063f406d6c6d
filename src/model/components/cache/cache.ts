/**
 * A cache at work. A command waits for a worker of its node, holds it for the service time, and
 * then sees the contents as they are at that moment. What happens then is said by its parts:
 * look-ups, fills, writes, expiry, who holds which key, and what lies behind.
 */

import { Sampler } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import { lookUp } from '../../../base/registry.ts';
import { admissionPolicies } from '../../admission.ts';
import type { CachingComponent, ReadProtection } from '../../access-path.ts';
import { Box } from '../../box.ts';
import { CacheStore } from '../../cache-store.ts';
import { DataAccess } from '../../data-access.ts';
import { evictionPolicies } from '../../eviction.ts';
import type { Dataset } from '../../key-space.ts';
import type { Node } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { QUEUE_TIMEOUT } from '../../station.ts';
import type { SegmentedHistogram } from '../../segmented-histogram.ts';
import type { Tally } from '../../tally.ts';
import { Verb, verbOf } from '../../verb.ts';
import type { World } from '../../world.ts';
import { BackInvalidation } from './back-invalidation.ts';
import { Behind } from './behind.ts';
import { Column } from './columns.ts';
import { Copies } from './copies.ts';
import { limitsOfNode, warmAlone } from './contents.ts';
import { Expiry } from './expiry.ts';
import { Fills } from './fill.ts';
import { LookUps } from './look-up.ts';
import type { LookUpTap } from './look-up-tap.ts';
import { Inside } from './inside.ts';
import { Demotions } from './demotion.ts';
import { CLUSTER_EVENTS, Cluster } from './cluster.ts';
import type { Parameters } from './parameters.ts';
import type { Shadow } from './shadow.ts';
import { Shadows } from './shadows.ts';
import { Strategy } from './strategy.ts';
import { Workings } from './workings.ts';
import { Writes } from './writes.ts';

export class Cache extends Box implements CachingComponent {
  readonly strategy: string;
  readonly onWrite: string;
  readonly protection?: ReadProtection;
  /** The service in whose instances it lives, or null. */
  readonly host: string | null;
  readonly exclusive: boolean;
  readonly inclusive: boolean;
  override readonly tally: Tally;
  /** Other caches that ride along. */
  readonly shadows: readonly Shadow[] = [];
  private readonly workings: Workings;
  private readonly cluster: Cluster;
  private readonly behind: Behind;
  private readonly expiry: Expiry;
  private readonly fills: Fills;
  private readonly lookUps: LookUps;
  private readonly strategies: Strategy;
  private readonly writes: Writes;
  /** Listens to what the nodes are asked. */
  tap: LookUpTap | null = null;
  private inside: Inside | null = null;
  private readonly demotions: Demotions | null;
  private readonly back: BackInvalidation | null;
  private readonly promoteStream: Stream;
  private service: Sampler;
  private readonly serviceStream: Stream;

  constructor(world: World, name: string, parameters: Parameters) {
    super(world, {
      kind: 'cache',
      name,
      startUpNs: parameters['start-up'],
      hasStations: true,
    });
    this.strategy = parameters.strategy;
    this.onWrite = parameters['on-write'];
    this.host = parameters.inside;
    this.exclusive = parameters.inclusion === 'exclusive';
    this.inclusive = parameters.inclusion === 'inclusive';
    this.workings = new Workings({ world, name, parameters, nodes: this.nodes });
    this.tally = this.workings.tally;
    this.serviceStream = world.stream(name, 'service');
    this.service = new Sampler(parameters.service, this.serviceStream);
    const asked = world.plan.components.find((plan) => plan.name === name)?.instancesMost;
    const most = Math.max(parameters.nodes, asked ?? 0);
    for (let index = 0; index < most; index++) this.addCacheNode(index);
    if (parameters.shadow !== null) {
      const shadows = new Shadows(this.workings);
      this.shadows = shadows.each;
      this.workings.shadows = shadows;
    }
    this.cluster = new Cluster(this.workings, this, asked);
    const { protection } = this.cluster;
    if (protection !== null) this.protection = protection;
    this.behind = new Behind(this.workings, this);
    this.expiry = new Expiry(this.workings);
    this.fills = new Fills(this.workings, this.expiry, this.cluster);
    const { behind, cluster, expiry, fills } = this;
    const parts = { behind, fills, protection };
    const strategy = new Strategy(this.workings, parts, this.number);
    this.strategies = strategy;
    this.lookUps = new LookUps(this.workings, { behind, cluster, expiry, strategy });
    this.writes = new Writes(this.workings, { behind, cluster, fills, strategy });
    this.demotions = this.exclusive ? new Demotions(this.workings, this) : null;
    this.back = this.inclusive ? new BackInvalidation(this.workings, this) : null;
    this.promoteStream = world.stream(name, 'promote');
    world.recorder.addTally(this.tally);
  }

  /** What each node holds. */
  get stores(): readonly CacheStore[] {
    return this.workings.stores;
  }

  /** Hits and misses of each node. */
  get nodeTallies(): readonly Tally[] {
    return this.workings.nodeTallies;
  }

  /** Counts the nodes that are switched on; null: the nodes are the same all the time. */
  get switching(): Tally | null {
    return this.cluster.switching;
  }

  connect(): void {
    const { kind, share } = this.workings.parameters.warm;
    if (this.host !== null) this.inside = new Inside(this.world, this.nodes, this.host);
    this.behind.connect();
    this.demotions?.connect();
    this.back?.connect();
    this.cluster.connect(this.strategies.writeBack);
    this.strategies.connect();
    if (kind !== 'popular') return;
    for (const dataset of this.world.keys.datasets) {
      if (!dataset.plan.cachedIn.includes(this.name)) continue;
      const expiry = (now: number) => this.expiry.at(now);
      if (this.inside === null) this.cluster.warm({ dataset, share }, expiry);
      else this.warmEach(dataset, share, expiry);
    }
    this.workings.missReasons.forEach((reasons, node) => reasons.holds(this.stores[node]!));
  }

  operationNumber(name: string): number {
    return verbOf(name);
  }

  route(row: number): number {
    const told = this.back?.addressee(row) ?? -1;
    if (told >= 0) return told;
    if (this.inside !== null) return this.inside.nodeOf(this.world.calls.callerNode(row));
    return this.cluster.route(row);
  }

  isWrite(row: number): boolean {
    const verb = this.world.calls.operation(row);
    return verb === Verb.write || verb === Verb.delete || verb === Verb.set;
  }

  onCall(row: number, node: Node): void {
    if (!node.station!.offer(row)) this.world.reply(row, Outcome.queueFull);
  }

  override serve(_row: number, node: number): number {
    const { index, slowness: own } = this.world.nodes[node]!;
    const slowness = this.inside?.slownessOf(index) ?? own;
    const demand = this.service.duration();
    return slowness === 1 ? demand : Math.floor(demand * slowness + 0.5);
  }

  handle(kind: number, row: number, place: number): void {
    if (kind === QUEUE_TIMEOUT) return;
    if (kind >= CLUSTER_EVENTS) {
      if (!this.strategies.handle(kind, row, place)) this.cluster.handle(kind, row, place);
      return;
    }
    const node = this.nodes[place]!;
    this.world.calls.setEvent(row, -1);
    node.station!.done(row);
    this.execute(row, node.index);
  }

  onReply(answer: number): void {
    const { calls } = this.world;
    const tag = calls.tag(answer);
    if (DataAccess.isUnheard(tag) || Copies.isCopy(tag)) return;
    this.writes.onReply(answer, calls.parent(answer));
  }

  /** A read that has waited for the fetch of another is over. */
  accessOver(row: number, _dataset: number, leader: number): void {
    const { calls } = this.world;
    // At the node of the other row the value is put in once, by that one.
    this.writes.ended(row, calls.node(row) !== calls.node(leader));
  }

  override onCrash(node: Node): void {
    this.behind.crashed(node.id);
    this.strategies.crashed(node.index, node.memoryLost);
    this.cluster.onCrash(node);
  }

  override onStart(node: Node, cold: boolean): void {
    if (!this.cluster.onStart(node, cold)) return;
    this.strategies.emptied(node.index);
    this.stores[node.index]!.clear();
    this.back?.cleared(node.index);
    this.workings.shadows?.cleared(node.index);
  }

  /** True when it takes this value, which a cache behind it had. */
  promotes(): boolean {
    const { promote } = this.workings.parameters;
    return promote === 1 || this.promoteStream.uniform() < promote;
  }

  /** True when it remembers that there is no record of a key. */
  get notesAbsence(): boolean {
    return this.workings.parameters['negative-ttl'] !== null;
  }

  /** How old the stale answers of its hits were, ns. */
  get staleAges(): SegmentedHistogram {
    return this.workings.staleReads.ages;
  }

  onTopology(): void {
    this.inside?.follow();
  }

  /** True for a node that has something to write back. */
  keeps(node: number): boolean {
    return (this.strategies.writeBack?.dirty[node]!.size ?? 0) > 0;
  }

  override settle(): void {
    super.settle();
    this.cluster.settle();
  }

  change(key: string, values: Readonly<Record<string, unknown>>): void {
    this.workings.parameters = values as unknown as Parameters;
    const { parameters } = this.workings;
    if (key === 'workers' || key === 'queue') this.setStations(parameters);
    else if (key === 'service') {
      this.service = new Sampler(parameters.service, this.serviceStream);
    } else if (key === 'message-lag') this.strategies.change(key);
    else if (key === 'timeout') this.behind.changeTimeout();
    else if (key === 'nodes') this.cluster.ask(parameters.nodes);
    else if (key === 'start-up') this.startUpNs = parameters['start-up'];
    else if (key === 'capacity') {
      const limits = limitsOfNode(this.world, parameters, this.cluster.nodesAtFirst);
      const { counts } = this.tally;
      for (const store of this.stores) counts[Column.evictions]! += store.setLimits(limits);
      this.workings.shadows?.resized();
    }
  }

  /** Share of the look-ups in a span of windows that were hits; NaN when there were none. */
  hitRatio(from: number, to: number): number {
    const hits = this.tally.sum('hits', from, to);
    return hits / (hits + this.tally.sum('misses', from, to));
  }

  private execute(row: number, node: number): void {
    if (this.cluster.receive(row, node) || this.back?.receive(row, node) === true) {
      this.world.reply(row, Outcome.ok);
      return;
    }
    this.tap?.asked(row, node);
    switch (this.world.calls.operation(row)) {
      case Verb.get:
      case Verb.read:
      case Verb.take:
        this.lookUps.lookUp(row, node);
        return;
      case Verb.set:
        this.fills.fill(row, node);
        this.demotions?.send(node);
        this.world.reply(row, Outcome.ok);
        return;
      case Verb.delete:
        this.writes.delete(row, node);
        return;
      case Verb.release:
        this.cluster.protection!.released(row, node);
        this.world.reply(row, Outcome.ok);
        return;
      default:
        this.writes.write(row, node);
    }
  }

  /** Each node gets the same, and as much as it has room for. */
  private warmEach(dataset: Dataset, share: number, expiry: (now: number) => number): void {
    for (const [node, store] of this.stores.entries()) {
      warmAlone(store, { dataset, share }, expiry);
      const members = [node];
      this.workings.shadows?.warm({ copies: 1, dataset, members, share }, () => members);
    }
  }

  private addCacheNode(index: number): void {
    const { world, workings } = this;
    const { parameters } = workings;
    const label = String(index + 1);
    const path = `${this.name}/node-${label}`;
    const node = this.addNode({ path, label, shard: -1, zoneTurn: index }, parameters.zones);
    this.addStation(node, {
      workers: parameters.workers,
      capacity: parameters.queue,
      discipline: 'fifo',
      queueTimeout: null,
    });
    const policy = lookUp(evictionPolicies, parameters.eviction);
    const limits = limitsOfNode(world, parameters, parameters.nodes);
    const stream = world.stream(path, 'eviction');
    const store = new CacheStore(limits, policy, stream, world.simulation);
    const { policy: admission, value } = parameters.admission;
    if (admission !== 'all') {
      const own = world.stream(path, 'admission');
      store.admitBy({ policy: lookUp(admissionPolicies, admission), value, stream: own });
    }
    workings.addStore(store);
  }
}
