import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyMap } from '../../src/model/key-map.ts';

const act = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'delete', 'get', 'clear'),
  // Few keys meet often; large ones are those at the end of the key space.
  key: fc.oneof(fc.nat(40), fc.nat(2_000), fc.integer({ min: 2_147_483_600, max: 2_147_483_646 })),
  value: fc.nat(2_147_483_647),
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
