import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { Popularity } from '../../src/kernel/popularity.ts';
import { CacheStore } from '../../src/model/cache-store.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { misses, request, storeOf } from './cache-traces.ts';

/** Keys in turn, over and over. */
const loop = (keys: number, rounds: number): number[] =>
  Array.from({ length: keys * rounds }, (_, at) => at % keys);

/** Share of hits, of a trace whose first part only warms the cache. */
function hitShare(policy: string, entries: number, trace: readonly number[], warm: number): number {
  const store = storeOf(policy, entries);
  for (const key of trace.slice(0, warm)) request(store, key);
  const rest = trace.slice(warm);
  return rest.filter((key) => request(store, key)).length / rest.length;
}

describe('in a loop over more keys than fit', () => {
  const rounds = 30;
  const share = (policy: string, entries: number) =>
    hitShare(policy, entries, loop(1_000, rounds), 2_000);

  it.each(['lru', 'fifo', 'arc', 'slru', 's4lru'])('%s never hits', (policy) => {
    expect([100, 500, 999].map((entries) => share(policy, entries))).toEqual([0, 0, 0]);
  });

  it('lirs keeps its low-recency part and hits it in each round: C − 1 % over N', () => {
    // Jiang and Zhang, 2002: a hit ratio in proportion to the room.
    expect([100, 500, 900].map((entries) => share('lirs', entries))).toEqual([
      99 / 1_000,
      495 / 1_000,
      891 / 1_000,
    ]);
  });

  it('mru comes as near to the optimum as can be: (C − 1) / (N − 1)', () => {
    for (const entries of [100, 500, 900]) {
      expect(share('mru', entries)).toBeCloseTo((entries - 1) / 999, 2);
    }
  });

  it('2q hits as long as the loop is no longer than it remembers', () => {
    // A quarter of the cache and ghosts of half of it: 750 keys of a cache of 1000 that is full.
    expect(hitShare('2q', 600, loop(700, rounds), 2_100)).toBeGreaterThan(0);
    expect(hitShare('2q', 600, loop(2_000, rounds), 6_000)).toBe(0);
  });
});

describe('a scan of keys that never come again', () => {
  /** Hits of a hundred keys that were asked for often, after four thousand others came by. */
  function hitsAfterScan(policy: string): number {
    const store = storeOf(policy, 200);
    const hot = Array.from({ length: 100 }, (_, key) => key);
    let fresh = 1_000;
    // New keys between the rounds let the hot ones fall out of queues for newcomers and come back.
    for (let round = 0; round < 20; round++) {
      for (const key of hot) request(store, key);
      for (let count = 0; count < 40; count++) request(store, fresh++);
    }
    for (let count = 0; count < 4_000; count++) request(store, fresh++);
    return hot.filter((key) => request(store, key)).length;
  }

  it.each(['lru', 'fifo', 'clock'])('leaves %s with nothing that was popular', (policy) => {
    expect(hitsAfterScan(policy)).toBe(0);
  });

  it.each(['2q', 'arc', 'lfu', 'lirs', 'lru-k', 's3-fifo', 'slru'])(
    'passes through %s, which keeps what was popular',
    (policy) => {
      expect(hitsAfterScan(policy)).toBe(100);
    },
  );

  it('leaves s4lru what fits into a quarter: a hundred keys in turn push each other down', () => {
    expect(hitsAfterScan('s4lru')).toBe(50);
  });

  it('overtakes what lfu-ageing holds, which lfu keeps for ever', () => {
    expect(hitsAfterScan('lfu-ageing')).toBe(0);
  });
});

describe('on keys of Zipf’s law', () => {
  const stream = streamFor('8', 'zipf', 'keys');
  const popularity = new Popularity({ kind: 'zipf', exponent: 1 }, 20_000);
  const trace = Array.from({ length: 200_000 }, () => popularity.draw(stream));

  it.each(['2q', 'arc', 'lirs', 'lru-k', 's3-fifo', 's4lru', 'sieve', 'slru', 'lfu-ageing'])(
    '%s misses less often than lru with room for one in a hundred keys and in ten',
    (policy) => {
      // Yang et al., 2023, and Zhang et al., 2024, find the same on most of their traces.
      expect(misses(policy, 200, trace)).toBeLessThan(0.9 * misses('lru', 200, trace));
      expect(misses(policy, 2_000, trace)).toBeLessThan(0.97 * misses('lru', 2_000, trace));
    },
  );
});

describe('after popularity has moved to other keys', () => {
  it('lfu-ageing comes round, and lfu does not', () => {
    const stream = streamFor('9', 'moved', 'keys');
    const popularity = new Popularity({ kind: 'zipf', exponent: 0.9 }, 1_000);
    const before = Array.from({ length: 100_000 }, () => popularity.draw(stream));
    const after = Array.from({ length: 20_000 }, () => 5_000 + popularity.draw(stream));
    const share = (policy: string) =>
      hitShare(policy, 100, [...before, ...after], before.length + 10_000);
    expect(share('lfu-ageing')).toBeGreaterThan(share('lfu') + 0.1);
  });
});

describe('with entries of many sizes', () => {
  it('gdsf hits more often than lru in as many bytes, by keeping the small ones', () => {
    const stream = streamFor('10', 'sizes', 'keys');
    const popularity = new Popularity({ kind: 'zipf', exponent: 0.8 }, 5_000);
    const trace = Array.from({ length: 50_000 }, () => popularity.draw(stream));
    const sizeOf = (key: number) => 100 * (1 + ((key * 13) % 40));
    const hits = (name: string) => {
      const limits = { entries: Infinity, bytes: 1_000_000 };
      const policy = evictionPolicies.get(name)!;
      const store = new CacheStore(limits, policy, streamFor('1', 'cache', name));
      let count = 0;
      for (const key of trace) {
        const slot = store.find(key);
        if (slot >= 0) {
          store.touch(slot);
          count++;
        } else store.put(key, 0, sizeOf(key), Infinity);
      }
      return { share: count / trace.length, meanBytes: store.bytes / store.size };
    };
    const [lru, gdsf] = [hits('lru'), hits('gdsf')];
    expect(gdsf.share).toBeGreaterThan(lru.share + 0.1);
    expect(gdsf.meanBytes).toBeLessThan(0.7 * lru.meanBytes);
  });
});
