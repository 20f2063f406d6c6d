import { expect, test } from 'vitest';
import { WorkingSet } from '../../src/laboratory/working-set.ts';
import { mixedRecords } from './played-look-ups.ts';

test('the working set is the mean of the distinct keys in every window', () => {
  const keys = mixedRecords({ seed: 'windows', keys: 50, records: 700 }).map(({ key }) => key);
  const set = new WorkingSet();
  for (const key of keys) set.add(key);
  const points = set.curve();
  expect(points.map(({ window }) => window)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
  for (const { window, keys: measured } of points) {
    let distinct = 0;
    for (let end = 1; end <= keys.length; end++) {
      distinct += new Set(keys.slice(Math.max(0, end - window), end)).size;
    }
    expect(measured).toBeCloseTo(distinct / keys.length, 9);
  }
});
