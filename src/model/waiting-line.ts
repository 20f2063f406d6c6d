/**
 * Rows that wait, as linked lists through the call table: one list, or one for each urgency.
 * Adding, taking and removing from the middle are O(1).
 */

import { NEXT, PREVIOUS, WORDS } from './call-rows.ts';
import type { CallTable } from './call-table.ts';

const NONE = -1;
/** Urgencies 0 to 7 as in RFC 9218. */
const LEVELS = 8;

export class WaitingLine {
  length = 0;
  private readonly calls: CallTable;
  private readonly byPriority: boolean;
  private readonly newestFirst: boolean;
  private readonly heads = new Int32Array(LEVELS).fill(NONE);
  private readonly tails = new Int32Array(LEVELS).fill(NONE);

  constructor(calls: CallTable, order: { byPriority: boolean; newestFirst: boolean }) {
    this.calls = calls;
    this.byPriority = order.byPriority;
    this.newestFirst = order.newestFirst;
  }

  add(row: number): void {
    if (this.newestFirst) this.addFirst(row);
    else this.addLast(row);
  }

  /** Puts a row back at the head of its list, as one that was interrupted. */
  addFirst(row: number): void {
    const level = this.levelOf(row);
    const head = this.heads[level]!;
    const { words } = this.calls;
    words[row * WORDS + PREVIOUS] = NONE;
    words[row * WORDS + NEXT] = head;
    if (head === NONE) this.tails[level] = row;
    else words[head * WORDS + PREVIOUS] = row;
    this.heads[level] = row;
    this.length++;
  }

  /** The next row to serve, left in place; -1 when nobody waits. */
  peekFirst(): number {
    if (this.length === 0) return NONE;
    let level = 0;
    while (this.heads[level] === NONE) level++;
    return this.heads[level]!;
  }

  /** The least urgent row, the latest comer among equals, left in place; -1 when empty. */
  peekLast(): number {
    if (this.length === 0) return NONE;
    let level = this.byPriority ? LEVELS - 1 : 0;
    while (this.tails[level] === NONE) level--;
    return this.tails[level]!;
  }

  /** The first rows in the order in which they would be served, `limit` at the most. */
  first(limit: number): number[] {
    const rows: number[] = [];
    for (const head of this.heads) {
      let row = head;
      while (row !== NONE && rows.length < limit) {
        rows.push(row);
        row = this.calls.words[row * WORDS + NEXT]!;
      }
    }
    return rows;
  }

  remove(row: number): void {
    const level = this.levelOf(row);
    const { words } = this.calls;
    const before = words[row * WORDS + PREVIOUS]!;
    const after = words[row * WORDS + NEXT]!;
    if (before === NONE) this.heads[level] = after;
    else words[before * WORDS + NEXT] = after;
    if (after === NONE) this.tails[level] = before;
    else words[after * WORDS + PREVIOUS] = before;
    this.length--;
  }

  private addLast(row: number): void {
    const level = this.levelOf(row);
    const tail = this.tails[level]!;
    const { words } = this.calls;
    words[row * WORDS + NEXT] = NONE;
    words[row * WORDS + PREVIOUS] = tail;
    if (tail === NONE) this.heads[level] = row;
    else words[tail * WORDS + NEXT] = row;
    this.tails[level] = row;
    this.length++;
  }

  private levelOf(row: number): number {
    return this.byPriority ? this.calls.priority(row) : 0;
  }
}
