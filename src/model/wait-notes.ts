/**
 * Notes of a watched row that waits, without a worker, for something that is not its own: what
 * another row fetches, or the replicas. A wait also ends with the row's answer, or with its node.
 */

import type { CallTable } from './call-table.ts';
import { NoteKind } from './span-log.ts';

export function noteWaits(calls: CallTable, row: number): void {
  const trace = calls.trace(row);
  if (trace !== 0) calls.spans.note(NoteKind.waits, trace, row, calls.node(row));
}

/** For a row that is not answered at once. */
export function noteGoesOn(calls: CallTable, row: number): void {
  const trace = calls.trace(row);
  if (trace !== 0) calls.spans.note(NoteKind.goesOn, trace, row);
}
