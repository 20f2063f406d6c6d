import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShardLog } from '../../../src/model/components/database/shard-log.ts';

interface Entry {
  readonly key: number;
  readonly time: number;
  readonly sends: number[];
  lost: boolean;
}

/** The same log as a list that is never shortened. */
class PlainLog {
  readonly entries: Entry[] = [];

  newestUpTo(key: number, applied: number): number {
    for (let number = Math.min(applied, this.entries.length); number > 0; number--) {
      const entry = this.entries[number - 1]!;
      if (entry.key === key && !entry.lost) return number;
    }
    return 0;
  }

  loseAfter(kept: number, acknowledged: number): number {
    let count = 0;
    for (let number = kept + 1; number <= this.entries.length; number++) {
      const entry = this.entries[number - 1]!;
      if (!entry.lost && number <= acknowledged) count++;
      entry.lost = true;
    }
    return count;
  }
}

const nodes = 3;
/** Keys few enough to meet again and again. */
const KEYS = 12;

const act = fc.record({
  kind: fc.constantFrom('append', 'append', 'append', 'lose', 'trim', 'look'),
  count: fc.oneof(fc.nat(5), fc.nat(3_000)),
  key: fc.nat(KEYS - 1),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the log of a shard', () => {
  it('agrees with a plain list whatever is appended, lost and trimmed', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const log = new ShardLog(nodes);
        const plain = new PlainLog();
        /** Entries that every node has; nothing before them is asked for or lost any more. */
        let floor = 0;
        for (const { kind, count, key, share } of acts) {
          const { last } = log;
          const place = floor + Math.floor(share * (last - floor));
          if (kind === 'append') {
            for (let index = 0; index <= count; index++) append(log, plain, (key * index) % KEYS);
          } else if (kind === 'lose') {
            const acknowledged = Math.min(last, place + count);
            expect(log.loseAfter(place, acknowledged)).toBe(plain.loseAfter(place, acknowledged));
          } else if (kind === 'trim') {
            floor = place;
            log.trim(floor);
          }
          expectSame(log, plain, floor, floor + Math.floor(share * (log.last - floor)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('numbers writes from one, each with its time and when it leaves for each node', () => {
    const log = new ShardLog(2);
    expect([log.append(7, 100), log.append(7, 200), log.append(9, 300)]).toEqual([1, 2, 3]);
    log.setSendTime(2, 1, 250);
    expect([log.timeOf(2), log.sendTime(2, 1), log.last]).toEqual([200, 250, 3]);
    expect([log.newestVersion(7), log.newestVersion(8)]).toEqual([2, 0]);
    expect([0, 1, 2].map((applied) => log.versionUpTo(7, applied))).toEqual([0, 1, 2]);
  });

  it('strikes out what a failover loses, and counts what had been acknowledged', () => {
    const log = new ShardLog(2);
    for (const key of [1, 2, 1, 2, 1]) log.append(key, 0);
    expect(log.loseAfter(2, 4)).toBe(2);
    expect([3, 4, 5].map((number) => log.isLost(number))).toEqual([true, true, true]);
    expect([log.isLost(2), log.newestVersion(1), log.newestVersion(2)]).toEqual([false, 1, 2]);
    expect(log.append(1, 9)).toBe(6);
    expect(log.loseAfter(2, 6)).toBe(1);
    expect(log.newestVersion(1)).toBe(1);
  });

  it('keeps no more than twice what the slowest node lacks, however long it runs', () => {
    const log = new ShardLog(nodes);
    for (let number = 1; number <= 200_000; number++) {
      log.append(number % 1_000, number);
      log.trim(Math.max(0, number - 100));
    }
    const { keys } = log as unknown as { keys: Int32Array };
    expect(keys.length).toBeLessThanOrEqual(4_096);
    expect(log.versionUpTo(0, 199_999)).toBe(199_000);
  });
});

function append(log: ShardLog, plain: PlainLog, key: number): void {
  const number = log.append(key, log.last * 10);
  const sends = Array.from({ length: nodes }, (_, node) => number * 10 + node);
  for (const [node, time] of sends.entries()) log.setSendTime(number, node, time);
  plain.entries.push({ key, time: (number - 1) * 10, sends, lost: false });
  expect(number).toBe(plain.entries.length);
}

function expectSame(log: ShardLog, plain: PlainLog, floor: number, applied: number): void {
  for (let key = 0; key < KEYS; key++) {
    expect(log.newestVersion(key)).toBe(plain.newestUpTo(key, Infinity));
    const version = log.versionUpTo(key, applied);
    const expected = plain.newestUpTo(key, applied);
    expect(version).toBe(expected);
    // Fresh is the newest acknowledged version, and any newer one that still stands.
    for (let shown = applied; shown <= Math.min(log.last, applied + 20); shown++) {
      const stands = plain.newestUpTo(key, shown) === shown;
      const isFresh = shown === expected || (stands && shown > applied);
      expect(log.isFresh(key, shown, applied)).toBe(isFresh);
    }
    expect(log.isFresh(key, expected, applied)).toBe(true);
  }
  for (const number of [floor + 1, applied, log.last]) {
    const entry = plain.entries[number - 1];
    if (entry === undefined || number <= floor) continue;
    expect(log.isLost(number)).toBe(entry.lost);
    expect(log.timeOf(number)).toBe(entry.time);
    const sends = entry.sends.map((_, node) => log.sendTime(number, node));
    expect(sends).toEqual(entry.sends);
  }
}
