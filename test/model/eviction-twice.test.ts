import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { Popularity } from '../../src/kernel/popularity.ts';
import { CacheStore } from '../../src/model/cache-store.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { TraceCache } from '../../src/model/trace-cache.ts';
import { plainEvictions } from './plain-evictions.ts';

const KEYS = 400;

/** Popular keys, among them loops over more than fits and scans of keys seldom asked for. */
function trace(name: string, length: number): Int32Array {
  const stream = streamFor('1', 'trace', name);
  const popularity = new Popularity({ kind: 'zipf', exponent: 0.9 }, 300);
  const keys: number[] = [];
  let scanned = 0;
  while (keys.length < length) {
    const kind = stream.below(4);
    const count = 1 + stream.below(80);
    for (let at = 0; at < count; at++) {
      if (kind === 0) keys.push(at % 60);
      else if (kind === 1) keys.push(300 + (scanned++ % 100));
      else keys.push(popularity.draw(stream));
    }
  }
  return Int32Array.from(keys);
}

/** From 1 to 9 units, the same for a key each time. */
const sizeOf = (key: number): number => 1 + ((key * 7) % 9);

describe.each(Object.entries(plainEvictions))('%s, written a second time', (name, plain) => {
  const policy = evictionPolicies.get(name)!;

  it.each([1, 2, 3, 7, 20, 50, 100, 250])(
    'hits at the same look-ups with room for %d entries',
    (entries) => {
      const keys = trace(name, 4_000);
      const ask = plain({ capacity: entries, sizeOf: () => 1 });
      const limits = { entries, bytes: Infinity };
      const store = new CacheStore(limits, policy, streamFor('1', 'a', 'b'));
      const quick = new TraceCache({ keys: KEYS, entries }, policy, streamFor('1', 'a', 'b'));
      let misses = 0;
      for (let at = 0; at < keys.length; at++) {
        const isHit = ask(keys[at]!);
        misses += isHit ? 0 : 1;
        expect([at, askStore(store, keys[at]!, 1)]).toEqual([at, isHit]);
        expect([at, quick.misses(keys, at, at + 1)]).toEqual([at, isHit ? 0 : 1]);
      }
      expect(misses).toBeGreaterThan(100);
    },
  );

  it('hits at the same look-ups with room for some bytes and keys of many sizes', () => {
    const draws = fc.array(fc.nat(40), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 120 }), draws, (bytes, keys) => {
        const ask = plain({ capacity: bytes, sizeOf });
        const limits = { entries: Infinity, bytes };
        const store = new CacheStore(limits, policy, streamFor('1', 'a', 'b'));
        const found = keys.map((key) => askStore(store, key, sizeOf(key)));
        expect(found).toEqual(keys.map(ask));
      }),
      { numRuns: 200 },
    );
  });
});

function askStore(store: CacheStore, key: number, bytes: number): boolean {
  const slot = store.find(key);
  if (slot < 0) store.put(key, 0, bytes, Infinity);
  else store.touch(slot);
  return slot >= 0;
}
