import { describe, expect, test } from 'vitest';
import type { Happening } from '../../src/protocol/frame.ts';
import type { RequestTrace, SpanView } from '../../src/protocol/trace.ts';
import { eventLines, kindsOf } from '../../src/panels/event-filter.ts';
import { axisMarks, extentOf, waterfallRows } from '../../src/panels/waterfall-rows.ts';

function span(
  parent: number | null,
  kind: SpanView['kind'],
  [start, end]: readonly [number, number | null],
  rest: Partial<SpanView> = {},
): SpanView {
  return {
    parent,
    kind,
    where: 'api',
    label: kind,
    start,
    end,
    attempt: 1,
    outcome: null,
    ...rest,
  };
}

/** A call that times out, a pause, and a second attempt; the first goes on for nobody. */
const retried: RequestTrace = {
  request: 7,
  operation: 'view',
  client: 'app',
  start: 10,
  end: 10.9,
  outcome: 'ok',
  late: false,
  attempts: 2,
  deadline: 11,
  spans: [
    span(null, 'call', [10, 10.5], { where: 'app > api', outcome: 'timeout' }),
    span(0, 'network', [10, 10.1], { where: 'app > api' }),
    span(0, 'queue', [10.1, 11.4], { where: 'api/1' }),
    span(null, 'backoff', [10.5, 10.6], { where: 'app > api' }),
    span(null, 'call', [10.6, 10.9], { where: 'app > api', attempt: 2, outcome: 'ok' }),
    span(4, 'service', [10.6, 10.8], { where: 'api/2' }),
    span(4, 'service', [10.7, 10.9], { where: 'api/2' }),
  ],
  criticalPath: [
    { span: 0, start: 10, end: 10.5 },
    { span: 3, start: 10.5, end: 10.6 },
    { span: 5, start: 10.6, end: 10.7 },
    { span: 6, start: 10.7, end: 10.9 },
  ],
  sentence: '',
};

describe('a waterfall', () => {
  const rows = waterfallRows(retried);

  test('has a row for the request and one for each attempt, named by the node that works', () => {
    expect(rows.map(({ depth, node, attempt }) => [depth, node, attempt])).toEqual([
      [0, 'app', 1],
      [1, 'api/1', 1],
      [1, 'api/2', 2],
    ]);
  });

  test('pieces that overlap get lanes, others share one', () => {
    expect(rows[1]!.lanes).toBe(1);
    expect(rows[2]!.lanes).toBe(2);
    expect(rows[2]!.pieces.map(({ lane }) => lane)).toEqual([0, 1]);
  });

  test('the critical path is on the rows that show it and adds up to the latency', () => {
    const all = rows.flatMap(({ critical }) => critical);
    const sum = all.reduce((total, { start, end }) => total + end - start, 0);
    expect(sum).toBeCloseTo(0.9, 9);
    expect(rows[2]!.critical).toEqual([{ start: 10.6, end: 10.9 }]);
  });

  test('what outlives the request by far is cut, and the deadline is shown when it is near', () => {
    expect(extentOf(retried)).toEqual({ from: 10, until: 11.4 });
    const zombie = { ...retried, spans: [...retried.spans, span(null, 'call', [10, 60])] };
    expect(extentOf(zombie).until).toBeCloseTo(11.8, 9);
    expect(extentOf({ ...retried, deadline: 99 }).until).toBe(11.4);
  });

  test('the marks of its axis are round and begin at zero', () => {
    expect(axisMarks(78, 6)).toEqual([0, 20, 40, 60]);
    expect(axisMarks(0.9, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  });
});

describe('the event log', () => {
  const own: Happening[] = [
    { time: 1, kind: 'fault', target: 'db/shard-1/node-1', text: 'crash of db' },
    { time: 5, kind: 'promotion', target: 'db/shard-1/node-2', text: 'promoted' },
    { time: 9, kind: 'recovery', target: 'db/shard-1/node-1', text: 'serves again' },
  ];
  const all = { kind: null, text: '', newestFirst: false };

  test('knows what lies ahead of the present and what belongs to the future before', () => {
    const ghost: Happening[] = [{ time: 7, kind: 'loss', target: 'db', text: 'lost' }];
    const lines = eventLines(own, ghost, 5, all);
    expect(
      lines.map(({ happening, isAhead, isGhost }) => [happening.time, isAhead, isGhost]),
    ).toEqual([
      [1, false, false],
      [5, false, false],
      [7, false, true],
      [9, true, false],
    ]);
  });

  test('is filtered by kind and by all of several words, and can be turned round', () => {
    const texts = (filter: object) =>
      eventLines(own, [], 9, { ...all, ...filter }).map(({ happening }) => happening.time);
    expect(texts({ kind: 'fault' })).toEqual([1]);
    expect(texts({ text: 'NODE-1 again' })).toEqual([9]);
    expect(texts({ text: 'nothing' })).toEqual([]);
    expect(texts({ newestFirst: true })).toEqual([9, 5, 1]);
    expect(kindsOf(own)).toContainEqual({ kind: 'fault', count: 1 });
  });
});
