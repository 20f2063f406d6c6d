import { describe, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { Recording } from '../../src/experiment/recording.ts';
import type { Cache } from '../../src/model/components/cache/cache.ts';
import type { Database } from '../../src/model/components/database/database.ts';
import type { LaboratoryNews, LaboratoryTask } from '../../src/protocol/laboratory.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { carryOut } from '../../src/worker/laboratory.ts';
import { curveSizes } from '../../src/worker/laboratory/sizes.ts';
import { rankClasses } from '../../src/worker/questions/cache-contents.ts';
import { answerInside } from '../../src/worker/questions/inside.ts';
import { answerLaboratory } from '../../src/worker/questions/laboratory.ts';
import { answerVariant } from '../../src/worker/questions/variant.ts';

/** Some seconds of a cache of 300 of 2,000 keys in front of a database. */
const text = `
name: A small cache
duration: 6s
traffic: { people: { rate: 500/s, mix: { view: 95%, post: 5% }, to: api, deadline: 1s } }
data:
  items: { keys: 2k, size: 1KB, popularity: zipf(0.9), stored-in: db, cached-in: redis }
components:
  api:
    kind: service
    operations:
      view: [ { read: items } ]
      post: [ { write: items } ]
  redis: { kind: cache, capacity: 300 entries, eviction: lru, ttl: 2s }
  db: { kind: database, service: { read: 1ms, write: 2ms } }
`;

async function newsOf(task: LaboratoryTask): Promise<LaboratoryNews[]> {
  const news: LaboratoryNews[] = [];
  await carryOut(task, (one) => news.push(one));
  return news;
}

function asked(seconds: number, of = text) {
  const { scenario } = loadScenario(of, { file: 'small' });
  const recording = new Recording(new Experiment(scenario!));
  recording.advance(seconds * 1e9);
  return { recording, text: of, frontier: seconds };
}

describe('curves of a run', () => {
  test('mark the size of the file and tell the misses that the run itself counted', async () => {
    const policies = ['lru', 'fifo'];
    const news = await newsOf({ kind: 'run-curve', text, file: 'small', cache: 'redis', policies });
    const last = news.at(-1)!;
    expect(last.kind).toBe('curve');
    if (last.kind !== 'curve') return;
    const { report, run } = last.result;
    expect(report.present).toBe(300);
    const { tally } = asked(6).recording.experiment.run.world.component('redis');
    const misses = tally!.sum('misses', 0, Infinity);
    expect(run).toEqual({
      cache: 'redis',
      policy: 'lru',
      lookUps: tally!.sum('hits', 0, Infinity) + misses,
      misses,
    });
    const lru = report.curves.find(({ name }) => name === 'lru')!.points;
    expect(lru.some(({ size }) => size === 300)).toBe(true);
    // A larger LRU cache never misses more.
    const ratios = lru.map(({ missRatio }) => missRatio);
    expect(ratios).toEqual([...ratios].sort((a, b) => b - a));
    expect(report.curves.map(({ kind }) => kind)).toContain('policy');
  });

  test('a text with an error fails in words', async () => {
    const broken = text.replace('kind: cache', 'kind: cahce');
    const [only] = await newsOf({
      kind: 'run-curve',
      text: broken,
      file: 'small',
      cache: 'redis',
      policies: ['lru'],
    });
    expect(only).toMatchObject({ kind: 'failed', cure: 'Mend its text.' });
  });
});

describe('the chain', () => {
  test('has a run for each size around the present one, whose hit ratios rise', async () => {
    const news = await newsOf({ kind: 'chain', text, file: 'small', cache: 'redis' });
    const last = news.at(-1)!;
    expect(last.kind).toBe('chain');
    if (last.kind !== 'chain') return;
    const { points, present, store, unit } = last.result;
    expect([present, store, unit]).toEqual([300, 'db', 'entries']);
    expect(points.map(({ size }) => size)).toEqual([38, 75, 150, 300, 600, 1200, 2000]);
    const hits = points.map(({ hitRatio }) => hitRatio);
    expect(hits).toEqual([...hits].sort((a, b) => a - b));
    expect(points[0]!.storeLoad).toBeGreaterThan(points.at(-1)!.storeLoad);
  });
});

describe('a trace file', () => {
  const entries = { kind: 'trace-curve', policies: ['lru'], unit: 'entries' } as const;

  test('is summed up: what is in it, what was wrong, how often each key is asked for', async () => {
    const lines = ['a', 'b', 'a', 'c', 'a', 'b', 'd'].map((key, second) => `${second},${key}`);
    const trace = new File([`time,key\n${lines.join('\n')}\nnonsense\n`], 'tiny.csv');
    const news = await newsOf({ ...entries, trace });
    expect(news.find(({ kind }) => kind === 'fault')).toMatchObject({ fault: { record: 8 } });
    const last = news.at(-1)!;
    expect(last.kind).toBe('curve');
    if (last.kind !== 'curve') return;
    const { report, trace: summary } = last.result;
    expect([report.requests, report.keys, report.cold, report.present]).toEqual([7, 4, 4, null]);
    expect(summary).toMatchObject({ file: 'tiny.csv', format: 'csv', asksOnce: 2, faults: 1 });
    expect(summary!.ranks).toEqual([
      { rank: 1, lookUps: 3 },
      { rank: 2, lookUps: 2 },
      { rank: 3, lookUps: 1 },
      { rank: 4, lookUps: 1 },
    ]);
  });

  test('that tells sizes has curves in bytes as well', async () => {
    const sizes = { a: 10, b: 30, c: 50 };
    const lines = (['a', 'b', 'a', 'c', 'a', 'b'] as const).map((key) => `1,${key},${sizes[key]}`);
    const trace = new File([`time,key,size\n${lines.join('\n')}\n`], 'sizes.csv');
    const last = (await newsOf({ ...entries, unit: 'bytes', trace })).at(-1)!;
    expect(last.kind).toBe('curve');
    if (last.kind !== 'curve') return;
    const { unit, bytes, curves } = last.result.report;
    expect([unit, bytes]).toEqual(['bytes', 90]);
    const lru = curves.find(({ name }) => name === 'lru')!.points;
    // In 60 to 69 bytes c drives out b, and b in its turn c; with room for all each is missed once.
    const missesAt = (low: number, high: number) =>
      lru.filter(({ size }) => size >= low && size < high).map(({ misses }) => misses);
    expect([...new Set(missesAt(60, 70))]).toEqual([4]);
    expect(missesAt(90, 91)).toEqual([3]);
  });

  test('without a single look-up fails in words', async () => {
    const trace = new File([''], 'empty.csv');
    const news = await newsOf({ ...entries, trace });
    expect(news.at(-1)).toMatchObject({
      kind: 'failed',
      why: 'empty.csv has no look-up that could be read.',
    });
  });
});

test('sizes are spread evenly by their logarithms, the present one among them', () => {
  const sizes = curveSizes(100_000, 1, 12_345);
  expect(sizes).toContain(12_345);
  expect([sizes[0], sizes.at(-1), sizes.length]).toEqual([100, 100_000, 17]);
  expect(curveSizes(3, 1, null)).toEqual([1, 2, 3]);
});

describe('what a cache holds', () => {
  const at = asked(5);
  const { world } = at.recording.experiment.run;
  const cache = world.component('redis') as Cache;

  test('is told by classes of ranks, exactly where the classes are small', () => {
    const { contents } = answerInside(at, { path: 'redis' })!;
    const [held] = contents!.datasets;
    expect(held!.classes.map(({ last }) => last).at(-1)).toBe(2000);
    for (const { first, last, held: share } of held!.classes.slice(0, 8)) {
      let found = 0;
      for (let key = first - 1; key < last; key += 1)
        found += cache.stores[0]!.find(key) >= 0 ? 1 : 0;
      expect(share).toBe(found / (last - first + 1));
    }
    // Weighted by how many keys each class has, they are the entries of the cache.
    const entries = held!.classes.reduce(
      (sum, { first, last, held: share }) => sum + share * (last - first + 1),
      0,
    );
    expect(Math.abs(entries - cache.stores[0]!.size)).toBeLessThan(0.15 * cache.stores[0]!.size);
    expect(held!.left!.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(contents!.fillsPerSecond).toBeGreaterThan(0);
  });

  test('is told of the memory of a database too, and by the parts of the policy', () => {
    const pooled = text
      .replace('{ kind: database,', '{ kind: database, buffer-pool: 200 entries,')
      .replace('eviction: lru', 'eviction: slru');
    const of = asked(5, pooled);
    const pool = (of.recording.experiment.run.world.component('db') as Database).pool!;
    const { contents } = answerInside(of, { path: 'db' })!;
    const [held] = contents!.datasets;
    for (const { first, last, held: share } of held!.classes.slice(0, 8)) {
      const keys = Array.from({ length: last - first + 1 }, (_, place) => first - 1 + place);
      const found = keys.filter((key) => pool.stores[0]!.find(key) >= 0);
      expect(share).toBe(found.length / keys.length);
    }
    expect(contents!.segments).toEqual([]);
    const { segments } = answerInside(of, { path: 'redis' })!.contents!;
    expect(segments.map(({ name }) => name)).toEqual(['probation', 'protected']);
    expect(segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('of an edge or a service is nothing', () => {
    expect(answerInside(at, { path: 'api' })!.contents).toBeNull();
  });

  test('classes of ranks hold every rank once', () => {
    const classes = rankClasses(7000);
    expect(classes[0]).toEqual({ first: 1, last: 1 });
    classes.slice(1).forEach(({ first }, place) => expect(first).toBe(classes[place]!.last + 1));
    expect(classes.at(-1)!.last).toBe(7000);
    expect(rankClasses(1)).toEqual([{ first: 1, last: 1 }]);
  });
});

test('the laboratory knows caches and policies, and writes other values into a text', () => {
  const at = asked(0);
  const { caches, policies } = answerLaboratory(at, {});
  expect(caches).toEqual([{ name: 'redis', eviction: 'lru' }]);
  expect(policies.map(({ name }) => name)).toContain('fifo');
  const settings = [
    { path: 'redis.eviction', value: 'fifo' },
    { path: 'redis.capacity', value: '500 entries' },
  ];
  const changed = answerVariant(at, { settings })!;
  const { scenario } = loadScenario(changed, { file: 'changed' });
  expect(scenario!.plan.components.find(({ name }) => name === 'redis')!.parameters).toMatchObject({
    eviction: 'fifo',
    capacity: { kind: 'entries', entries: 500 },
  });
});
