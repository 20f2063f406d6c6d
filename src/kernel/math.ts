/**
 * Deterministic logarithm, exponential and power: the same bits in every JavaScript engine, because
 * only operations that IEEE 754 rounds exactly are used (+ − × ÷, floor, fround, views of bits).
 * The engines' own Math.log, Math.exp and Math.pow differ from each other in the last place.
 *
 * Source: Sun Microsystems, fdlibm, 1993: e_log.c, e_exp.c, e_pow.c. Coefficients are theirs; the
 * notice they ask for is in the file NOTICE. Where C cuts a number by clearing its low word, this
 * file rounds it with fround: still at most 24 bits, so products stay exact, and no slow partial
 * store is needed. Powers of two come from a table for the same reason.
 */
import { assert } from '../base/assert.ts';

/** One number seen as its bits: `words[1]` is the high half. Scratch space, never kept. */
const number = new Float64Array(1);
const words = new Int32Array(number.buffer);
number[0] = 1;
assert(words[1] === 0x3ff00000, 'views of float bits need a little-endian machine');

/** 2^k for k = −1074 … 1023 at index k + 1074. */
const SMALLEST_EXPONENT = -1074;
const POWERS_OF_TWO = new Float64Array(1023 - SMALLEST_EXPONENT + 1);
for (let k = 0, power = 1; k <= 1023; k += 1, power *= 2) {
  POWERS_OF_TWO[k - SMALLEST_EXPONENT] = power;
}
for (let k = 0, power = 1; k >= SMALLEST_EXPONENT; k -= 1, power *= 0.5) {
  POWERS_OF_TWO[k - SMALLEST_EXPONENT] = power;
}

const TWO_54 = 18014398509481984;
const TWO_64 = 18446744073709551616;
const TWO_MINUS_64 = 5.421010862427522e-20;

/** ln 2 in two parts; the high part has 33 bits, so k × high is exact for every exponent k. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const LN2_INVERSE = 1.442695040888963387;

/** Remez coefficients of (log(1+s) − log(1−s) − 2s) / s in powers of s² (e_log.c). */
const LOG_1 = 6.66666666666673513e-1;
const LOG_2 = 3.999999999940941908e-1;
const LOG_3 = 2.857142874366239149e-1;
const LOG_4 = 2.222219843214978396e-1;
const LOG_5 = 1.818357216161805012e-1;
const LOG_6 = 1.531383769920937332e-1;
const LOG_7 = 1.479819860511658591e-1;

/** Remez coefficients of r(exp(r)+1)/(exp(r)−1) − 2 in powers of r² (e_exp.c). */
const EXP_1 = 1.66666666666666019037e-1;
const EXP_2 = -2.77777777770155933842e-3;
const EXP_3 = 6.61375632143793436117e-5;
const EXP_4 = -1.6533902205465251539e-6;
const EXP_5 = 4.13813679705723846039e-8;
const EXP_OVERFLOW = 7.09782712893383973096e2;
const EXP_UNDERFLOW = -7.4513321910194110842e2;

/** Coefficients of (3/2)(log(x) − 2s − (2/3)s³) in powers of s² (e_pow.c). */
const POW_1 = 5.99999999999994648725e-1;
const POW_2 = 4.28571428578550184252e-1;
const POW_3 = 3.33333329818377432918e-1;
const POW_4 = 2.72728123808534006489e-1;
const POW_5 = 2.30660745775561754067e-1;
const POW_6 = 2.06975017800338417784e-1;
/** log2(1.5), 2/(3 ln 2) and ln 2, each as a 24-bit high part and the rest. */
const LOG2_OF_1_5_HIGH = 5.84962487220764160156e-1;
const LOG2_OF_1_5_LOW = 1.35003920212974897128e-8;
const CP = 9.61796693925975554329e-1;
const CP_HIGH = 9.61796700954437255859e-1;
const CP_LOW = -7.02846165095275826516e-9;
const LN2 = 6.93147180559945286227e-1;
const LN2_HIGH_24 = 6.93147182464599609375e-1;
const LN2_LOW_24 = -1.90465429995776804525e-9;

/** The last result of {@link log2InTwoParts}: a pair returned without allocating. */
const log2Parts = new Float64Array(2);

