/**
 * Entries and deletes that one node of a cache sends to another: to the nodes with copies, to all
 * for a hot key, to a node that starts empty. They are messages of their own: they take the
 * network's time and a worker's, may be refused, and may overtake one another; a copy never
 * replaces a newer one. Nobody waits for them.
 */

import { Edge } from '../../edge.ts';
import { Verb } from '../../verb.ts';
import type { Component } from '../../world.ts';
import { Column } from './columns.ts';
import type { Workings } from './workings.ts';

/** Tag of these messages; those of accesses are below. */
const COPY_TAG = 1 << 27;

export class Copies {
  private readonly workings: Workings;
  private readonly edge: Edge;

  constructor(workings: Workings, cache: Component) {
    this.workings = workings;
    this.edge = new Edge(workings.world, {
      from: workings.name,
      caller: cache,
      to: cache,
      parameters: {
        timeout: workings.parameters.timeout,
        retries: null,
        policy: 'round-robin',
      },
    });
  }

  /** True for a message of one node to another, and for the answer to it. */
  static isCopy(tag: number): boolean {
    return tag === COPY_TAG;
  }

  /** Sends the entry that a node has of a key, or word that it has none. */
  send(key: number, from: number, to: number): void {
    const { counts, nodes, stores, world } = this.workings;
    const { calls, keys } = world;
    const store = stores[from]!;
    const slot = store.find(key);
    const dataset = keys.datasetOf(key);
    const row = calls.open();
    calls.setParent(row, -1);
    calls.setTrace(row, 0);
    calls.setCallerNode(row, nodes[from]!.id);
    calls.setKey(row, key);
    calls.setDataset(row, dataset.index);
    calls.setTag(row, COPY_TAG);
    calls.setPosition(row, nodes[to]!.id);
    calls.setOperation(row, slot >= 0 ? Verb.set : Verb.delete);
    calls.setVersion(row, slot >= 0 ? store.versionAt(slot) : 0);
    calls.setStart(row, slot >= 0 ? store.expiryAt(slot) : 0);
    calls.setSize(row, slot >= 0 ? store.bytesOf(slot) : 0);
    counts[Column.copies]!++;
    this.edge.send(row);
  }

  /** A copy or a delete has arrived at a node. */
  receive(row: number, node: number): void {
    const { counts, shadows, stores, world } = this.workings;
    const { calls } = world;
    const store = stores[node]!;
    const key = calls.key(row);
    const slot = store.find(key);
    if (calls.operation(row) === Verb.delete) {
      shadows?.deleted(node, key);
      if (slot >= 0) store.remove(slot);
      return;
    }
    if (slot >= 0 && store.versionAt(slot) > calls.version(row)) return;
    const before = store.evictions;
    const bytes = calls.size(row);
    store.put(key, calls.version(row), bytes, calls.start(row));
    shadows?.filled(node, { key, bytes, expiry: calls.start(row) }, true);
    counts[Column.evictions]! += store.evictions - before;
  }
}
