import { expect, test } from 'vitest';
import { isEvident, pairedDifference } from '../../src/panels/paired.ts';

test('the interval of three paired windows is that worked out by hand', () => {
  // Differences 1, 2, 3: mean 2, standard deviation 1, standard error 1/√3, t(2) = 4.303.
  const found = pairedDifference([10, 20, 30], [11, 22, 33])!;
  expect(found).toMatchObject({ a: 20, b: 22, difference: 2, windows: 3, batches: 3 });
  expect(found.half).toBeCloseTo(4.303 / Math.sqrt(3), 9);
  expect(isEvident(found)).toBe(false);
});

test('what both runs share does not widen the interval', () => {
  const weather = [5, 80, 3, 41, 66, 12];
  const found = pairedDifference(
    weather,
    weather.map((one, row) => one + (row % 2 === 0 ? 1 : 1.2)),
  )!;
  // Differences 1 and 1.2 in turn: mean 1.1, squares 6 × 0.1² = 0.06, t(5) = 2.571.
  expect(found.difference).toBeCloseTo(1.1, 12);
  expect(found.half).toBeCloseTo(2.571 * Math.sqrt(0.06 / 5 / 6), 9);
  expect(isEvident(found)).toBe(true);
});

test('equal runs differ by nothing, and that is no evidence', () => {
  const found = pairedDifference([1, 2, 3, 4], [1, 2, 3, 4])!;
  expect(found).toMatchObject({ difference: 0, half: 0 });
  expect(isEvident(found)).toBe(false);
});

test('many windows are joined into twenty batches, whose means are compared', () => {
  const a = Array.from({ length: 45 }, () => 0);
  const b = a.map((_, row) => row);
  // Batches of three from the end on: 15 of them, with means 1, 4, 7 … 43.
  const found = pairedDifference(a, b)!;
  expect(found).toMatchObject({ windows: 45, batches: 15, difference: 22 });
  const means = Array.from({ length: 15 }, (_, batch) => 1 + 3 * batch);
  const squares = means.reduce((sum, one) => sum + (one - 22) ** 2, 0);
  expect(found.half).toBeCloseTo(2.145 * Math.sqrt(squares / 14 / 15), 9);
});

test('windows in which one run has no value are left out', () => {
  const found = pairedDifference([1, NaN, 3, 5], [2, 2, NaN, 6, 9])!;
  expect(found).toMatchObject({ a: 3, b: 4, difference: 1, windows: 2 });
  expect(pairedDifference([NaN], [1])).toBeNull();
  expect(pairedDifference([1], [3])!.half).toBeNaN();
});
