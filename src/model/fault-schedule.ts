/**
 * The faults of a run: those of the file at their times, and those a person adds while it runs,
 * which enter at the present moment and are written down in the same way.
 */

import { lookUp } from '../base/registry.ts';
import type { Owner } from '../kernel/simulation.ts';
import { FaultWorks } from './fault-works.ts';
import type { FaultScope } from './fault-works.ts';
import { faults } from './faults.ts';
import type { Node } from './node.ts';
import type { FaultPlan } from './plan.ts';
import type { World } from './world.ts';

/** Kinds of events: (kind, fault). */
const BEGIN = 0;
const END = 1;

export class FaultSchedule implements Owner {
  readonly works: FaultWorks;
  private readonly world: World;
  private readonly number: number;
  private readonly plans: FaultPlan[] = [];
  /** What a fault struck when it began; who is primary may change until it ends. */
  private readonly scopes: FaultScope[] = [];

  constructor(world: World, plans: readonly FaultPlan[]) {
    this.world = world;
    this.works = new FaultWorks(world);
    this.number = world.simulation.addOwner(this, 'faults');
    for (const plan of plans) this.add(plan);
  }

  /** Adds a fault; its time is not before the present. */
  add(plan: FaultPlan): void {
    const index = this.plans.push(plan) - 1;
    this.scopes.push({ nodes: [], zones: null });
    const { now } = this.world.simulation;
    this.world.simulation.schedule(Math.max(0, plan.atNs - now), this.number, BEGIN, index, 0);
  }

  handle(kind: number, index: number): void {
    const plan = this.plans[index]!;
    const definition = lookUp(faults, plan.verb);
    const target = plan.targets.join(' and ');
    const { simulation, timeline } = this.world;
    if (kind === END) {
      const struck = this.scopes[index]!;
      const text = `end of ${plan.verb} of ${namesOf(target, struck)}`;
      timeline.add(simulation.now, 'recovery', target, text);
      definition.end(this.works, struck, plan.factor);
      return;
    }
    const scope = scopeOf(this.world, plan.targets);
    this.scopes[index] = scope;
    timeline.add(simulation.now, 'fault', target, `${plan.verb} of ${namesOf(target, scope)}`);
    definition.begin(this.works, scope, plan.factor);
    if (plan.forNs !== null && definition.hasEnd) {
      simulation.schedule(plan.forNs, this.number, END, index, 0);
    }
  }
}

/** The nodes or zones that the paths mean at this moment; paths that mean nothing give none. */
export function scopeOf(world: World, targets: readonly string[]): FaultScope {
  const zones = world.plan.zones;
  if (targets.length === 2) {
    const [left, right] = targets.map((name) => zones.indexOf(name.replace(/^zone\//, '')));
    return { nodes: [], zones: [left!, right!] };
  }
  const nodes: Node[] = [];
  for (const target of targets) nodes.push(...nodesAt(world, target));
  return { nodes, zones: null };
}

function nodesAt(world: World, target: string): readonly Node[] {
  const [name, ...rest] = target.split('/');
  if (name === 'zone') {
    const zone = world.plan.zones.indexOf(rest.join('/'));
    return world.nodes.filter((node) => node.zone === zone);
  }
  return world.hasComponent(name!) ? world.component(name!).nodesAt(rest) : [];
}

/** The target, and the one node that a role such as `primary` stood for. */
function namesOf(target: string, scope: FaultScope): string {
  const [node] = scope.nodes;
  if (scope.nodes.length !== 1 || node === undefined || node.path === target) return target;
  return `${target} (${node.path})`;
}
