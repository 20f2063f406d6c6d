import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { CacheStore } from '../../src/model/cache-store.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { TraceCache } from '../../src/model/trace-cache.ts';
import { minstdTrace, plainView } from './cache-traces.ts';

const KEYS = 60;
const sizeOf = (key: number): number => 1 + ((key * 5) % 11);

const act = fc.record({
  kind: fc.constantFrom('ask', 'ask', 'ask', 'ask', 'ask', 'ask', 'write', 'delete', 'limit'),
  key: fc.nat(KEYS - 1),
  room: fc.integer({ min: 1, max: 40 }),
  rare: fc.nat(30),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
const acts = fc.array(act, { minLength: 1, maxLength: 300 });

const policies = [...evictionPolicies.values()].map((policy) => ({ name: policy.name, policy }));

describe.each(policies)('with $name, a cache', ({ name, policy }) => {
  const kinds = policy.worksInBytes ? ['entries', 'bytes'] : ['entries'];

  function storeOf(kind: string, room: number): CacheStore {
    return new CacheStore(limitsOf(kind, room), policy, streamFor('3', 'cache', name));
  }

  it.each(kinds)('bounded in %s holds no more than fits, and only what was put', (kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), acts, (room, list) => {
        const store = storeOf(kind, room);
        const put = new Set<number>();
        let largest = room;
        let most = room;
        for (const what of list) {
          if (what.kind === 'limit' && what.rare < 5) most = what.room;
          largest = Math.max(largest, most);
          perform(store, kind, what, put);
          const held = Array.from({ length: KEYS }, (_, key) => key).filter(
            (key) => store.find(key) >= 0,
          );
          const units = held.reduce((sum, key) => sum + (kind === 'bytes' ? sizeOf(key) : 1), 0);
          expect(held.filter((key) => !put.has(key))).toEqual([]);
          expect(new Set(held.map((key) => store.find(key))).size).toBe(held.length);
          expect([store.size, units <= most]).toEqual([held.length, true]);
          expect(store.ghosts).toBeLessThanOrEqual(2 * largest + 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(kinds)('bounded in %s goes on from a checkpoint as it did before', (kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), acts, acts, (room, before, after) => {
        const store = storeOf(kind, room);
        const put = new Set<number>();
        for (const what of before) perform(store, kind, what, put);
        const checkpoint = new Checkpoint(store);
        const first = after.map((what) => perform(store, kind, what, put));
        checkpoint.restore();
        expect(after.map((what) => perform(store, kind, what, put))).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });

  it('lets those go that it said would go next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), acts, (room, list) => {
        const evictor = policy.create(streamFor('3', 'cache', name), plainView(room));
        const held = new Set<number>();
        evictor.grow(KEYS);
        for (const { kind, key } of list) {
          if (kind === 'delete' && held.delete(key)) evictor.removed(key);
          else if (held.has(key)) evictor.accessed(key);
          else if (kind === 'ask') {
            evictor.arriving?.(key);
            if (held.size >= room) expect(held.delete(evictor.evict(key))).toBe(true);
            evictor.inserted(key);
            held.add(key);
          }
        }
        const next = evictor.upcoming?.(held.size);
        if (next === undefined) return;
        expect(next).toEqual(evictor.upcoming!(held.size));
        expect(next.slice(0, 3)).toEqual(evictor.upcoming!(3));
        expect(next).toEqual(Array.from(held, () => evictor.evict(-1)));
      }),
      { numRuns: 100 },
    );
  });

  it('forgets what it remembers too much after the cache became smaller', () => {
    const store = storeOf('entries', 500);
    const trace = minstdTrace(false).slice(0, 20_000);
    for (const key of trace) perform(store, 'entries', { kind: 'ask', key, room: 0, rare: 0 });
    store.setLimits(limitsOf('entries', 10));
    for (const key of trace) perform(store, 'entries', { kind: 'ask', key, room: 0, rare: 0 });
    expect(store.ghosts).toBeLessThanOrEqual(21);
  });

  it('remembers nothing after it was cleared', () => {
    const trace = minstdTrace(true).slice(0, 5_000);
    const store = storeOf('entries', 40);
    const ask = (key: number) => perform(store, 'entries', { kind: 'ask', key, room: 0, rare: 0 });
    trace.forEach(ask);
    store.clear();
    expect([store.size, store.bytes, store.ghosts]).toEqual([0, 0, 0]);
    const fresh = storeOf('entries', 40);
    // Where chance has no part, all is as in a new cache.
    const isChance = store.leavingNext(1) === null;
    const again = trace.map(ask);
    const first = trace.map((key) =>
      perform(fresh, 'entries', { kind: 'ask', key, room: 0, rare: 0 }),
    );
    if (!isChance) expect(again).toEqual(first);
    expect(again.slice(0, 20)).toEqual(first.slice(0, 20));
  });

  it('for traces misses as often as a store, from a checkpoint too', () => {
    const trace = Int32Array.from(minstdTrace(false).slice(0, 20_000));
    for (const entries of [1, 2, 30, 300]) {
      const limits = { keys: 1_000, entries };
      const cache = new TraceCache(limits, policy, streamFor('3', 'cache', name));
      const store = storeOf('entries', entries);
      const stored = [...trace].map((key) =>
        perform(store, 'entries', { kind: 'ask', key, room: 0, rare: 0 }),
      );
      const asked = [...trace].map((_, at) => (at < 10_000 ? cache.misses(trace, at, at + 1) : 0));
      const checkpoint = new Checkpoint(cache);
      const second = cache.misses(trace, 10_000);
      checkpoint.restore();
      expect(cache.misses(trace, 10_000)).toBe(second);
      const storeMisses = stored.filter((found) => found === 0).length;
      expect(asked.reduce((sum, miss) => sum + miss, 0) + second).toBe(storeMisses);
    }
  });
});

function limitsOf(kind: string, room: number): { entries: number; bytes: number } {
  return kind === 'bytes' ? { entries: Infinity, bytes: room } : { entries: room, bytes: Infinity };
}

function perform(store: CacheStore, kind: string, what: Act, put?: Set<number>): number {
  const { key } = what;
  const slot = store.find(key);
  const size = kind === 'bytes' ? sizeOf(key) : 1;
  if (what.kind === 'delete') {
    if (slot >= 0) store.remove(slot);
    put?.delete(key);
  } else if (what.kind === 'limit') {
    if (what.rare < 5) store.setLimits(limitsOf(kind, what.room));
  } else if (what.kind === 'ask' && slot >= 0) store.touch(slot);
  else {
    store.put(key, 0, size, Infinity);
    put?.add(key);
  }
  return slot >= 0 ? 1 : 0;
}
