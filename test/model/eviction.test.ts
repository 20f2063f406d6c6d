import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import type { CacheStore } from '../../src/model/cache-store.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { TraceCache } from '../../src/model/trace-cache.ts';
import { minstdTrace, misses, plainView, request, storeOf } from './cache-traces.ts';

const policies = [...evictionPolicies.values()].map((policy) => ({ name: policy.name, policy }));

describe.each(policies)('the eviction policy $name', ({ name, policy }) => {
  it('says what it does and where it comes from, each in a line', () => {
    expect(policy.summary).toMatch(/^[A-Z].{10,}\.$/);
    expect(policy.source.length).toBeGreaterThan(5);
  });

  it('gives up an entry that is there, whatever came, was asked for and left before', () => {
    const stream = streamFor('4', name, 'acts');
    const evictor = policy.create(streamFor('5', name, 'evictor'), plainView(100));
    const there = new Set<number>();
    let slots = 1;
    evictor.grow(slots);
    for (let step = 0; step < 50_000; step++) {
      const slot = stream.below(slots);
      if (!there.has(slot)) {
        evictor.arriving?.(slot);
        evictor.inserted(slot);
        there.add(slot);
      } else if (stream.uniform() < 0.7) evictor.accessed(slot);
      else if (stream.uniform() < 0.5) {
        evictor.removed(slot);
        there.delete(slot);
      } else expect(there.delete(evictor.evict(-1))).toBe(true);
      if (there.size === slots && slots < 300) evictor.grow((slots += 1 + stream.below(slots)));
    }
    const left = there.size;
    for (let count = 0; count < left; count++) {
      expect(there.delete(evictor.evict(-1))).toBe(true);
    }
  });

  it('evicts nobody as long as there is room', () => {
    const store = storeOf(name, 100);
    for (let key = 0; key < 100; key++) request(store, key);
    expect([store.size, store.evictions]).toEqual([100, 0]);
    for (let key = 0; key < 100; key++) expect(request(store, key)).toBe(true);
  });

  it('does the same again for the same seed', () => {
    const trace = minstdTrace(false).slice(0, 20_000);
    expect(misses(name, 50, trace)).toBe(misses(name, 50, trace));
  });

  it('beats no cache and loses to a cache of everything', () => {
    const trace = minstdTrace(false);
    const few = misses(name, 10, trace);
    const many = misses(name, 500, trace);
    // Whoever lets the most recent go keeps little but chance on a trace without loops.
    expect(few).toBeLessThan(100_000 - (name === 'mru' ? 2_000 : 10_000));
    expect(many).toBeLessThan(few);
    expect(misses(name, 1_000, trace)).toBe(new Set(trace).size);
  });
});

describe('the trace from the minimal standard generator', () => {
  const trace = minstdTrace(false);

  it('is the published one', () => {
    expect(trace.slice(0, 10)).toEqual([0, 931, 146, 21, 181, 510, 383, 149, 362, 147]);
    expect(trace.reduce((sum, key) => sum + key, 0)).toBe(13_210_238);
    expect(trace.filter((key) => key === 0)).toHaveLength(13_514);
    expect(minstdTrace(true)).toHaveLength(120_000);
  });

  // Counts of two independent programs, equal to those of libCacheSim (Yang, 2020).
  it.each([
    ['lru', [78_687, 53_603, 42_305, 30_322, 13_333]],
    ['fifo', [81_542, 59_175, 47_803, 35_404, 16_813]],
    ['lfu', [64_045, 43_772, 35_176, 24_568, 11_641]],
    ['clock', [77_159, 52_191, 40_934, 29_299, 12_945]],
    ['sieve', [65_132, 42_226, 32_415, 23_716, 11_176]],
  ])('is missed by %s exactly as often as counted elsewhere (C-MINSTD)', (name, counts) => {
    const found = [10, 50, 100, 200, 500].map((entries) => misses(name, entries, trace));
    expect(found).toEqual(counts);
  });

  it.each([
    ['fifo', [101_631, 79_827, 69_253, 59_226, 47_547]],
    ['lfu', [84_046, 63_772, 55_174, 44_681, 31_937]],
    ['clock', [97_302, 73_326, 63_634, 54_826, 41_111]],
  ])('is missed by %s exactly as often among scans (C-MINSTD-SCAN)', (name, counts) => {
    const scans = minstdTrace(true);
    const found = [10, 50, 100, 200, 500].map((entries) => misses(name, entries, scans));
    expect(found).toEqual(counts);
  });
});

describe('a cache of a trace', () => {
  it.each([...evictionPolicies.keys()])('misses with %s as often as a store does', (name) => {
    const trace = Int32Array.from(minstdTrace(false));
    for (const entries of [1, 10, 200, 1_000]) {
      const stream = streamFor('1', 'cache', name);
      const cache = new TraceCache({ keys: 1_000, entries }, evictionPolicies.get(name)!, stream);
      const halves = cache.misses(trace, 0, 40_000) + cache.misses(trace, 40_000);
      expect(halves).toBe(misses(name, entries, trace));
    }
  });
});

