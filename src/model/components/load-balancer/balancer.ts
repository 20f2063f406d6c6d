/** A load balancer at work: forwards calls, and takes sick instances out by its health checks. */

import { Sampler } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import { Box } from '../../box.ts';
import { Edge } from '../../edge.ts';
import type { Node } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { NoteKind, Passing } from '../../span-log.ts';
import { PriorityLevels } from '../../priority-levels.ts';
import { Tally } from '../../tally.ts';
import type { World } from '../../world.ts';
import { HealthCheck, PROBE, PROBE_TIMED_OUT } from './health-check.ts';
import { OutlierEjection, SWEEP } from './outlier-ejection.ts';
import type { Parameters } from './parameters.ts';
import { Roster } from './roster.ts';

const FORWARD = 10;
const STARTED = 0;

export class LoadBalancer extends Box {
  override readonly tally = new Tally(['forwarded', 'noTarget', 'ejections']);
  /** The way to the instances; set by `connect`. */
  edge!: Edge;
  private parameters: Parameters;
  private delay: Sampler;
  private readonly delayStream: Stream;
  /** Null when the callee picks the node itself, by key. */
  private roster: Roster | null = null;
  private healthCheck: HealthCheck | null = null;
  private outliers: OutlierEjection | null = null;

  constructor(world: World, name: string, parameters: Parameters) {
    super(world, {
      kind: 'load-balancer',
      name,
      startUpNs: parameters['start-up'],
      hasStations: false,
    });
    this.parameters = parameters;
    this.delayStream = world.stream(name, 'delay');
    this.delay = new Sampler(parameters.delay, this.delayStream);
    for (let instance = 0; instance < parameters.instances; instance++) {
      const label = String(instance + 1);
      this.addNode(
        { path: `${name}/${label}`, label, shard: -1, zoneTurn: instance },
        parameters.zones,
      );
    }
    world.recorder.addTally(this.tally);
  }

  connect(): void {
    const { name, parameters, world } = this;
    const target = world.component(parameters.to);
    const levels = new PriorityLevels(parameters.priorities ?? [target.nodes.length]);
    this.edge = new Edge(world, {
      from: name,
      caller: this,
      to: target,
      parameters,
      weights: parameters.weights,
      retriesElsewhere: parameters.layer === '7',
      balancing: {
        choices: parameters.choices,
        loadFactor: parameters['load-factor'],
        virtualNodes: parameters['virtual-nodes'],
        tableSize: parameters['table-size'],
        levels: levels.count === 1 ? null : levels,
      },
    });
    const { targets } = this.edge;
    if (targets === null) return;
    this.roster = new Roster(world, {
      name,
      to: target.name,
      targets,
      levels,
      panicThreshold: parameters['panic-threshold'],
      surplus: parameters.surplus,
    });
    this.watch(this.roster, target.nodes);
  }

  operationNumber(name: string): number {
    return this.world.component(this.parameters.to).operationNumber(name);
  }

  change(key: string, values: Readonly<Record<string, unknown>>): void {
    this.parameters = values as unknown as Parameters;
    const { delay, policy, retries, timeout, 'start-up': startUpNs } = this.parameters;
    if (key === 'policy') this.edge.changePolicy(policy);
    else if (key === 'timeout') this.edge.changeTimeout(timeout);
    else if (key === 'retries') this.edge.changeRetries(retries);
    else if (key === 'delay') this.delay = new Sampler(delay, this.delayStream);
    else if (key === 'start-up') this.startUpNs = startUpNs;
  }

  handle(kind: number, first: number): void {
    if (kind === FORWARD) {
      this.world.calls.setEvent(first, -1);
      this.forward(first);
    } else if (kind === PROBE) this.healthCheck!.probe(first);
    else if (kind === PROBE_TIMED_OUT) this.healthCheck!.failed(first);
    else if (kind === SWEEP) this.outliers!.sweep();
  }

  /** True when it believes an instance healthy, whether that gets requests or not. */
  trusts(instance: number): boolean {
    return this.roster?.trusts(instance) ?? true;
  }

  /** True when it has ejected an instance for its failures. */
  ejects(instance: number): boolean {
    return this.roster?.isEjected(instance) ?? false;
  }

  /** Instances that it believes healthy; null when the callee picks the node itself. */
  get healthyTargets(): number | null {
    return this.roster?.fitCount ?? null;
  }

  onCall(row: number, _node: Node): void {
    this.tally.counts[STARTED]!++;
    const delay = this.delay.duration();
    if (delay === 0) {
      this.forward(row);
      return;
    }
    const { simulation, calls } = this.world;
    const trace = calls.trace(row);
    if (trace !== 0)
      calls.spans.note(NoteKind.passes, trace, row, calls.node(row), delay, Passing.held);
    calls.setEvent(row, simulation.schedule(delay, this.number, FORWARD, row, 0));
  }

  onReply(row: number): void {
    const { calls } = this.world;
    const parent = calls.parent(row);
    const outcome = calls.outcome(row);
    if (outcome === Outcome.noTarget) this.tally.counts[1]!++;
    calls.setVersion(parent, calls.version(row));
    this.world.reply(parent, outcome);
  }

  /** Begins what finds out who is healthy. */
  private watch(roster: Roster, nodes: readonly Node[]): void {
    const { 'health-check': checks, 'outlier-ejection': ejection } = this.parameters;
    if (checks !== null) {
      this.healthCheck = new HealthCheck(this.world, this, roster, nodes, checks);
    }
    if (ejection !== null) {
      this.outliers = new OutlierEjection(this.world, this, roster, nodes, ejection);
      this.edge.listener = this.outliers;
    }
  }

  private forward(row: number): void {
    const { calls } = this.world;
    const child = calls.openFor(row);
    calls.setOperation(child, calls.operation(row));
    this.edge.send(child);
  }
}
