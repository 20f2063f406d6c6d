// The histogram where buckets, ranges and recorded numbers end.
import { describe, expect, it } from 'vitest';
import { Histogram, bucketAround, bucketRange } from '../../src/kernel/histogram.ts';

/** From 1024 up to, not including, 1032: one bucket. */
const LOW = 1024;
const HIGH = 1031;

function histogramOf(...values: number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('the last bucket', () => {
  it('is read at its middle for a share below 1, and exactly for all', () => {
    const histogram = histogramOf(1, LOW, HIGH);
    expect([histogram.quantile(0.9), histogram.quantile(1)]).toEqual([1028, HIGH]);
  });

  it('takes all numbers from 2^54 on, and loses none', () => {
    const histogram = histogramOf(2 ** 54, 2 ** 55, 2 ** 61, Number.MAX_VALUE);
    const { count, index } = histogram.snapshot();
    expect(count).toEqual([4]);
    expect(histogramOf(2 ** 54 - 2).snapshot().index).toEqual(index);
    expect(histogram.quantile(0.5)).toBe(2 ** 54);
  });
});

describe('how many are above a threshold', () => {
  it('is all of them when the smallest is, even in the bucket of the threshold', () => {
    expect(histogramOf(HIGH).countAbove(LOW)).toBe(1);
    expect(histogramOf(HIGH, HIGH + 1).countAbove(LOW)).toBe(2);
  });

  it('leaves out the bucket of a threshold among them', () => {
    expect(histogramOf(LOW, HIGH, HIGH + 1).countAbove(LOW)).toBe(1);
    expect(histogramOf(LOW, HIGH, HIGH + 1).countAbove(HIGH + 1)).toBe(0);
  });
});

describe('the range of a bucket', () => {
  it('reaches from 0 to 1 for the first, which takes all that is smaller than 1', () => {
    expect(bucketRange(0)).toEqual({ low: 0, high: 1 });
    for (const value of [0, Number.MIN_VALUE, 0.999]) {
      expect(bucketAround(value)).toEqual({ low: 0, high: 1 });
    }
  });

  it('begins with the number on its edge', () => {
    expect(bucketAround(LOW)).toEqual({ low: LOW, high: HIGH + 1 });
    expect(bucketAround(HIGH)).toEqual({ low: LOW, high: HIGH + 1 });
    expect(bucketAround(HIGH + 1)).toEqual({ low: HIGH + 1, high: HIGH + 9 });
  });
});
