/**
 * How a node dies and comes back. A crash answers every call the node had with a reset, and makes
 * orphans of the calls it had made: their callees may go on working, but nobody waits.
 */

import { Flag } from './call-table.ts';
import { NodeState } from './node.ts';
import type { Node } from './node.ts';
import { Outcome } from './outcome.ts';
import { NoteKind } from './span-log.ts';
import type { World } from './world.ts';

/**
 * Takes nodes down at the same moment, so that none of them learns of the death of another. Does
 * nothing to a node that is down already, or switched off.
 */
export function crashNodes(world: World, nodes: readonly Node[]): void {
  const alive: readonly number[] = [NodeState.up, NodeState.starting];
  const struck = nodes.filter(({ state }) => alive.includes(state));
  const served = struck.filter(({ state }) => state === NodeState.up);
  for (const node of struck) {
    node.state = NodeState.down;
    node.epoch++;
  }
  for (const node of served) orphanCallsOf(world, node);
  const held = served.flatMap((node) => dropCallsAt(world, node));
  // In the order in which they were sent: who has which row is nobody else's business.
  held.sort((left, right) => world.calls.sentAt(left) - world.calls.sentAt(right));
  for (const node of served) world.components[node.component]!.onCrash(node);
  for (const row of held) world.reply(row, Outcome.reset);
  if (served.length > 0) world.topologyChanged();
}

/** The node serves again, cold when its memory was lost. */
export function startNode(world: World, node: Node): void {
  const cold = node.memoryLost;
  node.state = NodeState.up;
  node.memoryLost = false;
  world.components[node.component]!.onStart(node, cold);
  world.topologyChanged();
}

function orphanCallsOf(world: World, node: Node): void {
  const { calls } = world;
  for (let row = 0; row < calls.used; row++) {
    const flags = calls.flags(row);
    if (calls.callerNode(row) !== node.id) continue;
    if ((flags & (Flag.free | Flag.abandoned | Flag.branch)) !== 0) continue;
    world.paths[calls.edge(row)]!.orphan(row);
  }
}

/** Empties the node; returns the rows of calls it had, branches of its own are released. */
function dropCallsAt(world: World, node: Node): number[] {
  const { calls, simulation } = world;
  const held: number[] = [];
  for (let row = 0; row < calls.used; row++) {
    const flags = calls.flags(row);
    if (calls.node(row) !== node.id || (flags & Flag.free) !== 0) continue;
    if ((flags & Flag.atCallee) === 0) continue;
    if (calls.event(row) >= 0) simulation.cancel(calls.event(row));
    calls.setEvent(row, -1);
    node.station?.drop(row);
    if (calls.trace(row) !== 0) calls.spans.note(NoteKind.dropped, calls.trace(row), row);
    if ((flags & Flag.branch) !== 0) calls.release(row);
    else held.push(row);
  }
  return held;
}
