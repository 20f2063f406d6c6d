import { describe, expect, it } from 'vitest';
import { streamFor } from '../../../src/kernel/random.ts';
import type { Arrivals, ShapePart } from '../../../src/model/parameters.ts';
import { ArrivalProcess } from '../../../src/model/workloads/arrivals.ts';
import { RateShape } from '../../../src/model/workloads/rate-shape.ts';
import { SECOND } from '../rehearsal.ts';

const poisson: Arrivals = { kind: 'poisson' };
const constant: Arrivals = { kind: 'constant' };

/** Times of all arrivals before `end` s, in s. */
function arrivals(
  kind: Arrivals,
  rate: number,
  end: number,
  parts: readonly ShapePart[] = [],
): number[] {
  const stream = streamFor('1', 'app', 'arrivals');
  const process = new ArrivalProcess(kind, new RateShape(rate, parts), stream);
  const times: number[] = [];
  for (let now = 0; ;) {
    now = process.nextAfter(now, end * SECOND);
    if (now >= end * SECOND) return times;
    if (!Number.isInteger(now)) throw new Error(`${now} is no whole number of ns`);
    times.push(now / SECOND);
  }
}

function between(times: readonly number[], from: number, to: number): number {
  return times.filter((time) => time >= from && time < to).length;
}

describe('arrivals', () => {
  it('come at even distances when constant', () => {
    const times = arrivals(constant, 4, 3);
    expect(times.map((time) => Math.round(time * 1e6) / 1e6)).toEqual([
      0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75,
    ]);
  });

  it('come as often as the rate says, within four deviations, with the spread of Poisson', () => {
    const times = arrivals(poisson, 200, 1_000);
    expect(Math.abs(times.length - 200_000)).toBeLessThan(4 * Math.sqrt(200_000));
    const counts = Array.from({ length: 1_000 }, () => 0);
    for (const time of times) counts[Math.floor(time)]!++;
    const variance = counts.reduce((sum, count) => sum + (count - 200) ** 2, 0) / 1_000;
    // Index of dispersion 1; its estimate over n bins has deviation √(2/n).
    expect(Math.abs(variance / 200 - 1)).toBeLessThan(4 * Math.sqrt(2 / 1_000));
  });

  it.each([
    ['gamma', { kind: 'gamma', shape: 4, mean: 17 }, 0.25],
    ['uniform', { kind: 'uniform', low: 0, high: 3 }, 1 / 3],
    ['hyper-exponential', { kind: 'hyper-exponential', weights: [0.9, 0.1], means: [1, 11] }, 5.5],
  ])('are rescaled to the rate whatever the law of gaps: %s', (_name, interval, squaredCv) => {
    const law = { kind: 'renewal', interval } as unknown as Arrivals;
    const times = arrivals(law, 50, 4_000);
    // A renewal process counts with variance (squared cv of the gaps) × mean in the long run.
    const deviation = Math.sqrt(200_000 * squaredCv);
    expect(Math.abs(times.length - 200_000)).toBeLessThan(5 * deviation);
  });

  it('follow a ramp, a burst and a step: counts within four deviations of the area', () => {
    const parts: ShapePart[] = [
      { kind: 'ramp', fromNs: 100 * SECOND, toNs: 200 * SECOND, rate: 300 },
      { kind: 'burst', atNs: 300 * SECOND, forNs: 20 * SECOND, factor: 5 },
      { kind: 'step', atNs: 400 * SECOND, rate: 20 },
    ];
    const times = arrivals(poisson, 100, 500, parts);
    const spans: [number, number, number][] = [
      [0, 100, 10_000],
      [100, 150, 7_500],
      [150, 200, 12_500],
      [200, 300, 30_000],
      [300, 320, 30_000],
      [320, 400, 24_000],
      [400, 500, 2_000],
    ];
    for (const [from, to, mean] of spans) {
      const count = between(times, from, to);
      expect(Math.abs(count - mean), `from ${from} to ${to} s`).toBeLessThan(4 * Math.sqrt(mean));
    }
  });

  it('follow a day: twice the mean at the peak, none at the trough', () => {
    const day = {
      kind: 'diurnal',
      periodNs: 400 * SECOND,
      peak: 2,
      peakAtNs: 100 * SECOND,
    } as const;
    const times = arrivals(poisson, 100, 400, [day]);
    expect(Math.abs(times.length - 40_000)).toBeLessThan(4 * Math.sqrt(40_000));
    // The integral of 1 + cos over ± 25 s about the peak, and about the trough.
    const area = (50 + (400 / Math.PI) * Math.sin(Math.PI / 8)) * 100;
    const low = (50 - (400 / Math.PI) * Math.sin(Math.PI / 8)) * 100;
    expect(Math.abs(between(times, 75, 125) - area)).toBeLessThan(4 * Math.sqrt(area));
    expect(Math.abs(between(times, 275, 325) - low)).toBeLessThan(4 * Math.sqrt(low));
  });

  it('stop when the rate falls to nothing, and come again when it rises', () => {
    const parts: ShapePart[] = [
      { kind: 'step', atNs: 10 * SECOND, rate: 0 },
      { kind: 'step', atNs: 50 * SECOND, rate: 100 },
    ];
    const times = arrivals(poisson, 100, 60, parts);
    expect(between(times, 10.1, 50)).toBe(0);
    expect(Math.abs(between(times, 50, 60) - 1_000)).toBeLessThan(4 * Math.sqrt(1_000));
  });

  it('keep even distances through a change of rate', () => {
    const times = arrivals(constant, 10, 20, [{ kind: 'step', atNs: 10 * SECOND, rate: 50 }]);
    expect(between(times, 0, 10)).toBe(99);
    expect(Math.abs(between(times, 10, 20) - 500)).toBeLessThanOrEqual(5);
  });
});
