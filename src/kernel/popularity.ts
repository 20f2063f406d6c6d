/**
 * Which key a request asks for: how popular each of `keys` keys is. Where nothing else is said, key
 * 0 is the most popular and none more so than the one before.
 */
import { assert, assertNever } from '../base/assert.ts';
import { Drift } from './popularity/drift.ts';
import { Hotspot } from './popularity/hotspot.ts';
import { Latest } from './popularity/latest.ts';
import type { Law } from './popularity/law.ts';
import { Loop } from './popularity/loop.ts';
import { MinstdZipf } from './popularity/minstd-zipf.ts';
import { OneHit } from './popularity/one-hit.ts';
import type { Every } from './popularity/pace.ts';
import { Scrambled } from './popularity/scrambled-zipf.ts';
import { Shift } from './popularity/shift.ts';
import { Uniform } from './popularity/uniform.ts';
import { Zipf } from './popularity/zipf.ts';
import type { Stream } from './random.ts';

/**
 * How requests spread over keys.
 * - `zipf`: the key of rank r in proportion to 1 / r^exponent, exponent ≥ 0.
 * - `scrambled-zipf`: the same, with the popular keys scattered over all.
 * - `hotspot`: the share `keys` of the keys (above 0, to 1) gets the share `requests` of the
 *   requests (from `keys` to 1), evenly within both parts.
 * - `drift`: a hotspot that moves on by one key every so often.
 * - `latest`: Zipf's law over ages; every so often a new key takes the place of the oldest.
 * - `shift`: Zipf's law; every so often ranks are dealt out anew.
 * - `scan`: keys in turn, 0 to the last and again; `loop`: the same over the first `length` keys.
 * - `one-hit`: the share `requests` of the requests (0 to 1) for keys that are not asked for again.
 * - `minstd-zipf`: Zipf's law of exponent 1 from a generator of its own, the same for any seed.
 */
export type PopularitySpec =
  | { readonly kind: 'uniform' | 'scan' | 'minstd-zipf' }
  | { readonly kind: 'zipf' | 'scrambled-zipf'; readonly exponent: number }
  | { readonly kind: 'hotspot'; readonly keys: number; readonly requests: number }
  | {
      readonly kind: 'drift';
      readonly keys: number;
      readonly requests: number;
      readonly every: Every;
    }
  | { readonly kind: 'latest' | 'shift'; readonly exponent: number; readonly every: Every }
  | { readonly kind: 'loop'; readonly length: number }
  | { readonly kind: 'one-hit'; readonly requests: number; readonly exponent: number };

const KEYS_MAX = 1_000_000_000;

/** The draws of a popularity over a fixed number of keys. */
export class Popularity {
  readonly keys: number;
  private readonly law: Law;

  /** `keys` is a whole number from 1 to 10^9; a spec with a fault is a fault of the program. */
  constructor(spec: PopularitySpec, keys: number) {
    assert(
      keys >= 1 && keys <= KEYS_MAX && Math.floor(keys) === keys,
      'a popularity is over 1 to 10^9 keys',
    );
    const fault = popularityFault(spec);
    assert(fault === undefined, `a ${spec.kind} popularity cannot be drawn from: ${fault}`);
    this.keys = keys;
    this.law = lawOf(spec, keys);
  }

  /** The key of the next request, from 0 to `keys` − 1; `now` is the time of the run, ns. */
  draw(stream: Stream, now = 0): number {
    return this.law.draw(stream, now);
  }

  /**
   * The share of requests that ask for `key`; 0 for a key outside the range. Of a popularity that
   * moves: as it stood at the last draw.
   */
  probability(key: number): number {
    return key >= 0 && key < this.keys ? this.law.probability(key) : 0;
  }

  /**
   * The share of requests that go to the `count` most popular keys: the hit ratio of a cache that
   * always holds them. A count outside 0 … `keys` is moved to the nearer end, a fraction cut off.
   */
  topShare(count: number): number {
    const top = Math.floor(Math.max(0, Math.min(count, this.keys)));
    return top === this.keys ? 1 : this.law.topShare(top);
  }

  /**
   * The key that is so popular: rank 0 … `keys` − 1, 0 the most. Of a popularity that moves: as it
   * stood at the last draw, before the first one as it begins.
   */
  keyAt(rank: number): number {
    return this.law.keyAt(rank);
  }
}

/** What is wrong with the numbers of a popularity, as a sentence, or undefined when nothing is. */
export function popularityFault(spec: PopularitySpec): string | undefined {
  const { kind } = spec;
  if ('exponent' in spec && !(spec.exponent >= 0 && spec.exponent < Infinity)) {
    return `exponent is ${spec.exponent}, not 0 or more`;
  }
  if ('every' in spec) {
    const every = 'ns' in spec.every ? spec.every.ns : spec.every.requests;
    if (!(every > 0 && every < Infinity)) return `every is ${every}, not above 0`;
  }
  if (kind === 'hotspot' || kind === 'drift') {
    if (!(spec.keys > 0 && spec.keys <= 1)) return `keys is ${spec.keys}, not above 0 and to 1`;
    if (spec.requests >= spec.keys && spec.requests <= 1) return undefined;
    return `requests is ${spec.requests}, not from keys (${spec.keys}) to 1`;
  }
  if (kind === 'one-hit' && !(spec.requests >= 0 && spec.requests <= 1)) {
    return `requests is ${spec.requests}, not from 0 to 1`;
  }
  if (kind === 'loop' && !(spec.length >= 1 && Math.floor(spec.length) === spec.length)) {
    return `length is ${spec.length}, not a whole number of 1 or more`;
  }
  return undefined;
}

function lawOf(spec: PopularitySpec, keys: number): Law {
  switch (spec.kind) {
    case 'uniform':
      return new Uniform(keys);
    case 'scan':
      return new Loop(keys);
    case 'loop':
      return new Loop(Math.min(spec.length, keys));
    case 'minstd-zipf':
      return new MinstdZipf(keys);
    case 'zipf':
      return zipfOf(spec.exponent, keys);
    case 'scrambled-zipf':
      return new Scrambled(zipfOf(spec.exponent, keys), keys);
    case 'latest':
      return new Latest(zipfOf(spec.exponent, keys), spec.every, keys);
    case 'shift':
      return new Shift(zipfOf(spec.exponent, keys), spec.every, keys);
    case 'hotspot':
      return hotspotOf(spec, keys);
    case 'drift':
      return new Drift(hotspotOf(spec, keys), spec.every, keys);
    case 'one-hit':
      return new OneHit((popular) => zipfOf(spec.exponent, popular), spec.requests, keys);
    default:
      return assertNever(spec);
  }
}

function zipfOf(exponent: number, keys: number): Law {
  return exponent === 0 ? new Uniform(keys) : new Zipf(exponent, keys);
}

/** At least one key is hot; a share is rounded to whole keys. */
function hotspotOf(
  { keys: share, requests }: { readonly keys: number; readonly requests: number },
  keys: number,
): Law {
  const hotKeys = Math.max(1, Math.floor(share * keys + 0.5));
  return hotKeys === keys ? new Uniform(keys) : new Hotspot(hotKeys, requests, keys);
}
