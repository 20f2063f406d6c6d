/**
 * Demotion: what a node of an exclusive cache evicts moves down to the cache behind, as a message
 * that nobody waits for. There it is as good as new, and its age begins anew.
 *
 * Source: Wong and Wilkes, My Cache or Yours? Making Storage More Exclusive, USENIX ATC 2002: a
 * demoted block is put at the end that is evicted last.
 */

import type { StoreWatcher } from '../../cache-store.ts';
import { DataAccess } from '../../data-access.ts';
import { Edge } from '../../edge.ts';
import { Verb } from '../../verb.ts';
import type { Component } from '../../world.ts';
import type { Workings } from './workings.ts';

/** One that has left a node, and is to be sent on. */
interface Victim {
  readonly key: number;
  readonly version: number;
}

export class Demotions {
  private readonly workings: Workings;
  private readonly cache: Component;
  /** What has left each node and is not sent yet. */
  private readonly victims: Victim[][] = [];
  /** The way to the cache behind, by dataset; null where there is none. */
  private readonly ways: (Edge | null)[] = [];

  constructor(workings: Workings, cache: Component) {
    this.workings = workings;
    this.cache = cache;
    for (const store of workings.stores) {
      const left: Victim[] = [];
      this.victims.push(left);
      store.watcher = new VictimWatcher(workings, left, store.watcher);
    }
  }

  /** Makes the ways; called when every component exists. */
  connect(): void {
    const { name, parameters, world } = this.workings;
    const fields = { timeout: parameters.timeout, retries: null, policy: 'round-robin' };
    const edges = new Map<string, Edge>();
    for (const { plan } of world.keys.datasets) {
      const level = plan.cachedIn.indexOf(name);
      const next = level < 0 ? undefined : plan.cachedIn[level + 1];
      if (next !== undefined && !edges.has(next)) {
        const to = world.component(next);
        edges.set(
          next,
          new Edge(world, { from: name, caller: this.cache, to, parameters: fields }),
        );
      }
      this.ways.push(next === undefined ? null : edges.get(next)!);
    }
  }

  /** Sends on what has just left a node. */
  send(node: number): void {
    const { nodes, world } = this.workings;
    const { calls } = world;
    for (const { key, version } of this.victims[node]!.splice(0)) {
      const dataset = world.keys.datasetOf(key);
      const way = this.ways[dataset.index];
      if (way === null || way === undefined) continue;
      const row = calls.open();
      calls.setParent(row, -1);
      calls.setTag(row, DataAccess.unheard);
      calls.setCallerNode(row, nodes[node]!.id);
      calls.setKey(row, key);
      calls.setDataset(row, dataset.index);
      calls.setOperation(row, Verb.set);
      calls.setVersion(row, version);
      calls.setAccessKey(row, 0);
      calls.setTrace(row, 0);
      calls.setSize(row, dataset.plan.size);
      way.send(row);
    }
  }
}

/** Notes what is evicted before its time, and tells whoever listened before. */
class VictimWatcher implements StoreWatcher {
  private readonly workings: Workings;
  private readonly left: Victim[];
  private readonly next: StoreWatcher | null;

  constructor(workings: Workings, left: Victim[], next: StoreWatcher | null) {
    this.workings = workings;
    this.left = left;
    this.next = next;
  }

  evicted(key: number, expiry: number, version: number): void {
    this.next?.evicted(key, expiry, version);
    if (expiry > this.workings.world.simulation.now) this.left.push({ key, version });
  }

  refused(key: number): void {
    this.next?.refused(key);
  }
}
