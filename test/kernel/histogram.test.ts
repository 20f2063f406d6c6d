import { describe, expect, it } from 'vitest';
import { bucketRange, Histogram } from '../../src/kernel/histogram.ts';
import { streamFor } from '../../src/kernel/random.ts';

const QUANTILES = [0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 1];

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** Everything that can be asked of a histogram. */
function answersOf(histogram: Histogram): unknown {
  return [
    histogram.snapshot(),
    histogram.count,
    histogram.mean,
    QUANTILES.map((q) => histogram.quantile(q)),
  ];
}

/** Whole numbers of nanoseconds over many orders of magnitude. */
function wideValues(count: number, purpose: string): number[] {
  const stream = streamFor('1', 'test', purpose);
  return Array.from({ length: count }, () => Math.floor(2 ** (stream.uniform() * 53)));
}

describe('a quantile', () => {
  it.each([
    ['over 53 powers of two', wideValues(20_000, 'wide')],
    ['of small whole numbers', wideValues(20_000, 'small').map((value) => value % 300)],
    [
      'of exponential milliseconds',
      Array.from({ length: 20_000 }, () => streamFor('1', 'test', 'ms')).map(
        (_, i) => Math.floor(-1e6 * Math.log((i + 0.5) / 20_000)) + 1,
      ),
    ],
  ])('is within 0.4 % of the exact order statistic: %s', (_, values) => {
    const histogram = histogramOf(values);
    const sorted = [...values].sort((a, b) => a - b);
    for (let i = 0; i <= 1000; i += 1) {
      const q = i / 1000;
      const exact = sorted[Math.max(0, Math.ceil((i * values.length) / 1000) - 1)]!;
      const reported = histogram.quantile(q);
      expect(Math.abs(reported - exact), `q = ${q}`).toBeLessThanOrEqual(0.004 * reported);
    }
  });

  it('is the exact minimum at 0 and the exact maximum at 1', () => {
    const histogram = histogramOf([1001, 5003, 123_456_789]);
    expect([histogram.quantile(0), histogram.quantile(1)]).toEqual([1001, 123_456_789]);
  });

  it('never leaves the range between minimum and maximum', () => {
    const histogram = histogramOf([1_000_003]);
    for (const q of QUANTILES) expect(histogram.quantile(q)).toBe(1_000_003);
  });

  it('is the nearest rank: 7 of 100 numbers are the share 0.07', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, i) => i + 1));
    for (let percent = 1; percent <= 100; percent += 1) {
      expect(Math.floor(histogram.quantile(percent / 100))).toBe(percent);
    }
  });

  it('of nothing is not a number, and a share outside 0 to 1 is refused', () => {
    const histogram = new Histogram();
    for (const q of QUANTILES) expect(histogram.quantile(q)).toBeNaN();
    for (const q of [-0.1, 1.1, NaN]) expect(() => histogram.quantile(q)).toThrow('share');
  });
});

