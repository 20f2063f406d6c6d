import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallTable } from '../../src/model/call-table.ts';
import { WaitingLine } from '../../src/model/waiting-line.ts';

const orders = [
  { name: 'first come, first served', byPriority: false, newestFirst: false },
  { name: 'last come, first served', byPriority: false, newestFirst: true },
  { name: 'by urgency', byPriority: true, newestFirst: false },
  { name: 'by urgency, newest first', byPriority: true, newestFirst: true },
] as const;

type Order = (typeof orders)[number];

/** The same as plain arrays: one for each urgency, the next to serve in front. */
class Arrays {
  private readonly levels: number[][] = Array.from({ length: 8 }, () => []);
  private readonly order: Order;

  constructor(order: Order) {
    this.order = order;
  }

  add(row: number, priority: number, first: boolean): void {
    const level = this.levels[this.order.byPriority ? priority : 0]!;
    if (first || this.order.newestFirst) level.unshift(row);
    else level.push(row);
  }

  remove(row: number): void {
    for (const level of this.levels) if (level.includes(row)) level.splice(level.indexOf(row), 1);
  }

  get all(): number[] {
    return this.levels.flat();
  }

  get first(): number {
    return this.all[0] ?? -1;
  }

  get last(): number {
    return this.all.at(-1) ?? -1;
  }
}

describe.each(orders)('a waiting line, $name,', (order) => {
  it('agrees with plain arrays whatever is added, put back and taken away', () => {
    const act = fc.record({
      kind: fc.constantFrom('add', 'add', 'add-first', 'take', 'remove'),
      priority: fc.nat(7),
      which: fc.nat(1_000),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const calls = new CallTable(1);
        const line = new WaitingLine(calls, order);
        const arrays = new Arrays(order);
        for (const { kind, priority, which } of acts) {
          if (kind === 'add' || kind === 'add-first') {
            const row = calls.open();
            calls.setPriority(row, priority);
            if (kind === 'add') line.add(row);
            else line.addFirst(row);
            arrays.add(row, priority, kind === 'add-first');
          } else if (arrays.all.length > 0) {
            const row = kind === 'take' ? arrays.first : arrays.all[which % arrays.all.length]!;
            line.remove(row);
            arrays.remove(row);
            calls.release(row);
          }
          expect(line.length).toBe(arrays.all.length);
          expect(line.peekFirst()).toBe(arrays.first);
          expect(line.peekLast()).toBe(arrays.last);
        }
      }),
      { numRuns: 150 },
    );
  });
});
