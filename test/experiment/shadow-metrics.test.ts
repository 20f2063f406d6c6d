import { describe, expect, test } from 'vitest';
import { resultsOf } from '../../src/experiment/results.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { Recording } from '../../src/experiment/recording.ts';
import { plain } from '../../src/report/paint.ts';
import { seriesCsv } from '../../src/report/series-csv.ts';
import { textReport } from '../../src/report/text-report.ts';
import { Experiment } from '../../src/experiment/experiment.ts';
import { answerInside } from '../../src/worker/questions/inside.ts';
import { resultsSchema } from '../cli/results-schema.ts';
import { experimentOf } from './small-designs.ts';

/** 20,000 entries: a shadow of the same size sees 41 % of the keys, one of a tenth all of them. */
const text = `
name: A cache and what it might have been
seed: 5
duration: 20s
warm-up: 4s
traffic: { app: { rate: 3k/s, operation: get, to: api } }
data:
  goods: { keys: 100k, popularity: zipf(0.8), size: 1KB, stored-in: db, cached-in: redis }
components:
  api: { kind: service, workers: unlimited, operations: { get: [ { read: goods } ] } }
  redis:
    kind: cache
    workers: unlimited
    capacity: 20k entries
    warm: popular
    shadow: [100%, sieve 10%]
  db: { kind: database, workers: unlimited, connections: unlimited }
requirements:
  - hit ratio of redis > 10%
  - hit ratio of redis with 100% > 10%
  - hit ratio of redis with sieve 10% > 10%
expect:
  - hit ratio of redis with 100% between 10s and 20s > 10%
`;
const results = resultsOf(experimentOf(text), { series: true });
const { cache } = results.components.redis!;
const [sampled, whole] = cache!.shadows!;

describe('the shadows of a cache', () => {
  test('are in the results, with the share of the keys that they saw', () => {
    expect([sampled!.name, whole!.name]).toEqual(['100%', 'sieve 10%']);
    expect([sampled!.sampledShare, whole!.sampledShare]).toEqual([0.4096, 1]);
    expect(Math.abs(sampled!.hitRatio! - cache!.hitRatio!)).toBeLessThan(sampled!.error95!);
    expect(sampled!.error95).toBeLessThan(0.02);
    expect(whole!.error95).toBe(0);
    expect(whole!.lookUps).toBe(cache!.hits + cache!.misses);
    expect(whole!.hitRatio).toBeLessThan(cache!.hitRatio!);
    expect(resultsSchema.safeParse(results).error).toBeUndefined();
  });

  test('can be claimed; the interval of a sample has its error in it', () => {
    const [real, same, small] = results.requirements;
    expect([same!.measured, small!.measured]).toEqual([sampled!.hitRatio, whole!.hitRatio]);
    const width = ({ interval }: typeof real & object) => interval![1]! - interval![0];
    expect(width(same!)).toBeGreaterThanOrEqual(2 * sampled!.error95!);
    expect(width(same!)).toBeGreaterThan(width(real!));
    expect(width(small!)).toBeLessThan(2 * width(real!));
    expect(results.expect[0]!.holds).toBe(true);
    expect(results.expect[0]!.measured).not.toBe(same!.measured);
  });

  test('stand under the components in the report, a line each', () => {
    const lines = textReport(results, plain).split('\n');
    const found = lines.filter((line) => line.startsWith('redis with '));
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(
      /^redis with 100%: \d\d\.\d\d % ± \d\.\d\d of the look-ups would have been hits, from 40\.96 % of the keys$/,
    );
    expect(found[1]).toMatch(
      /^redis with sieve 10%: \d\d\.\d\d % of the look-ups would have been hits$/,
    );
  });

  test('have a series of their own, which adds up to the whole', () => {
    const redis = results.series!.components.redis!;
    const own = redis['hitRatio with sieve 10%'];
    expect(own).toHaveLength(20);
    const counted = own!.slice(4).map((ratio) => ratio!);
    const mean = counted.reduce((sum, ratio) => sum + ratio, 0) / counted.length;
    expect(mean).toBeCloseTo(whole!.hitRatio!, 2);
    expect(seriesCsv(results.series!).split('\r\n')[0]).toContain('redis hitRatio with sieve 10%');
  });

  test('are said of the cache that one looks into', () => {
    const { scenario } = loadScenario(text, { file: 'test.yaml' });
    const recording = new Recording(new Experiment(scenario!));
    recording.advance(20e9);
    const { facts } = answerInside({ recording, text, frontier: 20 }, { path: 'redis' })!;
    const found = facts.filter(({ name }) => name.startsWith('hits of redis with'));
    expect(found.map(({ name }) => name)).toEqual([
      'hits of redis with 100%',
      'hits of redis with sieve 10%',
    ]);
    const percent = (whole!.hitRatio! * 100).toFixed(2);
    expect(found[1]!.value).toBe(`${percent} %`);
  });

  test('are not there when nobody asks for them', () => {
    const bare = text
      .replace(/\n {4}shadow.*/, '')
      .replace(/\n.* with .*/g, '')
      .replace('expect:\n', '');
    const plainResults = resultsOf(experimentOf(bare));
    expect(plainResults.components.redis!.cache).not.toHaveProperty('shadows');
    expect(plainResults.hash).toBe(results.hash);
  });
});
