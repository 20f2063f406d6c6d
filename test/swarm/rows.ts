// The table of calls as the invariants see it, in one place: what a row says, and whether the event
// that it names is pending.
import { Flag } from '../../src/model/call-table.ts';
import type { CallTable } from '../../src/model/call-table.ts';
import type { Run } from '../../src/model/run.ts';

/** One row in use. */
export interface Row {
  readonly row: number;
  readonly flags: number;
  readonly node: number;
  readonly caller: number;
  readonly callerNode: number;
  readonly edge: number;
  readonly parent: number;
  readonly tag: number;
  readonly event: number;
  readonly pending: number;
  readonly outcome: number;
  readonly attempt: number;
}

/** Every row in use, in their order. */
export function rowsInUse({ world: { calls } }: Run): Row[] {
  const rows: Row[] = [];
  for (let row = 0; row < calls.used; row++) if (calls.isInUse(row)) rows.push(rowAt(calls, row));
  return rows;
}

export function rowAt(calls: CallTable, row: number): Row {
  return {
    row,
    flags: calls.flags(row),
    node: calls.node(row),
    caller: calls.caller(row),
    callerNode: calls.callerNode(row),
    edge: calls.edge(row),
    parent: calls.parent(row),
    tag: calls.tag(row),
    event: calls.event(row),
    pending: calls.pending(row),
    outcome: calls.outcome(row),
    attempt: calls.attempt(row),
  };
}

/** When the request began and when this attempt was sent, ns. */
export function timesOf({ world: { calls } }: Run, row: number) {
  return { start: calls.start(row), sentAt: calls.sentAt(row) };
}

export function has({ flags }: Row, flag: keyof typeof Flag): boolean {
  return (flags & Flag[flag]) !== 0;
}

/** True when the slot holds an event that is still to come. */
export function isPending({ world: { simulation } }: Run, slot: number): boolean {
  const { events } = simulation.agenda;
  return !events.isHusk(slot) && events.sequence(slot) >= 0;
}

/** The row that a pending event is about. */
export function rowOfEvent({ world: { simulation } }: Run, slot: number): number {
  return simulation.agenda.events.first(slot);
}

/** Events to come, cancelled ones not counted. */
export function pendingEvents({ world: { simulation } }: Run): number {
  return simulation.agenda.size;
}

/** A row in words. */
export function inWords(run: Run, row: Row): string {
  const { components, nodes } = run.world;
  const flags = Object.keys(Flag).filter((flag) => has(row, flag as keyof typeof Flag));
  const caller = components[row.caller]?.name ?? 'nobody';
  const where = nodes[row.node]?.path ?? 'nowhere';
  return `row ${row.row} of ${caller} at ${where} (${flags.join(', ')})`;
}
