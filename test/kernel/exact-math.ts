/**
 * Logarithm, exponential and power to 320 bits in fixed point, and the distance of a double from
 * them in units in the last place: the judge of src/kernel/math.ts. Shares no code with it.
 */

/** Bits after the point. */
const BITS = 320n;
const ONE = 1n << BITS;

/** `mantissa` × 2^−320 × 2^`exponent`. */
export interface Exact {
  readonly mantissa: bigint;
  readonly exponent: bigint;
}

/** A finite double as an integer times a power of two. */
export function partsOf(x: number): { readonly integer: bigint; readonly exponent: bigint } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = (bits >> 52n) & 2047n;
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = biased === 0n ? fraction : fraction | (1n << 52n);
  return {
    integer: bits >> 63n === 1n ? -magnitude : magnitude,
    exponent: (biased === 0n ? 1n : biased) - 1075n,
  };
}

const LN2 = twiceAtanh(ONE / 3n);

/** ln x for a positive finite double. */
export function exactLog(x: number): Exact {
  const { integer, exponent } = partsOf(x);
  const length = BigInt(integer.toString(2).length);
  let shift = length - 1n;
  let value = shifted(integer, BITS - shift);
  if (value > ONE + ONE / 2n) {
    value >>= 1n;
    shift += 1n;
  }
  const ratio = ((value - ONE) << BITS) / (value + ONE);
  return { mantissa: twiceAtanh(ratio) + (exponent + shift) * LN2, exponent: 0n };
}

/** e^x for a finite double. */
export function exactExp(x: number): Exact {
  const { integer, exponent } = partsOf(x);
  return expOfFixed(shifted(integer, exponent + BITS));
}

/** x^y for a positive finite x and a finite y. */
export function exactPow(x: number, y: number): Exact {
  const { integer, exponent } = partsOf(y);
  return expOfFixed(shifted(exactLog(x).mantissa * integer, exponent));
}

/** |actual − exact| in units in the last place of `actual` (of 2^−1074 where it is subnormal). */
export function ulpDistance(actual: number, exact: Exact): number {
  const { integer, exponent } = partsOf(actual);
  // Both numbers in units of 2^(exponent − 64), so that a distance has 64 bits after the point.
  const exactUnits = shifted(exact.mantissa, exact.exponent - BITS - exponent + 64n);
  const difference = exactUnits - (integer << 64n);
  return Number(difference < 0n ? -difference : difference) / 18446744073709551616;
}

function shifted(value: bigint, by: bigint): bigint {
  return by >= 0n ? value << by : value >> -by;
}

/** 2 atanh(t) = ln((1+t)/(1−t)) by its series. */
function twiceAtanh(t: bigint): bigint {
  const square = (t * t) >> BITS;
  let sum = 0n;
  let power = t;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> BITS;
  }
  return 2n * sum;
}

function expOfFixed(z: bigint): Exact {
  const exponent = z / LN2;
  const halvings = 16n;
  const r = (z - exponent * LN2) >> halvings;
  let sum = ONE;
  let term = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k += 1n) {
    term = ((term * r) >> BITS) / k;
    sum += term;
  }
  for (let i = 0n; i < halvings; i += 1n) sum = (sum * sum) >> BITS;
  return { mantissa: sum, exponent };
}
