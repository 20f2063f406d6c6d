/** A database at work: statements wait for workers, reads see what their node has applied. */

import { Sampler } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import { lookUp } from '../../../base/registry.ts';
import { Box } from '../../box.ts';
import { ABSENT } from '../../key-space.ts';
import type { Dataset, VersionAuthority } from '../../key-space.ts';
import type { Node } from '../../node.ts';
import { NodeState } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { shardingPolicies } from '../../sharding.ts';
import type { ShardingPolicy } from '../../sharding.ts';
import { Tally } from '../../tally.ts';
import { Verb, verbOf } from '../../verb.ts';
import type { World } from '../../world.ts';
import { BufferPool } from './buffer-pool.ts';
import { ELECTED, Failover, PROBE, REDIRECTED } from './failover.ts';
import type { FailoverHost } from './failover.ts';
import type { Parameters } from './parameters.ts';
import { APPLIED, Replication } from './replication.ts';
import { Shard } from './shard.ts';

export const databaseColumns: readonly string[] = Object.freeze([
  'reads',
  'writes',
  'staleReads',
  'lostWrites',
  'elections',
  'promotions',
]);

const READS = 0;
const WRITES = 1;
const STALE = 2;
const LOST = 3;
const ELECTIONS = 4;
const PROMOTIONS = 5;

export class Database extends Box implements VersionAuthority, FailoverHost {
  override readonly tally = new Tally(databaseColumns, Object.freeze(['lagNs', 'lagWrites']));
  readonly shards: Shard[] = [];
  private readonly counts: Float64Array;
  private parameters: Parameters;
  private read: Sampler;
  private write: Sampler;
  private readonly readStream: Stream;
  private readonly writeStream: Stream;
  private readonly sharding: ShardingPolicy;
  private readonly replication: Replication;
  /** Null: everything is in memory. */
  readonly pool: BufferPool | null;
  private failover: Failover | null = null;

  constructor(world: World, name: string, parameters: Parameters) {
    super(world, {
      kind: 'database',
      name,
      startUpNs: parameters['start-up'],
      hasStations: true,
    });
    this.parameters = parameters;
    this.counts = this.tally.counts;
    this.readStream = world.stream(name, 'read');
    this.writeStream = world.stream(name, 'write');
    this.read = new Sampler(parameters.service.read, this.readStream);
    this.write = new Sampler(parameters.service.write, this.writeStream);
    this.sharding = lookUp(shardingPolicies, parameters.shards.by);
    for (let shard = 0; shard < parameters.shards.count; shard++) this.addShard(shard);
    world.recorder.addTally(this.tally);
    for (const { tally } of this.shards) world.recorder.addTally(tally);
    const stored = world.keys.datasets.filter((dataset) => dataset.plan.storedIn === name);
    this.replication = new Replication({
      world,
      number: this.number,
      component: this.index,
      lag: parameters.lag,
      lagStream: world.stream(name, 'lag'),
      apply: parameters.apply,
      applyStream: world.stream(name, 'apply'),
      synchronous: parameters.replication === 'sync',
      recordBytes: stored[0]?.plan.size ?? 0,
      tally: this.tally,
    });
    for (const dataset of stored) dataset.authority = this;
    const { 'buffer-pool': capacity } = parameters;
    this.pool =
      capacity === null ? null : new BufferPool(world, name, this.nodes, { capacity, parameters });
  }

  connect(): void {
    const { failover, replicas, warm } = this.parameters;
    if (warm === 'popular') this.preload();
    if (failover === null || replicas === 0) return;
    this.failover = new Failover(this.world, this, this.shards, failover);
  }

  operationNumber(name: string): number {
    return verbOf(name);
  }

  route(row: number): number {
    const { calls } = this.world;
    const shard = this.shardOf(calls.key(row), calls.dataset(row));
    const from = this.parameters['read-from'];
    if (calls.operation(row) === Verb.write || from === 'primary') {
      return shard.nodes[shard.knownPrimary]!.id;
    }
    const count = shard.nodes.length;
    for (let step = 0; step < count; step++) {
      shard.turn = shard.turn + 1 === count ? 0 : shard.turn + 1;
      if (from === 'replicas' && shard.turn === shard.knownPrimary) continue;
      if (shard.suspect[shard.turn] === 0) return shard.nodes[shard.turn]!.id;
    }
    return shard.nodes[shard.knownPrimary]!.id;
  }

