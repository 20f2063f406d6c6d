import { describe, expect, it } from 'vitest';
import { gammaFunction, normalHazard, normalQuantile } from '../../src/kernel/special-functions.ts';

/** |actual / expected − 1| */
function relativeError(actual: number, expected: number): number {
  return Math.abs(actual / expected - 1);
}

describe('the gamma function', () => {
  it('is the factorial at whole numbers', () => {
    for (let n = 1, factorial = 1; n <= 170; n += 1) {
      expect(relativeError(gammaFunction(n), factorial)).toBeLessThan(2e-13);
      factorial *= n;
    }
  });

  it('is √π at one half and its recurrence holds between', () => {
    expect(relativeError(gammaFunction(0.5), Math.sqrt(Math.PI))).toBeLessThan(1e-14);
    for (let x = 0.5; x < 100; x += 0.37) {
      expect(relativeError(gammaFunction(x + 1), x * gammaFunction(x))).toBeLessThan(1e-13);
    }
  });

  it('is Infinity where it leaves the range of a double and refuses less than one half', () => {
    expect(gammaFunction(171.6)).toBeLessThan(Infinity);
    expect(gammaFunction(172)).toBe(Infinity);
    expect(gammaFunction(5000)).toBe(Infinity);
    expect(() => gammaFunction(0.4)).toThrow();
    expect(() => gammaFunction(NaN)).toThrow();
  });
});

describe('the normal quantile', () => {
  // The values at 0.25, 0.001 and 1e−20 are those Wichura gives to test with (1988).
  it.each([
    [0.5, 0],
    [0.25, -0.674489750196081743],
    [0.001, -3.090232306167813541],
    [1e-20, -9.262340089798407579],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [1e-10, -6.361340902404056],
    [1e-12, -7.034483825301132],
  ])('of %d is %d', (p, expected) => {
    if (expected === 0) expect(normalQuantile(p)).toBe(0);
    else expect(relativeError(normalQuantile(p), expected)).toBeLessThan(4e-16);
  });

  it('is odd about one half and grows with p', () => {
    let previous = -Infinity;
    for (let i = 1; i < 4096; i += 1) {
      const value = normalQuantile(i / 4096);
      expect(value).toBeGreaterThan(previous);
      expect(normalQuantile(1 - i / 4096)).toBeCloseTo(-value, 14);
      previous = value;
    }
  });
});

describe('the hazard of the normal law', () => {
  it('is the density over what lies beyond, integrated by Simpson’s rule', () => {
    const density = (t: number): number => Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
    for (let x = 0; x <= 10; x += 0.5) {
      const steps = 2000;
      const width = x / steps;
      let sum = density(0) + density(x);
      for (let i = 1; i < steps; i += 1) sum += density(i * width) * (i % 2 === 1 ? 4 : 2);
      const beyond = 0.5 + (sum * width) / 3;
      expect(relativeError(normalHazard(-x), density(x) / beyond)).toBeLessThan(1e-13);
    }
  });

  it('vanishes far out and is refused above zero', () => {
    expect(normalHazard(-40)).toBe(0);
    expect(normalHazard(-Infinity)).toBe(0);
    expect(() => normalHazard(0.1)).toThrow();
  });
});
