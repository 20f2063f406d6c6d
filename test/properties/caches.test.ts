// What holds of a cache for every sequence of look-ups and deletes.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CacheStore } from '../../src/model/cache-store.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { request, storeOf } from '../model/cache-traces.ts';

const KEYS = 30;

/** A look-up of a key, or its delete when `isDelete`. */
interface Command {
  readonly key: number;
  readonly isDelete: boolean;
}

const commands = fc.array(
  fc.record({
    key: fc.nat(KEYS - 1),
    isDelete: fc.boolean(),
  }),
  { maxLength: 300 },
);
const lookUps = fc.array(fc.nat(KEYS - 1), { maxLength: 400 });

function obey(store: CacheStore, { key, isDelete }: Command): void {
  if (!isDelete) request(store, key);
  else if (store.find(key) >= 0) store.remove(store.find(key));
}

function contentsOf(store: CacheStore): number[] {
  return Array.from({ length: KEYS }, (_, key) => key).filter((key) => store.find(key) >= 0);
}

function hitsOf(policy: string, entries: number, trace: readonly number[]): number {
  const store = storeOf(policy, entries);
  return trace.reduce((hits, key) => hits + (request(store, key) ? 1 : 0), 0);
}

describe('LRU', () => {
  test('a larger cache holds all that a smaller one does, at any moment', () => {
    const sizes = fc.integer({ min: 1, max: KEYS });
    fc.assert(
      fc.property(commands, sizes, sizes, (trace, small, more) => {
        const [smaller, larger] = [storeOf('lru', small), storeOf('lru', small + more)];
        for (const command of trace) {
          obey(smaller, command);
          obey(larger, command);
          expect(contentsOf(larger)).toEqual(expect.arrayContaining(contentsOf(smaller)));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('more capacity never lowers the hits of a trace', () => {
    fc.assert(
      fc.property(lookUps, (trace) => {
        const hits = Array.from({ length: KEYS }, (_, index) => hitsOf('lru', index + 1, trace));
        expect(hits).toEqual([...hits].sort((left, right) => left - right));
      }),
      { numRuns: 200 },
    );
  });

  test('it holds the keys that were asked for last', () => {
    fc.assert(
      fc.property(lookUps, fc.integer({ min: 1, max: KEYS }), (trace, entries) => {
        const store = storeOf('lru', entries);
        for (const key of trace) request(store, key);
        const latest = [...new Set([...trace].reverse())].slice(0, entries);
        expect(contentsOf(store)).toEqual(latest.sort((left, right) => left - right));
      }),
    );
  });
});

test('FIFO is no such policy: a larger cache may hit less', () => {
  // Source: Belady, Nelson, Shedler, An Anomaly in Space-time Characteristics, 1969.
  const trace = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
  expect([hitsOf('fifo', 3, trace), hitsOf('fifo', 4, trace)]).toEqual([3, 2]);
});

test.each([...evictionPolicies.keys()])('%s: with room for all, each key misses once', (policy) => {
  fc.assert(
    fc.property(lookUps, (trace) => {
      expect(hitsOf(policy, KEYS, trace)).toBe(trace.length - new Set(trace).size);
    }),
    { numRuns: 50 },
  );
});
