import { expect, test } from 'vitest';
import { deltaOf, type Measure } from '../../src/panels/delta.ts';

const measure = (a: readonly number[], b: readonly number[]): Measure => ({
  name: 'p99 of view',
  unit: 'ms',
  isMoreBetter: false,
  a,
  b,
});

test('a difference is told with its interval, and which run is better', () => {
  // Differences −10, −11, −9: mean −10, standard error 1/√3, times 4.303 is 2.48.
  const delta = deltaOf(measure([50, 60, 40], [40, 49, 31]));
  expect(delta).toMatchObject({ a: '50 ms', b: '40 ms', better: 'B' });
  expect(delta.words).toBe('−10 ms (−12 ms to −7.5 ms)');
  expect(delta.method).toBe(
    'mean of 3 windows after the warm-up; 95 % interval by paired t over 3 windows, ' +
      'same random numbers',
  );
});

test('when the interval holds nothing, there is no evidence of a difference', () => {
  const delta = deltaOf(measure([50, 60, 40], [51, 59, 41]));
  expect(delta.words).toMatch(/^no evidence of a difference \(−.+ to \+.+\)$/);
  expect(delta.better).toBeNull();
});

test('equal runs have no difference, and one window is too short to judge', () => {
  expect(deltaOf(measure([5, 6], [5, 6])).words).toBe('no difference');
  expect(deltaOf(measure([5], [7])).words).toBe('+2.0 ms, too short to judge');
  expect(deltaOf(measure([], [])).words).toBe('nothing to compare yet');
});

test('more is better for some, and shares differ by points', () => {
  const delta = deltaOf({
    name: 'availability',
    unit: '%',
    isMoreBetter: true,
    a: [90, 91, 92],
    b: [95, 96, 97.3],
  });
  expect(delta.better).toBe('B');
  expect(delta.words).toBe('+5.1 pp (+4.7 pp to +5.5 pp)');
});
