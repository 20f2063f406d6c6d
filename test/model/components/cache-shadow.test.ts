import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import { Cache } from '../../../src/model/components/cache/cache.ts';
import type { Shadow } from '../../../src/model/components/cache/shadow.ts';
import { evictionPolicies } from '../../../src/model/eviction.ts';
import type { Run } from '../../../src/model/run.ts';
import { finished, own, runOf, SECOND } from '../rehearsal.ts';

/** One request at a time, so that no key is fetched twice at once. */
function quiet(redis: string, more = ''): string {
  return shop({ redis, more, traffic: '{ clients: 1, think: 1ms, to: api }', keys: '2k' });
}

function shop(fields: {
  readonly redis: string;
  readonly traffic: string;
  readonly keys: string;
  readonly more?: string;
  /** Percent of the requests that write. */
  readonly writes?: number;
}): string {
  const writes = fields.writes ?? 5;
  const reads = 100 - writes;
  return `
name: A cache with a shadow
duration: 8s
traffic: { app: ${fields.traffic} }
data:
  goods: { keys: ${fields.keys}, popularity: zipf(0.9), size: 1KB, stored-in: db, cached-in: redis }
components:
  api:
    kind: service
    workers: unlimited
    operations:
      get: [ { choose: [ { share: ${reads}%, do: [ { read: goods } ] }, { share: ${writes}%, do: [ { write: goods } ] } ] } ]
  redis: { kind: cache, workers: unlimited, ${fields.redis} }
  db: { kind: database, service: { read: 1ms }, workers: unlimited, connections: unlimited }
${fields.more ?? ''}`;
}

function shadowsOf(run: Run): readonly Shadow[] {
  const cache = run.world.component('redis');
  return cache instanceof Cache ? cache.shadows : [];
}

/** Misses of the cache, then of its shadows. */
function misses(run: Run): number[] {
  const shadows = shadowsOf(run).map(({ tally }) => tally.sum('misses', 0, Infinity));
  return [own(run, 'redis', 'misses'), ...shadows];
}

function ratioOf(run: Run, shadow: Shadow): { hitRatio: number; error: number } {
  const lookUps = own(run, 'redis', 'hits') + own(run, 'redis', 'misses');
  return shadow.ratio(lookUps, 0, Infinity);
}

const patient = { timeout: 60_000 };

