/** What nodes and edges are doing right now, as the rows that frames carry. */

import { Cache } from '../model/components/cache/cache.ts';
import { Database } from '../model/components/database/database.ts';
import { LoadBalancer } from '../model/components/load-balancer/balancer.ts';
import type { CacheStore } from '../model/cache-store.ts';
import { Edge } from '../model/edge.ts';
import { NodeState, type Node } from '../model/node.ts';
import type { Tally } from '../model/tally.ts';
import { Population } from '../model/workloads/population.ts';
import type { Component, World } from '../model/world.ts';
import { EDGE_STRIDE, EdgeColumn, NODE_STRIDE, NodeColumn } from '../protocol/frame.ts';
import type { DrawnEdge } from './describe.ts';
import type { NodeRows } from './node-rows.ts';

/** Values of the `state` column. */
const up = 0;
const starting = 1;
const slow = 2;
const down = 3;
const cutOff = 4;
const off = 5;
/** Values of the `role` column. */
const primary = 1;
const replica = 2;
const candidate = 3;

/** Work that takes this much longer than usual counts as slow. */
const slownessMin = 1.01;

export function readNodeRows(world: World, rows: NodeRows, target: Float32Array): void {
  const islands = islandZones(world);
  for (const { component, firstRow, nodes } of rows.boxes) {
    const at = firstRow * NODE_STRIDE;
    if (component instanceof Population) readClients(world, component, target, at);
    nodes.forEach((node, index) => {
      readNode(world, component, node, target, at + index * NODE_STRIDE);
      const isIsland = islands.has(node.zone) && target[at + index * NODE_STRIDE] === up;
      if (isIsland) target[at + index * NODE_STRIDE] = cutOff;
    });
  }
}

function readClients(world: World, population: Population, target: Float32Array, at: number): void {
  target[at + NodeColumn.hitRatio] = NaN;
  target[at + NodeColumn.healthy] = 1;
  for (const path of world.paths) {
    if (!(path instanceof Edge) || path.from !== population.name) continue;
    target[at + NodeColumn.rate] = rateOf(world, path.tally, 'calls');
  }
}

function readNode(
  world: World,
  component: Component,
  node: Node,
  target: Float32Array,
  at: number,
): void {
  target[at + NodeColumn.state] = stateOf(world, node);
  target[at + NodeColumn.busy] = node.station?.busy ?? 0;
  target[at + NodeColumn.queue] = node.station?.queue ?? 0;
  target[at + NodeColumn.rate] = nodeRate(world, component, node);
  target[at + NodeColumn.hitRatio] = NaN;
  target[at + NodeColumn.healthy] = healthOf(world, component, node);
  if (component instanceof Cache) readCacheNode(world, component, node, target, at);
  if (component instanceof Database) readDatabaseNode(world, component, node, target, at);
}

export function readEdgeRows(
  world: World,
  edges: readonly DrawnEdge[],
  target: Float32Array,
): void {
  edges.forEach(({ edge }, index) => {
    if (edge === null) return;
    const at = index * EDGE_STRIDE;
    target[at + EdgeColumn.rate] = rateOf(world, edge.tally, 'calls');
    target[at + EdgeColumn.failedRate] = rateOf(world, edge.tally, 'failed');
    target[at + EdgeColumn.retryRate] = rateOf(world, edge.tally, 'retries');
  });
}

/** Growth of a column per second over the last finished window, or so far in the first. */
function rateOf({ recorder, simulation }: World, tally: Tally, column: string): number {
  const { windows, windowNs } = recorder;
  if (windows > 0) return (tally.at(windows - 1, column) / windowNs) * 1e9;
  const count = tally.counts[tally.columns.indexOf(column)] ?? 0;
  return simulation.now > 0 ? (count / simulation.now) * 1e9 : 0;
}

function nodeRate(world: World, component: Component, node: Node): number {
  if (node.station !== null) return rateOf(world, node.station.tally, 'arrivals');
  if (!(component instanceof LoadBalancer)) return 0;
  return rateOf(world, component.tally, 'forwarded') / component.nodes.length;
}

function stateOf({ network }: World, node: Node): number {
  if (node.state === NodeState.down) return down;
  if (node.state === NodeState.starting) return starting;
  if (node.state === NodeState.off) return off;
  if (network.isIsolated(node.id)) return cutOff;
  return node.slowness > slownessMin ? slow : up;
}

/** Zones that no other zone with nodes in it can reach. */
function islandZones({ network, nodes }: World): ReadonlySet<number> {
  const islands = new Set<number>();
  const samples = new Map(nodes.map((node) => [node.zone, node.id]));
  for (const [zone, node] of samples) {
    const others = [...samples.values()].filter((other) => other !== node);
    if (others.length > 0 && others.every((other) => network.isCut(node, other))) islands.add(zone);
  }
  return islands;
}

/** The share of the balancers in front of a node that would send to it. */
function healthOf(world: World, component: Component, node: Node): number {
  let callers = 0;
  let believers = 0;
  for (const caller of world.components) {
    if (!(caller instanceof LoadBalancer) || caller.edge.to !== component) continue;
    callers += 1;
    believers += caller.trusts(node.index) ? 1 : 0;
  }
  return callers === 0 ? 1 : believers / callers;
}

function readCacheNode(
  world: World,
  cache: Cache,
  node: Node,
  target: Float32Array,
  at: number,
): void {
  const { windows } = world.recorder;
  const tally = cache.nodeTallies[node.index]!;
  const hits = windows > 0 ? tally.at(windows - 1, 'hits') : 0;
  const ratio = windows > 0 ? hits / (hits + tally.at(windows - 1, 'misses')) : NaN;
  target[at + NodeColumn.hitRatio] = node.state === NodeState.up ? ratio : NaN;
  target[at + NodeColumn.fill] = fillOf(cache.stores[node.index]!);
}

function fillOf({ size, bytes, limits }: CacheStore): number {
  const share = Math.max(size / limits.entries, bytes / limits.bytes);
  return Number.isFinite(share) ? Math.min(1, share) : 0;
}

function readDatabaseNode(
  world: World,
  database: Database,
  node: Node,
  target: Float32Array,
  at: number,
): void {
  const shard = database.shards[node.shard]!;
  if (shard.nodes.length === 1) return;
  const place = shard.nodes.indexOf(node);
  const isPrimary = place === shard.primary;
  const follower = shard.electing ? candidate : replica;
  target[at + NodeColumn.role] = isPrimary ? primary : follower;
  target[at + NodeColumn.lag] = isPrimary ? 0 : shard.lagOf(place, world.simulation.now) / 1e9;
  if (shard.suspect[place] === 1) target[at + NodeColumn.healthy] = 0;
}
