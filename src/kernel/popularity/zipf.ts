import { expm1, log, pow } from '../math.ts';
import type { Stream } from '../random.ts';
import { buildZipfBuckets, drawFromZipfBuckets } from '../zipf-buckets.ts';
import type { ZipfBuckets } from '../zipf-buckets.ts';
import type { Law } from './law.ts';

/** The key of rank r, from 1, is asked for in proportion to 1 / r^exponent, exponent above 0. */
export class Zipf implements Law {
  private readonly exponent: number;
  /** The sum of r^−exponent over all ranks. */
  private readonly mass: number;
  private readonly buckets: ZipfBuckets;

  constructor(exponent: number, keys: number) {
    this.exponent = exponent;
    this.mass = harmonic(keys, exponent);
    this.buckets = buildZipfBuckets(keys, exponent);
  }

  draw(stream: Stream): number {
    return drawFromZipfBuckets(this.buckets, stream);
  }

  probability(key: number): number {
    return pow(key + 1, -this.exponent) / this.mass;
  }

  topShare(count: number): number {
    return harmonic(count, this.exponent) / this.mass;
  }

  keyAt(rank: number): number {
    return rank;
  }
}

/** ∫ t^−exponent dt from 1 to x, which near exponent 1 goes over into log x without a jump. */
function integral(x: number, exponent: number): number {
  const logarithm = log(x);
  const power = (1 - exponent) * logarithm;
  return logarithm * (Math.abs(power) > 1e-8 ? expm1(power) / power : 1 + 0.5 * power);
}

/** Ranks summed one by one before the Euler–Maclaurin formula takes over. */
const RANKS_SUMMED = 64;

/**
 * The sum of r^−exponent for r from 1 to `ranks`, relative error below 1e−12.
 *
 * Source: the Euler–Maclaurin formula to the third derivative, L. Euler, 1736.
 */
function harmonic(ranks: number, exponent: number): number {
  let sum = 0;
  const summed = Math.min(ranks, RANKS_SUMMED);
  for (let rank = summed; rank >= 1; rank -= 1) sum += pow(rank, -exponent);
  if (ranks <= RANKS_SUMMED) return sum;
  const s = exponent;
  const corrections = (x: number): number => {
    const inverse = 1 / x;
    const third = ((s + 1) * (s + 2) * inverse * inverse) / 720;
    return pow(x, -s) * (0.5 - s * inverse * (1 / 12 - third));
  };
  const between = pow(RANKS_SUMMED, 1 - s) * integral(ranks / RANKS_SUMMED, s);
  return sum + between + (corrections(ranks) - corrections(RANKS_SUMMED));
}
