/** What nodes and edges are doing right now, as the rows that frames carry. */

import { Cache } from '../model/components/cache/cache.ts';
import { Cdn } from '../model/components/cdn/cdn.ts';
import { Database } from '../model/components/database/database.ts';
import { LoadBalancer } from '../model/components/load-balancer/balancer.ts';
import { Service } from '../model/components/service/service.ts';
import type { CacheStore } from '../model/cache-store.ts';
import { Flag } from '../model/call-table.ts';
import { Edge } from '../model/edge.ts';
import { NodeState, type Node } from '../model/node.ts';
import type { Tally } from '../model/tally.ts';
import { Verb } from '../model/verb.ts';
import { Population } from '../model/workloads/population.ts';
import type { Component, World } from '../model/world.ts';
import {
  EDGE_STRIDE,
  EVICTIONS_MODULUS,
  EdgeColumn,
  NODE_STRIDE,
  NodeColumn,
} from '../protocol/frame.ts';
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
/** Conditions of an edge are those between so many nodes on either side. */
const nodesLookedAt = 16;
/** With more calls under way nobody counts how many ask for the same key. */
const callsLookedAt = 50_000;

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
    readHeat(component, nodes, target, at);
  }
}

function readClients(world: World, population: Population, target: Float32Array, at: number): void {
  target[at + NodeColumn.hitRatio] = NaN;
  target[at + NodeColumn.healthy] = 1;
  target[at + NodeColumn.heat] = NaN;
  target[at + NodeColumn.slowness] = 1;
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
  readHealth(world, component, node, target, at);
  target[at + NodeColumn.progress] = progressOf(world, node);
  target[at + NodeColumn.heat] = NaN;
  target[at + NodeColumn.slowness] = node.slowness;
  if (component instanceof Cache || component instanceof Cdn) {
    readCacheNode(world, component, node, target, at);
  }
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
    const [cut, loss] = wayConditions(world, edge);
    target[at + EdgeColumn.cut] = cut;
    target[at + EdgeColumn.loss] = loss;
  });
  readSameKeys(world, edges, target);
}

/** Share of the ways between the nodes of an edge that are cut, and the worst loss on one. */
function wayConditions({ components, network }: World, edge: Edge): [number, number] {
  const caller = components.find(({ name }) => name === edge.from)!;
  const from = nodeNumbers(caller);
  const to = nodeNumbers(edge.to);
  let cut = 0;
  let loss = 0;
  for (const left of from) {
    for (const right of to) {
      if (network.isCut(left, right)) cut += 1;
      loss = Math.max(loss, network.lossBetween(left, right));
    }
  }
  return [cut / (from.length * to.length), loss];
}

/** Clients outside of all zones are number -1. In large components the first nodes must do. */
function nodeNumbers(component: Component): number[] {
  if (component instanceof Population) return [component.place?.id ?? -1];
  return component.nodes.slice(0, nodesLookedAt).map(({ id }) => id);
}

/** A stampede: many calls to a database at the same time for one key that a cache should hold. */
function readSameKeys(
  { calls, keys }: World,
  edges: readonly DrawnEdge[],
  target: Float32Array,
): void {
  if (calls.inUse > callsLookedAt) return;
  const places = new Map<number, number>();
  edges.forEach(({ edge }, place) => {
    if (edge?.to instanceof Database) places.set(edge.id, place);
  });
  const cached = new Set(
    keys.datasets.filter(({ plan }) => plan.cachedIn.length > 0).map(({ index }) => index),
  );
  if (places.size === 0 || cached.size === 0) return;
  const counts = new Map<number, number>();
  for (let row = 0; row < calls.used; row += 1) {
    if (!calls.isInUse(row) || (calls.flags(row) & Flag.branch) !== 0) continue;
    const place = places.get(calls.edge(row));
    if (place === undefined || calls.operation(row) !== Verb.read) continue;
    if (!cached.has(calls.dataset(row))) continue;
    const name = calls.key(row) * edges.length + place;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const at = place * EDGE_STRIDE + EdgeColumn.sameKey;
    if (count > target[at]!) target[at] = count;
  }
}

/** Growth of a column per second over the last finished window, or so far in the first. */
function rateOf({ recorder, simulation }: World, tally: Tally, column: string): number {
  const last = recorder.windows - 1;
  if (last >= 0) return (tally.at(last, column) / recorder.lengthOf(last)) * 1e9;
  const count = tally.counts[tally.columns.indexOf(column)] ?? 0;
  return simulation.now > 0 ? (count / simulation.now) * 1e9 : 0;
}

function nodeRate(world: World, component: Component, node: Node): number {
  // Between its steps of work a service may hold no worker, so visits to those are no requests.
  const requests = component instanceof Service ? 'calls' : 'arrivals';
  if (node.station !== null) return rateOf(world, node.station.tally, requests);
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

/** The shares of the balancers in front of a node that would send to it, and have ejected it. */
function readHealth(
  world: World,
  component: Component,
  node: Node,
  target: Float32Array,
  at: number,
): void {
  let callers = 0;
  let believers = 0;
  let ejectors = 0;
  for (const caller of world.components) {
    if (!(caller instanceof LoadBalancer) || caller.edge.to !== component) continue;
    callers += 1;
    believers += caller.trusts(node.index) ? 1 : 0;
    ejectors += caller.ejects(node.index) ? 1 : 0;
  }
  target[at + NodeColumn.healthy] = callers === 0 ? 1 : believers / callers;
  target[at + NodeColumn.ejected] = callers === 0 ? 0 : ejectors / callers;
}

function progressOf({ simulation }: World, { state, startsAt, servesAt }: Node): number {
  if (state !== NodeState.starting) return 0;
  return servesAt > startsAt ? (simulation.now - startsAt) / (servesAt - startsAt) : 1;
}

/** How the requests spread over the shards of a database or the nodes of a cache. */
function readHeat(
  component: Component,
  nodes: readonly Node[],
  target: Float32Array,
  at: number,
): void {
  const isSharded = component instanceof Database && component.shards.length > 1;
  if (!isSharded && !(component instanceof Cache && nodes.length > 1)) return;
  const partOf = (index: number) => (isSharded ? nodes[index]!.shard : index);
  const parts = new Float64Array(isSharded ? component.shards.length : nodes.length);
  nodes.forEach((_, index) => {
    parts[partOf(index)]! += target[at + index * NODE_STRIDE + NodeColumn.rate]!;
  });
  const sum = parts.reduce((total, rate) => total + rate, 0);
  nodes.forEach((_, index) => {
    const heat = sum > 0 ? (parts[partOf(index)]! / sum) * parts.length : NaN;
    target[at + index * NODE_STRIDE + NodeColumn.heat] = heat;
  });
}

function readCacheNode(
  world: World,
  cache: Cache | Cdn,
  node: Node,
  target: Float32Array,
  at: number,
): void {
  const { windows } = world.recorder;
  const tally = cache.nodeTallies[node.index]!;
  const hits = windows > 0 ? tally.at(windows - 1, 'hits') : 0;
  const ratio = windows > 0 ? hits / (hits + tally.at(windows - 1, 'misses')) : NaN;
  target[at + NodeColumn.hitRatio] = node.state === NodeState.up ? ratio : NaN;
  const store = cache.stores[node.index]!;
  target[at + NodeColumn.fill] = fillOf(store);
  target[at + NodeColumn.evictions] = store.evictions % EVICTIONS_MODULUS;
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
