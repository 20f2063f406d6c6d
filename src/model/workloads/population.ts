/**
 * A population of clients. In an open loop requests come at a rate, whatever becomes of them; in a
 * closed loop each client sends one, waits for its end, thinks, and sends the next.
 *
 * A request starts when it was meant to; its latency counts from there, over all attempts.
 */

import type { Sampler } from '../../kernel/distribution.ts';
import type { Stream } from '../../kernel/random.ts';
import { Box } from '../box.ts';
import { CALLER_NODE, DATASET, KEY, OPERATION, PARENT, TAG, TRACE, WORDS } from '../call-rows.ts';
import { Edge } from '../edge.ts';
import type { Dataset } from '../key-space.ts';
import type { Node } from '../node.ts';
import type { OperationMetrics } from '../operation-metrics.ts';
import type { PopulationPlan } from '../plan.ts';
import type { World } from '../world.ts';
import { ArrivalProcess } from './arrivals.ts';
import { RateShape } from './rate-shape.ts';

/** Kinds of events: (kind, client). */
const ARRIVAL = 0;
const THOUGHT = 1;

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
  readonly plan: PopulationPlan;
  /** Where the clients sit when that is inside a zone; it can be cut off, but not crash. */
  readonly place: Node | null;
  private readonly placeId: number;
  private readonly priority: number;
  private readonly requestSize: number;
  private readonly deadlineNs: number;
  private readonly mix: MixEntry[] = [];
  private readonly arrivals: ArrivalProcess;
  private readonly think: Sampler;
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
    this.think = world.sampler(plan.think, plan.name, 'think');
    this.mixStream = world.stream(plan.name, 'mix');
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
  onCall(): void {
    return;
  }

  handle(kind: number, client: number): void {
    const { now } = this.world.simulation;
    if (kind === ARRIVAL) this.scheduleArrival(now);
    if (now < this.plan.stopNs) this.send(client);
  }

  onReply(row: number): void {
    const { calls, simulation } = this.world;
    const entry = this.mix[calls.tag(row)]!;
    const outcome = calls.outcome(row);
    const latency = simulation.now - calls.start(row);
    const attempts = calls.attempt(row);
    entry.metrics.end(outcome, latency, attempts, latency > this.deadlineNs);
    simulation.hash.event(simulation.now, outcome, row, attempts);
    const client = calls.parent(row);
    if (client >= 0) this.scheduleThought(client);
  }

  private begin(): void {
    const { clients, startNs } = this.plan;
    if (clients === null) {
      this.scheduleArrival(startNs);
      return;
    }
    for (let client = 0; client < clients; client++) {
      const delay = startNs + this.think.duration();
      this.world.simulation.schedule(delay, this.number, THOUGHT, client, 0);
    }
  }

  private scheduleArrival(after: number): void {
    const limit = Math.min(this.plan.stopNs, this.world.plan.durationNs);
    const time = this.arrivals.nextAfter(after, limit);
    if (time >= limit) return;
    const { now } = this.world.simulation;
    this.world.simulation.schedule(time - now, this.number, ARRIVAL, -1, 0);
  }

  private scheduleThought(client: number): void {
    this.world.simulation.schedule(this.think.duration(), this.number, THOUGHT, client, 0);
  }

  private send(client: number): void {
    const { calls, hops, simulation } = this.world;
    const place = this.mix.length === 1 ? 0 : this.pickOperation();
    const entry = this.mix[place]!;
    entry.metrics.offer();
    const row = calls.open();
    calls.setPriority(row, this.priority);
    calls.setStart(row, simulation.now);
    calls.setSize(row, this.requestSize);
    const { words } = calls;
    const at = row * WORDS;
    words[at + PARENT] = client;
    words[at + TAG] = place;
    words[at + CALLER_NODE] = this.placeId;
    words[at + OPERATION] = entry.operation;
    words[at + TRACE] = hops.markOf(this.world.nextRequest());
    words[at + DATASET] = entry.datasetIndex;
    words[at + KEY] = entry.dataset === null ? -1 : entry.dataset.draw(entry.keyStream!);
    this.edge.send(row);
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
