import { expect, test } from 'vitest';
import {
  clock,
  shortClock,
  shortCount,
  shortMilliseconds,
  shortNumber,
  shortShare,
} from '../../src/base/measured.ts';

test('numbers are written with two or three digits and a suffix', () => {
  const written = [0, 0.04, 0.44, 9.94, 12.4, 940, 999.6, 1234, 31_400, 4.5e6].map(shortNumber);
  expect(written).toEqual(['0', '0', '0.4', '9.9', '12', '940', '1.0k', '1.2k', '31k', '4.5M']);
});

test('what cannot be measured is a dash, and what has no end is a sign', () => {
  expect(shortNumber(NaN)).toBe('–');
  expect(shortNumber(Infinity)).toBe('∞');
  expect(shortMilliseconds(NaN)).toBe('–');
  expect(shortShare(NaN)).toBe('–');
});

test('whole things are counted without a point', () => {
  expect([3, 9, 12, 1500].map(shortCount)).toEqual(['3', '9', '12', '1.5k']);
});

test('latencies keep their unit in sight', () => {
  const written = [0, 0.4, 4.23, 412.4, 1250].map(shortMilliseconds);
  expect(written).toEqual(['0 ms', '0.40 ms', '4.2 ms', '412 ms', '1.25 s']);
});

test('the clock shows minutes, seconds and milliseconds, and hours when there are any', () => {
  expect(clock(34.12)).toBe('00:34.120');
  expect(clock(3723.004)).toBe('1:02:03.004');
  expect(shortClock(94)).toBe('01:34');
});
