import { describe, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { liveVerdicts } from '../../src/experiment/live.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import {
  clockwork,
  everything,
  experimentOf,
  queue,
  scenarioOf,
  withClaims,
} from './small-designs.ts';

const results = resultsOf(experimentOf(everything), { series: true });

describe('results', () => {
  test('are plain data: what comes back from JSON is the same', () => {
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  });

  test('balance for every operation', () => {
    for (const { offered, ok, late, failed, shed, inFlight, inFlightAtStart } of Object.values(
      results.operations,
    )) {
      const failures = Object.values(failed).reduce((sum, count) => sum + count, 0);
      expect(offered + inFlightAtStart).toBe(ok + late + failures + shed + inFlight);
    }
  });

  test('of a component are the sums over its nodes', () => {
    for (const name of ['api', 'cache', 'db']) {
      const whole = results.components[name]!;
      const nodes = Object.entries(results.components).filter(
        ([path, { part }]) => part === 'node' && path.startsWith(`${name}/`),
      );
      const sum = (key: 'arrivals' | 'busy') =>
        nodes.reduce((total, [, node]) => total + (node[key] ?? NaN), 0);
      expect(sum('arrivals')).toBe(whole.arrivals);
      expect(sum('busy')).toBeCloseTo(whole.busy!, 9);
    }
  });

  test('name every component, shard and node that work waits at', () => {
    expect(Object.keys(results.components)).toEqual([
      'edge',
      'api',
      'api/1',
      'api/2',
      'api/3',
      'shared',
      'shared/1',
      'cache',
      'cache/node-1',
      'cache/node-2',
      'db',
      'db/shard-1',
      'db/shard-2',
      'db/shard-1/node-1',
      'db/shard-1/node-2',
      'db/shard-2/node-1',
      'db/shard-2/node-2',
    ]);
  });

  test('add what the kind of a component counts', () => {
    const { edge, cache, db } = results.components;
    expect(edge!.balancer).toEqual({ noTarget: 0, healthyTargets: 3, ejections: 0 });
    expect(cache!.cache!.hitRatio).toBeCloseTo(
      cache!.cache!.hits / (cache!.cache!.hits + cache!.cache!.misses),
      12,
    );
    expect(db!.database).toMatchObject({ elections: 1, promotions: 1 });
  });

  test('of a balancer count requests, not attempts', () => {
    const text = clockwork
      .replace('to: api }', 'to: edge }')
      .replace(
        'components:',
        'components:\n  edge: { kind: load-balancer, to: api, retries: { attempts: 2 } }',
      );
    const { components, operations } = resultsOf(experimentOf(text));
    expect(operations['get']!.ok).toBe(3_000);
    expect(components['edge']).toMatchObject({
      arrivals: 3_000,
      completions: 3_000,
      rejections: 0,
      utilisation: null,
      balancer: { noTarget: 0, healthyTargets: 1, ejections: 0 },
    });
  });

  test('of a shared station have a mean wait and no percentiles', () => {
    const { waitMs, waitingProbability } = results.components['shared']!;
    expect(waitMs.mean).toBeGreaterThan(0);
    expect(waitMs.p99).toBeNull();
    expect(waitingProbability).toBeNull();
  });

  test('leave out the series unless asked', () => {
    expect(resultsOf(experimentOf(clockwork))).not.toHaveProperty('series');
  });
});

describe('series', () => {
  const series = results.series!;

  test('have one number a window', () => {
    const columns = [...Object.values(series.operations), ...Object.values(series.components)];
    for (const column of columns.flatMap((each) => Object.values(each))) {
      expect(column).toHaveLength(series.timeSeconds.length);
    }
    expect(series.timeSeconds.at(-1)).toBe(results.simulatedSeconds);
  });

  test('sum up to the totals after the warm-up', () => {
    const from = Math.round(results.warmUpSeconds / results.windowSeconds);
    for (const [name, { ok, offered }] of Object.entries(series.operations)) {
      const sum = (column: readonly number[]) =>
        column.slice(from).reduce((total, value) => total + value, 0);
      expect(sum(ok)).toBe(results.operations[name]!.ok);
      expect(sum(offered)).toBe(results.operations[name]!.offered);
    }
  });
});

