/**
 * Reads a run for a frame: the state of every instance, the rates of every edge, finished windows.
 */

import type { Cache } from '../model/components/cache/cache.ts';
import type { Database } from '../model/components/database/database.ts';
import type { LoadBalancer } from '../model/components/load-balancer/balancer.ts';
import type { Edge } from '../model/edge.ts';
import { HOP_WIDTH } from '../model/hop-log.ts';
import { NodeState } from '../model/node.ts';
import type { Node } from '../model/node.ts';
import type { Run } from '../model/run.ts';
import type { Tally } from '../model/tally.ts';
import type { Population } from '../model/workloads/population.ts';
import type { Component } from '../model/world.ts';
import { EDGE_STRIDE, EdgeColumn, HOP_STRIDE, NODE_STRIDE, NodeColumn } from '../protocol/frame.ts';
import { componentsInView, replicated } from './engine-description.ts';

const DOWN = 3;
const CUT_OFF = 4;
const SLOW = 2;

export class EngineReadings {
  private readonly run: Run;
  private readonly inView: readonly Component[];
  /** Row of the first node of each component, by the component's index. */
  private readonly firstRow: number[] = [];
  /** Row of each node of the world. */
  private readonly rowOf: number[] = [];
  /** Row of the clients an edge comes from, or -1. */
  private readonly clientRow: number[];
  private readonly replications: ReadonlyMap<number, number>;
  private windowsSent = 0;

  constructor(run: Run) {
    this.run = run;
    this.inView = componentsInView(run);
    let row = 0;
    for (const component of this.inView) {
      this.firstRow[component.index] = row;
      for (const node of component.nodes) this.rowOf[node.id] = row + node.index;
      const place = component.kind === 'clients' ? (component as Population).place : null;
      if (place !== null) this.rowOf[place.id] = row;
      row += Math.max(1, component.nodes.length);
    }
    this.clientRow = run.world.paths.map((path) => {
      const caller = this.inView.find(({ name }) => name === (path as Edge).from)!;
      return caller.kind === 'clients' ? this.firstRow[caller.index]! : -1;
    });
    const paths = run.world.paths.length;
    this.replications = new Map(replicated(run).map(({ index }, at) => [index, paths + at]));
  }

  readNodes(target: Float32Array): void {
    for (const component of this.inView) {
      const row = this.firstRow[component.index]!;
      if (component.nodes.length === 0) this.readClients(component, target, row);
      for (const node of component.nodes) this.readNode(component, node, target);
    }
  }

  readEdges(target: Float32Array): void {
    for (const path of this.run.world.paths) {
      const { tally } = path as Edge;
      const at = path.id * EDGE_STRIDE;
      target[at + EdgeColumn.rate] = this.lastRate(tally, 'calls');
      target[at + EdgeColumn.failedRate] = this.lastRate(tally, 'failed');
      target[at + EdgeColumn.retryRate] = this.lastRate(tally, 'retries');
    }
    for (const [component, edge] of this.replications) {
      const { tally } = this.run.world.components[component]!;
      target[edge * EDGE_STRIDE + EdgeColumn.rate] = this.lastRate(tally!, 'writes');
      target[edge * EDGE_STRIDE + EdgeColumn.failedRate] = 0;
      target[edge * EDGE_STRIDE + EdgeColumn.retryRate] = 0;
    }
  }

  /** Hops in the rows and seconds of the protocol, by departure. */
  drainHops(): Float64Array<ArrayBuffer> {
    const hops = this.run.world.hops.drain();
    const order: number[] = [];
    for (let at = 0; at < hops.length; at += HOP_WIDTH) order.push(at);
    order.sort((left, right) => hops[left + 3]! - hops[right + 3]!);
    const rows = new Float64Array(order.length * HOP_STRIDE);
    for (const [index, from] of order.entries()) {
      const to = index * HOP_STRIDE;
      const edge = hops[from]!;
      const clients = edge < 0 ? -1 : this.clientRow[edge]!;
      rows[to] = edge < 0 ? this.replications.get(-1 - edge)! : edge;
      rows[to + 1] = hops[from + 1]! < 0 ? clients : this.rowOf[hops[from + 1]!]!;
      rows[to + 2] = hops[from + 2]! < 0 ? clients : this.rowOf[hops[from + 2]!]!;
      rows[to + 3] = hops[from + 3]! / 1e9;
      rows[to + 4] = hops[from + 4]! / 1e9;
      rows[to + 5] = hops[from + 5]!;
      rows[to + 6] = hops[from + 6]!;
    }
    return rows;
  }

