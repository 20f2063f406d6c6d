import { describe, expect, test } from 'vitest';
import { cachesOf, tappedRun } from '../../src/experiment/cache-look-ups.ts';
import { missRatioCurves } from '../../src/laboratory/curves.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { experimentOf, scenarioOf } from './small-designs.ts';

/** One client that asks for one thing after the other, so that no two misses overlap. */
function design(fields: { eviction?: string; clients?: number; writes?: boolean } = {}): string {
  const { eviction = 'lru', clients = 1, writes = false } = fields;
  const traffic = writes ? 'mix: { get: 90%, put: 10% }' : 'operation: get';
  return `
name: Tapped
duration: 12s
traffic:
  app: { clients: ${clients}, think: 1ms, to: api, ${traffic} }
data:
  goods: { keys: 2000, size: 1KB, popularity: zipf(0.9), stored-in: db, cached-in: [redis] }
components:
  api:
    kind: service
    operations: { get: [ { read: goods } ], put: [ { write: goods } ] }
  redis: { kind: cache, capacity: 200 entries, eviction: ${eviction} }
  db: { kind: database }
`;
}

async function curveOf(text: string) {
  const run = tappedRun(scenarioOf(text), 'redis');
  const report = await missRatioCurves(
    run.open,
    {
      policies: [run.policy],
      sizes: [{ kind: 'entries', entries: run.size }],
      unit: run.unit,
      bounds: false,
      sample: 1,
    },
    {},
    run.size,
  );
  return { run, report, point: report.curves[0]!.points[0]! };
}

/**
 * Those that draw do so from streams of their own; `w-tiny-lfu` hashes the numbers of keys, which
 * are others in a trace; `segmented-lru` has no clock there; the weights of `gdsf` are rounded.
 */
const close = ['random', 'sampled-lru', 'sampled-lfu', 'w-tiny-lfu', 'segmented-lru', 'gdsf'];
const exact = [...evictionPolicies.keys()].filter((name) => !close.includes(name));

describe('the curve at the present size', () => {
  test.each(exact)('of %s misses exactly what the run missed, one client', async (eviction) => {
    const { run, report, point } = await curveOf(design({ eviction }));
    expect(report.requests).toBe(run.lookUps);
    expect(run.lookUps).toBeGreaterThan(3_000);
    expect(point.misses).toBe(run.misses);
  });

  test.each(close)('of %s misses nearly what the run missed', async (eviction) => {
    const { run, point } = await curveOf(design({ eviction }));
    expect(Math.abs(point.misses - run.misses)).toBeLessThan(0.05 * run.lookUps);
  });

  test('does so when writes delete copies', async () => {
    const { run, point } = await curveOf(design({ writes: true }));
    expect(point.misses).toBe(run.misses);
  });

  test('misses a little less with many clients: their misses of one key may overlap', async () => {
    const { run, point } = await curveOf(design({ clients: 16 }));
    expect(point.misses).toBeLessThanOrEqual(run.misses);
    expect(point.misses).toBeGreaterThan(run.misses * 0.9);
  });
});

test('listening does not change the run', () => {
  const text = design({ clients: 8, writes: true });
  const { run } = experimentOf(text);
  run.advance(Infinity);
  expect(tappedRun(scenarioOf(text), 'redis').hash).toBe(run.hash);
});

test('of a cache inside the instances of a service one instance is listened to', async () => {
  const inside = design()
    .replace('kind: service', 'kind: service, instances: 3'.replace(', ', '\n    '))
    .replace('eviction: lru', 'eviction: lru, inside: api');
  const { run, report, point } = await curveOf(inside);
  expect(run.size).toBe(200);
  expect(report.requests).toBe(run.lookUps);
  expect(point.misses).toBe(run.misses);
});

test('the caches of a scenario are known by name', () => {
  expect(cachesOf(scenarioOf(design()))).toEqual(['redis']);
});
