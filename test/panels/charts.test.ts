import { describe, expect, test } from 'vitest';
import { HEAT_STRIDE } from '../../src/protocol/frame.ts';
import type { ScenarioView, SeriesView } from '../../src/protocol/scenario-view.ts';
import { heatCsv, seriesCsv } from '../../src/panels/chart-csv.ts';
import { chartRows, rowAt, rowBefore, rowsWithin } from '../../src/panels/chart-rows.ts';
import { chartSentence } from '../../src/panels/chart-sentence.ts';
import { chartPlans, type ChartKind, type ChartPlan } from '../../src/panels/chart-series.ts';
import { fairShare, heatStrength } from '../../src/panels/heat-map.ts';
import { History } from '../../src/panels/history.ts';
import { usableLanguage } from '../../src/panels/uplot-door.ts';

function series(chart: SeriesView['chart'], label: string, unit: SeriesView['unit']): SeriesView {
  return { id: `${chart}:${label}`, chart, label, unit };
}

function planOf(kind: ChartKind, unit: SeriesView['unit'], labels: string[]): ChartPlan {
  const columns = labels.map((label, index) => ({ series: series(kind, label, unit), index }));
  return { id: kind, kind, title: kind, columns };
}

const latency = planOf('latency', 'ms', ['p50 view', 'p99 view']);
const times = [1, 2, 3, 4, 5];

