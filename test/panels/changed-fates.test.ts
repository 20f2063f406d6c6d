import { expect, test } from 'vitest';
import { changedFates } from '../../src/panels/changed-fates.ts';
import type { Fates } from '../../src/protocol/trace.ts';

type Row = readonly [request: number, start: number, outcome: string, latencyMs: number];

function fates(rows: readonly Row[], outcomeNames: readonly string[]): Fates {
  return {
    requests: Float64Array.from(rows, ([request]) => request),
    starts: Float64Array.from(rows, ([, start]) => start),
    latenciesMs: Float64Array.from(rows, ([, , , latency]) => latency),
    outcomes: Uint8Array.from(rows, ([, , outcome]) => outcomeNames.indexOf(outcome)),
    operations: new Uint8Array(rows.length),
    outcomeNames,
    operationNames: ['view'],
  };
}

const a = fates(
  [
    [1, 0.5, 'ok', 10],
    [2, 0.6, 'ok', 10],
    [3, 0.7, 'timeout', NaN],
    [4, 0.8, 'ok', 100],
    [5, 0.9, 'ok', 10],
    [6, 1.0, 'ok', 0.1],
    [7, 1.1, 'ok', 10],
    [9, 1.3, 'timeout', NaN],
  ],
  ['ok', 'timeout'],
);
// The names stand in another order, as they may between two runs.
const b = fates(
  [
    [9, 1.3, 'refused', NaN],
    [7, 1.2, 'ok', 90],
    [6, 1.0, 'ok', 0.9],
    [5, 0.9, 'ok', 19],
    [4, 0.8, 'ok', 20],
    [3, 0.7, 'ok', 30],
    [2, 0.6, 'ok', 40],
    [1, 0.5, 'refused', NaN],
    [8, 1.2, 'ok', 10],
  ],
  ['refused', 'ok'],
);

test('requests are joined by number and start, and every change of fate is counted', () => {
  const found = changedFates(a, b);
  // 7 started at another time, 8 is in one run only, 9 failed in both.
  expect(found.joined).toBe(7);
  expect(found.alone).toBe(3);
  expect(found.counts).toEqual({ lost: 1, saved: 1, slower: 1, faster: 1 });
  expect(found.largest.map(({ change, request }) => [change, request])).toEqual([
    ['lost', 1],
    ['saved', 3],
    ['slower', 2],
    ['faster', 4],
  ]);
  expect(found.largest[0]).toEqual({
    change: 'lost',
    request: 1,
    operation: 'view',
    start: 0.5,
    a: { outcome: 'ok', latencyMs: 10 },
    b: { outcome: 'refused', latencyMs: NaN },
  });
});

test('the same run twice has no request whose fate changed', () => {
  const found = changedFates(a, a);
  expect(found).toMatchObject({ joined: 8, alone: 0, largest: [] });
  expect(found.counts).toEqual({ lost: 0, saved: 0, slower: 0, faster: 0 });
});

test('of each change the greatest stand in front', () => {
  const rows = Array.from({ length: 30 }, (_, n): Row => [n, n, 'ok', 10]);
  const slow = rows.map(([n, start]): Row => [n, start, 'ok', 30 + ((n * 7) % 30)]);
  const found = changedFates(fates(rows, ['ok']), fates(slow, ['ok']));
  expect(found.counts.slower).toBe(30);
  expect(found.largest.map(({ b: { latencyMs } }) => latencyMs)).toEqual([59, 58, 57, 56, 55, 54]);
});
