/** What faults can do to a world: take nodes down, start them, slow them, cut them off, change. */

import { Changes } from './changes.ts';
import { crashNodes, startNode } from './lifecycle.ts';
import { NodeState } from './node.ts';
import type { Node } from './node.ts';
import type { Owner } from '../kernel/simulation.ts';
import type { World } from './world.ts';

/** What a fault strikes: nodes, or the link between two zones. */
export interface FaultScope {
  readonly nodes: readonly Node[];
  readonly zones: readonly [number, number] | null;
}

/** Kinds of events: (kind, number of the start-up, epoch). */
const STARTED = 0;

export class FaultWorks implements Owner {
  readonly changes: Changes;
  private readonly world: World;
  private readonly number: number;
  /** The node of each start-up begun so far; its place here stands for it in events. */
  private readonly startUps: Node[] = [];
  /** Nodes that each crash still keeps down. */
  private readonly crashes = new Map<FaultScope, Set<Node>>();
  /** What still slows nodes, and by how much. */
  private readonly slows = new Map<FaultScope, { nodes: Set<Node>; factor: number }>();
  /** Partitions between two zones that last. */
  private readonly cuts = new Set<FaultScope>();
  private readonly islands = new Map<FaultScope, ReadonlySet<number>>();

  constructor(world: World) {
    this.world = world;
    this.changes = new Changes(world);
    this.number = world.simulation.addOwner(this, 'start-up');
  }

  crash(scope: FaultScope): void {
    const nodes = this.processes(scope);
    this.crashes.set(scope, new Set(nodes));
    for (const node of nodes) node.memoryLost = true;
    crashNodes(this.world, nodes);
  }

  /** Ends the crash of the same scope; nodes under no other start, with what they held lost. */
  recover(scope: FaultScope): void {
    const nodes = this.crashes.get(scope) ?? new Set<Node>();
    this.crashes.delete(scope);
    for (const node of nodes) if (!this.isUnderCrash(node)) this.start(node);
  }

  /** Takes nodes down and starts them at once; ends every crash they were under. */
  restart(scope: FaultScope, cold: boolean): void {
    const struck = this.processes(scope);
    crashNodes(this.world, struck);
    for (const node of struck) {
      for (const nodes of this.crashes.values()) nodes.delete(node);
      if (cold) node.memoryLost = true;
      this.start(node);
    }
  }

  slow(scope: FaultScope, factor: number): void {
    const nodes = this.processes(scope);
    this.slows.set(scope, { nodes: new Set(nodes), factor });
    for (const node of nodes) this.settleSpeed(node);
  }

  /** Undoes `slow` of the same scope. */
  restoreSpeed(scope: FaultScope): void {
    const slow = this.slows.get(scope);
    this.slows.delete(scope);
    for (const node of slow?.nodes ?? []) this.settleSpeed(node);
  }

  /** Cuts nodes off from everybody else, or two zones from each other. */
  cutOff(scope: FaultScope): void {
    const { network } = this.world;
    if (scope.zones !== null) {
      this.cuts.add(scope);
      network.cutZones(...scope.zones, 1);
    } else this.islands.set(scope, network.isolate(scope.nodes.map((node) => node.id)));
    this.world.topologyChanged();
  }

  /** Undoes `cutOff` of the same scope. */
  reconnect(scope: FaultScope): void {
    const { network } = this.world;
    const island = this.islands.get(scope);
    if (this.cuts.delete(scope)) network.cutZones(...scope.zones!, -1);
    else if (island !== undefined) network.rejoin(island);
    this.islands.delete(scope);
    this.world.topologyChanged();
  }

  /** Ends slowness and partitions, whatever caused them. */
  heal(scope: FaultScope): void {
    const { network } = this.world;
    for (const cut of this.cuts) {
      if (scope.zones === null || !isSamePair(cut.zones!, scope.zones)) continue;
      this.cuts.delete(cut);
      network.cutZones(...cut.zones!, -1);
    }
    for (const node of scope.nodes) {
      for (const { nodes } of this.slows.values()) nodes.delete(node);
      this.settleSpeed(node);
      network.rejoinNode(node.id);
    }
    this.world.topologyChanged();
  }

  handle(_kind: number, startUp: number, epoch: number): void {
    const node = this.startUps[startUp]!;
    if (node.epoch !== epoch || node.state !== NodeState.starting) return;
    startNode(this.world, node);
    const text = `${node.path} serves again`;
    this.world.timeline.add(this.world.simulation.now, 'recovery', node.path, text);
  }

  /** The nodes that can die; clients who sit in a zone cannot. */
  private processes(scope: FaultScope): readonly Node[] {
    const { components } = this.world;
    return scope.nodes.filter((node) => components[node.component]!.kind !== 'clients');
  }

  /** A node is as slow as all that slows it together; 1 when nothing does. */
  private settleSpeed(node: Node): void {
    node.slowness = 1;
    for (const { nodes, factor } of this.slows.values()) {
      if (nodes.has(node)) node.slowness *= factor;
    }
  }

  private isUnderCrash(node: Node): boolean {
    for (const nodes of this.crashes.values()) if (nodes.has(node)) return true;
    return false;
  }

  /** Starts a node that is down; it serves after its component's start-up time. */
  private start(node: Node): void {
    if (node.state !== NodeState.down) return;
    node.state = NodeState.starting;
    const { startUpNs } = this.world.components[node.component]!;
    node.startsAt = this.world.simulation.now;
    node.servesAt = node.startsAt + startUpNs;
    const startUp = this.startUps.push(node) - 1;
    this.world.simulation.schedule(startUpNs, this.number, STARTED, startUp, node.epoch);
  }
}

function isSamePair(left: readonly [number, number], right: readonly [number, number]): boolean {
  const [a, b] = left;
  return (a === right[0] && b === right[1]) || (a === right[1] && b === right[0]);
}
