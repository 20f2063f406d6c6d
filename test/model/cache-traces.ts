// Traces of keys that anybody can make again, for counting the misses of eviction policies.
import { streamFor } from '../../src/kernel/random.ts';
import { CacheStore } from '../../src/model/cache-store.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import type { CacheView } from '../../src/model/eviction.ts';

/** A cache of that many entries of one byte each. */
export function storeOf(policy: string, entries: number, bytes = Infinity): CacheStore {
  const stream = streamFor('1', 'cache', policy);
  return new CacheStore({ entries, bytes }, evictionPolicies.get(policy)!, stream);
}

/** What a policy sees of a cache of that many entries, in which the slot is the key. */
export function plainView(capacity: number): CacheView {
  return {
    capacity,
    unitsOf: () => 1,
    bytesOf: () => 1,
    keyOf: (slot) => slot,
    now: () => 0,
    hasClock: false,
    forget: () => undefined,
  };
}

/** Looks a key up and brings it in when it is missing; true when it was there. */
export function request(store: CacheStore, key: number): boolean {
  const slot = store.find(key);
  if (slot >= 0) {
    store.touch(slot);
    return true;
  }
  store.put(key, 0, 1, Infinity);
  return false;
}

export function misses(policy: string, entries: number, trace: Iterable<number>): number {
  const store = storeOf(policy, entries);
  let count = 0;
  for (const key of trace) if (!request(store, key)) count++;
  return count;
}

/**
 * A hundred thousand keys of Zipf's law with exponent 1, drawn by integers alone: weights
 * ⌊2^20 / k⌋ for k = 1 … 1000 and the minimal standard generator x → 16807 x mod (2^31 − 1) from
 * 1 (Park and Miller, 1988). With `scans`, two hundred keys that never come again follow each
 * thousand.
 */
export function minstdTrace(scans: boolean): number[] {
  const cumulative: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= 1_000; rank++) {
    sum += Math.floor(2 ** 20 / rank);
    cumulative.push(sum);
  }
  const trace: number[] = [];
  let fresh = 1_000_000;
  let state = 1;
  for (let index = 1; index <= 100_000; index++) {
    state = (16_807 * state) % 2_147_483_647;
    const draw = state % sum;
    trace.push(cumulative.findIndex((upTo) => upTo > draw));
    if (!scans || index % 1_000 !== 0) continue;
    for (let key = 0; key < 200; key++) trace.push(fresh++);
  }
  return trace;
}
