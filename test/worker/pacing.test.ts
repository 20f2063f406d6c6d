import { describe, expect, test } from 'vitest';
import { Pacer } from '../../src/worker/pacer.ts';
import { Sampler, roundRatio } from '../../src/worker/sampler.ts';

describe('the pacer', () => {
  test('keeps simulated time in step with the wall clock at any speed', () => {
    const pacer = new Pacer();
    pacer.anchor(1000, 5);
    expect(pacer.target(3000)).toBe(7);
    pacer.setSpeed(0.01, 3000, 7);
    expect(pacer.target(4000)).toBeCloseTo(7.01, 9);
    pacer.setSpeed(Infinity, 4000, 7.01);
    expect(pacer.target(4001)).toBe(Infinity);
  });

  test('drops a debt that it could never pay instead of racing after it', () => {
    const pacer = new Pacer();
    pacer.setSpeed(10, 0, 0);
    pacer.dropDebt(1000, 2);
    expect(pacer.target(1000)).toBe(2);
  });

  test('leaves a small debt alone', () => {
    const pacer = new Pacer();
    pacer.anchor(0, 0);
    pacer.dropDebt(1000, 0.95);
    expect(pacer.target(1000)).toBe(1);
  });
});

describe('the sampler', () => {
  test.each([
    [0.2, 1],
    [1, 1],
    [1.2, 2],
    [3, 5],
    [7, 10],
    [12, 20],
    [90, 100],
    [450, 500],
  ])('rounds a ratio of %d up to %d', (ratio, round) => {
    expect(roundRatio(ratio)).toBe(round);
  });

  test('keeps the dots on their way within the budget', () => {
    const sampler = new Sampler();
    sampler.setBudget(200);
    sampler.begin(0);
    const hopsPerSecond = 40_000;
    for (let ms = 33; ms < 8000; ms += 33) {
      sampler.observe((hopsPerSecond * 0.033) / sampler.ratio(1), ms);
    }
    expect(sampler.ratio(1)).toBe(100);
  });

  test('shows more when traffic falls to a trickle', () => {
    const sampler = new Sampler();
    sampler.begin(0);
    for (let ms = 33; ms < 8000; ms += 33) sampler.observe(3.3 / sampler.ratio(1), ms);
    expect(sampler.ratio(1)).toBe(1);
  });

  test('gives up on dots above the speed at which they blur', () => {
    const sampler = new Sampler();
    expect(sampler.ratio(20)).not.toBe(Infinity);
    expect(sampler.ratio(50)).toBe(Infinity);
  });
});
