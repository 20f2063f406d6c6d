/**
 * A population of clients. In an open loop requests come at a rate, whatever becomes of them; in a
 * closed loop each client sends one, waits for its end, thinks, and sends the next.
 *
 * A request starts when it was meant to; its latency counts from there, over all attempts.
 */

import { Sampler } from '../../kernel/distribution.ts';
import type { Stream } from '../../kernel/random.ts';
import { grownUint8 } from '../../base/typed-arrays.ts';
import { Box } from '../box.ts';
import { CALLER_NODE, DATASET, KEY, OPERATION, PARENT, TAG, TRACE, WORDS } from '../call-rows.ts';
import { Edge } from '../edge.ts';
import type { Dataset } from '../key-space.ts';
import type { Node } from '../node.ts';
import type { OperationMetrics } from '../operation-metrics.ts';
import { Outcome } from '../outcome.ts';
import type { PopulationPlan } from '../plan.ts';
import { traceOf } from '../span-log.ts';
import type { World } from '../world.ts';
import { ArrivalProcess } from './arrivals.ts';
import { ClientCaches } from './client-caches.ts';
import { RateShape } from './rate-shape.ts';
import { Replay } from './replay.ts';

/** Kinds of events: (kind, client). */
const ARRIVAL = 0;
const THOUGHT = 1;

const NONE = -1;

interface MixEntry {
  readonly metrics: OperationMetrics;
  readonly operation: number;
  readonly dataset: Dataset | null;
  /** Number of the dataset, -1 when there is none. */
  readonly datasetIndex: number;
  readonly keyStream: Stream | null;
  /** Upper end of its share of the unit interval. */
  readonly until: number;
}

export class Population extends Box {
  plan: PopulationPlan;
  /** Where the clients sit when that is inside a zone; it can be cut off, but not crash. */
  readonly place: Node | null;
  /** What each client keeps for itself; null when none keeps anything. */
  readonly caches: ClientCaches | null;
  private readonly placeId: number;
  private readonly priority: number;
  private readonly requestSize: number;
  private deadlineNs: number;
  private readonly mix: MixEntry[] = [];
  private readonly arrivals: ArrivalProcess;
  /** What it replays; null when it draws. */
  private readonly replay: Replay | null;
  /** The event of the next arrival, or -1. */
  private arrival = NONE;
  private think: Sampler;
  private readonly thinkStream: Stream;
  /** Clients of a closed loop that go on; Infinity in an open loop, which has none. */
  private clients: number;
  /** 1 for a client that waits or thinks; one that is too many stops at its next turn. */
  private turning: Uint8Array;
  private readonly mixStream: Stream;
  private edge!: Edge;

  constructor(world: World, plan: PopulationPlan) {
    super(world, { kind: 'clients', name: plan.name, startUpNs: 0, hasStations: false });
    this.plan = plan;
    this.place = plan.zone === null ? null : this.placeIn(plan.zone);
    this.placeId = this.place?.id ?? -1;
    this.priority = plan.priority;
    this.requestSize = plan.requestSize;
    this.deadlineNs = plan.deadlineNs;
    const shape = new RateShape(plan.rate ?? 0, plan.shape);
    this.arrivals = new ArrivalProcess(plan.arrivals, shape, world.stream(plan.name, 'arrivals'));
    this.replay = plan.replay === undefined ? null : new Replay(plan.replay, plan.startNs);
    this.thinkStream = world.stream(plan.name, 'think');
    this.think = new Sampler(plan.think, this.thinkStream);
    this.clients = plan.clients ?? Infinity;
    this.turning = new Uint8Array(plan.clients ?? 0);
    this.mixStream = world.stream(plan.name, 'mix');
    const { clientCache } = plan;
    this.caches = clientCache === undefined ? null : new ClientCaches(world, plan, clientCache);
  }

  connect(): void {
    const { plan, world } = this;
    const target = world.component(plan.to);
    this.edge = new Edge(world, {
      from: plan.name,
      caller: this,
      to: target,
      parameters: { timeout: plan.timeout, retries: plan.retries, policy: 'round-robin' },
    });
    // Operations on one dataset share its stream: with streams of their own under the same name
    // each would draw the very keys that the other drew.
    const streams = new Map<string, Stream>();
    let until = 0;
    for (const { operation, weight, keys } of plan.mix) {
      until += weight;
      const dataset = keys === null ? null : world.keys.dataset(keys);
      if (dataset !== null && !streams.has(dataset.plan.name)) {
        streams.set(dataset.plan.name, world.keys.stream(plan.name, dataset));
      }
      this.mix.push({
        metrics: world.operation(operation),
        operation: target.operationNumber(operation),
        dataset,
        datasetIndex: dataset === null ? -1 : dataset.index,
        keyStream: dataset === null ? null : streams.get(dataset.plan.name)!,
        until,
      });
    }
    this.begin();
  }

  operationNumber(): number {
    return -1;
  }

  /** Nobody calls clients. */
  /** From when on an answer is late, ns after the intended start; Infinity: never. */
  get deadline(): number {
    return this.deadlineNs;
  }

  onCall(): void {
    return;
  }

  change(key: string, values: Readonly<Record<string, unknown>>): void {
    this.plan = values as unknown as PopulationPlan;
    const { plan } = this;
    if (key === 'rate') this.changeRate(plan.rate!);
    else if (key === 'clients') this.changeClients(plan.clients!);
    else if (key === 'think') this.think = new Sampler(plan.think, this.thinkStream);
    else if (key === 'deadlineNs') this.deadlineNs = plan.deadlineNs;
    else if (key === 'clientCache') this.caches!.ttl = plan.clientCache!.ttl;
    else if (key === 'timeout') this.edge.changeTimeout(plan.timeout);
    else if (key === 'retries') this.edge.changeRetries(plan.retries);
  }

