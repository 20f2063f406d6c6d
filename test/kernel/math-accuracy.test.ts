import { describe, expect, it } from 'vitest';
import { exp, log, pow } from '../../src/kernel/math.ts';
import { ulpsOff, type Judged } from './decimal-judge.ts';
import { exactExp, exactLog, exactPow, ulpDistance } from './exact-math.ts';
import { accuracyOf } from './math-accuracy.ts';
import { families, hardest, inputs } from './math-inputs.ts';

const names: readonly Judged[] = ['log', 'exp', 'pow'];

describe.each(names)('%s', (name) => {
  it('is within 1 ulp of thirty exact digits on three thousand plain and nasty inputs', () => {
    for (const { family, judged, ulps, x, y } of accuracyOf(name, 3_000, 7)) {
      expect(judged).toBeGreaterThanOrEqual(150);
      expect(ulps, `${family}: ${name}(${x}, ${y})`).toBeLessThanOrEqual(1);
    }
  });

  it('is judged on inputs of which none is NaN', () => {
    const draw = inputs(3);
    for (const [family, input] of Object.entries(families[name])) {
      for (let index = 0; index < 500; index += 1) {
        expect(input(draw, index), family).not.toContain(NaN);
      }
    }
  });
});

describe('the judge', () => {
  it('knows the hardest arguments to be halfway between two doubles', () => {
    for (const x of hardest.log) expect(ulpsOff('log', x, 0, log(x))).toBeCloseTo(0.5, 12);
    for (const x of hardest.exp) expect(ulpsOff('exp', x, 0, exp(x))).toBeCloseTo(0.5, 12);
    expect(ulpsOff('pow', 262_143, 3, 262_143 ** 3)).toBe(0.5);
  });

  it('sees an error of one place, of a sign, of a missing and of a needless overflow', () => {
    expect(ulpsOff('exp', 0, 0, 1 + 2 ** -52)).toBe(1);
    // Below 1 the places are half as wide.
    expect(ulpsOff('exp', -(2 ** -60), 0, 1 + 2 ** -52)).toBeGreaterThan(2);
    expect(ulpsOff('pow', -2, 3, 8)).toBeGreaterThan(1e15);
    expect(ulpsOff('exp', 710, 0, Number.MAX_VALUE)).toBeGreaterThan(1e15);
    expect(ulpsOff('exp', 710, 0, Infinity)).toBe(0);
    expect(ulpsOff('exp', 709, 0, Infinity)).toBeGreaterThan(1e15);
    expect(ulpsOff('log', 2, 0, NaN)).toBe(Infinity);
  });

  it('agrees with the judge that reckons in whole numbers of 320 bits', () => {
    const draw = inputs(5);
    for (let index = 0; index < 200; index += 1) {
      const [x, y] = [draw.scaled(-40, 40), draw.between(-9, 9)];
      const [a, b, c] = [log(x), exp(y), pow(x, y)];
      // The other judge takes the place of the double, which is wider at a power of two.
      expect(ulpsOff('log', x, 0, a)).toBeCloseTo(ulpDistance(a, exactLog(x)), 9);
      expect(ulpsOff('exp', y, 0, b)).toBeCloseTo(ulpDistance(b, exactExp(y)), 9);
      expect(ulpsOff('pow', x, y, c)).toBeCloseTo(ulpDistance(c, exactPow(x, y)), 9);
    }
  });
});
