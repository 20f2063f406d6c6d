/**
 * What goes on at a place at this moment: who waits, who is served, what its kind adds. Everything
 * is read from the call table and the components; nothing is changed.
 */

import { Flag } from '../../model/call-table.ts';
import { Cache } from '../../model/components/cache/cache.ts';
import { Edge } from '../../model/edge.ts';
import type { Node } from '../../model/node.ts';
import type { Component, World } from '../../model/world.ts';
import type { Inside, PresentRequest } from '../../protocol/inside.ts';
import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';
import { contentsOf } from './cache-contents.ts';
import { factsOfComponent, factsOfEdge } from './inside-facts.ts';
import { operationNameOf, originOf, requestOf } from './rows.ts';

const waitingMax = 24;
const servedMax = 32;
const keysMax = 12;

export function answerInside(
  { recording }: Asked,
  { path }: Questions['inside']['question'],
): Questions['inside']['answer'] {
  const { world } = recording.experiment.run;
  if (path.includes('>')) return insideEdge(world, path);
  const component = world.components.find(
    ({ name }) => path === name || path.startsWith(`${name}/`),
  );
  if (component === undefined) return null;
  const nodes = component.nodes.filter(
    (node) => node.path === path || node.path.startsWith(`${path}/`) || component.name === path,
  );
  return insideNodes(world, path, component, nodes);
}

function insideNodes(
  world: World,
  path: string,
  component: Component,
  nodes: readonly Node[],
): Inside {
  const { waiting, served, away } = presentAt(world, nodes);
  return {
    path,
    waiting: waiting.slice(0, waitingMax).map((row) => presentRequest(world, row)),
    waitingInAll: nodes.reduce((sum, { station }) => sum + (station?.queue ?? 0), 0),
    served: served.slice(0, servedMax).map((row) => presentRequest(world, row)),
    servedInAll: served.length,
    facts: factsOfComponent(world, component, nodes, away),
    keys:
      component instanceof Cache && nodes.length === 1
        ? leavingKeys(world, component, nodes[0]!)
        : null,
    contents: contentsOf(world, component, nodes),
  };
}

/** Rows at some nodes: in line, in service, and those whose work is done elsewhere meanwhile. */
function presentAt(world: World, nodes: readonly Node[]) {
  const { calls } = world;
  const own = new Set(nodes.map(({ id }) => id));
  const served: number[] = [];
  let away = 0;
  for (let row = 0; row < calls.used; row += 1) {
    if (!own.has(calls.node(row))) continue;
    const flags = calls.flags(row);
    if ((flags & Flag.free) !== 0 || (flags & (Flag.inService | Flag.atCallee)) === 0) continue;
    if ((flags & Flag.inService) !== 0) served.push(row);
    else if ((flags & (Flag.waiting | Flag.branch)) === 0) away += 1;
  }
  const lines = nodes.flatMap(({ station }) => station?.waiting(waitingMax) ?? []);
  // One line keeps its own order; several are told apart by who has waited longest.
  const waiting = nodes.length === 1 ? lines : oldestFirst(world, lines);
  return { waiting, served: oldestFirst(world, served), away };
}

function oldestFirst({ calls }: World, rows: readonly number[]): number[] {
  return [...rows].sort((left, right) => calls.since(left) - calls.since(right));
}

function insideEdge(world: World, path: string): Inside | null {
  const edge = world.paths.find(
    (one) => one instanceof Edge && `${one.from}>${one.to.name}` === path,
  );
  if (!(edge instanceof Edge)) return null;
  const { calls } = world;
  const rows: number[] = [];
  for (let row = 0; row < calls.used; row += 1) {
    const flags = calls.flags(row);
    const isGone = (flags & (Flag.free | Flag.abandoned | Flag.branch)) !== 0;
    if (!isGone && calls.edge(row) === edge.id) rows.push(row);
  }
  rows.sort((left, right) => calls.sentAt(left) - calls.sentAt(right));
  const pausing = rows.filter((row) => (calls.flags(row) & Flag.backingOff) !== 0);
  const underWay = rows.filter((row) => (calls.flags(row) & Flag.backingOff) === 0);
  const present = (row: number) => presentRequest(world, row, calls.sentAt(row));
  return {
    path,
    waiting: pausing.slice(0, waitingMax).map(present),
    waitingInAll: pausing.length,
    served: underWay.slice(0, servedMax).map(present),
    servedInAll: underWay.length,
    facts: factsOfEdge(world, edge),
    keys: null,
    contents: null,
  };
}

function presentRequest(world: World, row: number, since = world.calls.since(row)): PresentRequest {
  const { calls, simulation } = world;
  return {
    request: requestOf(world, row),
    origin: originOf(world, row),
    operation: operationNameOf(world, row),
    sinceMs: (simulation.now - since) / 1e6,
    attempt: calls.attempt(row),
  };
}

function leavingKeys(world: World, cache: Cache, node: Node): Inside['keys'] {
  const keys = cache.stores[node.index]!.leavingNext(keysMax);
  if (keys === null) return null;
  return keys.map(({ key, expiry }) => {
    const dataset = world.keys.datasets.filter(({ firstKey }) => firstKey <= key).at(-1)!;
    const left = (expiry - world.simulation.now) / 1e6;
    return {
      key: key - dataset.firstKey,
      dataset: dataset.plan.name,
      expiresInMs: left === Infinity ? null : left,
    };
  });
}