  override nodesAt(path: readonly string[]): readonly Node[] {
    const [shardName, role] = path;
    if (shardName === undefined) return this.nodes;
    const shard = this.shards.find(({ index }) => shardName === `shard-${index + 1}`);
    if (shard === undefined) return [];
    if (role === undefined) return shard.nodes;
    if (role === 'primary') return [shard.primaryNode];
    const replicas = shard.nodes.filter((node) => node !== shard.primaryNode);
    if (role === 'replicas') return replicas;
    const number = Number(role.slice(role.lastIndexOf('-') + 1));
    const node = role.startsWith('replica-') ? replicas[number - 1] : shard.nodes[number - 1];
    return node === undefined ? [] : [node];
  }

  isWrite(row: number): boolean {
    return this.world.calls.operation(row) === Verb.write;
  }

  onCall(row: number, node: Node): void {
    if (!node.station!.offer(row)) this.world.reply(row, Outcome.queueFull);
  }

  override serve(row: number, node: number): number {
    const isWrite = this.world.calls.operation(row) === Verb.write;
    let demand = (isWrite ? this.write : this.read).duration();
    if (this.pool !== null) {
      demand += this.pool.delay(row, this.world.nodes[node]!.index);
    }
    const { slowness } = this.world.nodes[node]!;
    return slowness === 1 ? demand : Math.floor(demand * slowness + 0.5);
  }

  change(key: string, values: Readonly<Record<string, unknown>>): void {
    this.parameters = values as unknown as Parameters;
    const { apply, lag, service, 'start-up': startUpNs } = this.parameters;
    if (key === 'workers' || key === 'connections') this.setStations(roomOf(this.parameters));
    else if (key === 'service') {
      this.read = new Sampler(service.read, this.readStream);
      this.write = new Sampler(service.write, this.writeStream);
    } else if (key === 'lag') this.replication.setLag(lag);
    else if (key === 'apply') this.replication.setApply(apply);
    else if (key === 'start-up') this.startUpNs = startUpNs;
  }

  handle(kind: number, first: number, second: number): void {
    switch (kind) {
      case APPLIED:
        this.replication.applied(this.shards[first]!, second);
        return;
      case PROBE:
        this.failover!.probe(this.shards[first]!);
        return;
      case ELECTED:
        this.failover!.elected(this.shards[first]!);
        return;
      case REDIRECTED:
        this.failover!.redirected(this.shards[first]!);
        return;
      default: {
        const node = this.nodes[second]!;
        this.world.calls.setEvent(first, -1);
        node.station!.done(first);
        this.pool?.keep(first, second);
        this.execute(first, this.shards[node.shard]!, this.placeOf(node));
      }
    }
  }

  /** It makes no calls of its own. */
  onReply(): void {
    return;
  }

  override settle(): void {
    super.settle();
    for (const shard of this.shards) this.replication.noteLags(shard);
  }

  override onCrash(node: Node): void {
    const shard = this.shards[node.shard]!;
    const place = this.placeOf(node);
    this.replication.stop(shard, place);
    if (place !== shard.primary) {
      shard.receivable[place] = shard.applied[place]!;
      return;
    }
    shard.crashedAt = this.world.simulation.now;
    this.replication.primaryDown(shard);
    shard.waitingRows.length = 0;
    shard.waitingEntries.length = 0;
  }

  override onStart(node: Node): void {
    const shard = this.shards[node.shard]!;
    if (this.placeOf(node) === shard.primary) shard.crashedAt = Infinity;
    this.pool?.started(node.index);
  }

  onTopology(): void {
    for (const shard of this.shards) {
      for (let place = 0; place < shard.nodes.length; place++) {
        this.demote(shard, place);
        this.replication.advance(shard, place);
      }
      this.replication.answerWaiting(shard);
    }
  }

  isFresh(key: number, dataset: number, version: number): boolean {
    const { acknowledged, log } = this.shardOf(key, dataset);
    return log.isFresh(key, version, acknowledged);
  }

  electionHeld(): void {
    this.counts[ELECTIONS]!++;
  }

  promote(shard: Shard, place: number): number {
    const kept = shard.applied[place]!;
    // Writes that it took beside the history while it was cut off do not become part of it.
    const lost = shard.log.loseAfter(kept, shard.acknowledged) + shard.divergent[place]!;
    shard.divergent[place] = 0;
    for (let other = 0; other < shard.nodes.length; other++) {
      if (shard.applied[other]! > kept) shard.applied[other] = kept;
      this.replication.stop(shard, other);
    }
    shard.primary = place;
    shard.applied[place] = shard.log.last;
    shard.believesPrimary[place] = 1;
    shard.crashedAt = Infinity;
    this.counts[LOST]! += lost;
    this.counts[PROMOTIONS]!++;
    shard.waitingEntries.length = 0;
    // Writes that the old primary still holds can never be confirmed.
    for (const row of shard.waitingRows.splice(0)) this.world.reply(row, Outcome.notPrimary);
    this.world.topologyChanged();
    return lost;
  }

