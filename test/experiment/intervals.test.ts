import { describe, expect, test } from 'vitest';
import { student95 } from '../../src/base/student.ts';
import { halfWidth, shareHalfWidth, shareInterval } from '../../src/experiment/intervals.ts';
import type { Piece } from '../../src/experiment/intervals.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { log } from '../../src/kernel/math.ts';

/** One piece a window; denominators are 1 unless given. */
function pieces(numerators: readonly number[], denominators?: readonly number[]): Piece[] {
  return numerators.map((numerator, from) => ({
    from,
    to: from + 1,
    numerator,
    denominator: denominators?.[from] ?? 1,
  }));
}

const repeat = (count: number, value: number) => Array.from({ length: count }, () => value);

describe('half the width of an interval', () => {
  test('is that of successive differences, worked out by hand', () => {
    // Differences ±2: mean square 4, variance 2, of the mean of four 1/2. Degrees of freedom
    // 2·3²/(3·4−4) = 2.25, rounded down 2, so 4.303.
    expect(halfWidth(pieces([1, 3, 1, 3]), [])).toBeCloseTo(4.303 * Math.sqrt(0.5), 12);
  });

  test('of a ratio weighs pieces by their denominators', () => {
    // Two batches 1/2 and 3/2 from four pieces of one stratum would need lengths; here each piece
    // is a batch: ratios 1, 1, 3, 3 with differences 0, 2, 0.
    const half = halfWidth(pieces([2, 4, 6, 12], [2, 4, 2, 4]), []);
    expect(half).toBeCloseTo(4.303 * Math.sqrt(4 / 3 / 2 / 4), 12);
  });

  test('is 0 when nothing scatters', () => {
    expect(halfWidth(pieces(repeat(40, 7)), [])).toBe(0);
  });

  test('cannot be told from one piece, from none, or from pieces of nothing', () => {
    expect(halfWidth(pieces([5]), [])).toBeNaN();
    expect(halfWidth([], [])).toBeNaN();
    expect(halfWidth(pieces([0, 0, 0], [0, 0, 0]), [])).toBeNaN();
  });

  test('does not count what a fault does at its time as scatter', () => {
    const outage = pieces([...repeat(20, 1), ...repeat(4, 0), ...repeat(20, 1)]);
    expect(halfWidth(outage, [])).toBeGreaterThan(0.05);
    expect(halfWidth(outage, [20, 24])).toBe(0);
  });

  test('leaves a piece in the middle of which something happened to itself', () => {
    const outage = pieces([...repeat(20, 1), 0.4, ...repeat(4, 0), 0.7, ...repeat(20, 1)]);
    expect(halfWidth(outage, [20.6, 25.3])).toBe(0);
    expect(halfWidth(outage, [20, 25])).toBeGreaterThan(0);
  });

  test('gives what is too short to scatter the mean scatter of the rest', () => {
    const numerators = [1, 3, 1, 3, 100, 1, 3, 1, 3];
    const half = halfWidth(pieces(numerators), [4, 5]);
    // Twice a stratum with variance 2 over four batches, once a single piece with variance 2.
    const variance = 2 * ((4 / 9) * (4 / 9) * (2 / 4)) + (1 / 9) * (1 / 9) * 2;
    const part = (4 / 9) * (4 / 9) * (2 / 4);
    const freedom = (variance * variance) / ((2 * part * part) / 2.25);
    expect(half).toBeCloseTo(student95(freedom) * Math.sqrt(variance), 12);
  });

  test('hardly grows with a slow trend', () => {
    const trend = Array.from({ length: 20 }, (_, at) => at);
    // The scatter around the mean would give 2.09 × 5.92 / √20 = 2.8.
    expect(halfWidth(pieces(trend), [])).toBeLessThan(0.4);
  });

  test('covers the true mean of independent numbers in 19 of 20 cases', () => {
    const stream = streamFor('coverage', 'test', 'numbers');
    let covered = 0;
    for (let trial = 0; trial < 2_000; trial++) {
      const sample = Array.from({ length: 200 }, () => -log(1 - stream.uniform()));
      const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
      if (Math.abs(mean - 1) <= halfWidth(pieces(sample), [])) covered++;
    }
    expect(covered / 2_000).toBeGreaterThan(0.93);
    expect(covered / 2_000).toBeLessThan(0.97);
  });
});

describe('the interval of a share', () => {
  test('is that of Wilson, 1927', () => {
    // Newcombe, 1998, table I: 81 of 263 and 0 of 20.
    const many = shareInterval(81 / 263, 263);
    expect(many.low).toBeCloseTo(0.2553, 4);
    expect(many.high).toBeCloseTo(0.3662, 4);
    const none = shareInterval(0, 20);
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(0.1611, 4);
  });

  test('never leaves 0 to 1', () => {
    expect(shareInterval(1, 3).high).toBe(1);
    expect(shareInterval(1, 3).low).toBeGreaterThan(0);
  });

  test('has about the half width of a binomial share', () => {
    expect(shareHalfWidth(0.5, 100)).toBeCloseTo(0.098, 4);
  });
});
