/**
 * Rows for what a node of a cache does on its own account: it fetches an entry anew, or writes one
 * back. Nobody waits for them; they die with their node.
 */

import { Flag } from '../../call-table.ts';
import type { Verb } from '../../verb.ts';
import type { Workings } from './workings.ts';

/** Urgency of requests that say nothing of it. */
const URGENCY = 3;

/** A row of a node about a key, which stands for a caller; released by `writes.onReply`. */
export function openOwn(
  workings: Workings,
  fields: { readonly node: number; readonly key: number; readonly dataset: number },
  verb: typeof Verb.read | typeof Verb.write,
): number {
  const { nodes, world } = workings;
  const { calls, keys } = world;
  const node = nodes[fields.node]!;
  const row = calls.open();
  calls.setPriority(row, URGENCY);
  calls.raise(row, Flag.branch | Flag.atCallee);
  calls.setNode(row, node.id);
  calls.setCaller(row, node.component);
  calls.setCallerNode(row, -1);
  calls.setStart(row, world.simulation.now);
  calls.setParent(row, -1);
  calls.setTrace(row, 0);
  calls.setKey(row, fields.key);
  calls.setAccessKey(row, fields.key);
  calls.setDataset(row, fields.dataset);
  calls.setOperation(row, verb);
  calls.setSize(row, keys.datasets[fields.dataset]!.plan.size);
  return row;
}

/** True for a row of `openOwn`, or one like it. */
export function isOwn(flags: number): boolean {
  return (flags & Flag.branch) !== 0;
}
