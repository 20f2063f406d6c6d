/**
 * A cache inside the instances of a service. Its nodes are not processes: each lives and dies with
 * its instance, is as slow as that, and is reached without a message. An instance asks its own node
 * and no other, so a delete after a write reaches the copy of the writer alone.
 */

import { crashNodes, startNode } from '../../lifecycle.ts';
import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';
import type { World } from '../../world.ts';

export class Inside {
  private readonly world: World;
  private readonly nodes: readonly Node[];
  private readonly hosts: readonly Node[];

  constructor(world: World, nodes: readonly Node[], host: string) {
    this.world = world;
    this.nodes = nodes;
    this.hosts = world.component(host).nodes;
    for (const node of nodes) {
      const home = this.hosts[node.index]!;
      world.network.moveIn(node.id, home.id);
      node.state = home.state;
      node.isReserve = home.isReserve;
    }
  }

  /** Number of the node in the world that an instance asks: its own. */
  nodeOf(caller: number): number {
    return this.nodes[this.world.nodes[caller]!.index]!.id;
  }

  slownessOf(place: number): number {
    return this.hosts[place]!.slowness;
  }

  /** Nodes follow their instances down and up, and come up with nothing. */
  follow(): void {
    const up = NodeState.up;
    const died = this.nodes.filter(
      ({ state, index }) => state === up && this.hosts[index]!.state !== up,
    );
    const begun = this.nodes.filter(
      ({ state, index }) => state !== up && this.hosts[index]!.state === up,
    );
    if (died.length > 0) crashNodes(this.world, died);
    for (const node of this.nodes) {
      if (this.hosts[node.index]!.state !== up) node.state = this.hosts[node.index]!.state;
    }
    for (const node of begun) {
      node.isReserve = false;
      node.memoryLost = true;
      startNode(this.world, node);
    }
  }
}