/**
 * Natural logarithm of `x`, within 1 unit in the last place. Zero gives −Infinity, a negative
 * number NaN, Infinity itself, NaN itself.
 */
export function log(x: number): number {
  let value = x;
  let exponent = 0;
  number[0] = value;
  let high = words[1]!;
  if (high < 0x00100000) {
    if (x === 0) return -Infinity;
    if (!(x > 0)) return NaN;
    value *= TWO_54;
    exponent = -54;
    number[0] = value;
    high = words[1]!;
  } else if (high >= 0x7ff00000) {
    return x;
  }
  // 0x3fe6a09e is the high word of √½: the mantissa falls between √½ and √2.
  const shift = ((high + (0x3ff00000 - 0x3fe6a09e)) >> 20) - 1023;
  exponent += shift;
  const f = value * POWERS_OF_TWO[-shift - SMALLEST_EXPONENT]! - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (LOG_2 + w * (LOG_4 + w * LOG_6));
  const odd = z * (LOG_1 + w * (LOG_3 + w * (LOG_5 + w * LOG_7)));
  const half = 0.5 * f * f;
  return s * (half + (odd + even)) + exponent * LN2_LOW - half + f + exponent * LN2_HIGH;
}

/**
 * Exponential of `x`, within 1 unit in the last place. Above 709.78 the result is Infinity, below
 * −745.13 zero; NaN gives NaN.
 */
export function exp(x: number): number {
  if (!(x <= EXP_OVERFLOW)) return x > 0 ? Infinity : NaN;
  if (x < EXP_UNDERFLOW) return 0;
  const exponent = Math.floor(x * LN2_INVERSE + 0.5);
  const high = x - exponent * LN2_HIGH;
  const low = exponent * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (EXP_1 + t * (EXP_2 + t * (EXP_3 + t * (EXP_4 + t * EXP_5))));
  return timesPowerOfTwo(1 + ((r * c) / (2 - c) - low + high), exponent | 0);
}

/**
 * `x` to the power `y`, within 1 unit in the last place; exact when both are integers and the
 * result fits 53 bits. Special cases are those of IEEE 754 `pow`, which differ from JavaScript's
 * in two places: 1 to any power, NaN included, is 1, and −1 to the power ±Infinity is 1.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  const magnitude = Math.abs(x);
  if (magnitude === 0 || magnitude === 1 || magnitude === Infinity || Math.abs(y) > TWO_64) {
    return powAtTheEdge(x, y);
  }
  if (x > 0) return powOfPositive(x, y);
  if (Math.floor(y) !== y) return NaN;
  return isOdd(y) ? -powOfPositive(magnitude, y) : powOfPositive(magnitude, y);
}

/**
 * log(1 + x) without losing a small x, within 4 units in the last place. −1 gives −Infinity, less
 * NaN.
 *
 * Source: W. Kahan's correction, Hewlett-Packard HP-15C Advanced Functions Handbook, 1982.
 */
export function log1p(x: number): number {
  const sum = 1 + x;
  if (sum === 1 || sum === Infinity) return x;
  return log(sum) * (x / (sum - 1));
}

/**
 * exp(x) − 1 without losing a small x, within 4 units in the last place.
 *
 * Source: W. Kahan's correction, as cited in N. Higham, Accuracy and Stability of Numerical
 * Algorithms, 2002, section 1.14.1.
 */
export function expm1(x: number): number {
  const power = exp(x);
  if (power === 1) return x;
  const difference = power - 1;
  if (difference === -1 || power === Infinity || power !== power) return difference;
  return difference * (x / log(power));
}

/** `value` × 2^`exponent` for an exponent from −1076 to 1024, rounded once. */
function timesPowerOfTwo(value: number, exponent: number): number {
  if (exponent >= -1021 && exponent <= 1023) {
    return value * POWERS_OF_TWO[exponent - SMALLEST_EXPONENT]!;
  }
  if (exponent > 1023) return value * POWERS_OF_TWO[1023 - SMALLEST_EXPONENT]! * 2;
  return value * POWERS_OF_TWO[exponent + 64 - SMALLEST_EXPONENT]! * TWO_MINUS_64;
}

/** Whether an integer is odd; beyond 2^53 every double is even. */
function isOdd(integer: number): boolean {
  return Math.floor(integer * 0.5) * 2 !== integer;
}