describe('numbers of a clockwork', () => {
  const { operations, components, edges, ...rest } = resultsOf(experimentOf(clockwork));

  test('are those worked out by hand', () => {
    expect(rest).toMatchObject({
      simulatedSeconds: 40,
      warmUpSeconds: 10,
      measuredSeconds: 30,
      windowSeconds: 1,
      ending: { kind: 'duration', timeSeconds: 40 },
    });
    expect(operations['get']).toMatchObject({
      offered: 3_000,
      ok: 3_000,
      late: 0,
      shed: 0,
      goodputPerSecond: 100,
      availability: 1,
      latencyMs: { mean: 5, p50: 5, p99: 5, max: 5, interval95: { mean: [5, 5], p99: [5, 5] } },
    });
    expect(components['api']).toMatchObject({
      arrivals: 3_000,
      utilisation: 0.5,
      busy: 0.5,
      queueLength: 0,
      waitMs: { mean: 0, p99: 0 },
    });
    expect(edges).toEqual([
      expect.objectContaining({ from: 'app', to: 'api', calls: 3_000, ok: 3_000, failed: 0 }),
    ]);
  });
});

describe('looking at a run', () => {
  test('does not change it, however it is advanced', () => {
    const straight = resultsOf(experimentOf(everything));
    const watched = new Experiment(
      scenarioOf(withClaims(everything, 'requirements', ['p99 wait of api < 1s'])),
    );
    for (let time = 0; watched.run.ending === null; time += 0.37e9) {
      watched.run.advance(time);
      resultsOf(watched, { series: true });
      liveVerdicts(watched);
    }
    expect(watched.run.hash).toBe(straight.hash);
    const { requirements: _, ...seen } = resultsOf(watched);
    const { requirements: __, ...expected } = straight;
    expect(seen).toEqual(expected);
  });

  test('before anything happened gives no number that is not known', () => {
    const text = withClaims(queue, 'requirements', ['p99 < 1s', 'availability > 1%', 'ok > 5']);
    const experiment = new Experiment(scenarioOf(text));
    expect(liveVerdicts(experiment)).toEqual(
      experiment.scenario.requirements.map(({ text: claim }) => ({
        text: claim,
        verdict: 'NOT ENOUGH EVIDENCE',
        measured: '–',
        cause: null,
      })),
    );
    expect(JSON.stringify(resultsOf(experiment, { series: true }))).not.toContain('NaN');
  });

  test('in the middle tells what is known so far', () => {
    const text = withClaims(queue, 'requirements', ['p99 < 1s', 'goodput > 10/s']);
    const experiment = experimentOf(text, 30);
    expect(liveVerdicts(experiment).map(({ verdict }) => verdict)).toEqual(['PASS', 'PASS']);
    expect(resultsOf(experiment)).toMatchObject({ ending: null, measuredSeconds: 20 });
  });
});

test('a run that met a budget says so and keeps its whole windows', () => {
  const text = `${queue}limits: { events: 5k }\n`;
  const { ending, measuredSeconds, simulatedSeconds, checks } = resultsOf(experimentOf(text));
  expect(ending!.kind).toBe('events');
  expect(measuredSeconds).toBe(Math.floor(simulatedSeconds) - 10);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

test('a run of hours has wider windows and the same balances', () => {
  const text = queue.replace('60s', '2h').replace('100/s', '1/s').replace('10s', '11s');
  const claims = ['ok at 1h > 0', 'p50 between 1h and 90m < 1s'];
  const {
    expect: judged,
    checks,
    ...rest
  } = resultsOf(experimentOf(withClaims(text, 'expect', claims)));
  expect(rest).toMatchObject({ windowSeconds: 2, warmUpSeconds: 10, measuredSeconds: 7_190 });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  // A second inside a window of two is that window.
  expect(judged.map(({ holds }) => holds)).toEqual([true, true]);
});
