/**
 * Logarithm, exponential and power to thirty digits by decimal.js, and how far a double is from
 * them: a second judge of src/kernel/math.ts, from another hand than the one in `exact-math.ts`.
 */

import { Decimal } from 'decimal.js';

const range = { maxE: 9e15, minE: -9e15, toExpNeg: -9e15, toExpPos: 9e15 };
/** Wide enough for every double next to 1 without a rounding; the answers need less. */
const Wide = Decimal.clone({ ...range, precision: 80 });
const Answer = Decimal.clone({ ...range, precision: 30 });

const SMALLEST_EXPONENT = -1074;
/** 2^k for k = −1074 … 1024 at index k + 1074, to eighty digits. */
const powersOfTwo = Array.from({ length: 1024 - SMALLEST_EXPONENT + 1 }, (_, index) =>
  Wide.pow(2, index + SMALLEST_EXPONENT),
);

export type Judged = 'log' | 'exp' | 'pow';

/** The value itself, which decimal.js knows nothing of ulps about. `y` counts for `pow` only. */
function exactValue(name: Judged, x: number, y: number): Decimal {
  switch (name) {
    case 'log':
      return Answer.ln(decimalOf(x));
    case 'exp':
      return Answer.exp(decimalOf(x));
    default:
      return Answer.pow(decimalOf(x), decimalOf(y));
  }
}

/**
 * |actual − exact| in units in the last place of the exact value, the finer unit where it lies just
 * below a power of two. Infinity is right from 2^1024 up, and below counts as that number.
 */
export function ulpsOff(name: Judged, x: number, y: number, actual: number): number {
  if (Number.isNaN(actual)) return Infinity;
  const exact = exactValue(name, x, y);
  if (Math.abs(actual) === Infinity && exact.abs().gte(powerOfTwo(1024))) {
    return exact.isNegative() === actual < 0 ? 0 : Infinity;
  }
  const difference = Wide.sub(decimalOf(actual), exact).abs();
  return Number(difference.div(powerOfTwo(lastPlaceOf(exact))));
}

/** Exponent of the unit in the last place of doubles around a value. */
function lastPlaceOf(exact: Decimal): number {
  const nearest = Math.min(Math.abs(Number(exact)), Number.MAX_VALUE);
  const { exponent, isPowerOfTwo } = partsOf(nearest);
  const isBelow = isPowerOfTwo && exact.abs().lt(decimalOf(nearest));
  return Math.max(SMALLEST_EXPONENT, exponent - 52 - (isBelow ? 1 : 0));
}

/** A double digit by digit; decimal.js itself would take the shortest text that rounds to it. */
function decimalOf(value: number): Decimal {
  if (Math.abs(value) === Infinity) return powerOfTwo(1024).mul(Math.sign(value));
  if (value === 0) return new Wide(0);
  const { exponent, mantissa } = partsOf(Math.abs(value));
  return Wide.mul(String(mantissa), powerOfTwo(exponent - 52)).mul(Math.sign(value));
}

function powerOfTwo(exponent: number): Decimal {
  return powersOfTwo[exponent - SMALLEST_EXPONENT]!;
}

/** A finite double ≥ 0 as `mantissa` × 2^(`exponent` − 52) with a whole mantissa. */
function partsOf(value: number) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa, exponent: Math.max(biased, 1) - 1023, isPowerOfTwo: fraction === 0n };
}
