import { expect, test } from 'vitest';
import { ChainLink, chainSizes, chainSubject } from '../../src/experiment/cache-chain.ts';
import { chainCsv, chainTable } from '../../src/report/chain-table.ts';
import { plain } from '../../src/report/paint.ts';
import { experimentOf, scenarioOf } from './small-designs.ts';

const text = `
name: Chained
duration: 60s
traffic:
  app: { rate: 200/s, operation: get, to: api }
data:
  goods: { keys: 2000, size: 1KB, popularity: zipf(0.9), stored-in: db, cached-in: [redis] }
components:
  api: { kind: service, operations: { get: [ { read: goods } ] } }
  redis: { kind: cache, capacity: 5% of goods, price: $0.10/h }
  db: { kind: database }
`;
const scenario = scenarioOf(text);
const subject = chainSubject(scenario, 'redis');

function rows(sizes: readonly number[]) {
  return sizes.map((size) => {
    const link = new ChainLink(scenario, subject, size);
    expect(link.advance(Infinity)).toBe(true);
    expect(link.progress).toBe(1);
    return link.row();
  });
}

test('a chain knows the cache, its size and the store behind it', () => {
  expect(subject).toEqual({
    cache: 'redis',
    unit: 'entries',
    present: 100,
    all: 2000,
    store: 'db',
  });
  const asked = [
    { kind: 'share', share: 0.1 },
    { kind: 'entries', entries: 20 },
    { kind: 'share', share: 0.01 },
  ] as const;
  expect(chainSizes(subject, asked)).toEqual([20, 100, 200]);
});

test('the present size is the run of the file', () => {
  const { run } = experimentOf(text);
  run.advance(Infinity);
  const [row] = rows([100]);
  expect(row).toMatchObject({ capacity: '100 entries', isPresent: true, hash: run.hash });
  expect(row!.costPerMonth).toBeCloseTo(73, 9);
});

test('a cache of another size costs as much more or less as it is larger or smaller', () => {
  const costs = rows([50, 100, 200]).map(({ costPerMonth }) => costPerMonth!);
  expect(costs).toEqual([36.5, 73, 146].map((cost) => expect.closeTo(cost, 9)));
});

test('a larger cache hits more and leaves less to the store', () => {
  const chain = rows([20, 100, 500]);
  const hits = chain.map(({ hitRatio }) => hitRatio!);
  const calls = chain.map(({ storeRequestsPerSecond }) => storeRequestsPerSecond!);
  const p99 = chain.map(({ operations }) => operations['get']!.p99Ms!);
  expect(hits[0]).toBeLessThan(hits[1]!);
  expect(hits[1]).toBeLessThan(hits[2]!);
  for (const [place, share] of hits.entries()) {
    expect(calls[place]).toBeCloseTo(200 * (1 - share), -1);
  }
  expect(p99[2]).toBeLessThanOrEqual(p99[0]!);
  const table = chainTable(subject, chain, 'Chained, redis', plain);
  expect(table).toContain('100 (now)');
  expect(table).toContain('a month has 730 hours');
  expect(chainCsv(chain).split('\n')[0]).toBe(
    'size,hit_ratio,store_requests_per_second,store_utilisation,' +
      'get_p99_ms,get_availability,cost_per_month',
  );
});
