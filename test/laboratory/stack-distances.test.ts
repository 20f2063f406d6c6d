import { expect, test } from 'vitest';
import { Op } from '../../src/laboratory/look-ups.ts';
import { StackDistances } from '../../src/laboratory/stack-distances.ts';
import { mixedRecords } from './played-look-ups.ts';
import type { Record } from './played-look-ups.ts';

/** A cache of one size as a list, the latest first. */
function slowMisses(records: readonly Record[], size: number): number {
  let list: number[] = [];
  let misses = 0;
  for (const { key, op = Op.read } of records) {
    const isIn = list.includes(key);
    list = list.filter((each) => each !== key);
    if (op === Op.delete) continue;
    if (op === Op.read && !isIn) misses++;
    list = [key, ...list].slice(0, size);
  }
  return misses;
}

const sizes = [1, 2, 3, 5, 8, 13, 21, 34, 55, 60, 80];

test('reads miss at every size as often as in a list kept by hand', () => {
  const records = mixedRecords({ seed: 'reads', keys: 60, records: 5_000 });
  const stack = new StackDistances();
  for (const { key } of records) stack.access(key, true);
  expect(stack.misses(sizes)).toEqual(sizes.map((size) => slowMisses(records, size)));
});

test('so they do when keys are written and deleted in between', () => {
  for (const deletes of [0.02, 0.2, 0.5]) {
    const records = mixedRecords({
      seed: `deletes ${deletes}`,
      keys: 60,
      records: 5_000,
      writes: 0.1,
      deletes,
    });
    const stack = new StackDistances();
    for (const { key, op } of records) {
      if (op === Op.delete) stack.remove(key);
      else stack.access(key, op === Op.read);
    }
    expect(stack.misses(sizes)).toEqual(sizes.map((size) => slowMisses(records, size)));
  }
});

test('a loop over one key too many misses always, over as many as there are places never', () => {
  const stack = new StackDistances();
  for (let at = 0; at < 100_000; at++) stack.access(at % 1_000, true);
  expect(stack.misses([999, 1_000])).toEqual([100_000, 1_000]);
});
