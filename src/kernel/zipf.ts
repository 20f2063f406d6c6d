/**
 * Which key a request asks for: how popular each of `keys` keys is, key 0 the most. Up to four
 * million Zipf keys are drawn from an alias table, built once for each size and exponent and
 * shared; more of them by rejection-inversion, which needs no table.
 */
import { assert, assertNever } from '../base/assert.ts';
import { buildAliasTable, drawFromAliasTable } from './alias-table.ts';
import type { AliasTable } from './alias-table.ts';
import { exp, expm1, log, log1p, pow } from './math.ts';
import type { Stream } from './random.ts';

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
const ZIPF_TABLE = 1;
const ZIPF_REJECTION = 2;
const HOTSPOT = 3;
const SCAN = 4;

/** A table of this many keys takes 32 MB. */
const TABLE_KEYS_MAX = 4_000_000;
/** Tables kept for reuse hold at most this many keys together; the oldest leave first. */
const KEPT_KEYS_MAX = 8_000_000;
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
  private readonly table: AliasTable;
  private readonly rejection: RejectionConstants;
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
    this.table = this.code === ZIPF_TABLE ? zipfTable(keys, this.shape) : NO_TABLE;
    this.rejection = this.code === ZIPF_REJECTION ? constantsOf(keys, this.shape) : NO_REJECTION;
  }

  /** The key of the next request, from 0 to `keys` − 1. */
  draw(stream: Stream): number {
    switch (this.code) {
      case ZIPF_TABLE:
        return drawFromAliasTable(this.table, stream);
      case ZIPF_REJECTION:
        return drawByRejection(this.keys, this.shape, this.rejection, stream);
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
      case ZIPF_TABLE:
      case ZIPF_REJECTION:
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
      case ZIPF_TABLE:
      case ZIPF_REJECTION:
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
      if (spec.exponent === 0) return UNIFORM;
      return keys <= TABLE_KEYS_MAX ? ZIPF_TABLE : ZIPF_REJECTION;
    default:
      return assertNever(spec);
  }
}

const NO_TABLE: AliasTable = Object.freeze({ size: 0, cells: new Uint32Array(0) });
const NO_REJECTION: RejectionConstants = Object.freeze({ first: 0, last: 0, surePart: 0 });

/** Tables built so far, oldest first. Not part of any simulation's state: a table never changes. */
const keptTables = new Map<string, AliasTable>();

function zipfTable(keys: number, exponent: number): AliasTable {
  const name = `${keys} ${exponent}`;
  const kept = keptTables.get(name);
  if (kept !== undefined) return kept;
  const weights = new Float64Array(keys);
  for (let key = 0; key < keys; key += 1) weights[key] = pow(key + 1, -exponent);
  const table = buildAliasTable(weights);
  let total = keys;
  for (const other of keptTables.values()) total += other.size;
  for (const [oldName, old] of keptTables) {
    if (total <= KEPT_KEYS_MAX) break;
    keptTables.delete(oldName);
    total -= old.size;
  }
  keptTables.set(name, table);
  return table;
}

/** The span of the integral of the density over all ranks, and the part accepted without a test. */
interface RejectionConstants {
  readonly first: number;
  readonly last: number;
  readonly surePart: number;
}

function constantsOf(keys: number, exponent: number): RejectionConstants {
  const sure = 2 - integralInverse(integral(2.5, exponent) - pow(2, -exponent), exponent);
  return Object.freeze({
    first: integral(1.5, exponent) - 1,
    last: integral(keys + 0.5, exponent),
    surePart: sure,
  });
}

/**
 * Source: W. Hörmann, G. Derflinger, Rejection-inversion to generate variates from monotone
 * discrete distributions, 1996. The uniform number has 53 bits, for the sake of the rare keys.
 */
function drawByRejection(
  keys: number,
  exponent: number,
  constants: RejectionConstants,
  stream: Stream,
): number {
  for (;;) {
    const uniform = (stream.uint32() + stream.uniform()) * 2.3283064365386963e-10;
    const u = constants.last + uniform * (constants.first - constants.last);
    const x = integralInverse(u, exponent);
    const rank = Math.max(1, Math.min(keys, Math.floor(x + 0.5)));
    if (rank - x <= constants.surePart) return rank - 1;
    if (u >= integral(rank + 0.5, exponent) - pow(rank, -exponent)) return rank - 1;
  }
}

/** ∫ t^−exponent dt from 1 to x, which near exponent 1 goes over into log x without a jump. */
function integral(x: number, exponent: number): number {
  const logarithm = log(x);
  const power = (1 - exponent) * logarithm;
  return logarithm * (Math.abs(power) > 1e-8 ? expm1(power) / power : 1 + 0.5 * power);
}

function integralInverse(value: number, exponent: number): number {
  // Rounding may put the value just before the pole at −1.
  const power = Math.max(-1, (1 - exponent) * value);
  return exp(value * (Math.abs(power) > 1e-8 ? log1p(power) / power : 1 - 0.5 * power));
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