describe('eviction on the strings of textbooks', () => {
  it("shows Bélády's anomaly: fifo misses more often with more room (C-BELADY-ANOMALY)", () => {
    // Belady, Nelson, Shedler, 1969.
    const trace = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
    expect([3, 4].map((entries) => misses('fifo', entries, trace))).toEqual([9, 10]);
    expect([3, 4].map((entries) => misses('lru', entries, trace))).toEqual([10, 8]);
  });

  it('faults 15 times by fifo and 12 by lru in three frames (C-SILBERSCHATZ)', () => {
    // Silberschatz, Galvin, Gagne, Operating System Concepts, chapter 10.
    const trace = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
    expect([misses('fifo', 3, trace), misses('lru', 3, trace)]).toEqual([15, 12]);
  });

  it.each(['lru', 'fifo'])(
    'never hits with %s in a loop over more keys than fit (C-LOOP)',
    (name) => {
      const loop = Array.from({ length: 1_000 }, (_, index) => index % 10);
      expect(misses(name, 5, loop)).toBe(1_000);
      expect(misses(name, 9, loop)).toBe(1_000);
      expect(misses(name, 10, loop)).toBe(10);
    },
  );

  it('never hits less often with more room by lru: the inclusion property (C-INCLUSION)', () => {
    // Mattson et al., 1970.
    const trace = minstdTrace(true).slice(0, 12_000);
    const counts = Array.from({ length: 60 }, (_, index) => misses('lru', 1 + 3 * index, trace));
    for (let index = 1; index < counts.length; index++) {
      expect(counts[index]).toBeLessThanOrEqual(counts[index - 1]!);
    }
  });

  it('lets lru forget the longest unasked and lfu the least asked, the longest among equals', () => {
    const evicted = (name: string) => {
      const store = storeOf(name, 3);
      for (const key of [1, 2, 3, 1, 2, 1, 4]) request(store, key);
      return [1, 2, 3].filter((key) => store.find(key) < 0);
    };
    expect(evicted('fifo')).toEqual([1]);
    expect(evicted('lru')).toEqual([3]);
    expect(evicted('lfu')).toEqual([3]);
    const store = storeOf('lfu', 2);
    for (const key of [1, 2, 2, 1, 3]) request(store, key);
    // Both were asked twice; 2 was not asked for longer.
    expect([store.find(1) >= 0, store.find(2) >= 0]).toEqual([true, false]);
  });

  it('lets the hand of sieve stay where it evicted, also when its entry is deleted', () => {
    const held = (store: CacheStore) => [1, 2, 3, 4, 5, 6].filter((key) => store.find(key) >= 0);
    const asked = () => {
      const store = storeOf('sieve', 3);
      // The hand passes 1, which was asked for, evicts 2 and stays before 3.
      for (const key of [1, 2, 3, 1, 4]) request(store, key);
      expect(held(store)).toEqual([1, 3, 4]);
      return store;
    };
    const going = asked();
    request(going, 5);
    expect(held(going)).toEqual([1, 4, 5]);
    const deleted = asked();
    deleted.remove(deleted.find(3));
    for (const key of [5, 6]) request(deleted, key);
    expect(held(deleted)).toEqual([1, 5, 6]);
  });
});

/** Share of hits over independent draws with weights 1/k, after the cache has filled. */
function hitRatio(policy: string, objects: number, entries: number, draws: number): number {
  const stream = streamFor('6', policy, `${objects}`);
  const store = storeOf(policy, entries);
  const cumulative: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= objects; rank++) cumulative.push((sum += 1 / rank));
  const draw = () => {
    const point = stream.uniform() * sum;
    let key = 0;
    while (cumulative[key]! < point) key++;
    return key;
  };
  for (let warm = 0; warm < 1_000; warm++) request(store, draw());
  let hits = 0;
  for (let index = 0; index < draws; index++) if (request(store, draw())) hits++;
  return hits / draws;
}

describe('eviction under independent references with Zipf popularity', () => {
  const draws = 1_000_000;
  // Exact: King, 1971, for lru; Gelenbe, 1973, for fifo and random, which are equal. Tolerances
  // are four standard deviations at four million draws, here doubled for one million.
  it.each([
    ['C-LRU-KING-5-2', 'lru', 5, 2, 0.5188845638170089, 0.00428],
    ['C-LRU-KING-6-3', 'lru', 6, 3, 0.6378150284758439, 0.00373],
    ['C-FIFO-IRM-5-2', 'fifo', 5, 2, 69 / 137, 0.00431],
    ['C-FIFO-IRM-6-3', 'fifo', 6, 3, 629 / 1029, 0.00368],
    ['C-FIFO-IRM-8-4', 'fifo', 8, 4, 511_109 / 813_509, 0.003],
    ['C-RANDOM-IRM-5-2', 'random', 5, 2, 69 / 137, 0.0029],
    ['C-RANDOM-IRM-6-3', 'random', 6, 3, 629 / 1029, 0.00396],
    ['C-RANDOM-IRM-8-4', 'random', 8, 4, 511_109 / 813_509, 0.0029],
  ])('%s: %s hits as theory says', (_id, policy, objects, entries, exact, tolerance) => {
    const measured = hitRatio(policy, objects, entries, draws);
    expect(Math.abs(measured / exact - 1)).toBeLessThan(2 * tolerance);
  });
});
