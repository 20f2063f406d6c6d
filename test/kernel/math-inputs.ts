/**
 * Inputs on which log, exp and pow are held to the exact value: plain ones over every size, and
 * those where an implementation is most likely to be wrong: where its cases meet, next to 1, at the
 * ends of the range, and where the exact value lies halfway between two doubles.
 */

import type { Judged } from './decimal-judge.ts';

type Pair = readonly [x: number, y: number];
type Family = (draw: Draw, index: number) => Pair;
export type Draw = ReturnType<typeof inputs>;

/** For the tests only: a small generator that needs nothing of what is tested. */
export function inputs(seed: number) {
  let state = seed;
  const word = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return (state ^ (state >>> 13)) >>> 0;
  };
  const unit = (): number => (word() + word() / 4294967296) / 4294967296;
  const between = (low: number, high: number): number => low + unit() * (high - low);
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
  /** A positive double with an exponent drawn evenly from `low` to `high`. */
  const scaled = (low: number, high: number): number => (1 + unit()) * 2 ** whole(low, high);
  /** One of the doubles within a few places of `value`. */
  const beside = (value: number): number => neighbour(value, whole(-4, 4));
  return { unit, between, whole, scaled, beside };
}

/** The double that is `places` further from zero; next to zero itself on the positive side. */
function neighbour(value: number, places: number): number {
  if (value === 0) return Math.abs(places) * 2 ** -1074;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + BigInt(places));
  return view.getFloat64(0);
}

/**
 * Arguments whose result lies within 2^-58 of a last place from halfway between two doubles: the
 * hardest to round that there are.
 *
 * Source: V. Lefèvre, J.-M. Muller, Worst Cases for Correct Rounding of the Elementary Functions in
 * Double Precision, 2001.
 */
export const hardest = {
  log: [0x19476e304cd7c7 * 2 ** -436, 0x1613955dc802f8 * 2 ** -87],
  exp: [0x19e9cbbfd6080b * 2 ** -83],
} as const;

const one = (draw: (draw: Draw, index: number) => number): Family => {
  return (source, index) => [draw(source, index), 0];
};

const log: Readonly<Record<string, Family>> = {
  'the whole range': one((draw) => draw.scaled(-1022, 1023)),
  'subnormal numbers': one((draw) => draw.scaled(-1074, -1023)),
  'ordinary sizes': one((draw) => draw.scaled(-8, 8)),
  'next to 1': one((draw) => 1 + (draw.unit() - 0.5) * 2 ** -draw.between(1, 52)),
  'a few places from 1': one((draw) => neighbour(1, draw.whole(-64, 64))),
  'powers of two and beside them': one((draw) => draw.beside(2 ** draw.whole(-1060, 1022))),
  'where the halves of the mantissa meet': one((draw) => {
    return draw.beside(Math.SQRT2 * 2 ** draw.whole(-1000, 1000));
  }),
  'the ends of the range': one((draw, index) => {
    return index % 2 === 0
      ? neighbour(2 ** -1074, draw.whole(0, 9))
      : Number.MAX_VALUE * draw.unit();
  }),
  // A last place of a result from 64 to 128 is 2^-46; the factor adds half of it.
  'results halfway between two doubles': one((draw) => {
    return draw.beside(Math.exp(draw.between(64, 128)) * (1 + 2 ** -47));
  }),
  'the hardest to round': one((_, index) => hardest.log[index % 2]!),
};

const exp: Readonly<Record<string, Family>> = {
  'all finite results': one((draw) => draw.between(-745, 709.7)),
  'subnormal results': one((draw) => draw.between(-745.1, -708)),
  'ordinary sizes': one((draw) => draw.between(-8, 8)),
  'tiny inputs': one((draw) => (draw.unit() - 0.5) * 2 ** -draw.between(1, 70)),
  'subnormal inputs': one((draw) => draw.scaled(-1074, -1023)),
  'results beside a power of two': one((draw) => draw.beside(draw.whole(-1074, 1023) * Math.LN2)),
  'where one reduction meets the next': one((draw) => {
    return draw.beside((draw.whole(-1070, 1020) + 0.5) * Math.LN2);
  }),
  'the edge of overflow': one((draw) => draw.beside(709.782712893384)),
  'the edge of underflow': one((draw) => draw.beside(-745.1332191019411)),
  // exp(x) ≈ 1 + x + x²/2: with x half a place off, and small, the result is nearly halfway.
  'results halfway between two doubles': one((draw) => {
    const halfway = (2 * draw.whole(1, 2 ** 30) + 1) * 2 ** -53;
    return halfway - (halfway * halfway) / 2 + (halfway * halfway * halfway) / 3;
  }),
  'the hardest to round': one(() => hardest.exp[0]),
};

const pow: Readonly<Record<string, Family>> = {
  'ordinary sizes': (draw) => [draw.scaled(-8, 8), draw.between(-8, 8)],
  'wide bases': (draw) => [draw.scaled(-1074, 1023), draw.between(-2, 2)],
  'wide results': (draw) => [draw.scaled(-32, 32), draw.between(-33, 33)],
  'ranks of keys': (draw) => [draw.whole(1, 2 ** 30), -draw.between(0, 3)],
  'bases next to 1, great exponents': (draw) => {
    const size = draw.between(1, 48);
    return [1 + (draw.unit() - 0.5) * 2 ** -size, draw.between(-900, 900) * 2 ** size];
  },
  'bases a few places from 1': (draw) => [neighbour(1, draw.whole(1, 9)), draw.scaled(0, 58)],
  'exponents next to 1': (draw) => [draw.scaled(-300, 300), neighbour(1, draw.whole(-9, 9))],
  'tiny exponents': (draw) => [draw.scaled(-1022, 1023), draw.scaled(-80, -20)],
  'powers of two': (draw) => [2 ** draw.whole(-60, 60), draw.between(-17, 17)],
  'subnormal bases': (draw) => [draw.scaled(-1074, -1023), draw.between(-0.9, 1)],
  'subnormal results': (draw) => [2, draw.between(-1076, -1020)],
  'the edge of overflow': (draw) => {
    const x = draw.scaled(1, 300);
    return [x, draw.beside(709.782712893384 / Math.log(x))];
  },
  'the edge of underflow': (draw) => {
    const x = draw.scaled(-300, -2);
    return [x, draw.beside(-745.1332191019411 / Math.log(x))];
  },
  'whole powers of whole numbers': (draw) => {
    const y = draw.whole(3, 12);
    return [draw.whole(2, Math.floor(2 ** (60 / y))), y];
  },
  // An odd number of 54 bits is exactly halfway between two doubles.
  'results exactly halfway': (draw, index) => {
    const [low, high, y] = index % 2 === 0 ? [208_064, 262_143, 3] : [9_742, 11_585, 4];
    const odd = 2 * draw.whole(Math.ceil(low / 2), Math.floor(high / 2) - 1) + 1;
    return [odd * 2 ** draw.whole(-20, 20), y];
  },
  'negative bases': (draw) => [-draw.scaled(-8, 8), draw.whole(-40, 40)],
};

/** By function, then by what is special about the inputs. */
export const families: Readonly<Record<Judged, Readonly<Record<string, Family>>>> = {
  log,
  exp,
  pow,
};
