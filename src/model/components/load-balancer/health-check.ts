/**
 * Health checks: each balancer probes each instance, counts failures and successes in a row, and
 * believes them. A node that is down refuses a probe at once; one behind a partition leaves the
 * probe without an answer until its timeout. The phase of each probe is drawn, as independently
 * started checkers have it.
 */

import { HopMark } from '../../hop-log.ts';
import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';
import type { World } from '../../world.ts';
import type { ValueOf } from '../../parameters.ts';
import type { parameters } from './parameters.ts';
import type { Roster } from './roster.ts';

type Settings = NonNullable<ValueOf<(typeof parameters)['health-check']>>;

/** Kinds of events of the balancer: (kind, target). */
export const PROBE = 20;
export const PROBE_TIMED_OUT = 21;

interface Owner {
  readonly number: number;
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Probes are drawn along the way of the requests. */
  readonly edge: { readonly id: number };
}

export class HealthCheck {
  private readonly world: World;
  private readonly settings: Settings;
  private readonly owner: Owner;
  private readonly roster: Roster;
  private readonly targetNodes: readonly Node[];
  private readonly failures: Int32Array;
  private readonly successes: Int32Array;
  /** When the first probe of a target that nobody knows of yet is due after it has come, ns. */
  private readonly phasesToCome: Float64Array;

  constructor(
    world: World,
    owner: Owner,
    roster: Roster,
    targetNodes: readonly Node[],
    settings: Settings,
  ) {
    this.world = world;
    this.settings = settings;
    this.owner = owner;
    this.roster = roster;
    this.targetNodes = targetNodes;
    const { count } = roster.targets;
    this.failures = new Int32Array(count);
    this.successes = new Int32Array(count);
    this.phasesToCome = new Float64Array(count).fill(NaN);
    const phases = world.stream(owner.name, 'health-check');
    for (let target = 0; target < count; target++) {
      const phase = Math.floor(phases.uniform() * settings.every);
      if (targetNodes[target]!.isReserve) this.phasesToCome[target] = phase;
      else world.simulation.schedule(phase, owner.number, PROBE, target, 0);
    }
    roster.checks = this;
  }

  /** A target has come or gone; from its first coming on it is probed. */
  presenceChanged(target: number): void {
    const phase = this.phasesToCome[target]!;
    if (Number.isNaN(phase) || this.roster.targets.present[target] === 0) return;
    this.phasesToCome[target] = NaN;
    this.world.simulation.schedule(phase, this.owner.number, PROBE, target, 0);
  }

  /** A probe of a target is due. */
  probe(target: number): void {
    const { simulation, network } = this.world;
    simulation.schedule(this.settings.every, this.owner.number, PROBE, target, 0);
    if (this.roster.targets.present[target] === 0) {
      this.failures[target] = 0;
      this.successes[target] = 0;
      return;
    }
    const node = this.targetNodes[target]!;
    const probers = this.owner.nodes.filter(({ state }) => state === NodeState.up);
    if (probers.length === 0) return;
    const prober = probers.find((one) => !network.isCut(one.id, node.id));
    this.draw(prober ?? probers[0]!, node, prober !== undefined);
    if (prober === undefined) {
      simulation.schedule(this.settings.timeout, this.owner.number, PROBE_TIMED_OUT, target, 0);
    } else if (node.state === NodeState.up) {
      this.succeeded(target);
    } else {
      this.failed(target);
    }
  }

  /** A probe, or an earlier one, had no answer. */
  failed(target: number): void {
    this.successes[target] = 0;
    this.failures[target]!++;
    if (!this.roster.isPassing(target)) return;
    if (this.failures[target]! < this.settings['unhealthy-after']) return;
    this.roster.setPassing(target, false);
    this.note(target, 'taken out');
  }

  /** Notes the probe for the picture; it takes no time, as only its result matters here. */
  private draw(from: Node, to: Node, arrives: boolean): void {
    const { hops, simulation } = this.world;
    if (!hops.isOn) return;
    const fails = !arrives || to.state !== NodeState.up;
    const arrival = arrives ? simulation.now : Infinity;
    const mark = fails ? HopMark.probeFailed : HopMark.probe;
    hops.add(this.owner.edge.id, from.id, to.id, simulation.now, arrival, mark, 0);
  }

  private succeeded(target: number): void {
    this.failures[target] = 0;
    this.successes[target]!++;
    if (this.roster.isPassing(target)) return;
    if (this.successes[target]! < this.settings['healthy-after']) return;
    this.roster.setPassing(target, true);
    this.note(target, 'put back');
  }

  private note(target: number, what: string): void {
    const node = this.targetNodes[target]!;
    const text = `${node.path} ${what} by ${this.owner.name} after its health checks`;
    this.world.timeline.add(this.world.simulation.now, 'health', node.path, text);
  }
}
