/**
 * From what a person asks for, and what the survey of the trace has found, to the work that is
 * done: sizes in numbers, the share of the keys that is played, the bounds that can be had.
 */

import { assert } from '../base/assert.ts';
import { lookUp } from '../base/registry.ts';
import { evictionPolicies } from '../model/eviction.ts';
import { boundNames } from './bounds.ts';
import type { CurveReport } from './curve.ts';
import { piecesOf } from './curve-work.ts';
import type { CurveWorkPlan } from './curve-work.ts';
import type { Survey } from './survey.ts';

/** A size as it is asked for; a share is of all keys, or of their bytes. */
export type CurveSize =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'entries'; readonly entries: number }
  | { readonly kind: 'bytes'; readonly bytes: number };

export interface CurveRequest {
  /** Names of eviction policies. */
  readonly policies: readonly string[];
  /** Not empty; entries and bytes are not mixed. */
  readonly sizes: readonly CurveSize[];
  readonly unit: CurveReport['unit'];
  /** With Bélády's bounds. */
  readonly bounds: boolean;
  /** Share of the keys to play, above 0 to 1; `auto`: as many as memory holds. */
  readonly sample: number | 'auto';
  /** For the draws of policies and for the choice of keys; any text. */
  readonly seed?: string;
  /** Picks another sample of the keys; any whole number. */
  readonly salt?: number;
}

/** Bytes that all simulated caches together may take, about. */
const MEMORY = 1.5e9;
/** What a policy keeps of each key, about: links, a class, a mark. */
const BYTES_PER_KEY = 24;
/** Look-ups that are kept in memory for the bounds, at the most. */
const RECORDED_MOST = 64e6;

/** Why a policy cannot be in such a curve; null: it can. */
export function unfitPolicy(name: string, unit: CurveReport['unit']): string | null {
  const policy = evictionPolicies.get(name);
  if (policy === undefined) return `there is no policy ${name}`;
  return unit === 'bytes' && !policy.worksInBytes
    ? `${name} cannot work in bytes: it counts entries`
    : null;
}

export function workPlan(request: CurveRequest, survey: Survey): CurveWorkPlan {
  const { unit, policies } = request;
  const all = unit === 'bytes' ? survey.bytes : survey.keys;
  const sizes = [...new Set(request.sizes.map((size) => resolved(size, all)))];
  sizes.sort((a, b) => a - b);
  for (const name of policies) {
    lookUp(evictionPolicies, name);
    assert(unfitPolicy(name, unit) === null, 'A policy of a curve can work in its unit.');
  }
  const whole: CurveWorkPlan = {
    unit,
    policies: [...new Set(policies)],
    // A write brings a key in without a miss, which a bound on reads does not know of.
    bounds: request.bounds && unit === 'entries' && !survey.hasWrites ? boundNames : [],
    sizes,
    rate: 1,
    boundRate: 1,
    seed: request.seed ?? 'curves',
    salt: request.salt ?? 0,
  };
  if (request.sample !== 'auto') {
    return { ...whole, rate: request.sample, boundRate: request.sample };
  }
  const caches = piecesOf(whole).filter(({ kind }) => kind === 'cache').length;
  const rate = shareOf(MEMORY, caches * survey.keys * BYTES_PER_KEY);
  const boundRate = Math.min(rate, shareOf(RECORDED_MOST, survey.requests));
  return { ...whole, rate, boundRate };
}

/** All when there is enough, else a round share somewhat below what there is. */
function shareOf(available: number, needed: number): number {
  if (needed <= available) return 1;
  // A sample plays twice: all of it together, and in groups.
  const share = available / needed / 2;
  for (const round of [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002]) {
    if (round <= share) return round;
  }
  return 0.001;
}

function resolved(size: CurveSize, all: number): number {
  switch (size.kind) {
    case 'share':
      return Math.max(1, Math.floor(size.share * all + 0.5));
    case 'entries':
      return size.entries;
    default:
      return size.bytes;
  }
}