  handle(kind: number, client: number): void {
    const { now } = this.world.simulation;
    if (client >= this.clients) {
      this.turning[client] = 0;
      return;
    }
    if (kind === ARRIVAL) {
      this.replay?.advance();
      this.scheduleArrival(now);
    }
    if (now < this.plan.stopNs) this.send(client);
  }

  onReply(row: number): void {
    const { calls, simulation } = this.world;
    const entry = this.mix[calls.tag(row)]!;
    const outcome = calls.outcome(row);
    const latency = simulation.now - calls.start(row);
    const attempts = calls.attempt(row);
    const isLate = latency > this.deadlineNs;
    entry.metrics.end(outcome, latency, attempts, isLate);
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.end(trace, row, outcome, isLate, attempts);
    simulation.hash.event(simulation.now, outcome, row, attempts);
    if (outcome === Outcome.ok && this.caches !== null) {
      this.caches.answered(row, calls.tag(row));
    }
    this.goOn(calls.parent(row));
  }

  /** A client has its answer: in a closed loop it thinks. */
  private goOn(client: number): void {
    if (this.plan.clients === null) return;
    if (client >= this.clients) this.turning[client] = 0;
    else this.scheduleThought(client);
  }

  /** The client's own copy is the answer; nothing is sent. */
  private answerAtHome(row: number, { metrics }: MixEntry): void {
    const { calls, simulation } = this.world;
    const trace = calls.trace(row);
    metrics.endUnsent();
    if (trace !== 0) calls.spans.end(trace, row, Outcome.ok, false, 0);
    simulation.hash.event(simulation.now, Outcome.ok, row, 0);
    const client = calls.parent(row);
    calls.release(row);
    this.goOn(client);
  }

  private begin(): void {
    const { clients, startNs } = this.plan;
    if (clients === null) {
      this.scheduleArrival(startNs);
      return;
    }
    for (let client = 0; client < clients; client++) this.beginClient(client, startNs);
  }

  private beginClient(client: number, after: number): void {
    const { now } = this.world.simulation;
    const delay = Math.max(0, after - now) + this.think.duration();
    this.turning[client] = 1;
    this.world.simulation.schedule(delay, this.number, THOUGHT, client, 0);
  }

  /** More clients think first; those that are too many end what they have asked for. */
  private changeClients(clients: number): void {
    this.clients = clients;
    this.caches?.table.addClients(clients);
    if (clients > this.turning.length) this.turning = grownUint8(this.turning, clients);
    for (let client = 0; client < clients; client++) {
      if (this.turning[client] === 0) this.beginClient(client, this.plan.startNs);
    }
  }

  private changeRate(rate: number): void {
    const { plan, world } = this;
    const { simulation } = world;
    if (this.arrival !== NONE) simulation.cancel(this.arrival);
    const shape = new RateShape(rate, plan.shape, plan.rateSinceNs);
    this.scheduleAt(this.arrivals.changeShape(shape, simulation.now, this.limit));
  }

  private get limit(): number {
    return Math.min(this.plan.stopNs, this.world.plan.durationNs);
  }

  private scheduleArrival(after: number): void {
    const { replay } = this;
    this.scheduleAt(replay?.nextNs ?? this.arrivals.nextAfter(after, this.limit));
  }

  private scheduleAt(time: number): void {
    this.arrival = NONE;
    if (time >= this.limit) return;
    const { simulation } = this.world;
    const delay = time - simulation.now;
    this.arrival = simulation.schedule(delay, this.number, ARRIVAL, NONE, 0);
  }

  private scheduleThought(client: number): void {
    this.world.simulation.schedule(this.think.duration(), this.number, THOUGHT, client, 0);
  }

  private send(client: number): void {
    const { replay } = this;
    const { calls, hops, simulation } = this.world;
    const place = replay?.operation ?? (this.mix.length === 1 ? 0 : this.pickOperation());
    const entry = this.mix[place]!;
    entry.metrics.offer();
    const row = calls.open();
    calls.setPriority(row, this.priority);
    calls.setStart(row, simulation.now);
    calls.setSize(row, this.requestSize);
    const { words } = calls;
    const at = row * WORDS;
    words[at + PARENT] = client < 0 && this.caches !== null ? this.caches.draw() : client;
    words[at + TAG] = place;
    words[at + CALLER_NODE] = this.placeId;
    words[at + OPERATION] = entry.operation;
    const request = this.world.nextRequest();
    const trace = traceOf(request, hops.markOf(request), calls.spans);
    words[at + TRACE] = trace;
    if (trace !== 0) calls.spans.begin(trace, row, this.index, place);
    words[at + DATASET] = entry.datasetIndex;
    words[at + KEY] = this.keyFor(entry);
    if (this.caches?.answers(row, place) === true) this.answerAtHome(row, entry);
    else this.edge.send(row);
  }

  private keyFor({ dataset, keyStream }: MixEntry): number {
    if (dataset === null) return -1;
    if (this.replay !== null) return dataset.firstKey + this.replay.key;
    return dataset.draw(keyStream!);
  }

  private placeIn(zone: string): Node {
    const { name, index, world } = this;
    const fields = { component: index, index: 0, zone: world.zone(zone), shard: -1 };
    return world.addNode({ ...fields, path: name, label: name });
  }

  private pickOperation(): number {
    const draw = this.mixStream.uniform();
    const last = this.mix.length - 1;
    for (let place = 0; place < last; place++) {
      if (draw < this.mix[place]!.until) return place;
    }
    return last;
  }
}
