/** What a row of the call table stands for, in the words of the scenario. */

import { Flag } from '../../model/call-table.ts';
import { DataAccess } from '../../model/data-access.ts';
import { Population } from '../../model/workloads/population.ts';
import { Verb } from '../../model/verb.ts';
import type { World } from '../../model/world.ts';
import type { Origin } from '../../protocol/inside.ts';

const verbNames = Object.keys(Verb);

/** Number of the client's request that a row belongs to; 0 when no log has sampled it. */
export function requestOf({ calls }: World, row: number): number {
  return Math.abs(calls.trace(row));
}

/** Where the request of a row came from; null when its caller may be gone already. */
export function originOf({ calls, components }: World, row: number): Origin | null {
  let call = row;
  for (;;) {
    const isDetached = (calls.flags(call) & (Flag.abandoned | Flag.free)) !== 0;
    if (isDetached) return null;
    const isBranch = (calls.flags(call) & Flag.branch) !== 0;
    const caller = components[calls.caller(call)];
    if (!isBranch && caller instanceof Population) {
      return { client: caller.name, start: calls.start(call) / 1e9 };
    }
    if (!isBranch && DataAccess.isFill(calls.tag(call))) return null;
    call = calls.parent(call);
    if (call < 0) return null;
  }
}

/** Name of the operation that is asked of the callee. */
export function operationNameOf(world: World, row: number): string {
  const { calls } = world;
  let call = row;
  // A branch works for the call that it is a part of.
  while ((calls.flags(call) & Flag.branch) !== 0 && calls.parent(call) >= 0) {
    call = calls.parent(call);
  }
  const node = world.nodes[calls.node(call)];
  const callee = node === undefined ? undefined : world.components[node.component];
  const plan = world.plan.components.find(({ name }) => name === callee?.name);
  const operations = plan?.parameters['operations'] as object | undefined;
  if (operations !== undefined) return Object.keys(operations)[calls.operation(call)] ?? '';
  if (plan?.kind === 'load-balancer') return clientOperationOf(world, call);
  return verbNames[calls.operation(call)] ?? '';
}

/** What the client asked for, when the row is the client's own call. */
function clientOperationOf({ calls, components }: World, row: number): string {
  const caller = components[calls.caller(row)];
  if (!(caller instanceof Population)) return 'passes on';
  return caller.plan.mix[calls.tag(row)]?.operation ?? '';
}