/** `pow` for a base of 0, ±1 or ±Infinity, or an exponent so large that only its sign counts. */
function powAtTheEdge(x: number, y: number): number {
  const magnitude = Math.abs(x);
  const integer = Math.floor(y) === y;
  if (x === -1) return integer ? (isOdd(y) ? -1 : 1) : NaN;
  if (magnitude === 0 || magnitude === Infinity) {
    const result = (magnitude === 0) === y > 0 ? 0 : Infinity;
    const negative = (x < 0 || 1 / x < 0) && integer && isOdd(y);
    return negative ? -result : result;
  }
  return magnitude > 1 === y > 0 ? Infinity : 0;
}

/** 2^(y log2 x) for finite positive `x` and |y| ≤ 2^64; log2 x and the product have two parts. */
function powOfPositive(x: number, y: number): number {
  log2InTwoParts(x);
  const log2High = log2Parts[0]!;
  const log2Low = log2Parts[1]!;
  const yHigh = Math.fround(y);
  const low = (y - yHigh) * log2High + y * log2Low;
  let high = yHigh * log2High;
  const z = low + high;
  if (z > 1024) return Infinity;
  if (z < -1076) return 0;
  const exponent = Math.floor(z + 0.5);
  high -= exponent;
  const t = Math.fround(low + high);
  const u = t * LN2_HIGH_24;
  const v = (low - (t - high)) * LN2 + t * LN2_LOW_24;
  const r = u + v;
  const rest = v - (r - u);
  const square = r * r;
  const c =
    r - square * (EXP_1 + square * (EXP_2 + square * (EXP_3 + square * (EXP_4 + square * EXP_5))));
  return timesPowerOfTwo(1 - ((r * c) / (c - 2) - (rest + r * rest) - r), exponent | 0);
}

/**
 * Leaves log2 of a finite positive `x` in {@link log2Parts}, the first part with 24 bits. Unlike
 * e_pow.c there is no branch for |y| > 2^31: near x = 1 this path is relatively as exact, and the
 * series used there is not.
 */
function log2InTwoParts(x: number): void {
  let value = x;
  let exponent = 0;
  number[0] = value;
  if (words[1]! < 0x00100000) {
    value *= TWO_54;
    exponent = -54;
    number[0] = value;
  }
  const mantissaHigh = words[1]! & 0x000fffff;
  let shift = (words[1]! >> 20) - 1023;
  // Centre 1 below √1.5, 1.5 below √3, otherwise 1 again after halving.
  const nearOneAndAHalf = mantissaHigh > 0x3988e && mantissaHigh < 0xbb67a;
  if (mantissaHigh >= 0xbb67a) shift += 1;
  exponent += shift;
  const centre = nearOneAndAHalf ? 1.5 : 1;
  const a = value * POWERS_OF_TWO[-shift - SMALLEST_EXPONENT]!;
  const u = a - centre;
  const v = 1 / (a + centre);
  const s = u * v;
  const sHigh = Math.fround(s);
  const sumHigh = Math.fround(a + centre);
  const sumLow = a - (sumHigh - centre);
  const sLow = v * (u - sHigh * sumHigh - sHigh * sumLow);
  const z = s * s;
  const series = POW_1 + z * (POW_2 + z * (POW_3 + z * (POW_4 + z * (POW_5 + z * POW_6))));
  const r = z * z * series + sLow * (sHigh + s);
  const squareHigh = sHigh * sHigh;
  const factorHigh = Math.fround(3 + squareHigh + r);
  const factorLow = r - (factorHigh - 3 - squareHigh);
  const p = sHigh * factorHigh;
  const q = sLow * factorHigh + factorLow * s;
  const productHigh = Math.fround(p + q);
  const productLow = q - (productHigh - p);
  const log2High = CP_HIGH * productHigh;
  const centreHigh = nearOneAndAHalf ? LOG2_OF_1_5_HIGH : 0;
  const centreLow = nearOneAndAHalf ? LOG2_OF_1_5_LOW : 0;
  const log2Low = CP_LOW * productHigh + productLow * CP + centreLow;
  const first = Math.fround(log2High + log2Low + centreHigh + exponent);
  log2Parts[0] = first;
  log2Parts[1] = log2Low - (first - exponent - centreHigh - log2High);
}