  private execute(row: number, shard: Shard, place: number): void {
    const { calls } = this.world;
    const dataset = this.world.keys.datasets[calls.dataset(row)]!;
    if (calls.operation(row) !== Verb.write) {
      this.counts[READS]!++;
      this.show(row, dataset, shard, shard.applied[place]!);
      this.world.reply(row, Outcome.ok);
    } else if (place === shard.primary) {
      this.counts[WRITES]!++;
      this.replication.commit(shard, row, dataset);
    } else if (shard.believesPrimary[place] === 1) {
      this.counts[WRITES]!++;
      shard.divergent[place]!++;
      this.world.reply(row, Outcome.ok);
    } else {
      this.world.reply(row, Outcome.notPrimary);
    }
  }

  /** What a read sees at a node that has applied so many entries of the log. */
  private show(
    row: number,
    dataset: Dataset,
    { acknowledged, index, log }: Shard,
    applied: number,
  ) {
    const { calls } = this.world;
    const key = calls.key(row);
    if (dataset.isAbsent(key)) {
      calls.setVersion(row, ABSENT);
      return;
    }
    const entry = log.versionUpTo(key, applied);
    const { ledger } = dataset;
    const version = ledger === null ? entry : ledger.versionOf(index, entry);
    const isFresh =
      ledger === null
        ? log.isFresh(key, entry, acknowledged)
        : ledger.isFresh(key, dataset.index, version);
    calls.setVersion(row, version);
    if (!isFresh) this.counts[STALE]!++;
  }

  /** A node that took writes beside the history learns that it is primary no more. */
  private demote(shard: Shard, place: number): void {
    if (place === shard.primary || shard.believesPrimary[place] === 0) return;
    const node = shard.nodes[place]!;
    if (node.state !== NodeState.up || this.world.network.isCut(node.id, shard.primaryNode.id))
      return;
    shard.believesPrimary[place] = 0;
    const lost = shard.divergent[place]!;
    shard.divergent[place] = 0;
    this.counts[LOST]! += lost;
    const { now } = this.world.simulation;
    const text = `${node.path} follows ${shard.primaryNode.path} as a replica`;
    this.world.timeline.add(now, 'recovery', node.path, text);
    if (lost === 0) return;
    const loss = `${lost} writes that ${node.path} took on its own are lost`;
    this.world.timeline.add(now, 'loss', node.path, loss);
  }

  private addShard(index: number): void {
    const { parameters, name } = this;
    const path = `${name}/shard-${index + 1}`;
    const nodes: Node[] = [];
    for (let place = 0; place <= parameters.replicas; place++) {
      const node = this.addNode(
        {
          path: `${path}/node-${place + 1}`,
          label: String(place + 1),
          shard: index,
          zoneTurn: index + place,
        },
        parameters.zones,
      );
      const { queue, workers } = roomOf(parameters);
      this.addStation(node, {
        workers,
        capacity: queue,
        discipline: 'fifo',
        queueTimeout: null,
      });
      nodes.push(node);
    }
    this.shards.push(new Shard(index, path, nodes));
  }

  private shardOf(key: number, dataset: number): Shard {
    const keys = this.world.keys.datasets[dataset]!;
    const record = keys.recordOf(key) - keys.firstKey;
    return this.shards[this.sharding.shardOf(record, keys.plan.keys, this.shards.length)]!;
  }

  /** Fills the memory of every node with the most popular records of its shard. */
  private preload(): void {
    for (const dataset of this.world.keys.datasets) {
      const { keys, size, storedIn } = dataset.plan;
      if (storedIn !== this.name) continue;
      const records = { keys, size, keyAt: (rank: number) => dataset.keyAt(rank) };
      this.pool?.preload(records, (key) => this.shardOf(key, dataset.index).nodes);
    }
  }

  private placeOf(node: Node): number {
    return node.index % (this.parameters.replicas + 1);
  }
}

/** Workers of a node and how many may wait for them; nobody works without a connection. */
function roomOf({ connections, workers }: Parameters): { workers: number; queue: number } {
  const busiest = Math.min(workers, connections);
  return { workers: busiest, queue: connections === Infinity ? Infinity : connections - busiest };
}
