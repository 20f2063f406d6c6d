/**
 * The world is what every component shares: the simulation, the table of calls, the nodes, the
 * network between them, and what is written down about it all. Components reach each other only
 * through calls on edges.
 */

import { assert } from '../base/assert.ts';
import { Sampler } from '../kernel/distribution.ts';
import type { DistributionSpec } from '../kernel/distribution.ts';
import { DelayLine } from '../kernel/delay-line.ts';
import { streamFor } from '../kernel/random.ts';
import type { Stream } from '../kernel/random.ts';
import { Simulation } from '../kernel/simulation.ts';
import type { Owner } from '../kernel/simulation.ts';
import { CallTable } from './call-table.ts';
import { KeySpace } from './key-space.ts';
import { Network } from './network.ts';
import { Node } from './node.ts';
import { OperationMetrics } from './operation-metrics.ts';
import type { WorldPlan } from './plan.ts';
import { Recorder } from './recorder.ts';
import type { SegmentedHistogram } from './segmented-histogram.ts';
import type { Tally } from './tally.ts';
import { Timeline } from './timeline.ts';
import { HopLog } from './hop-log.ts';

/** Messages without latency that are delivered within one event before the stack is unwound. */
const NESTED_MAX = 256;

/** A kind of box at work: it answers calls at its nodes and makes calls of its own. */
export interface Component extends Owner {
  readonly name: string;
  readonly kind: string;
  /** Place in the world's list of components; `caller` of its rows. */
  readonly index: number;
  /** Its number as an owner of events. */
  readonly number: number;
  readonly nodes: readonly Node[];
  /** Time from a restart until a node serves, ns. */
  readonly startUpNs: number;
  /** Nodes meant by the rest of a path, such as `['shard-1', 'primary']`; all when empty. */
  nodesAt(path: readonly string[]): readonly Node[];
  /** What it counts about itself, beside its stations. */
  readonly tally: Tally | null;
  /** Waiting times at its stations, ns; null when nobody waits there. */
  readonly waits: SegmentedHistogram | null;
  /** A call has arrived at one of its nodes, which is up. */
  onCall(row: number, node: Node): void;
  /** A call it made has ended; `calls.outcome(row)` says how. The row is released afterwards. */
  onReply(row: number): void;
  /** The node has just gone down; the calls it had are about to be answered with a reset. */
  onCrash(node: Node): void;
  /** The node serves again; `cold`: whatever it remembered is gone. */
  onStart(node: Node, cold: boolean): void;
  /** The number by which rows name one of its operations. */
  operationNumber(name: string): number;
  /** The node to which a call should go when the component itself knows (by key), or -1. */
  route?(row: number): number;
  /** True when the call would change data, for the picture. */
  isWrite?(row: number): boolean;
  /** True for a node, by its place, that is not to be switched off yet though it has no calls. */
  keeps?(node: number): boolean;
  /** Who can reach whom has changed: a crash, a start, a partition or its end. */
  onTopology?(): void;
  /** Lets gauges and areas catch up before a window is flushed. */
  settle?(): void;
  /**
   * The parameter (of clients: the field of their plan) has another value from now on; `values`
   * are all of them as they are now. Only parameters that are `live` change.
   */
  change?(key: string, values: Readonly<Record<string, unknown>>): void;
}

/** The way back of a call: what the callee answers through. */
export interface CallPath {
  readonly id: number;
  reply(row: number, outcome: number): void;
  /** The caller is gone: no timeout, no retry, nobody to tell. */
  orphan(row: number): void;
}

export class World {
  readonly plan: WorldPlan;
  readonly simulation: Simulation;
  readonly calls: CallTable;
  readonly network: Network;
  readonly keys: KeySpace;
  readonly nodes: Node[] = [];
  readonly components: Component[] = [];
  readonly paths: CallPath[] = [];
  readonly timeline = new Timeline();
  readonly recorder: Recorder;
  readonly hops = new HopLog();
  readonly operations: OperationMetrics[] = [];
  private requests = 0;
  /** Messages delivered within one event so far, and the event. */
  private nested = 0;
  private nestedIn = -1;
  private readonly byName = new Map<string, Component>();
  private readonly lines = new Map<number, DelayLine>();

