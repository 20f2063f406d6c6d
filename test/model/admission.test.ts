import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { admissionPolicies } from '../../src/model/admission.ts';
import type { CacheStore } from '../../src/model/cache-store.ts';
import { minstdTrace, request, storeOf } from './cache-traces.ts';

const policies = [...admissionPolicies.values()].map((policy) => ({ name: policy.name, policy }));

/** A store with a doorman, which counts whom it turns away. */
function guarded(admission: string, value: number, eviction: string, entries: number) {
  const store = storeOf(eviction, entries);
  const policy = admissionPolicies.get(admission)!;
  store.admitBy({ policy, value, stream: streamFor('2', 'cache', 'admission') });
  const refused: number[] = [];
  store.watcher = { evicted: () => undefined, refused: (key) => refused.push(key) };
  return { store, refused };
}

function missesOf(store: CacheStore, trace: readonly number[]): number {
  return trace.filter((key) => !request(store, key)).length;
}

describe.each(policies)('the admission policy $name', ({ policy }) => {
  const value = { nothing: 0, size: 100, share: 0.5 }[policy.takes];

  it('says what it does and where it comes from, each in a line', () => {
    expect(policy.summary).toMatch(/^[A-Z].{10,}\.$/);
    expect(policy.source.length).toBeGreaterThan(5);
  });

  it('does the same again for the same seed, also after a cold start', () => {
    const trace = minstdTrace(false).slice(0, 10_000);
    const count = () => missesOf(guarded(policy.name, value, 'lru', 50).store, trace);
    expect(count()).toBe(count());
    if (policy.name === 'probability') return;
    const { store } = guarded(policy.name, value, 'lru', 50);
    const first = missesOf(store, trace);
    store.clear();
    expect(missesOf(store, trace)).toBe(first);
  });

  it('is not asked about a key that is there', () => {
    const { store, refused } = guarded(policy.name, value, 'lru', 2);
    for (let turn = 0; turn < 50 && store.find(1) < 0; turn++) store.put(1, turn, 1, Infinity);
    refused.length = 0;
    for (let turn = 0; turn < 50; turn++) store.put(1, turn, 1 + (turn % 2), Infinity);
    expect([store.versionAt(store.find(1)), refused]).toEqual([49, []]);
  });
});

describe('admission to a cache', () => {
  it('lets nothing in that is larger than the threshold', () => {
    const { store, refused } = guarded('size-threshold', 100, 'lru', 10);
    for (const [key, bytes] of [
      [1, 99],
      [2, 100],
      [3, 101],
    ] as const) {
      store.put(key, 0, bytes, Infinity);
    }
    expect([store.find(1) >= 0, store.find(2) >= 0, refused]).toEqual([true, true, [3]]);
  });

  it('lets in the share of keys that the coin decides', () => {
    const { store, refused } = guarded('probability', 0.1, 'fifo', 10);
    for (let key = 0; key < 100_000; key++) store.put(key, 0, 1, Infinity);
    // Four standard deviations of 100,000 tosses are 380.
    expect(Math.abs(refused.length - 90_000)).toBeLessThan(380);
    expect(store.evictions).toBe(100_000 - refused.length - 10);
  });

  it('keeps the popular in and a scan out by tiny-lfu, and asks nobody while there is room', () => {
    const { store, refused } = guarded('tiny-lfu', 0, 'lru', 100);
    for (let turn = 0; turn < 4; turn++) for (let key = 0; key < 100; key++) request(store, key);
    expect(refused).toEqual([]);
    for (let key = 1_000; key < 1_200; key++) request(store, key);
    const left = Array.from({ length: 100 }, (_, key) => key).filter((key) => store.find(key) < 0);
    expect([left, refused.length]).toEqual([[], 200]);
  });

  it('lets a key in by tiny-lfu the second time where nobody knows who would leave', () => {
    const { store, refused } = guarded('tiny-lfu', 0, 'random', 2);
    for (const key of [1, 2, 3]) request(store, key);
    expect([store.find(3) >= 0, refused]).toEqual([false, [3]]);
    request(store, 3);
    expect(store.find(3) >= 0).toBe(true);
  });

  it('makes lru miss less often on popular keys, and far less among scans', () => {
    for (const scans of [false, true]) {
      const trace = minstdTrace(scans);
      const plain = missesOf(storeOf('lru', 100), trace);
      const { store } = guarded('tiny-lfu', 0, 'lru', 100);
      expect(missesOf(store, trace)).toBeLessThan(plain * 0.9);
    }
  });
});
