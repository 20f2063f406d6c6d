import { describe, expect, test } from 'vitest';
import { student95 } from '../../src/base/student.ts';

describe("Student's distribution", () => {
  test.each([
    [1, 12.706],
    [2.25, 4.303],
    [19, 2.093],
    [30.9, 2.042],
    [60, 2],
    [120, 1.98],
  ])('at %d degrees of freedom reaches %d', (freedom, value) => {
    expect(student95(freedom)).toBeCloseTo(value, 3);
  });

  test('falls towards the normal distribution', () => {
    expect(student95(31)).toBeLessThan(student95(30));
    expect(student95(1e9)).toBeCloseTo(1.959964, 6);
  });
});