describe('a histogram', () => {
  it('keeps count, sum, minimum, maximum and mean exactly', () => {
    const values = wideValues(1000, 'exact').map((value) => value % 1_000_000_007);
    const histogram = histogramOf(values);
    const sum = values.reduce((total, value) => total + value, 0);
    expect(histogram.count).toBe(1000);
    expect(histogram.sum).toBe(sum);
    expect(histogram.mean).toBe(sum / 1000);
    expect(histogram.min).toBe(Math.min(...values));
    expect(histogram.max).toBe(Math.max(...values));
  });

  it('has no mean, minimum or maximum while empty', () => {
    const histogram = new Histogram();
    expect([histogram.count, histogram.sum]).toEqual([0, 0]);
    expect([histogram.mean, histogram.min, histogram.max]).toEqual([NaN, NaN, NaN]);
    expect(histogram.snapshot()).toEqual({ index: [], count: [], sum: 0, min: 0, max: 0 });
  });

  it('puts zero in a bucket of its own below 1', () => {
    const histogram = histogramOf([0, 0, 0, 1]);
    expect(histogram.quantile(0.75)).toBe(0);
    expect(histogram.quantile(0.76)).toBe(1);
    expect(histogram.countAbove(0)).toBe(1);
    expect(histogramOf([-0]).snapshot().index).toEqual([0]);
  });

  it('has 128 buckets in each power of two, each beginning where the last ends', () => {
    for (let index = 0; index < 6912; index += 1) {
      const { low, high } = bucketRange(index);
      expect(bucketRange(index + 1).low).toBe(high);
      const probes = [low, high - 2 ** -20 * (high - low)];
      const histogram = histogramOf(index === 0 ? [0] : probes);
      expect(histogram.snapshot().index).toEqual([index]);
    }
    expect(bucketRange(1).low).toBe(1);
    expect(bucketRange(129).low).toBe(2);
    expect(bucketRange(1 + 53 * 128).low).toBe(2 ** 53);
  });

  it('separates a power of two from what lies below it', () => {
    for (let exponent = 1; exponent <= 53; exponent += 1) {
      const power = 2 ** exponent;
      const histogram = histogramOf([power - power / 512, power]);
      expect(histogram.snapshot().index).toHaveLength(2);
    }
  });

  it('takes 2^53 and more, which the maximum keeps exact', () => {
    const histogram = histogramOf([2 ** 53, 1e300]);
    expect(histogram.quantile(0.5)).toBeGreaterThanOrEqual(2 ** 53);
    expect(histogram.quantile(0.5)).toBeLessThanOrEqual(1.004 * 2 ** 53);
    expect(histogram.quantile(1)).toBe(1e300);
    expect(histogram.count).toBe(2);
  });

  it('refuses a negative number and one that is none', () => {
    const histogram = new Histogram();
    for (const value of [-1, NaN, -Infinity]) expect(() => histogram.record(value)).toThrow();
    expect(histogram.count).toBe(0);
  });

  it('counts what is above a threshold to within one bucket', () => {
    const values = wideValues(5000, 'above');
    const histogram = histogramOf(values);
    for (const threshold of wideValues(500, 'threshold')) {
      const above = histogram.countAbove(threshold);
      const surely = values.filter((value) => value > threshold * 1.008).length;
      const atMost = values.filter((value) => value > threshold).length;
      expect(above).toBeGreaterThanOrEqual(surely);
      expect(above).toBeLessThanOrEqual(atMost);
    }
    expect(histogram.countAbove(histogram.max)).toBe(0);
    expect(histogram.countAbove(-1)).toBe(5000);
    expect(new Histogram().countAbove(0)).toBe(0);
  });

  it('merged from parts, or from their snapshots, answers as if all had been recorded in one', () => {
    const values = wideValues(3000, 'merge').map((value) => value % 2 ** 40);
    const whole = histogramOf(values);
    const merged = new Histogram();
    merged.mergeFrom(new Histogram());
    const fromSnapshots = new Histogram();
    fromSnapshots.mergeSnapshot(new Histogram().snapshot());
    for (const part of [values.slice(0, 1), values.slice(1, 900), values.slice(900)]) {
      merged.mergeFrom(histogramOf(part));
      fromSnapshots.mergeSnapshot(histogramOf(part).snapshot());
    }
    merged.mergeFrom(new Histogram());
    expect(answersOf(merged)).toEqual(answersOf(whole));
    expect(answersOf(fromSnapshots)).toEqual(answersOf(whole));
  });

  it('cleared is as good as new', () => {
    const values = wideValues(1000, 'clear');
    const histogram = histogramOf(wideValues(1000, 'before'));
    histogram.clear();
    expect(answersOf(histogram)).toEqual(answersOf(new Histogram()));
    histogram.record(5);
    histogram.clear();
    histogram.record(5);
    expect(histogram.snapshot().count).toEqual([1]);
    histogram.clear();
    for (const value of values) histogram.record(value);
    expect(answersOf(histogram)).toEqual(answersOf(histogramOf(values)));
  });

  it('has a snapshot that survives JSON and adds up to the count', () => {
    const histogram = histogramOf(wideValues(2000, 'snapshot'));
    const snapshot = histogram.snapshot();
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    expect(snapshot.count.reduce((sum, count) => sum + count, 0)).toBe(2000);
    expect(snapshot.count.every((count) => count > 0)).toBe(true);
  });
});
