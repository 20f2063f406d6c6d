import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { request, storeOf } from './cache-traces.ts';

const act = fc.record({
  kind: fc.constantFrom('put', 'put', 'look', 'look', 'delete', 'clear'),
  key: fc.nat(30),
  bytes: fc.integer({ min: 0, max: 60 }),
  rare: fc.nat(20),
});
const limits = fc.record({
  entries: fc.constantFrom(0, 1, 5, 20, Infinity),
  bytes: fc.constantFrom(0, 1, 50, 100, 1_000, Infinity),
});

describe.each([...evictionPolicies.keys()])('a store that evicts by %s', (policy) => {
  it('keeps its limits and its books whatever is put, asked, deleted and cleared', () => {
    fc.assert(
      fc.property(limits, fc.array(act, { maxLength: 300 }), ({ entries, bytes }, acts) => {
        const store = storeOf(policy, entries, bytes);
        /** What may be there: the newest version and size put of each key. */
        const model = new Map<number, { version: number; bytes: number }>();
        let version = 0;
        for (const { kind, key, bytes: size, rare } of acts) {
          const evictions = store.evictions;
          const before = store.size;
          if (kind === 'put') {
            const known = store.find(key) >= 0;
            store.put(key, ++version, size, version * 2);
            if (size > bytes || entries < 1) {
              model.delete(key);
              expect(store.find(key)).toBe(-1);
            } else {
              model.set(key, { version, bytes: size });
              expect(store.find(key)).toBeGreaterThanOrEqual(0);
              const grown = store.size - before + store.evictions - evictions;
              expect(grown).toBe(known ? 0 : 1);
            }
          } else if (kind === 'look') {
            const slot = store.find(key);
            if (slot >= 0) store.touch(slot);
          } else if (kind === 'delete') {
            const slot = store.find(key);
            if (slot >= 0) store.remove(slot);
            model.delete(key);
          } else if (rare === 0) {
            store.clear();
            model.clear();
          }
          expect(store.size).toBeLessThanOrEqual(entries);
          expect(store.bytes).toBeLessThanOrEqual(bytes);
          let size2 = 0;
          let held = 0;
          for (let candidate = 0; candidate <= 30; candidate++) {
            const slot = store.find(candidate);
            if (slot < 0) continue;
            const entry = model.get(candidate);
            expect(entry).toBeDefined();
            expect(store.versionAt(slot)).toBe(entry!.version);
            expect(store.expiryAt(slot)).toBe(entry!.version * 2);
            held += entry!.bytes;
            size2++;
          }
          expect([store.size, store.bytes]).toEqual([size2, held]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('forgets a key that is removed and has room for another', () => {
    const store = storeOf(policy, 3);
    for (const key of [1, 2, 3]) request(store, key);
    store.remove(store.find(2));
    expect(store.find(2)).toBe(-1);
    request(store, 4);
    expect([store.size, store.evictions]).toEqual([3, 0]);
  });

  it('makes room for a large entry by evicting several small ones', () => {
    const store = storeOf(policy, Infinity, 100);
    for (let key = 0; key < 10; key++) store.put(key, 0, 10, Infinity);
    store.put(99, 0, 35, Infinity);
    expect([store.size, store.bytes, store.evictions]).toEqual([7, 95, 4]);
  });

  it('counts records of billions of bytes without losing one', () => {
    const store = storeOf(policy, Infinity, 20e9);
    for (let key = 0; key < 20; key++) store.put(key, 0, 3e9, Infinity);
    expect([store.size, store.bytes]).toEqual([6, 18e9]);
  });

  it('is empty after a clear and fills up again', () => {
    const store = storeOf(policy, 50);
    for (let key = 0; key < 200; key++) request(store, key);
    store.clear();
    expect([store.size, store.bytes, store.find(199)]).toEqual([0, 0, -1]);
    for (let key = 0; key < 200; key++) expect(request(store, key)).toBe(false);
    expect(store.size).toBe(50);
  });
});

describe('a store', () => {
  it('takes an overwrite of the same size in place, as an access', () => {
    const store = storeOf('lru', 2);
    store.put(1, 1, 1, Infinity);
    store.put(2, 1, 1, Infinity);
    store.put(1, 2, 1, 500);
    store.put(3, 1, 1, Infinity);
    expect(store.find(2)).toBe(-1);
    expect(store.versionAt(store.find(1))).toBe(2);
    expect(store.expiryAt(store.find(1))).toBe(500);
  });

  it('drops the old copy of an entry that has become too large', () => {
    const store = storeOf('lru', Infinity, 100);
    store.put(1, 1, 10, Infinity);
    store.put(1, 2, 101, Infinity);
    expect([store.size, store.bytes, store.find(1)]).toEqual([0, 0, -1]);
  });

  it('extends the life of an entry when told to', () => {
    const store = storeOf('fifo', 2);
    store.put(1, 1, 1, 100);
    store.extend(store.find(1), 900);
    expect(store.expiryAt(store.find(1))).toBe(900);
  });
});