describe('a shadow of a cache', () => {
  const room = 'capacity: 200 entries';

  it.each([...evictionPolicies.keys()])(
    'of the same size has the same misses with %s',
    (policy) => {
      const run = finished(quiet(`${room}, eviction: ${policy}, shadow: [100%]`));
      const [real, shadow] = misses(run);
      expect(real).toBeGreaterThan(500);
      expect(shadow).toBe(real);
    },
  );

  it.each([
    'nodes: 3',
    'ttl: 500ms ±20%',
    'ttl: 300ms sliding',
    'ttl: 300ms, expiry: active',
    'admission: tiny-lfu',
    'admission: probability(30%)',
    'strategy: read-through',
    'strategy: write-through',
    'on-write: update',
    'strategy: write-back',
    'strategy: refresh-ahead, ttl: 500ms',
    'stampede: single-flight',
    'stampede: lease, ttl: 500ms',
    'stampede: early-expiry(5), ttl: 200ms',
    'stampede: stale-while-revalidate(1s), ttl: 200ms',
    'hot-keys: 5, nodes: 3',
    'inside: api',
    'on-write: message, message-lag: 50ms',
    'warm: popular',
    'warm: popular, nodes: 3, replicas: 1',
  ])('of the same size has the same misses with %s', (words) => {
    const run = finished(quiet(`${room}, ${words}, shadow: [100%]`));
    const [real, shadow] = misses(run);
    expect(real).toBeGreaterThan(100);
    expect(shadow).toBe(real);
    const { tally } = shadowsOf(run)[0]!;
    expect([tally.sum('instantFills', 0, 99), tally.sum('spared', 0, 99)]).toEqual([0, 0]);
  });

  it('of the same size begins anew with its node', () => {
    const faults = 'faults: [ { at: 4s, restart-cold: redis/node-1 } ]\n';
    const [real, shadow] = misses(finished(quiet(`${room}, nodes: 2, shadow: [100%]`, faults)));
    expect(shadow).toBe(real);
  });

  it('grows and shrinks with the cache', () => {
    const faults = 'faults: [ { at: 4s, change: redis.capacity, to: 50 entries } ]\n';
    const [real, shadow] = misses(finished(quiet(`${room}, shadow: [100%]`, faults)));
    expect(shadow).toBe(real);
  });

  it.each(['lru', 's3-fifo', 'arc', 'lfu'])(
    'has the misses of a real cache of its size and policy, where nothing overlaps: %s',
    (policy) => {
      const traffic = '{ rate: 100/s, arrivals: constant, to: api }';
      const text = (redis: string) => shop({ redis, traffic, keys: '300' });
      const [, double, half] = misses(
        finished(text(`capacity: 60 entries, shadow: [${policy} 200%, ${policy} 50%]`)),
      );
      const real = (entries: number) =>
        misses(finished(text(`capacity: ${entries} entries, eviction: ${policy}`)))[0];
      expect([double, half]).toEqual([real(120), real(30)]);
    },
  );

  it('is near the real one when keys are fetched several times at once', () => {
    const traffic = '{ rate: 3k/s, to: api }';
    const run = finished(
      shop({ redis: `${room}, shadow: [100%, s3-fifo 100%]`, traffic, keys: '2k' }),
    );
    const [real, same, other] = misses(run);
    expect(Math.abs(same! - real!) / real!).toBeLessThan(0.01);
    const s3 = finished(shop({ redis: `${room}, eviction: s3-fifo`, traffic, keys: '2k' }));
    expect(Math.abs(other! - misses(s3)[0]!) / other!).toBeLessThan(0.02);
  });

  it('leaves the run as it is', () => {
    const plain = finished(quiet(`${room}, ttl: 1s ±10%, eviction: random`));
    const words = `${room}, ttl: 1s ±10%, eviction: random, shadow: [10%, 300%, arc 100%]`;
    const shadowed = finished(quiet(words));
    expect(shadowed.hash).toBe(plain.hash);
    expect(misses(shadowed)[0]).toBe(misses(plain)[0]);
  });

  it('is the same again after going back to a checkpoint', () => {
    const text = quiet(`${room}, ttl: 1s ±10%, shadow: [50%, random 200%]`);
    const straight = misses(finished(text));
    const run = runOf(text);
    run.advance(3 * SECOND);
    const checkpoint = new Checkpoint(run);
    run.advance(6 * SECOND);
    checkpoint.restore();
    run.advance(8 * SECOND);
    expect(misses(run)).toEqual(straight);
  });

  it(
    'of a large cache sees a share of the keys, and its interval covers the truth',
    patient,
    () => {
      let covered = 0;
      const seeds = 10;
      for (let seed = 1; seed <= seeds; seed++) {
        const traffic = '{ rate: 2k/s, to: api }';
        const redis = 'capacity: 32k entries, warm: popular, shadow: [100%]';
        const run = finished(`seed: ${seed}\n${shop({ redis, traffic, keys: '100k', writes: 0 })}`);
        const [shadow] = shadowsOf(run);
        expect(shadow!.rate).toBeCloseTo(8192 / 32_000, 9);
        const { hitRatio, error } = ratioOf(run, shadow!);
        const hits = own(run, 'redis', 'hits');
        const truth = hits / (hits + own(run, 'redis', 'misses'));
        expect(error).toBeLessThan(0.03);
        if (Math.abs(hitRatio - truth) <= error) covered++;
      }
      expect(covered).toBeGreaterThanOrEqual(9);
    },
  );
});
