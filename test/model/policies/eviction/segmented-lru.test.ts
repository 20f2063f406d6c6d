import { describe, expect, it } from 'vitest';
import { minstdTrace, misses, request, storeOf } from '../../cache-traces.ts';

describe('segmented-lru', () => {
  it('keeps what was asked for twice through a scan, and not what was asked for once', () => {
    const kept = (times: number) => {
      const store = storeOf('segmented-lru', 100);
      for (let key = 500; key < 570; key++) request(store, key);
      for (let turn = 0; turn <= times; turn++) {
        for (let key = 0; key < 30; key++) request(store, key);
      }
      for (let key = 1_000; key < 1_150; key++) request(store, key);
      return Array.from({ length: 30 }, (_, key) => key).filter((key) => store.find(key) >= 0);
    };
    expect(kept(2)).toHaveLength(30);
    expect(kept(1)).toHaveLength(0);
  });

  it('brings a cold entry back to the warm ones at its second look-up', () => {
    const store = storeOf('segmented-lru', 10);
    for (let key = 0; key < 12; key++) request(store, key);
    const coldest = [0, 1, 2, 3, 4].find((key) => store.find(key) >= 0)!;
    request(store, coldest);
    request(store, coldest);
    for (let key = 20; key < 26; key++) request(store, key);
    expect(store.find(coldest)).toBeGreaterThanOrEqual(0);
  });

  it('misses on the known trace less often than lru', () => {
    const trace = minstdTrace(false);
    for (const entries of [50, 500]) {
      expect(misses('segmented-lru', entries, trace)).toBeLessThan(misses('lru', entries, trace));
    }
  });
});
