/** What must hold between two runs, or between two numbers of one run, whatever the numbers are. */

import { describe, expect, test } from 'vitest';
import { resultsOf } from '../../src/experiment/results.ts';
import type { Results } from '../../src/experiment/result-types.ts';
import { cachedReads, oneServer, shop, tenServers } from './designs.ts';
import { loadSound, simulate } from './simulate.ts';

/** Longest time that one test may take on a slow machine, ms. */
const PATIENCE_MS = 120_000;
const slowly = { timeout: PATIENCE_MS };

function resultsFor(text: string, seed = 'metamorphic'): Results {
  return resultsOf(simulate(loadSound(text, { file: 'metamorphic.yaml', seed })));
}

function meanOf(text: string): number {
  return resultsFor(text).operations['serve']!.latencyMs.mean!;
}

/** |left / right − 1|, for sides that are not 0. */
function distance(left: number, right: number): number {
  return Math.abs(left / right - 1);
}

describe('time has no scale', () => {
  test('all times ten times as long make all latencies ten times as long', slowly, () => {
    // Times are rounded to nanoseconds, so with some seeds a near tie falls the other way and the
    // runs part; test/properties/scaling.test.ts scales without rounding, for any seed.
    const short = resultsFor(shop(1), 'longer');
    const long = resultsFor(shop(10), 'longer');
    for (const [name, { latencyMs, ...counts }] of Object.entries(short.operations)) {
      const other = long.operations[name]!;
      expect(other).toMatchObject(countsOf(counts));
      expect(distance(other.latencyMs.mean!, latencyMs.mean! * 10)).toBeLessThan(1e-6);
      expect(distance(other.latencyMs.p99!, latencyMs.p99! * 10)).toBeLessThan(0.008);
    }
    expect(long.timeline.map(({ text }) => text)).toEqual(short.timeline.map(({ text }) => text));
    const { staleAgeMs, ...counts } = short.components['copies']!.cache!;
    const { staleAgeMs: longAgeMs, ...longCounts } = long.components['copies']!.cache!;
    expect(longCounts).toEqual(counts);
    expect(distance(longAgeMs.max!, staleAgeMs.max! * 10)).toBeLessThan(1e-6);
    expect(distance(longAgeMs.p99!, staleAgeMs.p99! * 10)).toBeLessThan(0.008);
  });

  test('the shop in that test sheds, fails, retries, expires and elects', slowly, () => {
    const { operations, components, edges } = resultsFor(shop(1));
    const { ok, late, shed, failed } = operations['look']!;
    expect(Math.min(ok, late, shed, failed['timeout']!)).toBeGreaterThan(0);
    expect(components['shop']!.expired).toBeGreaterThan(0);
    expect(components['items-db']!.database!.promotions).toBe(1);
    expect(components['copies']!.cache!.expirations).toBeGreaterThan(0);
    expect(edges.find(({ from }) => from === 'shoppers')!.retries).toBeGreaterThan(0);
  });
});

describe('service', () => {
  test('constant work halves the wait that exponential work has', slowly, () => {
    const waitOf = (work: string) =>
      resultsFor(oneServer({ rate: 600, work })).components['server']!.waitMs.mean!;
    expect(distance(waitOf('exponential(1ms)'), 2 * waitOf('1ms'))).toBeLessThan(0.04);
  });

  test(
    'processor sharing asks for the mean of the work only, a queue for its spread',
    () => {
      const laws = ['1ms', 'exponential(1ms)', 'hyper-exponential(90% 500us, 10% 5.5ms)'];
      const means = (more: readonly string[]) =>
        laws.map((work) => meanOf(oneServer({ rate: 500, work, more })));
      const [constant, exponential, spread] = means(['discipline: processor-sharing']);
      expect(distance(constant!, 2)).toBeLessThan(0.04);
      expect(distance(exponential!, 2)).toBeLessThan(0.04);
      expect(distance(spread!, 2)).toBeLessThan(0.04);
      const [first, second, third] = means(['discipline: fifo']);
      expect(second! / first!).toBeGreaterThan(1.25);
      expect(third! / second!).toBeGreaterThan(1.6);
    },
    PATIENCE_MS,
  );

  test('who is served next changes no mean, as long as nobody looks at the work', slowly, () => {
    const [fifo, lifo, priority] = ['fifo', 'lifo', 'priority'].map((discipline) =>
      meanOf(
        oneServer({ rate: 700, work: 'exponential(1ms)', more: [`discipline: ${discipline}`] }),
      ),
    );
    expect(distance(lifo!, fifo!)).toBeLessThan(1e-3);
    expect(priority).toBe(fifo);
  });
});

