/**
 * A cdn at work. A point looks a request up and answers it from its copy; what it lacks it fetches
 * from the origin, once for all who ask meanwhile. What may not be kept is passed on.
 *
 * Source: RFC 9111, HTTP Caching, 2022; RFC 5861 for stale-if-error. Here the age of a copy counts
 * from its fill at this point and not, by the Age header, from the origin's answer.
 */

import { Sampler } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import { Box } from '../../box.ts';
import { Edge } from '../../edge.ts';
import type { CacheStore } from '../../cache-store.ts';
import { ABSENT } from '../../key-space.ts';
import type { Dataset } from '../../key-space.ts';
import type { Node } from '../../node.ts';
import { NodeState } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { NoteKind } from '../../span-log.ts';
import { QUEUE_TIMEOUT } from '../../station.ts';
import { Tally } from '../../tally.ts';
import { noteWaits } from '../../wait-notes.ts';
import type { World } from '../../world.ts';
import { Column, cdnColumns, pointColumns } from './columns.ts';
import { Copies } from './copies.ts';
import { Fetches } from './fetches.ts';
import { NearestPoints } from './nearest-points.ts';
import { pointCount } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { PUBLISHED, Publisher } from './publisher.ts';

/** Tags of calls to the origin. */
const PASSED_ON = 0;
const FETCHED = 1;

const NONE = -1;

export class Cdn extends Box {
  override readonly tally = new Tally(cdnColumns);
  /** Hits and misses of each point. */
  readonly nodeTallies: Tally[] = [];
  /** The way to the origin; set by `connect`. */
  edge!: Edge;
  private readonly counts: Float64Array;
  private parameters: Parameters;
  private service: Sampler;
  private readonly serviceStream: Stream;
  private readonly dataset: Dataset;
  private readonly copies: Copies;
  private readonly fetches: Fetches;
  private readonly publisher: Publisher | null;
  private readonly nearest: NearestPoints;
  /** Number of each operation among those that are kept, by its number at the origin; -1: not. */
  private kinds: Int32Array = new Int32Array(0);

  constructor(world: World, name: string, parameters: Parameters) {
    super(world, { kind: 'cdn', name, startUpNs: parameters['start-up'], hasStations: true });
    this.parameters = parameters;
    this.counts = this.tally.counts;
    this.serviceStream = world.stream(name, 'service');
    this.service = new Sampler(parameters.service, this.serviceStream);
    this.dataset = world.keys.dataset(parameters.data);
    for (let index = 0; index < pointCount(parameters); index++) this.addPoint(index);
    const points = this.nodes.map(({ path }) => path);
    this.copies = new Copies(world, name, parameters, { points, counts: this.counts });
    this.fetches = new Fetches(points.length);
    this.nearest = new NearestPoints(this.nodes);
    const isTold = parameters.fill === 'push' || parameters['on-write'] === 'invalidate';
    this.publisher = !isTold
      ? null
      : new Publisher(world, {
          name,
          owner: this.number,
          points: points.length,
          lag: parameters['message-lag'],
        });
    world.recorder.addTally(this.tally);
  }

  connect(): void {
    const { name, parameters, world } = this;
    const origin = world.component(parameters.origin);
    const { timeout, retries } = parameters;
    this.edge = new Edge(world, {
      from: name,
      caller: this,
      to: origin,
      parameters: { timeout, retries, policy: 'round-robin' },
    });
    const numbers = parameters.caches.map((operation) => origin.operationNumber(operation));
    this.kinds = new Int32Array(Math.max(...numbers) + 1).fill(NONE);
    for (const [kind, number] of numbers.entries()) this.kinds[number] = kind;
    if (this.publisher !== null) this.dataset.followers.push(this);
    if (parameters.fill !== 'push') return;
    for (const { index } of this.nodes) this.copies.preload(index);
  }

  /** What each point holds. */
  get stores(): readonly CacheStore[] {
    return this.copies.stores;
  }

  /** Share of the look-ups in a span of windows that were hits; NaN when there were none. */
  hitRatio(from: number, to: number): number {
    const hits = this.tally.sum('hits', from, to);
    return hits / (hits + this.tally.sum('misses', from, to));
  }

  operationNumber(name: string): number {
    return this.world.component(this.parameters.origin).operationNumber(name);
  }

  route(row: number): number {
    const caller = this.world.calls.callerNode(row);
    return this.nearest.pick(caller === NONE ? NONE : this.world.nodes[caller]!.zone).id;
  }

  /** A record of the dataset has been written. */
  written(key: number, version: number): void {
    this.publisher!.publish(key, version);
  }

  onCall(row: number, node: Node): void {
    if (!node.station!.offer(row)) this.world.reply(row, Outcome.queueFull);
  }

  override serve(_row: number, node: number): number {
    const { slowness } = this.world.nodes[node]!;
    const demand = this.service.duration();
    return slowness === 1 ? demand : Math.floor(demand * slowness + 0.5);
  }

  handle(kind: number, first: number, place: number): void {
    if (kind === PUBLISHED) {
      this.published(first, place);
      return;
    }
    if (kind === QUEUE_TIMEOUT) return;
    this.world.calls.setEvent(first, NONE);
    this.nodes[place]!.station!.done(first);
    const number = this.kindOf(first);
    if (number === NONE) this.ask(first, PASSED_ON);
    else this.lookUp(first, place, this.copies.answerOf(this.world.calls.key(first), number));
  }

  onReply(answer: number): void {
    const { calls } = this.world;
    const row = calls.parent(answer);
    const outcome = calls.outcome(answer);
    const version = calls.version(answer);
    if (outcome === Outcome.ok) this.counts[Column.originBytes]! += this.sizeOf(row);
    if (calls.tag(answer) === FETCHED) this.fetched(row, outcome, version);
    else this.answer(row, outcome, version);
  }

