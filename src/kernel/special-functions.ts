/**
 * The gamma function and two functions of the normal law, deterministic like src/kernel/math.ts,
 * which they are built on.
 */
import { assert } from '../base/assert.ts';
import { exp, log, pow } from './math.ts';

const SQRT_2_PI = 2.5066282746310005;

/** Source: coefficients for g = 7 and 9 terms by P. Godfrey, 2001. */
const LANCZOS_G = 7;
const LANCZOS = Object.freeze([
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const);

/**
 * Γ(x) for x ≥ 0.5, relative error below 2e−13; Infinity from about 171.62 up. A smaller or not a
 * number argument is a fault of the program.
 *
 * Source: C. Lanczos, A precision approximation of the gamma function, 1964.
 */
export function gammaFunction(x: number): number {
  assert(x >= 0.5, 'the gamma function is asked for 0.5 and more');
  const z = x - 1;
  let series = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i += 1) series += LANCZOS[i]! / (z + i);
  const t = z + LANCZOS_G + 0.5;
  // The power is taken in two halves, because t^(z+½) alone overflows before Γ does.
  const half = pow(t, 0.5 * (z + 0.5));
  const result = SQRT_2_PI * half * exp(-t) * series * half;
  return result === result ? result : Infinity;
}

/** Below this the density is under 1e−22 and the correction vanishes in a double. */
const HAZARD_FLOOR = -10;

/**
 * φ(x) / (1 − Φ(x)), the mean of a standard normal variable beyond `x`, for x ≤ 0; relative error
 * below 1e−13. A positive or not a number argument is a fault of the program.
 *
 * Source: G. Marsaglia, Evaluating the normal distribution, 2004 (the series for Φ).
 */
export function normalHazard(x: number): number {
  assert(x <= 0, 'the hazard of the normal law is asked for zero and less');
  if (x < HAZARD_FLOOR) return 0;
  const density = exp(-0.5 * x * x) / SQRT_2_PI;
  let term = -x;
  let sum = 0;
  for (let k = 3; sum + term !== sum; k += 2) {
    sum += term;
    term *= (x * x) / k;
  }
  return density / (0.5 + density * sum);
}

/**
 * The value below which a standard normal variable falls with probability `p`, 0 < p < 1; relative
 * error about 1e−16. Outside the interval the result is not a number.
 *
 * Source: M. Wichura, The percentage points of the normal distribution, algorithm AS 241, routine
 * PPND16, 1988.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * nearTheMedian(0.180625 - q * q);
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size = r <= 5 ? inTheTail(r - 1.6) : farInTheTail(r - 5);
  return q < 0 ? -size : size;
}

function nearTheMedian(r: number): number {
  const above =
    ((((((2.509080928730122672e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
      4.5921953931549871457e4) *
      r +
      1.3731693765509461125e4) *
      r +
      1.9715909503065514427e3) *
      r +
      1.3314166789178437745e2) *
      r +
    3.387132872796366608;
  const below =
    ((((((5.226495278852854561e3 * r + 2.8729085735721942674e4) * r + 3.930789580009271061e4) * r +
      2.1213794301586595867e4) *
      r +
      5.3941960214247511077e3) *
      r +
      6.871870074920579083e2) *
      r +
      4.2313330701600911252e1) *
      r +
    1;
  return above / below;
}

function inTheTail(r: number): number {
  const above =
    ((((((7.7454501427834140764e-4 * r + 2.27238449892691845833e-2) * r +
      2.4178072517745061177e-1) *
      r +
      1.27045825245236838258) *
      r +
      3.64784832476320460504) *
      r +
      5.7694972214606914055) *
      r +
      4.6303378461565452959) *
      r +
    1.42343711074968357734;
  const below =
    ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r +
      1.51986665636164571966e-2) *
      r +
      1.4810397642748007459e-1) *
      r +
      6.8976733498510000455e-1) *
      r +
      1.6763848301838038494) *
      r +
      2.05319162663775882187) *
      r +
    1;
  return above / below;
}

function farInTheTail(r: number): number {
  const above =
    ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r +
      1.2426609473880784386e-3) *
      r +
      2.6532189526576123093e-2) *
      r +
      2.9656057182850489123e-1) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
    6.6579046435011037772;
  const below =
    ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r +
      1.8463183175100546818e-5) *
      r +
      7.868691311456132591e-4) *
      r +
      1.48753612908506148525e-2) *
      r +
      1.3692988092273580531e-1) *
      r +
      5.9983220655588793769e-1) *
      r +
    1;
  return above / below;
}