  /** Rows of the windows finished since the last call, in the order of `seriesOf`. */
  drainWindows(): Float64Array<ArrayBuffer> {
    const { recorder } = this.run.world;
    const rows: number[] = [];
    for (; this.windowsSent < recorder.windows; this.windowsSent++) {
      rows.push(Math.min((this.windowsSent + 1) * recorder.windowNs, this.run.time) / 1e9);
      this.addWindow(this.windowsSent, rows);
    }
    return Float64Array.from(rows);
  }

  private addWindow(window: number, row: number[]): void {
    const { components, operations, recorder } = this.run.world;
    const seconds = recorder.windowNs / 1e9;
    for (const operation of operations) {
      row.push(operation.windowP50[window]! / 1e6, operation.windowP99[window]! / 1e6);
    }
    const sum = (column: string) =>
      operations.reduce((total, { tally }) => total + tally.at(window, column), 0);
    row.push(sum('ok') / seconds, sum('late') / seconds);
    row.push((sum('failed') + sum('shed')) / seconds);
    for (const component of components) {
      if (component.kind !== 'cache') continue;
      row.push((component as unknown as Cache).hitRatio(window, window + 1) * 100);
    }
    for (const { nodes, waits } of components) {
      if (waits === null) continue;
      let area = 0;
      for (const node of nodes) area += node.station!.tally.at(window, 'queueArea');
      row.push(area / recorder.windowNs);
    }
  }

  private readClients(component: Component, target: Float32Array, row: number): void {
    const at = row * NODE_STRIDE;
    target.fill(0, at, at + NODE_STRIDE);
    target[at + NodeColumn.hitRatio] = NaN;
    target[at + NodeColumn.healthy] = 1;
    for (const path of this.run.world.paths) {
      const { from, tally } = path as Edge;
      if (from === component.name) target[at + NodeColumn.rate] = this.lastRate(tally, 'calls');
    }
  }

  private readNode(component: Component, node: Node, target: Float32Array): void {
    const at = this.rowOf[node.id]! * NODE_STRIDE;
    const { station } = node;
    target[at + NodeColumn.state] = this.stateOf(node);
    target[at + NodeColumn.busy] = station?.busy ?? 0;
    target[at + NodeColumn.queue] = station?.queue ?? 0;
    target[at + NodeColumn.rate] =
      station === null ? this.passedOn(component) : this.lastRate(station.tally, 'arrivals');
    target[at + NodeColumn.hitRatio] = NaN;
    target[at + NodeColumn.fill] = 0;
    target[at + NodeColumn.role] = 0;
    target[at + NodeColumn.lag] = 0;
    target[at + NodeColumn.healthy] = this.healthOf(component, node);
    if (component.kind === 'cache') this.readCache(component, node, target, at);
    if (component.kind === 'database') this.readDatabase(component, node, target, at);
  }

  private readCache(component: Component, node: Node, target: Float32Array, at: number): void {
    const cache = component as unknown as Cache;
    const store = cache.stores[node.index]!;
    const { windows } = this.run.world.recorder;
    target[at + NodeColumn.hitRatio] = cache.hitRatio(Math.max(0, windows - 1), windows);
    target[at + NodeColumn.fill] = Math.max(
      store.size / store.limits.entries,
      store.bytes / store.limits.bytes,
    );
  }

  private readDatabase(component: Component, node: Node, target: Float32Array, at: number): void {
    const shard = (component as unknown as Database).shards[node.shard]!;
    if (shard.nodes.length === 1) return;
    const place = shard.nodes.indexOf(node);
    const isPrimary = place === shard.primary;
    target[at + NodeColumn.role] = isPrimary ? 1 : shard.electing ? 3 : 2;
    if (!isPrimary) target[at + NodeColumn.lag] = shard.lagOf(place, this.run.time) / 1e9;
  }

  private stateOf(node: Node): number {
    if (node.state === NodeState.down) return DOWN;
    if (node.state === NodeState.starting) return 1;
    if (this.run.world.network.isIsolated(node.id)) return CUT_OFF;
    return node.slowness > 1 ? SLOW : 0;
  }

  /** Share of the balancers in front of a node that hold it healthy. */
  private healthOf(component: Component, node: Node): number {
    let checkers = 0;
    let healthy = 0;
    for (const path of this.run.world.paths) {
      const { targets, to } = path as Edge;
      if (to !== component || targets === null) continue;
      checkers++;
      healthy += targets.healthy[node.index]!;
    }
    return checkers === 0 ? 1 : healthy / checkers;
  }

  private passedOn(component: Component): number {
    const { tally } = component as unknown as LoadBalancer;
    return this.lastRate(tally, 'forwarded') / component.nodes.length;
  }

  /** Growth of a column over the last finished window, per second. */
  private lastRate(tally: Tally, column: string): number {
    const { windowNs } = this.run.world.recorder;
    return tally.length === 0 ? 0 : (tally.at(tally.length - 1, column) * 1e9) / windowNs;
  }
}
