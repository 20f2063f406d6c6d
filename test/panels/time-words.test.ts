import { describe, expect, test } from 'vitest';
import { readTime, spokenTime, timeInWords } from '../../src/panels/time-words.ts';

describe('times', () => {
  test.each([
    ['1:30', 90],
    ['01:30.250', 90.25],
    ['1:02:03', 3723],
    ['90', 90],
    ['90s', 90],
    ['1m30s', 90],
    ['250ms', 0.25],
    [' 2 min ', 120],
  ])('%s is read as %d s', (text, seconds) => {
    expect(readTime(text)).toBeCloseTo(seconds, 9);
  });

  test.each(['', 'soon', '1:', '-5', '5x', '1:2:3:4'])('"%s" is no time', (text) => {
    expect(readTime(text)).toBeNull();
  });

  test.each([
    [0, '0:00'],
    [34, '0:34'],
    [62.5, '1:02.5'],
    [12.034, '0:12.034'],
    [600, '10:00'],
    [3600, '1:00:00'],
  ])('%d s is written as short as it can be', (seconds, text) => {
    expect(spokenTime(seconds)).toBe(text);
    expect(readTime(text)).toBeCloseTo(seconds, 9);
  });

  test('a screen reader hears words', () => {
    expect(timeInWords(0)).toBe('0 seconds');
    expect(timeInWords(61)).toBe('1 minute 1 second');
    expect(timeInWords(2.25)).toBe('2.25 seconds');
  });
});
