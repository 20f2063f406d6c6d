/** What a kind of component says of itself beside its lines: entries, roles, log positions. */

import { shortMilliseconds, shortShare } from '../../base/measured.ts';
import { formatCount, formatSize } from '../../base/format-units.ts';
import { shadowRatio, shadowText } from '../../experiment/shadow-metrics.ts';
import { Cache } from '../../model/components/cache/cache.ts';
import { Cdn } from '../../model/components/cdn/cdn.ts';
import { Database } from '../../model/components/database/database.ts';
import { LoadBalancer } from '../../model/components/load-balancer/balancer.ts';
import { Population } from '../../model/workloads/population.ts';
import type { Edge } from '../../model/edge.ts';
import { NodeState, type Node } from '../../model/node.ts';
import type { Tally } from '../../model/tally.ts';
import type { Component, World } from '../../model/world.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export function factsOfComponent(
  world: World,
  component: Component,
  nodes: readonly Node[],
  away: number,
): Fact[] {
  const facts: Fact[] = [];
  if (away > 0) facts.push({ name: 'waiting for others', value: counted(away, 'request') });
  const slow = nodes.filter(({ slowness }) => slowness > 1.001);
  for (const { path, slowness } of slow.slice(0, 4)) {
    facts.push({ name: 'works slower', value: `${path}: ${slowness.toFixed(1)} times the time` });
  }
  if (component instanceof Cache || component instanceof Cdn)
    facts.push(...factsOfCache(world, component, nodes));
  if (component instanceof Cache) facts.push(...factsOfShadows(world, component));
  if (component instanceof Cdn) facts.push(...factsOfCdn(world, component));
  if (component instanceof Database) {
    facts.push(...factsOfDatabase(world, component, nodes), ...factsOfPool(component, nodes));
  }
  if (component instanceof LoadBalancer) facts.push(...factsOfBalancer(component));
  if (component instanceof Population) facts.push(...factsOfClients(world, component));
  return facts;
}

export function factsOfEdge({ recorder }: World, edge: Edge): Fact[] {
  const { tally } = edge;
  const last = (column: string) => lastWindow(tally, recorder.windows, column);
  const ok = last('ok');
  const mean = ok > 0 ? shortMilliseconds(last('latencyNs') / ok / 1e6) : '–';
  return [
    { name: 'attempts in the last window', value: formatCount(last('calls')) },
    { name: 'of these failed', value: formatCount(last('failed')) },
    { name: 'of these timed out', value: formatCount(last('timeouts')) },
    { name: 'retries', value: formatCount(last('retries')) },
    { name: 'mean time to an answer', value: mean },
  ];
}

function factsOfCache({ recorder }: World, cache: Cache | Cdn, nodes: readonly Node[]): Fact[] {
  const stores = nodes.map(({ index }) => cache.stores[index]!);
  const sum = (value: (store: (typeof stores)[number]) => number) =>
    stores.reduce((all, store) => all + value(store), 0);
  const entries = sum(({ limits }) => limits.entries);
  const bytes = sum(({ limits }) => limits.bytes);
  const tallies = nodes.map(({ index }) => cache.nodeTallies[index]!);
  const last = (column: string) =>
    tallies.reduce((all, tally) => all + lastWindow(tally, recorder.windows, column), 0);
  const room = entries === Infinity ? formatSize(bytes) : formatCount(entries);
  const held = sum(({ size }) => size);
  return [
    { name: 'entries', value: `${formatCount(held)}, room for ${room}` },
    { name: 'evicted so far', value: formatCount(sum(({ evictions }) => evictions)) },
    { name: 'hits in the last window', value: formatCount(last('hits')) },
    { name: 'misses in the last window', value: formatCount(last('misses')) },
  ];
}

/** What other sizes and policies would have had of the whole cache's look-ups so far. */
function factsOfShadows({ recorder }: World, cache: Cache): Fact[] {
  const span = { from: recorder.warmUpWindows, to: recorder.windows };
  return cache.shadows.map((shadow) => {
    const ratio = shadowRatio(cache, shadow, span);
    const value = Number.isNaN(ratio.hitRatio) ? '–' : shadowText(ratio, shadow.rate);
    return { name: `hits of ${cache.name} with ${shadow.rule.name}`, value };
  });
}

function factsOfCdn({ recorder }: World, { edge, tally }: Cdn): Fact[] {
  const last = (column: string) => formatCount(lastWindow(tally, recorder.windows, column));
  return [
    { name: `sent to ${edge.to.name} in the last window`, value: last('originRequests') },
    { name: 'waited for the same fetch', value: last('coalesced') },
  ];
}

function factsOfClients({ recorder }: World, { caches }: Population): Fact[] {
  if (caches === null) return [];
  const { table, tally } = caches;
  const last = (column: string) => lastWindow(tally, recorder.windows, column);
  const hits = last('hits');
  const looked = hits + last('misses');
  return [
    { name: 'distinct clients', value: formatCount(caches.clients) },
    { name: 'kept by all of them', value: counted(table.entries, 'answer') },
    {
      name: 'answered by own copies in the last window',
      value: shortShare(hits / looked),
    },
    { name: 'of these stale', value: formatCount(last('staleReads')) },
  ];
}

function factsOfPool({ pool }: Database, nodes: readonly Node[]): Fact[] {
  if (pool === null) return [];
  const held = nodes.reduce((sum, { index }) => sum + pool.stores[index]!.size, 0);
  return [{ name: 'in memory', value: counted(held, 'record') }];
}

function factsOfDatabase(
  { simulation }: World,
  database: Database,
  nodes: readonly Node[],
): Fact[] {
  const shards = database.shards.filter((shard) =>
    nodes.some((node) => shard.nodes.includes(node)),
  );
  if (nodes.length === 1 && shards[0] !== undefined) {
    const [shard] = shards;
    const place = shard.nodes.indexOf(nodes[0]!);
    const facts = [
      { name: 'log', value: `entry ${shard.applied[place]!} of ${shard.log.last} applied` },
    ];
    if (shard.nodes.length === 1) return facts;
    const lag = shortMilliseconds(shard.lagOf(place, simulation.now) / 1e6);
    const role = place === shard.primary ? 'primary' : `replica, ${lag} behind`;
    return [{ name: 'role', value: role }, ...facts];
  }
  return shards.slice(0, 12).map((shard) => ({
    name: shard.path.slice(database.name.length + 1),
    value: `${shardWords(shard.electing, shard.primaryIsDown)}${shard.primaryNode.path.slice(
      shard.path.length + 1,
    )}, log at ${shard.log.last}, ${shard.log.last - shard.appliedByAll} not everywhere`,
  }));
}

function shardWords(electing: boolean, isDown: boolean): string {
  if (electing) return 'electing, primary was ';
  return isDown ? 'primary down: ' : 'primary ';
}

function factsOfBalancer(balancer: LoadBalancer): Fact[] {
  const { nodes } = balancer.edge.to;
  const present = nodes.filter(({ state }) => state !== NodeState.off);
  const trusted = present.filter(({ index }) => balancer.trusts(index)).length;
  const share = shortShare(trusted / present.length);
  return [
    {
      name: 'sends to',
      value: `${trusted} of ${present.length} ${balancer.edge.to.name} (${share})`,
    },
  ];
}

function lastWindow(tally: Tally, windows: number, column: string): number {
  return windows > 0 ? tally.at(windows - 1, column) : 0;
}

function counted(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
