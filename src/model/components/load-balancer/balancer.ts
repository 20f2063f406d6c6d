/** A load balancer at work: forwards calls, and takes sick instances out by its health checks. */

import type { Sampler } from '../../../kernel/distribution.ts';
import { Box } from '../../box.ts';
import { Edge } from '../../edge.ts';
import type { Node } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { Tally } from '../../tally.ts';
import type { World } from '../../world.ts';
import { HealthCheck, PROBE, PROBE_TIMED_OUT } from './health-check.ts';
import type { Parameters } from './parameters.ts';

const FORWARD = 10;
const STARTED = 0;

export class LoadBalancer extends Box {
  override readonly tally = new Tally(['forwarded', 'noTarget']);
  /** The way to the instances; set by `connect`. */
  edge!: Edge;
  private readonly parameters: Parameters;
  private readonly delay: Sampler;
  private healthCheck: HealthCheck | null = null;

  constructor(world: World, name: string, parameters: Parameters) {
    super(world, {
      kind: 'load-balancer',
      name,
      startUpNs: parameters['start-up'],
      hasStations: false,
    });
    this.parameters = parameters;
    this.delay = world.sampler(parameters.delay, name, 'delay');
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
    const { parameters, world } = this;
    const target = world.component(parameters.to);
    this.edge = new Edge(world, {
      from: this.name,
      caller: this,
      to: target,
      parameters,
      weights: parameters.weights,
      retriesElsewhere: parameters.layer === '7',
      balancing: {
        choices: parameters.choices,
        loadFactor: parameters['load-factor'],
        virtualNodes: parameters['virtual-nodes'],
      },
    });
    const settings = parameters['health-check'];
    if (settings !== null && this.edge.targets !== null) {
      this.healthCheck = new HealthCheck(world, this, this.edge.targets, target.nodes, settings);
    }
  }

  operationNumber(name: string): number {
    return this.world.component(this.parameters.to).operationNumber(name);
  }

  handle(kind: number, first: number): void {
    if (kind === FORWARD) {
      this.world.calls.event[first] = -1;
      this.forward(first);
    } else if (kind === PROBE) this.healthCheck!.probe(first);
    else if (kind === PROBE_TIMED_OUT) this.healthCheck!.failed(first);
  }

  onCall(row: number, _node: Node): void {
    this.tally.counts[STARTED]!++;
    const delay = this.delay.duration();
    if (delay === 0) {
      this.forward(row);
      return;
    }
    const { simulation, calls } = this.world;
    calls.event[row] = simulation.schedule(delay, this.number, FORWARD, row, 0);
  }

  onReply(row: number): void {
    const { calls } = this.world;
    const parent = calls.parent[row]!;
    const outcome = calls.outcome[row]!;
    if (outcome === Outcome.noTarget) this.tally.counts[1]!++;
    calls.version[parent] = calls.version[row]!;
    this.world.reply(parent, outcome);
  }

  private forward(row: number): void {
    const { calls } = this.world;
    const child = calls.openFor(row);
    calls.operation[child] = calls.operation[row]!;
    this.edge.send(child);
  }
}
