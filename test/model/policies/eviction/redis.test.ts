import { describe, expect, it } from 'vitest';
import { streamFor } from '../../../../src/kernel/random.ts';
import { CacheStore } from '../../../../src/model/cache-store.ts';
import { evictionPolicies } from '../../../../src/model/eviction.ts';
import { request } from '../../cache-traces.ts';

const SECOND = 1e9;
const MINUTE = 60e9;

function storeWithClock(policy: string, entries: number) {
  const clock = { now: 0 };
  const stream = streamFor('1', 'redis', policy);
  const limits = { entries, bytes: Infinity };
  return { clock, store: new CacheStore(limits, evictionPolicies.get(policy)!, stream, clock) };
}

/** Share of the first `of` keys that are still there. */
function shareHeld(store: CacheStore, of: number): number {
  let held = 0;
  for (let key = 0; key < of; key++) if (store.find(key) >= 0) held++;
  return held / of;
}

describe('sampled-lru', () => {
  it('spares what was asked for in a later second', () => {
    const { clock, store } = storeWithClock('sampled-lru', 1_000);
    for (let key = 0; key < 1_000; key++) request(store, key);
    clock.now = 2 * SECOND;
    for (let key = 0; key < 500; key++) request(store, key);
    for (let key = 1_000; key < 1_250; key++) request(store, key);
    expect(shareHeld(store, 500)).toBeGreaterThan(0.97);
    expect(shareHeld(store, 1_000)).toBeLessThan(0.76);
  });

  it('cannot tell apart what was asked for in the same second', () => {
    const { clock, store } = storeWithClock('sampled-lru', 1_000);
    for (let key = 0; key < 1_000; key++) request(store, key);
    clock.now = 0.9 * SECOND;
    for (let key = 0; key < 500; key++) request(store, key);
    for (let key = 1_000; key < 1_250; key++) request(store, key);
    // A quarter of the places went to others, of both halves alike but for chance.
    const asked = shareHeld(store, 500);
    const unasked = 2 * shareHeld(store, 1_000) - asked;
    expect(Math.abs(asked - unasked)).toBeLessThan(0.12);
  });

  it('counts events instead of seconds where nothing tells the time', () => {
    const policy = evictionPolicies.get('sampled-lru')!;
    const limits = { entries: 1_000, bytes: Infinity };
    const store = new CacheStore(limits, policy, streamFor('1', 'redis', 'no-clock'));
    for (let key = 0; key < 1_000; key++) request(store, key);
    for (let key = 0; key < 500; key++) request(store, key);
    for (let key = 1_000; key < 1_250; key++) request(store, key);
    expect(shareHeld(store, 500)).toBeGreaterThan(0.97);
  });
});

describe('sampled-lfu', () => {
  it('spares what was asked for often, and forgets it by one a minute', () => {
    const kept = (minutes: number) => {
      const { clock, store } = storeWithClock('sampled-lfu', 1_000);
      for (let key = 0; key < 1_000; key++) request(store, key);
      for (let turn = 0; turn < 100; turn++) {
        for (let key = 0; key < 200; key++) request(store, key);
      }
      clock.now = minutes * MINUTE;
      // Whoever comes in after that begins at five.
      for (let key = 1_000; key < 3_000; key++) request(store, key);
      return shareHeld(store, 200);
    };
    expect(kept(0)).toBeGreaterThan(0.99);
    expect(kept(30)).toBeLessThan(0.5);
  });
});
