import { describe, expect, it } from 'vitest';
import { mathFingerprint } from '../../src/kernel/math-fingerprint.ts';
import { exp, expm1, log, log1p, pow } from '../../src/kernel/math.ts';
import { exactExp, exactLog, exactPow, partsOf, ulpDistance } from './exact-math.ts';
import type { Exact } from './exact-math.ts';
import { mathGolden } from './math-golden.ts';
import { inputs, type Draw } from './math-inputs.ts';

function worst(
  count: number,
  input: () => readonly [number, number],
  actual: (x: number, y: number) => number,
  exact: (x: number, y: number) => Exact,
): { readonly ulps: number; readonly at: readonly [number, number]; readonly judged: number } {
  let ulps = 0;
  let at: readonly [number, number] = [NaN, NaN];
  let judged = 0;
  for (let i = 0; i < count; i += 1) {
    const pair = input();
    const result = actual(...pair);
    if (!Number.isFinite(result)) continue;
    judged += 1;
    const distance = ulpDistance(result, exact(...pair));
    if (distance > ulps) [ulps, at] = [distance, pair];
  }
  return { ulps, at, judged };
}

const LOG_RANGES: readonly [string, (draw: Draw) => number][] = [
  ['the whole positive range', (draw) => draw.scaled(-1022, 1023)],
  ['subnormal numbers', (draw) => draw.scaled(-1074, -1023)],
  ['ordinary sizes', (draw) => draw.scaled(-8, 8)],
  ['around 1', (draw) => 1 + draw.between(-0.5, 0.5)],
  ['next to 1', (draw) => 1 + (draw.unit() - 0.5) * 2 ** -draw.between(1, 52)],
];
const EXP_RANGES: readonly [string, (draw: Draw) => number][] = [
  ['all finite results', (draw) => draw.between(-745, 709.7)],
  ['subnormal results', (draw) => draw.between(-745.1, -708)],
  ['ordinary sizes', (draw) => draw.between(-8, 8)],
  ['around 0', (draw) => draw.between(-1, 1)],
  ['tiny inputs', (draw) => (draw.unit() - 0.5) * 2 ** -draw.between(1, 60)],
];
const POW_RANGES: readonly [string, (draw: Draw) => [number, number]][] = [
  ['ordinary sizes', (draw) => [draw.scaled(-8, 8), draw.between(-8, 8)]],
  ['wide bases', (draw) => [draw.scaled(-1074, 1023), draw.between(-2, 2)]],
  ['wide results', (draw) => [draw.scaled(-32, 32), draw.between(-33, 33)]],
  ['fractions of a key rank', (draw) => [Math.floor(draw.scaled(0, 30)), draw.between(-3, 0)]],
  [
    'bases next to 1, great exponents',
    (draw) => {
      const size = draw.between(1, 48);
      return [1 + (draw.unit() - 0.5) * 2 ** -size, draw.between(-900, 900) * 2 ** size];
    },
  ],
  ['results at the edge of overflow', (draw) => [2, draw.between(1023, 1024)]],
  ['results at the edge of underflow', (draw) => [2, draw.between(-1076, -1020)]],
];

describe('log', () => {
  it.each(LOG_RANGES)('is within 1 ulp of the exact value over %s', (_, input) => {
    const draw = inputs(11);
    const found = worst(2000, () => [input(draw), 0], log, exactLog);
    expect(found.ulps, `at ${found.at[0]}`).toBeLessThanOrEqual(1);
    expect(found.judged).toBe(2000);
  });

  it('answers the special cases of IEEE 754', () => {
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(-Infinity)).toBeNaN();
    expect(log(NaN)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
    expect(log(1)).toBe(0);
  });
});

describe('exp', () => {
  it.each(EXP_RANGES)('is within 1 ulp of the exact value over %s', (_, input) => {
    const draw = inputs(12);
    const found = worst(2000, () => [input(draw), 0], exp, exactExp);
    expect(found.ulps, `at ${found.at[0]}`).toBeLessThanOrEqual(1);
    expect(found.judged).toBe(2000);
  });

  it('answers the special cases of IEEE 754', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(NaN)).toBeNaN();
    expect(exp(709.782712893384)).toBe(Math.exp(709.782712893384));
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(2 ** -1074);
    expect(exp(-745.1332191019412)).toBe(0);
  });
});