test(
  'shortest queue beats two choices, these beat round robin, and that beats chance',
  () => {
    const policies = ['least-requests', 'two-choices', 'round-robin', 'random'];
    const means = policies.map((policy) => meanOf(tenServers(policy)));
    for (let worse = 1; worse < means.length; worse++) {
      expect(means[worse]! / means[worse - 1]!, policies[worse]).toBeGreaterThan(1.2);
    }
  },
  PATIENCE_MS,
);

describe("Little's law", () => {
  const designs = {
    'one worker': oneServer({ rate: 800, work: 'exponential(1ms)' }),
    'five workers': oneServer({ rate: 4_500, work: 'exponential(1ms)', workers: 5 }),
    'heavy work': oneServer({ rate: 500, work: 'pareto(shape 2.2, mean 1ms)' }),
    'last come, first served': oneServer({
      rate: 800,
      work: 'exponential(1ms)',
      more: ['discipline: lifo'],
    }),
    'a shared processor': oneServer({
      rate: 800,
      work: 'uniform(0s, 2ms)',
      more: ['discipline: processor-sharing'],
    }),
    'three shared processors': oneServer({
      rate: 2_500,
      work: 'exponential(1ms)',
      workers: 3,
      more: ['discipline: processor-sharing'],
    }),
    'workers held through': oneServer({
      rate: 800,
      work: 'exponential(1ms)',
      more: ['blocking: true'],
    }),
  };

  test.each(Object.entries(designs))(
    'holds for the queue and between what clients and workers see: %s',
    (_, text) => {
      const { operations, components, measuredSeconds } = resultsFor(text);
      const { goodputPerSecond, latencyMs } = operations['serve']!;
      const { busy, completions, queueLength, waitMs } = components['server']!;
      const inSystem = (goodputPerSecond! / 1_000) * latencyMs.mean!;
      const inQueue = (completions / measuredSeconds / 1_000) * waitMs.mean!;
      expect(distance(inSystem, busy! + queueLength!)).toBeLessThan(2e-3);
      expect(distance(inQueue, queueLength!)).toBeLessThan(5e-3);
    },
    PATIENCE_MS,
  );
});

describe('caches', () => {
  const hitsOf = (eviction: string, entries: number) =>
    resultsFor(cachedReads(eviction, entries)).components['copies']!.cache!.hits;

  test('a larger LRU cache hits whenever the smaller one does', slowly, () => {
    const hits = [1, 2, 50, 51, 999, 1_000].map((entries) => hitsOf('lru', entries));
    for (let larger = 1; larger < hits.length; larger++) {
      expect(hits[larger]!).toBeGreaterThan(hits[larger - 1]!);
    }
  });

  test('first in, first out hits as often as random eviction', slowly, () => {
    expect(distance(hitsOf('fifo', 50), hitsOf('random', 50))).toBeLessThan(0.02);
  });
});

test('a synchronous write takes as long as the slowest of its replicas', slowly, () => {
  const { operations } = resultsFor(`name: Three replicas
duration: 2200s
warm-up: 200s
traffic:
  writers: { rate: 100/s, operation: write, keys: items, to: store }
data:
  items: { keys: 1k, stored-in: store }
components:
  store:
    kind: database
    replicas: 3
    replication: sync
    lag: exponential(10us)
    apply: 0s
    service: { write: 0s }
    failover: none
network: { same-zone: 0s }
`);
  const { mean, p99 } = operations['write']!.latencyMs;
  expect(distance(mean!, 0.01 * (1 + 1 / 2 + 1 / 3))).toBeLessThan(0.01);
  expect(distance(p99!, 0.0570043610378)).toBeLessThan(0.05);
});

/** The numbers of an operation that count something, without those that divide by time. */
function countsOf(counts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(counts).filter(([name]) => !name.endsWith('PerSecond')));
}
