import { describe, expect, test } from 'vitest';
import type { CacheStore } from '../../src/model/cache-store.ts';
import { storeOf } from './cache-traces.ts';

const divided = ['slru', 's4lru', '2q', 'arc', 's3-fifo', 'w-tiny-lfu'];

function ask(store: CacheStore, key: number): void {
  const slot = store.find(key);
  if (slot >= 0) store.touch(slot);
  else store.put(key, 0, 1, Infinity);
}

/** Two of three look-ups go to a tenth of the keys. */
function play(store: CacheStore, lookUps: number): void {
  let state = 1;
  for (let turn = 0; turn < lookUps; turn += 1) {
    state = (state * 16_807) % 2_147_483_647;
    ask(store, turn % 3 === 0 ? state % 1000 : state % 100);
  }
}

describe('the parts that a policy keeps its entries in', () => {
  test.each(divided)('are together all that is held: %s', (policy) => {
    const store = storeOf(policy, 50);
    for (let turn = 0; turn < 20; turn += 1) {
      play(store, 150);
      const held = store.segments.reduce((sum, { units }) => sum + units, 0);
      expect(held).toBe(store.size);
    }
    expect(store.segments.length).toBeGreaterThan(1);
  });

  test('an entry that is asked for again goes from probation to the protected ones', () => {
    const store = storeOf('slru', 10);
    for (const key of [1, 2, 3]) ask(store, key);
    ask(store, 2);
    expect(store.segments).toEqual([
      { name: 'probation', units: 2 },
      { name: 'protected', units: 1 },
    ]);
  });

  test('a policy with one queue names none', () => {
    expect(storeOf('lru', 10).segments).toEqual([]);
  });
});