describe('pow', () => {
  it.each(POW_RANGES)('is within 1 ulp of the exact value over %s', (_, input) => {
    const draw = inputs(13);
    const found = worst(1000, () => input(draw), pow, exactPow);
    expect(found.ulps, `at ${found.at.join(' to the power ')}`).toBeLessThanOrEqual(1);
    expect(found.judged).toBeGreaterThan(500);
  });

  it('is exact for integers whose power fits 53 bits', () => {
    for (let base = 2; base <= 40; base += 1) {
      for (let y = 0, power = 1; power <= Number.MAX_SAFE_INTEGER; y += 1, power *= base) {
        expect(pow(base, y)).toBe(power);
        expect(pow(-base, y)).toBe(y % 2 === 0 ? power : -power);
      }
    }
  });

  it('rounds to the smallest number above zero or to zero at half of it', () => {
    expect(pow(2, -1074.5)).toBe(2 ** -1074);
    expect(pow(2, -1075)).toBe(0);
    expect(pow(0.5, 1074)).toBe(2 ** -1074);
    expect(pow(2, -1076.5)).toBe(0);
  });

  it('answers as JavaScript does for every pair of special values but two', () => {
    const values = [0, -0, 0.5, -0.5, 1, -1, 2, -2, 3, -3, 1e300, -1e300, 5e-324, 2 ** 53, 2 ** 70];
    values.push(-(2 ** 70), 1e19, 0.1, -0.1, Infinity, -Infinity, NaN);
    for (const x of values) {
      for (const y of values) {
        const differs = (x === 1 && y !== y) || (Math.abs(x) === 1 && Math.abs(y) === Infinity);
        if (differs) expect(pow(x, y)).toBe(1);
        else if (!Number.isFinite(x ** y) || x ** y === 0) expect(pow(x, y)).toBe(x ** y);
        else expect(pow(x, y) / x ** y).toBeCloseTo(1, 14);
      }
    }
  });
});

describe('log1p and expm1', () => {
  it('keep small arguments within 4 ulp', () => {
    const draw = inputs(14);
    const small = (): readonly [number, number] => [
      (draw.unit() - 0.5) * 2 ** -draw.between(0, 60),
      0,
    ];
    // ln(1+x) of an exact 1+x, taken apart so that the judge sees no rounded sum.
    const exactLog1p = (x: number): Exact => {
      const t = partsOf(x);
      const one = 1n << 320n;
      const value = t.exponent + 320n >= 0n ? t.integer << (t.exponent + 320n) : 0n;
      let sum = 0n;
      let power = (value * one) / (2n * one + value);
      const square = (power * power) >> 320n;
      for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
        sum += power / k;
        power = (power * square) >> 320n;
      }
      return { mantissa: 2n * sum, exponent: 0n };
    };
    const exactExpm1 = (x: number): Exact => {
      const power = exactExp(x);
      const one = 1n << (320n - power.exponent);
      return { mantissa: power.mantissa - one, exponent: power.exponent };
    };
    const logFound = worst(2000, small, log1p, exactLog1p);
    expect(logFound.ulps, `log1p at ${logFound.at[0]}`).toBeLessThanOrEqual(4);
    const expFound = worst(2000, small, expm1, exactExpm1);
    expect(expFound.ulps, `expm1 at ${expFound.at[0]}`).toBeLessThanOrEqual(4);
  });

  it('answer at the ends of their ranges', () => {
    expect(log1p(-1)).toBe(-Infinity);
    expect(log1p(-2)).toBeNaN();
    expect(log1p(Infinity)).toBe(Infinity);
    expect(log1p(NaN)).toBeNaN();
    expect(expm1(Infinity)).toBe(Infinity);
    expect(expm1(-Infinity)).toBe(-1);
    expect(expm1(-100)).toBe(-1);
    expect(expm1(NaN)).toBeNaN();
    expect(expm1(0)).toBe(0);
  });
});

describe('the fingerprint', () => {
  it('of a million results of each function is the golden one in this engine', () => {
    expect(mathFingerprint(mathGolden.inputs)).toBe(mathGolden.fingerprint);
  });

  it('changes with the number of inputs', () => {
    expect(mathFingerprint(10)).not.toBe(mathFingerprint(11));
  });
});
