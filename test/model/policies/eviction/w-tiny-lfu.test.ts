import { describe, expect, it } from 'vitest';
import { minstdTrace, misses, request, storeOf } from '../../cache-traces.ts';

describe('w-tiny-lfu', () => {
  it('keeps the popular through a scan that is five times as long as the cache', () => {
    const store = storeOf('w-tiny-lfu', 100);
    for (let turn = 0; turn < 5; turn++) for (let key = 0; key < 90; key++) request(store, key);
    for (let key = 1_000; key < 1_500; key++) request(store, key);
    let held = 0;
    for (let key = 0; key < 90; key++) if (store.find(key) >= 0) held++;
    expect(held).toBeGreaterThan(85);
  });

  it('lets what has become popular in, though the old was more so', () => {
    const store = storeOf('w-tiny-lfu', 100);
    for (let turn = 0; turn < 20; turn++) for (let key = 0; key < 100; key++) request(store, key);
    let hits = 0;
    for (let turn = 0; turn < 60; turn++) {
      for (let key = 500; key < 600; key++) if (request(store, key) && turn >= 50) hits++;
    }
    expect(hits).toBeGreaterThan(800);
  });

  it('misses on the known trace as often as it did when it was compared with libCacheSim', () => {
    const trace = minstdTrace(false);
    const counts = [10, 50, 100, 200, 500].map((entries) => misses('w-tiny-lfu', entries, trace));
    expect(counts).toEqual([62_365, 42_128, 32_943, 23_418, 10_952]);
  });

  it('keeps within its bytes with entries of many sizes', () => {
    const store = storeOf('w-tiny-lfu', Infinity, 10_000);
    for (const [index, key] of minstdTrace(false).slice(0, 20_000).entries()) {
      const slot = store.find(key);
      if (slot >= 0) store.touch(slot);
      else store.put(key, 0, 1 + ((key * 37) % 400), Infinity);
      if (index > 5_000) expect(store.bytes).toBeGreaterThan(9_000);
      expect(store.bytes).toBeLessThanOrEqual(10_000);
    }
  });
});
