/** What lies behind a cache that reads or writes through: the next caches, then the store. */

import { accessFor } from '../../access-path.ts';
import type { CachingComponent } from '../../access-path.ts';
import type { AccessOwner, DataAccess } from '../../data-access.ts';
import { Edge } from '../../edge.ts';
import type { Component } from '../../world.ts';
import type { Workings } from './workings.ts';

export class Behind {
  private readonly workings: Workings;
  private readonly caller: Component & AccessOwner & CachingComponent;
  /** By dataset; null for one that is not cached here, or read and written by others. */
  private readonly accesses: (DataAccess | null)[] = [];
  private readonly edges = new Map<string, Edge>();

  constructor(workings: Workings, caller: Component & AccessOwner & CachingComponent) {
    this.workings = workings;
    this.caller = caller;
  }

  /** Makes the ways; called when every component exists. */
  connect(): void {
    const { name, parameters, world } = this.workings;
    const through = parameters.strategy !== 'cache-aside';
    for (const dataset of world.keys.datasets) {
      const level = dataset.plan.cachedIn.indexOf(name);
      const access =
        level >= 0 && through
          ? accessFor(world, {
              dataset,
              index: dataset.index,
              firstLevel: level + 1,
              edgeTo: (component) => this.edgeTo(component),
              owner: this.caller,
              behind: this.caller,
            })
          : null;
      this.accesses.push(access);
    }
  }

  /** The way on for a call, by its dataset. */
  of(row: number): DataAccess {
    return this.accesses[this.workings.world.calls.dataset(row)]!;
  }

  /** A node of the cache has died with its rows. */
  crashed(node: number): void {
    for (const access of this.accesses) access?.crashed(node);
  }

  changeTimeout(): void {
    const { timeout } = this.workings.parameters;
    for (const edge of this.edges.values()) edge.changeTimeout(timeout);
  }

  private edgeTo(component: string): Edge {
    const { name, parameters, world } = this.workings;
    let edge = this.edges.get(component);
    if (edge === undefined) {
      edge = new Edge(world, {
        from: name,
        caller: this.caller,
        to: world.component(component),
        parameters: { timeout: parameters.timeout, retries: null, policy: 'round-robin' },
      });
      this.edges.set(component, edge);
    }
    return edge;
  }
}
