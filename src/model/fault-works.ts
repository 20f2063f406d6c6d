/** What faults can do to a world: take nodes down, start them, slow them, cut them off. */

import { crashNode, startNode } from './lifecycle.ts';
import { NodeState } from './node.ts';
import type { Node } from './node.ts';
import type { Owner } from '../kernel/simulation.ts';
import type { World } from './world.ts';

/** What a fault strikes: nodes, or the link between two zones. */
export interface FaultScope {
  readonly nodes: readonly Node[];
  readonly zones: readonly [number, number] | null;
}

/** Kinds of events: (kind, node, epoch). */
const STARTED = 0;
const STARTED_COLD = 1;

export class FaultWorks implements Owner {
  private readonly world: World;
  private readonly number: number;

  constructor(world: World) {
    this.world = world;
    this.number = world.simulation.addOwner(this, 'start-up');
  }

  crash(scope: FaultScope): void {
    for (const node of scope.nodes) {
      node.outages++;
      crashNode(this.world, node);
    }
  }

  /** Ends one crash of each node; those with no other start, with what they held lost. */
  recover(scope: FaultScope): void {
    for (const node of scope.nodes) {
      node.outages = Math.max(0, node.outages - 1);
      if (node.outages === 0) this.start(node, true);
    }
  }

  /** Takes nodes down and starts them at once; ends every crash they were under. */
  restart(scope: FaultScope, cold: boolean): void {
    for (const node of scope.nodes) {
      crashNode(this.world, node);
      node.outages = 0;
      this.start(node, cold);
    }
  }

  slow(scope: FaultScope, factor: number): void {
    for (const node of scope.nodes) node.slowness *= factor;
  }

  /** Undoes one `slow` of the same factor. */
  restoreSpeed(scope: FaultScope, factor: number): void {
    for (const node of scope.nodes) node.slowness /= factor;
  }

  cutOff(scope: FaultScope, change: 1 | -1): void {
    for (const node of scope.nodes) this.world.network.isolate(node.id, change);
    if (scope.zones !== null) this.world.network.cutZones(...scope.zones, change);
    this.world.topologyChanged();
  }

  /** Ends slowness and partitions, whatever caused them. */
  heal(scope: FaultScope): void {
    if (scope.zones !== null) this.world.network.healZones(...scope.zones);
    for (const node of scope.nodes) {
      node.slowness = 1;
      while (this.world.network.isIsolated(node.id)) this.world.network.isolate(node.id, -1);
    }
    this.world.topologyChanged();
  }

  /** Starts a node that is down; it serves after its component's start-up time. */
  private start(node: Node, cold: boolean): void {
    if (node.state !== NodeState.down) return;
    node.state = NodeState.starting;
    const { startUpNs } = this.world.components[node.component]!;
    const kind = cold ? STARTED_COLD : STARTED;
    this.world.simulation.schedule(startUpNs, this.number, kind, node.id, node.epoch);
  }

  handle(kind: number, nodeId: number, epoch: number): void {
    const node = this.world.nodes[nodeId]!;
    if (node.epoch !== epoch || node.state !== NodeState.starting) return;
    startNode(this.world, node, kind === STARTED_COLD);
    const text = `${node.path} serves again`;
    this.world.timeline.add(this.world.simulation.now, 'recovery', node.path, text);
  }
}
