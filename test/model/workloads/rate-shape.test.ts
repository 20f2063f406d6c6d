import { describe, expect, it } from 'vitest';
import { RateShape } from '../../../src/model/workloads/rate-shape.ts';
import { SECOND } from '../rehearsal.ts';

const hour = 3_600 * SECOND;

function rates(shape: RateShape, seconds: readonly number[]): number[] {
  return seconds.map((second) => shape.at(second * SECOND));
}

describe('the rate of a population', () => {
  it('is its base when nothing changes it', () => {
    const shape = new RateShape(100, []);
    expect(shape.isConstant).toBe(true);
    expect(rates(shape, [0, 1, 1e6])).toEqual([100, 100, 100]);
  });

  it('steps at the moment of the step', () => {
    const shape = new RateShape(100, [{ kind: 'step', atNs: 10 * SECOND, rate: 40 }]);
    expect(shape.isConstant).toBe(false);
    expect(rates(shape, [0, 9.999, 10, 99])).toEqual([100, 100, 40, 40]);
  });

  it('ramps in a straight line and stays', () => {
    const ramp = { kind: 'ramp', fromNs: 10 * SECOND, toNs: 20 * SECOND, rate: 200 } as const;
    const list = rates(new RateShape(100, [ramp]), [0, 10, 12.5, 15, 20, 50]);
    expect(list).toEqual([100, 100, 125, 150, 200, 200]);
  });

  it('is multiplied during a burst only', () => {
    const burst = { kind: 'burst', atNs: 5 * SECOND, forNs: 2 * SECOND, factor: 3 } as const;
    expect(rates(new RateShape(10, [burst]), [4.9, 5, 6.9, 7])).toEqual([10, 30, 30, 10]);
  });

  it('follows the day: the peak at its hour, the trough half a day later, the mean between', () => {
    const day = { kind: 'diurnal', periodNs: 24 * hour, peak: 1.8, peakAtNs: 20 * hour } as const;
    const shape = new RateShape(1_000, [day]);
    const hours = [20, 8, 2, 14, 44].map((at) => Math.round(shape.at(at * hour)));
    expect(hours).toEqual([1_800, 200, 1_000, 1_000, 1_800]);
    let sum = 0;
    for (let minute = 0; minute < 1_440; minute++) sum += shape.at((minute * hour) / 60);
    expect(sum / 1_440).toBeCloseTo(1_000, 3);
  });

  it('is never negative, even at the trough of the steepest day', () => {
    const day = { kind: 'diurnal', periodNs: hour, peak: 2, peakAtNs: 0 } as const;
    const shape = new RateShape(1e6, [day]);
    for (let step = 0; step < 10_000; step++) {
      expect(shape.at((step * hour) / 10_000)).toBeGreaterThanOrEqual(0);
    }
  });

  it('applies its parts in the order of the file', () => {
    const step = { kind: 'step', atNs: 5 * SECOND, rate: 50 } as const;
    const burst = { kind: 'burst', atNs: 0, forNs: 10 * SECOND, factor: 2 } as const;
    expect(rates(new RateShape(10, [step, burst]), [1, 6, 11])).toEqual([20, 100, 50]);
    expect(rates(new RateShape(10, [burst, step]), [1, 6, 11])).toEqual([20, 50, 50]);
  });
});
