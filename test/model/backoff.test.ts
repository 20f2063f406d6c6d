import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { pauseAfter } from '../../src/model/backoff.ts';
import type { Backoff } from '../../src/model/parameters.ts';
import { MS } from './rehearsal.ts';

const exponential: Backoff = { kind: 'exponential', baseNs: 100 * MS, maxNs: 2_000 * MS };
const DRAWS = 20_000;

function pauses(backoff: Backoff, jitter: string, failed: number): number[] {
  const stream = streamFor('1', 'backoff', `${jitter}|${failed}`);
  const list = Array.from({ length: DRAWS }, () => {
    let pauseNs = 0;
    for (let attempt = 1; attempt <= failed; attempt++) {
      pauseNs = pauseAfter(backoff, jitter, { failed: attempt, pauseNs }, stream);
    }
    return pauseNs;
  });
  for (const pause of list) if (!Number.isInteger(pause) || pause < 0) return [NaN];
  return list;
}

function meanOf(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

/** base × 2^(failed − 1), at most the cap. */
function pauseBefore(failed: number): number {
  return Math.min(2_000 * MS, 100 * MS * 2 ** (failed - 1));
}

/** Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015, for all four kinds. */
describe('the pause before the next attempt', () => {
  it('doubles from the base to the cap without jitter', () => {
    const stream = streamFor('1', 'backoff', 'none');
    const list = [1, 2, 3, 4, 5, 6, 99].map((failed) =>
      pauseAfter(exponential, 'none', { failed, pauseNs: 0 }, stream),
    );
    expect(list.map((pause) => pause / MS)).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
  });

  it.each([1, 2, 5, 9])(
    'is anything from zero to it with full jitter, after %i failures',
    (failed) => {
      const list = pauses(exponential, 'full', failed);
      const most = pauseBefore(failed);
      expect(Math.max(...list)).toBeLessThan(most);
      // The mean of a uniform variable, within four standard deviations.
      const deviation = most / Math.sqrt(12 * DRAWS);
      expect(Math.abs(meanOf(list) - most / 2)).toBeLessThan(4 * deviation);
    },
  );

  it.each([1, 2, 5, 9])('is half fixed and half drawn with equal jitter, after %i', (failed) => {
    const list = pauses(exponential, 'equal', failed);
    const most = pauseBefore(failed);
    expect(Math.min(...list)).toBeGreaterThanOrEqual(most / 2 - 1);
    expect(Math.max(...list)).toBeLessThan(most);
    const deviation = most / 2 / Math.sqrt(12 * DRAWS);
    expect(Math.abs(meanOf(list) - most * 0.75)).toBeLessThan(4 * deviation);
  });

  it('is uniform from the base to three times the pause before with decorrelated jitter', () => {
    const stream = streamFor('2', 'backoff', 'reference');
    for (const failed of [1, 2, 3, 6, 12]) {
      const reference = Array.from({ length: DRAWS }, () => {
        let pause = exponential.baseNs;
        for (let attempt = 0; attempt < failed; attempt++) {
          const drawn = exponential.baseNs + stream.uniform() * (3 * pause - exponential.baseNs);
          pause = Math.min(exponential.maxNs, drawn);
        }
        return pause;
      });
      const list = pauses(exponential, 'decorrelated', failed);
      expect(Math.min(...list)).toBeGreaterThanOrEqual(exponential.baseNs);
      expect(Math.max(...list)).toBeLessThanOrEqual(exponential.maxNs);
      const spread = 4 * exponential.maxNs * Math.sqrt(2 / (12 * DRAWS));
      expect(Math.abs(meanOf(list) - meanOf(reference)), `${failed}`).toBeLessThan(spread);
    }
    // After the first failure the mean is that of U(base, 3 base).
    const first = meanOf(pauses(exponential, 'decorrelated', 1));
    expect(Math.abs(first - 200 * MS)).toBeLessThan((4 * 200 * MS) / Math.sqrt(12 * DRAWS));
  });

  it('is always the base when constant, and nothing at all with the word none', () => {
    const stream = streamFor('1', 'backoff', 'constant');
    const constant: Backoff = { kind: 'constant', baseNs: 5 * MS, maxNs: Infinity };
    const none: Backoff = { kind: 'none', baseNs: 0, maxNs: 0 };
    for (const failed of [1, 2, 50]) {
      expect(pauseAfter(constant, 'none', { failed, pauseNs: 0 }, stream)).toBe(5 * MS);
      for (const jitter of ['none', 'full', 'equal', 'decorrelated']) {
        expect(pauseAfter(none, jitter, { failed, pauseNs: 0 }, stream)).toBe(0);
      }
    }
  });
});
