import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyMap } from '../../src/model/key-map.ts';

const act = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'delete', 'get', 'clear'),
  // Few keys meet often; large ones are those at the end of the key space.
  key: fc.oneof(fc.nat(40), fc.nat(2_000), fc.integer({ min: 2_147_483_600, max: 2_147_483_646 })),
  value: fc.nat(2_147_483_647),
});

describe('a key map of a small key space', () => {
  it('agrees with Map while it turns from a table into an array', () => {
    const acts = fc.array(fc.record({ isSet: fc.boolean(), key: fc.nat(999), value: fc.nat(99) }), {
      minLength: 200,
      maxLength: 800,
    });
    fc.assert(
      fc.property(fc.constantFrom(8, 64, 1_000), acts, (capacity, steps) => {
        const map = new KeyMap(capacity, 1_000);
        const model = new Map<number, number>();
        for (const { isSet, key, value } of steps) {
          if (isSet) {
            map.set(key, value);
            model.set(key, value);
          } else {
            map.delete(key);
            model.delete(key);
          }
          expect([map.get(key), map.size]).toEqual([model.get(key) ?? -1, model.size]);
        }
        for (let key = 0; key < 1_000; key++) expect(map.get(key)).toBe(model.get(key) ?? -1);
        map.clear();
        expect([map.get(steps[0]!.key), map.size]).toEqual([-1, 0]);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a key beyond the bound once it is an array', () => {
    const map = new KeyMap(64, 100);
    map.set(99, 5);
    expect(map.get(99)).toBe(5);
    expect(() => map.set(100, 5)).toThrow('below the bound');
  });
});

describe('a key map', () => {
  it('agrees with Map whatever is set, deleted and asked', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.array(act, { maxLength: 500 }), (capacity, acts) => {
        const map = new KeyMap(capacity);
        const model = new Map<number, number>();
        for (const { kind, key, value } of acts) {
          if (kind === 'set') {
            map.set(key, value);
            model.set(key, value);
          } else if (kind === 'delete') {
            map.delete(key);
            model.delete(key);
          } else if (kind === 'clear' && value % 10 === 0) {
            map.clear();
            model.clear();
          }
          expect(map.get(key)).toBe(model.get(key) ?? -1);
          expect(map.size).toBe(model.size);
        }
        for (const [key, value] of model) expect(map.get(key)).toBe(value);
        for (let key = 0; key < 100; key++) expect(map.get(key)).toBe(model.get(key) ?? -1);
      }),
      { numRuns: 200 },
    );
  });

  it('holds two hundred thousand keys that come and go', () => {
    const map = new KeyMap();
    const model = new Map<number, number>();
    for (let step = 0; step < 600_000; step++) {
      const key = (step * 7_919) % 400_000;
      if (step % 3 === 2) {
        const old = (key + 400_000 - 7_919) % 400_000;
        map.delete(old);
        model.delete(old);
      } else {
        map.set(key, step);
        model.set(key, step);
      }
    }
    expect(map.size).toBe(model.size);
    let wrong = 0;
    for (let key = 0; key < 400_000; key++) if (map.get(key) !== (model.get(key) ?? -1)) wrong++;
    expect(wrong).toBe(0);
  });
});
