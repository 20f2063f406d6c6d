/** What the edges, nodes and operations of a world are called, for the eyes of people. */

import type { Edge } from '../model/edge.ts';
import { Verb } from '../model/verb.ts';
import type { Component, World } from '../model/world.ts';
import type { Activity } from './trace-tree.ts';

const verbs = Object.entries(Verb);

export class PlaceNames {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Path of the node, or `api > redis` for what happens between the two. */
  where({ kind, edge, node }: Activity): string {
    const isBetween = kind === 'call' || kind === 'network' || kind === 'backoff';
    return isBetween || node < 0 ? this.way(edge) : this.nodePath(node);
  }

  /** Such as `reads photos at redis/node-2: miss`. */
  label(activity: Activity): string {
    const { kind, edge, node, attempt, mark } = activity;
    const at = node < 0 ? this.edge(edge).to.name : this.nodePath(node);
    switch (kind) {
      case 'call':
        return this.callLabel(activity, at);
      case 'queue':
        return `in line at ${at}`;
      case 'service':
        return `work at ${at}`;
      case 'network':
        if (activity.end === Infinity)
          return `lost on the way ${mark === 'back' ? 'from' : 'to'} ${at}`;
        return mark === 'back' ? `answer from ${at}` : `on the way to ${at}`;
      case 'backoff':
        return `pause after attempt ${attempt} at ${this.edge(edge).to.name}`;
      default: {
        if (mark !== 'others') return `waits at ${at}`;
        const isStore = this.componentOf(node)?.kind === 'database';
        return isStore ? `waits for the replicas of ${at}` : `waits at ${at} for another's fetch`;
      }
    }
  }

  edge(edge: number): Edge {
    return this.world.paths[edge] as Edge;
  }

  nodePath(node: number): string {
    return this.world.nodes[node]!.path;
  }

  /** The component a node belongs to; undefined for clients outside. */
  componentOf(node: number): Component | undefined {
    const found = this.world.nodes[node];
    return found === undefined ? undefined : this.world.components[found.component];
  }

  /** Such as `api > redis`. */
  way(edge: number): string {
    const { from, to } = this.edge(edge);
    return `${from} > ${to.name}`;
  }

  private callLabel({ edge, node, operation, dataset, mark }: Activity, at: string): string {
    const { to } = this.edge(edge);
    if (node < 0) return `no healthy instance of ${to.name}`;
    const operations = this.operationsOf(to.name);
    if (operations !== null) {
      const name = operations[operation] ?? '';
      return to.kind === 'load-balancer' ? `${name} through ${at}` : `${name} at ${at}`;
    }
    const verb = verbs.find(([, number]) => number === operation)?.[0] ?? 'asks';
    const what = this.world.keys.datasets[dataset]?.plan.name;
    const found = mark === null ? '' : `: ${mark}`;
    return `${verb} ${what === undefined ? '' : `${what} `}at ${at}${found}`;
  }

  /** Names of a service's operations by number, also through balancers; null for stores. */
  private operationsOf(component: string): readonly string[] | null {
    const plan = this.world.plan.components.find(({ name }) => name === component);
    const { operations, to } = (plan?.parameters ?? {}) as { operations?: object; to?: string };
    if (operations !== undefined) return Object.keys(operations);
    return to === undefined ? null : this.operationsOf(to);
  }
}
