import { describe, expect, it } from 'vitest';
import { BYTES_A_ROW, CallTable, Flag } from '../../src/model/call-table.ts';

function columnsOf(calls: CallTable): [string, Int32Array][] {
  const columns: [string, unknown][] = Object.entries(calls);
  return columns.filter((pair): pair is [string, Int32Array] => ArrayBuffer.isView(pair[1]));
}

describe('the call table', () => {
  it('keeps what every column holds when it grows from a single row', () => {
    const calls = new CallTable(1);
    const rows = Array.from({ length: 100 }, () => calls.open());
    expect(rows).toEqual(Array.from({ length: 100 }, (_, row) => row));
    for (const [name, column] of columnsOf(calls)) {
      expect(column.length, name).toBeGreaterThanOrEqual(100);
      for (const row of rows) column[row] = row % 100;
    }
    for (let more = 0; more < 200; more++) calls.open();
    for (const [name, column] of columnsOf(calls)) {
      expect(
        rows.every((row) => column[row] === row % 100),
        name,
      ).toBe(true);
    }
  });

  it('opens rows without node, timer, event, flags and outcome, at the first attempt', () => {
    const calls = new CallTable(4);
    const used = calls.open();
    for (const [, column] of columnsOf(calls)) column[used] = 7;
    calls.flags[used] = Flag.miss;
    calls.release(used);
    const row = calls.open();
    expect(row).toBe(used);
    const { attempt, event, flags, node, outcome, timer } = calls;
    expect([attempt[row], event[row], flags[row], node[row], outcome[row], timer[row]]).toEqual([
      1, -1, 0, -1, 0, -1,
    ]);
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
    Object.entries({ start: 5, key: 6, dataset: 1, priority: 2, trace: 9, size: 3e9, node: 4 })
      .map(([name, value]) => [calls[name as 'key'], value] as const)
      .forEach(([column, value]) => (column[parent] = value));
    const child = calls.openFor(parent);
    expect(calls.parent[child]).toBe(parent);
    expect(calls.callerNode[child]).toBe(4);
    const { dataset, key, priority, size, start, trace } = calls;
    const passed = [start, key, dataset, priority, trace, size].map((column) => column[child]);
    expect(passed).toEqual([5, 6, 1, 2, 9, 3e9]);
    expect(calls.node[child]).toBe(-1);
  });

  it('makes another attempt look like the first one to the caller', () => {
    const calls = new CallTable(4);
    const parent = calls.open();
    const old = calls.openFor(parent);
    const columns = [calls.tag, calls.version, calls.caller, calls.callerNode, calls.operation];
    for (const column of columns) column[old] = 3;
    calls.attempt[old] = 2;
    calls.flags[old] = Flag.lost;
    const again = calls.openAgain(old);
    expect(again).not.toBe(old);
    expect(columns.map((column) => column[again])).toEqual([3, 3, 3, 3, 3]);
    expect([calls.parent[again], calls.attempt[again], calls.flags[again]]).toEqual([parent, 2, 0]);
  });

  it('takes as many bytes a row as it says', () => {
    const sum = columnsOf(new CallTable(1)).reduce((so, [, { byteLength }]) => so + byteLength, 0);
    expect(BYTES_A_ROW).toBe(sum);
  });
});
