import { describe, expect, test } from 'vitest';
import {
  durationText,
  estimateText,
  groupedText,
  numberText,
  percentText,
  valueText,
} from '../../src/experiment/wording.ts';

test.each([
  [0, '0 ms'],
  [0.048, '48.0 µs'],
  [0.0999, '99.9 µs'],
  [0.09999, '0.100 ms'],
  [0.4, '0.400 ms'],
  [4.1234, '4.12 ms'],
  [9.996, '10.0 ms'],
  [41.76, '41.8 ms'],
  [412.4, '412 ms'],
  [999.6, '1.00 s'],
  [12_345, '12.3 s'],
])('%d ms is written %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [0, '0'],
  [1, '100'],
  [0.5, '50.00'],
  [0.9974, '99.74'],
  [0.99953, '99.953'],
  [0.999953, '99.9953'],
  [0.9999996, '99.999960'],
  [1 - 1e-16, '100'],
  [1e-16, '0'],
  [0.00025, '0.025'],
])('the share %d is written %s in percent', (share, text) => {
  expect(percentText(share)).toBe(text);
});

test('a share that is not 1 never reads 100 %', () => {
  for (let rest = 0.3; rest > 1e-8; rest /= 3) expect(percentText(1 - rest)).not.toMatch(/^100/);
});

test.each([
  [0.000237, '0.000237'],
  [3.14159, '3.14'],
  [999.4, '999'],
  [4989.4, '4,989'],
  [1234567, '1,234,567'],
])('the number %d is written %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test('thousands are apart', () => {
  expect([7, 999, 1_000, 13_256_646].map(groupedText)).toEqual(['7', '999', '1,000', '13,256,646']);
});

describe('values with units', () => {
  test.each([
    [41.8, 'ms', '41.8 ms'],
    [0.9974, 'share', '99.74 %'],
    [4989.4, 'per-second', '4,989 /s'],
    [3, 'count', '3'],
    [0.25, 'number', '0.250'],
    [null, 'ms', '–'],
    [NaN, 'count', '–'],
    [Infinity, 'ms', '∞'],
  ] as const)('%s in %s', (value, unit, text) => {
    expect(valueText(value, unit)).toBe(text);
  });

  test('an interval stands behind the value unless it says nothing new', () => {
    expect(estimateText(41.8, { low: 40.7, high: 42.9 }, 'ms')).toBe(
      '41.8 ms (40.7 ms to 42.9 ms)',
    );
    expect(estimateText(41.8, { low: 41.79, high: 41.81 }, 'ms')).toBe('41.8 ms');
    expect(estimateText(41.8, { low: 40.7, high: Infinity }, 'ms')).toBe(
      '41.8 ms (40.7 ms or more)',
    );
    expect(estimateText(41.8, null, 'ms')).toBe('41.8 ms');
  });

  test('bounds of a share are no finer than their interval is wide', () => {
    expect(estimateText(1, { low: 0.9975, high: 1 - 1e-16 }, 'share')).toBe(
      '100 % (99.75 % to 100 %)',
    );
    expect(estimateText(0.99953, { low: 0.9991, high: 0.9999998 }, 'share')).toBe(
      '99.953 % (99.910 % to 100 %)',
    );
    expect(estimateText(0.999953, { low: 0.99995, high: 0.999956 }, 'share')).toBe(
      '99.9953 % (99.99500 % to 99.99560 %)',
    );
    expect(estimateText(0.5, { low: 1e-17, high: 0.9 }, 'share')).toBe('50.00 % (0 % to 90.00 %)');
  });
});
