/**
 * A census walks the table of calls once and counts what is there: who waits where, who is in
 * service, which requests of clients are on their way. It is the other side of every balance that
 * the self-checks draw up, so it takes nothing from the books that it is held against.
 */

import { Flag } from '../model/call-table.ts';
import type { Run } from '../model/run.ts';
import { Population } from '../model/workloads/population.ts';

export interface Census {
  /** Rows in use. */
  readonly rows: number;
  /** By node: rows that wait, rows in service, and how long they have so far, ns. */
  readonly waiting: Float64Array;
  readonly inService: Float64Array;
  readonly waitNs: Float64Array;
  readonly serviceNs: Float64Array;
  /** By operation: requests of clients that have not ended. */
  readonly requests: ReadonlyMap<string, number>;
  /** Attempts that clients have sent for these requests. */
  readonly attempts: number;
  /** By number of the edge: calls whose caller still waits for an answer. */
  readonly outstanding: Float64Array;
}

export function takeCensus(run: Run): Census {
  const { calls, components, nodes, paths, simulation } = run.world;
  const requests = new Map<string, number>();
  const census = {
    rows: 0,
    waiting: new Float64Array(nodes.length),
    inService: new Float64Array(nodes.length),
    waitNs: new Float64Array(nodes.length),
    serviceNs: new Float64Array(nodes.length),
    requests,
    attempts: 0,
    outstanding: new Float64Array(paths.length),
  };
  for (let row = 0; row < calls.used; row++) {
    const flags = calls.flags(row);
    if ((flags & Flag.free) !== 0) continue;
    census.rows++;
    const node = calls.node(row);
    if ((flags & Flag.waiting) !== 0) {
      census.waiting[node]!++;
      census.waitNs[node]! += simulation.now - calls.since(row);
    }
    if ((flags & Flag.inService) !== 0) {
      census.inService[node]!++;
      census.serviceNs[node]! += simulation.now - calls.since(row);
    }
    if ((flags & (Flag.abandoned | Flag.branch)) !== 0) continue;
    const isSent = (flags & Flag.backingOff) === 0;
    if (isSent) census.outstanding[calls.edge(row)]!++;
    const caller = components[calls.caller(row)]!;
    if (!(caller instanceof Population)) continue;
    const { operation } = caller.plan.mix[calls.tag(row)]!;
    requests.set(operation, (requests.get(operation) ?? 0) + 1);
    census.attempts += calls.attempt(row) - (isSent ? 0 : 1);
  }
  return census;
}