  /** `capacity`: rows and events to start with; tables grow. Small values test the growing. */
  constructor(plan: WorldPlan, capacity = 1024) {
    this.plan = plan;
    this.simulation = new Simulation(capacity);
    this.calls = new CallTable(capacity);
    this.calls.spans.clock = this.simulation;
    this.recorder = new Recorder(plan);
    this.keys = new KeySpace(plan.datasets, plan.seed, this.simulation);
    this.network = new Network(plan, (purpose) => this.stream('network', purpose));
  }

  /** The random stream of one component for one purpose; nobody else's draws can shift it. */
  stream(component: string, purpose: string): Stream {
    return streamFor(this.plan.seed, component, purpose);
  }

  sampler(spec: DistributionSpec, component: string, purpose: string): Sampler {
    return new Sampler(spec, this.stream(component, purpose));
  }

  /** The delay line all alarms of this delay share. */
  delayLine(delay: number): DelayLine {
    let line = this.lines.get(delay);
    if (line === undefined) {
      line = new DelayLine(this.simulation, delay);
      this.lines.set(delay, line);
    }
    return line;
  }

  /** The metrics of an operation of clients; populations that name it share them. */
  operation(name: string): OperationMetrics {
    let metrics = this.operations.find((candidate) => candidate.name === name);
    if (metrics === undefined) {
      metrics = new OperationMetrics(name, this.recorder.warmUpWindows);
      this.operations.push(metrics);
      this.recorder.addTally(metrics.tally);
      this.recorder.addRecorded(metrics);
      this.recorder.addHistogram(metrics.latency);
    }
    return metrics;
  }

  /**
   * True when a message without latency may be delivered within the present event. After many in a
   * row it becomes an event of its own, at the same time, so that chains cannot exhaust the stack.
   */
  mayNest(): boolean {
    const { events } = this.simulation;
    if (events !== this.nestedIn) {
      this.nestedIn = events;
      this.nested = 0;
    }
    return ++this.nested % NESTED_MAX !== 0;
  }

  /** Requests of all clients so far; the latest has this number. */
  get requestsSoFar(): number {
    return this.requests;
  }

  /** Number of the next request of any client, from 1. */
  nextRequest(): number {
    return ++this.requests;
  }

  addComponent(component: Component): void {
    assert(!this.byName.has(component.name), `There are two components ${component.name}.`);
    assert(component.index === this.components.length, 'Components are added in their order.');
    this.byName.set(component.name, component);
    this.components.push(component);
  }

  component(name: string): Component {
    const component = this.byName.get(name);
    assert(component !== undefined, `There is no component ${name}.`);
    return component;
  }

  hasComponent(name: string): boolean {
    return this.byName.has(name);
  }

  addNode(fields: Omit<ConstructorParameters<typeof Node>[0], 'id'>): Node {
    const node = new Node({ ...fields, id: this.nodes.length });
    this.nodes.push(node);
    this.network.addNode(node.zone);
    return node;
  }

  addPath(path: CallPath): void {
    assert(path.id === this.paths.length, 'Call paths are added in their order.');
    this.paths.push(path);
  }

  /** Number of a zone; names were checked with the scenario. */
  zone(name: string): number {
    const zone = this.plan.zones.indexOf(name);
    assert(zone >= 0, `There is no zone ${name}.`);
    return zone;
  }

  /** The callee answers a call; the caller learns of it when the answer has travelled back. */
  reply(row: number, outcome: number): void {
    this.paths[this.calls.edge(row)]!.reply(row, outcome);
  }

  /** Tells every component that reachability has changed. */
  topologyChanged(): void {
    for (const component of this.components) component.onTopology?.();
  }
}
