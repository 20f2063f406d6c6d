/**
 * The faults of a run, a list that stands outside the agenda: before the events of its nanosecond,
 * a fault strikes in the place it has in the list. So a fault that is added while the run is on its
 * way gives the run that would have been had the list held it from the start. What has struck is
 * state; what is still to come follows from the list and from what has struck.
 */

import { lookUp } from '../base/registry.ts';
import type { Owner } from '../kernel/simulation.ts';
import { FaultWorks } from './fault-works.ts';
import type { FaultScope } from './fault-works.ts';
import { faults } from './faults.ts';
import type { Node } from './node.ts';
import type { FaultPlan } from './plan.ts';
import type { World } from './world.ts';

/** Kinds of events: (kind, place in the list). */
const BEGIN = 0;
const END = 1;

/** A fault that has struck, and what: who is primary may change until it ends. */
interface Struck {
  readonly fault: FaultPlan;
  readonly scope: FaultScope;
}

export class FaultSchedule implements Owner {
  readonly works: FaultWorks;
  private readonly world: World;
  private readonly number: number;
  /** By place in the list. */
  private readonly struck = new Map<number, Struck>();
  private faults: readonly FaultPlan[] = [];
  /** Places in the list by time, then as in the list; `passed` of them have struck. */
  private order: Int32Array = new Int32Array(0);
  private passed = 0;

  constructor(world: World, list: readonly FaultPlan[]) {
    this.world = world;
    this.works = new FaultWorks(world);
    this.number = world.simulation.addOwner(this, 'faults');
    this.plan(list);
  }

  /** All faults of the run, those that have struck among them. */
  get list(): readonly FaultPlan[] {
    return this.faults;
  }

  /**
   * Puts another list in the place of the present one. Both must have the same faults before the
   * present time, in the same places. One whose time has passed and that has not struck strikes as
   * soon as the run goes on.
   */
  plan(list: readonly FaultPlan[]): void {
    this.faults = Object.freeze([...list]);
    const places = list.map((_, place) => place);
    places.sort((left, right) => list[left]!.atNs - list[right]!.atNs || left - right);
    const come = places.filter((place) => this.struck.has(place));
    const toCome = places.filter((place) => !this.struck.has(place));
    this.order = Int32Array.from([...come, ...toCome]);
    this.passed = come.length;
  }

  /** When the next fault strikes, ns; Infinity when there is none to come. */
  get nextStrike(): number {
    if (this.passed === this.order.length) return Infinity;
    return this.faults[this.order[this.passed]!]!.atNs;
  }

  /** The next fault strikes now. It is an event like any other in the count and in the hash. */
  strike(): void {
    this.world.simulation.dispatch(this.number, BEGIN, this.order[this.passed++]!, 0);
  }

  handle(kind: number, place: number): void {
    if (kind === END) this.finish(this.struck.get(place)!);
    else this.begin(place);
  }

  private begin(place: number): void {
    const fault = this.faults[place]!;
    const scope = scopeOf(this.world, fault.targets);
    this.struck.set(place, Object.freeze({ fault, scope }));
    const target = targetOf(fault);
    const { simulation, timeline } = this.world;
    const to = fault.to === undefined ? '' : ` to ${fault.to}`;
    const text = `${fault.verb} of ${namesOf(target, scope)}${to}`;
    const definition = lookUp(faults, fault.verb);
    timeline.add(simulation.now, definition.happening, target, text);
    definition.begin(this.works, scope, fault.factor, fault.change ?? null);
    if (fault.forNs !== null && definition.hasEnd) {
      simulation.schedule(fault.forNs, this.number, END, place, 0);
    }
  }

  private finish({ fault, scope }: Struck): void {
    const target = targetOf(fault);
    const { simulation, timeline } = this.world;
    const text = `end of ${fault.verb} of ${namesOf(target, scope)}`;
    timeline.add(simulation.now, 'recovery', target, text);
    lookUp(faults, fault.verb).end(this.works, scope, fault.factor);
  }
}

function targetOf({ targets }: FaultPlan): string {
  return targets.join(' and ');
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