describe('the sentence of a chart', () => {
  test('says from where to where a p99 rose, when, and how often it was above its target', () => {
    const values = [
      [5, 5, 5, 5, 5],
      [18, 18, 412, 200, 18],
    ];
    const wanted = [{ text: 'p99 of view < 120ms', targetMs: 120 }];
    expect(chartSentence(latency, { times, values }, wanted)).toBe(
      'p99 of view rose from 18 ms to 412 ms at 00:03, 2 windows above its target.',
    );
  });

  test('says that a p99 stayed where it was', () => {
    const values = [
      [5, 5, 5, 5, 5],
      [18, 19, 20, NaN, 18],
    ];
    expect(chartSentence(latency, { times, values }, [])).toBe(
      'p99 of view stayed between 18 ms and 20 ms.',
    );
  });

  test('names what went wrong with answers by its share and its worst window', () => {
    const plan = planOf('throughput', '/s', ['ok', 'late', 'failed', 'shed']);
    const values = [
      [90, 90, 90, 90, 90],
      [0, 0, 0, 0, 0],
      [0, 50, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ];
    expect(chartSentence(plan, { times, values }, [])).toBe(
      '90 good answers a second on average; 10 % failed, at most 50/s at 00:02.',
    );
  });

  test('names the longest line, and the part that carries the most', () => {
    const queue = planOf('queue', 'requests', ['api', 'db']);
    const lines = [
      [0, 3, 0, 0, 0],
      [0, 310, 90, 5, 2],
    ];
    expect(chartSentence(queue, { times, values: lines }, [])).toBe(
      'At most 310 requests waited at db, at 00:02; 2.0 at the end.',
    );
    const shards = planOf('shard', '/s', ['db/shard-1', 'db/shard-2']);
    expect(
      chartSentence(
        shards,
        {
          times,
          values: [
            [1, 1],
            [3, 3],
          ],
        },
        [],
      ),
    ).toBe('shard-2 carries the most: 1.5 times its fair share.');
    expect(chartSentence(shards, { times: [], values: [[], []] }, [])).toBe(
      'No window has finished yet.',
    );
  });
});

describe('rows of a chart', () => {
  function played(): History {
    const history = new History();
    history.begin(2);
    history.append(Float64Array.of(1, 10, 2, 20, 3, 30, 4, 40), new Float32Array(4 * HEAT_STRIDE));
    return history;
  }

  test('a ghost goes on from the last window that both futures share', () => {
    const history = played();
    history.fork(2);
    history.append(Float64Array.of(3, 31), new Float32Array(HEAT_STRIDE));
    const rows = chartRows(history, [0], new Set());
    expect(rows.times).toEqual([1, 2, 3, 4]);
    expect(rows.values).toEqual([[10, 20, 31, null]]);
    expect(rows.ghosts).toEqual([[null, 20, 30, 40]]);
  });

  test('without a fork there is no ghost, and quiet stretches are left out where asked', () => {
    const history = new History();
    history.begin(2);
    history.append(Float64Array.of(1, 0, 2, 0, 3, 7, 4, 0, 5, 0, 6, 0));
    expect(chartRows(history, [0], new Set([0]))).toEqual({
      times: [1, 2, 3, 4, 5, 6],
      values: [[null, 0, 7, 0, null, null]],
      ghosts: [],
    });
  });

  test('a span holds the windows that end in it, and a time the window that it lies in', () => {
    expect(rowsWithin(times, { from: 1, to: 3 })).toEqual({ from: 1, to: 3 });
    expect(rowsWithin(times, null)).toEqual({ from: 0, to: 5 });
    expect(rowsWithin(times, { from: 9, to: 10 })).toEqual({ from: 5, to: 5 });
    expect(rowAt(times, 2.2)).toBe(2);
    expect(rowAt(times, 99)).toBe(4);
    expect(rowAt([], 1)).toBe(-1);
    expect(rowBefore(times, 2.2)).toBe(1);
    expect(rowBefore(times, 0.5)).toBe(0);
    expect(rowBefore(times, 99)).toBe(4);
    expect(rowBefore([], 1)).toBe(-1);
  });

  test('a file of values has every window, exactly, and quotes what needs it', () => {
    const plan: ChartPlan = {
      ...latency,
      columns: [{ series: series('latency', 'p99 "a", b', 'ms'), index: 0 }],
    };
    const history = new History();
    history.begin(2);
    const heat = new Float32Array(2 * HEAT_STRIDE);
    heat[3] = 7;
    history.append(Float64Array.of(1, 1.25, 2, NaN), heat);
    expect(seriesCsv(history, plan)).toBe('seconds,"p99 ""a"", b [ms]"\n1,1.25\n2,\n');
    expect(heatCsv(history).split('\n')[1]!.split(',').slice(0, 6)).toEqual([
      '1',
      '0',
      '0',
      '0',
      '7',
      '0',
    ]);
  });
});

describe('heat', () => {
  test('a share is against what all parts had, and unknown when there was nothing', () => {
    expect(
      fairShare(
        [
          [1, 0],
          [3, 0],
        ],
        1,
        0,
      ),
    ).toBe(1.5);
    expect(
      fairShare(
        [
          [1, 0],
          [3, 0],
        ],
        1,
        1,
      ),
    ).toBeNull();
  });

  test('more answers are stronger, and one alone can still be seen', () => {
    expect(heatStrength(1, 1000)).toBeGreaterThan(0.15);
    expect(heatStrength(10, 1000)).toBeGreaterThan(heatStrength(1, 1000));
    expect(heatStrength(1000, 1000)).toBeCloseTo(0.9);
  });
});

test('every series is in exactly one chart, and each divided component has one of its own', () => {
  const all = [
    series('latency', 'p99 view', 'ms'),
    series('shard', 'redis/node-1', '/s'),
    series('shard', 'redis/node-2', '/s'),
    series('shard', 'db/shard-1', '/s'),
    series('lag', 'db/shard-1', 'ms'),
  ];
  const plans = chartPlans({ series: all } as unknown as ScenarioView);
  expect(plans.map(({ id }) => id)).toEqual(['latency', 'lag', 'shard:redis', 'shard:db']);
  const indices = plans.flatMap(({ columns }) => columns.map(({ index }) => index));
  expect(new Set(indices)).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(indices.length).toBe(5);
});

test('of a language that is none, as much of its beginning is used as is one', () => {
  expect(usableLanguage('de-CH')).toBe('de-CH');
  expect(usableLanguage('en-US@posix')).toBe('en-US');
  expect(usableLanguage('de_DE.UTF-8')).toBe('de-DE');
  expect(usableLanguage('c')).toBe('en');
  expect(usableLanguage(undefined)).toBe('en');
});
