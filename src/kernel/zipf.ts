/**
 * Which key a request asks for: how popular each of `keys` keys is, key 0 the most.
 */
import { assert, assertNever } from '../base/assert.ts';
import { expm1, log, pow } from './math.ts';
import type { Stream } from './random.ts';
import { buildZipfBuckets, drawFromZipfBuckets } from './zipf-buckets.ts';
import type { ZipfBuckets } from './zipf-buckets.ts';

/**
 * How requests spread over keys. `zipf`: the key of rank r is asked for in proportion to
 * 1 / r^exponent, exponent ≥ 0. `hotspot`: the share `keys` of the keys (above 0, to 1) gets the
 * share `requests` of the requests (from `keys` to 1), evenly within both parts. `scan`: keys in
 * turn, 0 to the last and again, without chance.
 */
export type PopularitySpec =
  | { readonly kind: 'uniform' }
  | { readonly kind: 'zipf'; readonly exponent: number }
  | { readonly kind: 'hotspot'; readonly keys: number; readonly requests: number }
  | { readonly kind: 'scan' };

const UNIFORM = 0;
const ZIPF = 1;
const HOTSPOT = 2;
const SCAN = 3;

const KEYS_MAX = 1_000_000_000;

/** The draws of a popularity over a fixed number of keys. */
export class Popularity {
  readonly keys: number;
  private readonly code: number;
  /** The exponent of zipf; the share of requests of a hotspot. */
  private readonly shape: number;
  /** How many keys are hot; all of them unless it is a hotspot. */
  private readonly hotKeys: number;
  /** The sum of r^−exponent over all ranks. */
  private readonly mass: number;
  private readonly buckets: ZipfBuckets;
  /** The next key of a scan; the only state of its own. */
  private cursor = 0;

  /** `keys` is a whole number from 1 to 10^9; a spec with a fault is a fault of the program. */
  constructor(spec: PopularitySpec, keys: number) {
    assert(
      keys >= 1 && keys <= KEYS_MAX && Math.floor(keys) === keys,
      'a popularity is over 1 to 10^9 keys',
    );
    const fault = popularityFault(spec);
    assert(fault === undefined, `a ${spec.kind} popularity cannot be drawn from: ${fault}`);
    this.keys = keys;
    this.shape = spec.kind === 'zipf' ? spec.exponent : spec.kind === 'hotspot' ? spec.requests : 0;
    this.hotKeys = hotKeysOf(spec, keys);
    this.code = codeOf(spec, keys);
    this.mass = spec.kind === 'zipf' ? harmonic(keys, spec.exponent) : keys;
    this.buckets = this.code === ZIPF ? buildZipfBuckets(keys, this.shape) : NO_BUCKETS;
  }

  /** The key of the next request, from 0 to `keys` − 1. */
  draw(stream: Stream): number {
    switch (this.code) {
      case ZIPF:
        return drawFromZipfBuckets(this.buckets, stream);
      case HOTSPOT: {
        if (stream.uniform() < this.shape) return stream.below(this.hotKeys);
        return this.hotKeys + stream.below(this.keys - this.hotKeys);
      }
      case SCAN: {
        const key = this.cursor;
        this.cursor = key + 1 === this.keys ? 0 : key + 1;
        return key;
      }
      default:
        return stream.below(this.keys);
    }
  }

  /** The share of requests that ask for `key`; 0 for a key outside the range. */
  probability(key: number): number {
    if (!(key >= 0 && key < this.keys)) return 0;
    switch (this.code) {
      case ZIPF:
        return pow(key + 1, -this.shape) / this.mass;
      case HOTSPOT:
        if (key < this.hotKeys) return this.shape / this.hotKeys;
        return (1 - this.shape) / (this.keys - this.hotKeys);
      default:
        return 1 / this.keys;
    }
  }

  /**
   * The share of requests that go to the `count` most popular keys: the hit ratio of a cache that
   * always holds them. A count outside 0 … `keys` is moved to the nearer end, a fraction cut off.
   */
  topShare(count: number): number {
    const top = Math.floor(Math.max(0, Math.min(count, this.keys)));
    if (top === this.keys) return 1;
    switch (this.code) {
      case ZIPF:
        return harmonic(top, this.shape) / this.mass;
      case HOTSPOT:
        if (top <= this.hotKeys) return (this.shape * top) / this.hotKeys;
        return this.shape + ((1 - this.shape) * (top - this.hotKeys)) / (this.keys - this.hotKeys);
      default:
        return top / this.keys;
    }
  }
}

/** What is wrong with the numbers of a popularity, as a sentence, or undefined when nothing is. */
export function popularityFault(spec: PopularitySpec): string | undefined {
  switch (spec.kind) {
    case 'uniform':
    case 'scan':
      return undefined;
    case 'zipf':
      return spec.exponent >= 0 && spec.exponent < Infinity
        ? undefined
        : `exponent is ${spec.exponent}, not 0 or more`;
    case 'hotspot':
      if (!(spec.keys > 0 && spec.keys <= 1)) return `keys is ${spec.keys}, not above 0 and to 1`;
      return spec.requests >= spec.keys && spec.requests <= 1
        ? undefined
        : `requests is ${spec.requests}, not from keys (${spec.keys}) to 1`;
    default:
      return assertNever(spec);
  }
}

/** At least one key is hot; a share is rounded to whole keys. */
function hotKeysOf(spec: PopularitySpec, keys: number): number {
  return spec.kind === 'hotspot' ? Math.max(1, Math.floor(spec.keys * keys + 0.5)) : keys;
}

function codeOf(spec: PopularitySpec, keys: number): number {
  switch (spec.kind) {
    case 'uniform':
      return UNIFORM;
    case 'scan':
      return SCAN;
    case 'hotspot':
      return hotKeysOf(spec, keys) === keys ? UNIFORM : HOTSPOT;
    case 'zipf':
      return spec.exponent === 0 ? UNIFORM : ZIPF;
    default:
      return assertNever(spec);
  }
}

const NO_BUCKETS: ZipfBuckets = buildZipfBuckets(1, 0);

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
