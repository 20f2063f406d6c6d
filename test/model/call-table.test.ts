import { describe, expect, it } from 'vitest';
import { BYTES_A_ROW } from '../../src/model/call-rows.ts';
import { CallTable, Flag } from '../../src/model/call-table.ts';

/** Every column, by the names of what reads and what writes it. */
const COLUMNS = [
  'start',
  'sentAt',
  'since',
  'work',
  'size',
  'key',
  'accessKey',
  'version',
  'parent',
  'tag',
  'timer',
  'event',
  'next',
  'previous',
  'trace',
  'position',
  'caller',
  'callerNode',
  'edge',
  'node',
  'operation',
  'dataset',
  'pending',
  'pauseUs',
  'flags',
  'priority',
  'outcome',
  'attempt',
] as const;

type Column = (typeof COLUMNS)[number];

function read(calls: CallTable, column: Column, row: number): number {
  return calls[column](row);
}

function write(calls: CallTable, column: Column, row: number, value: number): void {
  const setter = `set${column[0]!.toUpperCase()}${column.slice(1)}` as 'setKey';
  calls[setter](row, value);
}

/** A value that differs from column to column and fits into the smallest. */
function valueOf(column: Column, row: number): number {
  return (COLUMNS.indexOf(column) * 5 + row * 3) % 8;
}

describe('the call table', () => {
  it('keeps what every column holds when it grows from a single row', () => {
    const calls = new CallTable(1);
    const rows = Array.from({ length: 100 }, () => calls.open());
    expect(rows).toEqual(Array.from({ length: 100 }, (_, row) => row));
    for (const row of rows) {
      for (const column of COLUMNS) write(calls, column, row, valueOf(column, row));
    }
    for (let more = 0; more < 200; more++) calls.open();
    for (const row of rows) {
      for (const column of COLUMNS) {
        expect(read(calls, column, row), `${column} of ${row}`).toBe(valueOf(column, row));
      }
    }
  });

  it.each<[Column, number]>([
    ['start', 2 ** 53 - 1],
    ['size', 3e9 + 0.5],
    ['key', 2 ** 31 - 1],
    ['parent', -1],
    ['node', -1],
    ['flags', 0xfff],
    ['priority', 7],
    ['outcome', 31],
    ['attempt', 255],
  ])('holds the largest and least %s beside full neighbours', (column, value) => {
    const calls = new CallTable(4);
    const rows = [calls.open(), calls.open(), calls.open()];
    for (const row of rows) for (const other of COLUMNS) write(calls, other, row, 5);
    write(calls, column, rows[1]!, value);
    for (const row of rows) {
      for (const other of COLUMNS) {
        const expected = other === column && row === rows[1] ? value : 5;
        expect(read(calls, other, row), `${other} of ${row}`).toBe(expected);
      }
    }
  });

  it('raises and lowers flags one by one', () => {
    const calls = new CallTable(1);
    const row = calls.open();
    calls.setAttempt(row, 3);
    calls.raise(row, Flag.miss | Flag.lost);
    calls.lower(row, Flag.lost);
    expect([calls.flags(row), calls.attempt(row)]).toEqual([Flag.miss, 3]);
  });

  it('opens rows without node, timer, event, flags and outcome, at the first attempt', () => {
    const calls = new CallTable(4);
    const used = calls.open();
    for (const column of COLUMNS) write(calls, column, used, 7);
    calls.setFlags(used, Flag.miss);
    calls.release(used);
    const row = calls.open();
    expect(row).toBe(used);
    const fresh = { attempt: 1, event: -1, flags: 0, node: -1, outcome: 0, timer: -1 } as const;
    for (const [column, value] of Object.entries(fresh)) {
      expect(read(calls, column as Column, row), column).toBe(value);
    }
  });

  it('uses released rows again before new ones, and counts those in use', () => {
    const calls = new CallTable(2);
    const rows = [calls.open(), calls.open(), calls.open()];
    expect([calls.inUse, calls.used, calls.inUseMax]).toEqual([3, 3, 3]);
    calls.release(rows[1]!);
    expect(calls.isInUse(rows[1]!)).toBe(false);
    expect(calls.isInUse(rows[0]!)).toBe(true);
    expect(calls.open()).toBe(rows[1]);
    expect(calls.open()).toBe(3);
    expect([calls.inUse, calls.used, calls.inUseMax]).toEqual([4, 4, 4]);
  });

  it('refuses to release a row twice', () => {
    const calls = new CallTable(2);
    const row = calls.open();
    calls.release(row);
    expect(() => calls.release(row)).toThrow('A row can be released only once');
  });

  it('passes the request, its key, urgency, size and sampling on to a call made for it', () => {
    const calls = new CallTable(2);
    const parent = calls.open();
    const passed = { key: 6, dataset: 1, priority: 2, trace: 9, size: 3e9 } as const;
    for (const [column, value] of Object.entries(passed)) {
      write(calls, column as Column, parent, value);
    }
    calls.setNode(parent, 4);
    calls.setOutcome(parent, 3);
    calls.setAttempt(parent, 2);
    const child = calls.openFor(parent);
    expect([calls.parent(child), calls.callerNode(child), calls.node(child)]).toEqual([
      parent,
      4,
      -1,
    ]);
    for (const [column, value] of Object.entries(passed)) {
      expect(read(calls, column as Column, child), column).toBe(value);
    }
    expect([calls.outcome(child), calls.attempt(child), calls.flags(child)]).toEqual([0, 1, 0]);
  });

  it('makes another attempt look like the first one to the caller', () => {
    const calls = new CallTable(4);
    const parent = calls.open();
    const old = calls.openFor(parent);
    const columns = ['start', 'tag', 'version', 'caller', 'callerNode', 'operation'] as const;
    for (const column of columns) write(calls, column, old, 3);
    calls.setAttempt(old, 2);
    calls.setFlags(old, Flag.lost);
    const again = calls.openAgain(old);
    expect(again).not.toBe(old);
    expect(columns.map((column) => read(calls, column, again))).toEqual([3, 3, 3, 3, 3, 3]);
    expect([calls.parent(again), calls.attempt(again), calls.flags(again)]).toEqual([parent, 2, 0]);
  });

  it('takes as many bytes a row as it says', () => {
    expect(new CallTable(7).words.byteLength).toBe(7 * BYTES_A_ROW);
  });
});