  override onCrash(node: Node): void {
    this.fetches.forget(node.index);
  }

  override onStart(node: Node, cold: boolean): void {
    if (cold) this.stores[node.index]!.clear();
  }

  change(key: string, values: Readonly<Record<string, unknown>>): void {
    this.parameters = values as unknown as Parameters;
    const { retries, service, timeout, ttl, 'start-up': startUpNs } = this.parameters;
    if (key === 'workers' || key === 'queue') this.setStations(this.parameters);
    else if (key === 'service') this.service = new Sampler(service, this.serviceStream);
    else if (key === 'timeout') this.edge.changeTimeout(timeout);
    else if (key === 'retries') this.edge.changeRetries(retries);
    else if (key === 'ttl') this.copies.ttl = ttl;
    else if (key === 'start-up') this.startUpNs = startUpNs;
  }

  private kindOf(row: number): number {
    return this.kinds[this.world.calls.operation(row)] ?? NONE;
  }

  private lookUp(row: number, point: number, answer: number): void {
    const store = this.stores[point]!;
    const { calls, simulation } = this.world;
    const slot = store.find(answer);
    const isHit = slot !== NONE && store.expiryAt(slot) > simulation.now;
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.note(NoteKind.lookedUp, trace, row, isHit ? 1 : 0);
    this.count(isHit ? Column.hits : Column.misses, point);
    if (isHit) {
      store.touch(slot);
      if (this.copies.ttl?.sliding === true) store.extend(slot, this.copies.expiry(simulation.now));
      this.answerFrom(row, store, slot);
      return;
    }
    if (slot !== NONE) {
      this.counts[Column.expirations]!++;
      if (this.parameters['stale-if-error'] === null) store.remove(slot);
    }
    if (this.parameters.coalesce && this.fetches.join(point, answer, row)) {
      this.counts[Column.coalesced]!++;
      noteWaits(calls, row);
    } else this.ask(row, FETCHED);
  }

  /** The origin has answered for a copy; all who have waited for it learn of it. */
  private fetched(row: number, outcome: number, version: number): void {
    const { calls, nodes, simulation } = this.world;
    const point = nodes[calls.node(row)]!.index;
    const answer = this.copies.answerOf(calls.key(row), this.kindOf(row));
    const rows = [row, ...this.fetches.end(point, answer)];
    if (outcome === Outcome.ok) {
      this.counts[Column.fills]!++;
      this.copies.fill(point, answer, version);
    } else {
      const grace = this.parameters['stale-if-error'] ?? 0;
      const store = this.stores[point]!;
      const slot = store.find(answer);
      if (slot !== NONE && store.expiryAt(slot) + grace > simulation.now) {
        this.counts[Column.staleIfError]! += rows.length;
        for (const each of rows) this.answerFrom(each, store, slot);
        return;
      }
    }
    for (const each of rows) this.answer(each, outcome, version);
  }

  /** Answers with the copy in a slot. */
  private answerFrom(row: number, store: CacheStore, slot: number): void {
    const version = store.versionAt(slot);
    const key = this.world.calls.key(row);
    const { authority, index } = this.dataset;
    // What is not there cannot be written either: an answer that says so is never stale.
    const mayBeStale = authority !== null && version !== ABSENT;
    if (mayBeStale && !authority.isFresh(key, index, version)) {
      this.counts[Column.staleReads]!++;
    }
    this.answer(row, Outcome.ok, version);
  }

  private answer(row: number, outcome: number, version: number): void {
    this.world.calls.setVersion(row, version);
    if (outcome === Outcome.ok) this.counts[Column.edgeBytes]! += this.sizeOf(row);
    this.world.reply(row, outcome);
  }

  private ask(row: number, tag: number): void {
    const { calls } = this.world;
    this.counts[Column.originRequests]!++;
    const child = calls.openFor(row);
    calls.setOperation(child, calls.operation(row));
    calls.setTag(child, tag);
    this.edge.send(child);
  }

  /** A message of the publisher has come to a point, if the point can be reached. */
  private published(message: number, point: number): void {
    const publisher = this.publisher!;
    const key = publisher.keyOf(message);
    const version = publisher.versionOf(message);
    publisher.delivered(message);
    const node = this.nodes[point]!;
    // The publisher sits with the origin; what it cannot tell a point, it does not tell later.
    const [source] = this.edge.to.nodes;
    if (node.state !== NodeState.up || this.world.network.isCut(source!.id, node.id)) return;
    if (this.parameters.fill === 'push') this.copies.push(point, key, version);
    else this.copies.purge(point, key, version);
  }

  private count(column: number, point: number): void {
    this.counts[column]!++;
    this.nodeTallies[point]!.counts[column]!++;
  }

  /** Bytes of the answer to a row, as they travel. */
  private sizeOf(row: number): number {
    const { calls, keys } = this.world;
    const dataset = calls.dataset(row);
    return dataset < 0 ? calls.size(row) : keys.datasets[dataset]!.plan.size;
  }

  private addPoint(index: number): void {
    const { name, parameters, world } = this;
    const label = String(index + 1);
    const fields = { path: `${name}/node-${label}`, label, shard: -1, zoneTurn: index };
    const node = this.addNode(fields, parameters.zones);
    this.addStation(node, {
      workers: parameters.workers,
      capacity: parameters.queue,
      discipline: 'fifo',
      queueTimeout: null,
    });
    const tally = new Tally(pointColumns);
    this.nodeTallies.push(tally);
    world.recorder.addTally(tally);
  }
}
