/**
 * An admission policy says whether a key that was missing may come into a cache at all. One file
 * each. It is asked when a key is to be put in that is not there; what is there is overwritten
 * without asking.
 */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';
import type { Stream } from '../kernel/random.ts';
import type { CacheView } from './eviction.ts';

/** A key that wants to come in. */
export interface Candidate {
  readonly key: number;
  readonly bytes: number;
  /** Entries that are in. */
  readonly entries: number;
  /** True while there is room for it. */
  readonly hasRoom: boolean;
  /** Key that would leave first; -1 when there is room, or the eviction policy cannot say. */
  readonly victim: number;
}

/** The doorman of one cache. */
export interface Admitter {
  /** A key was found, or is about to be put in. */
  asked(key: number): void;
  admits(candidate: Candidate): boolean;
}

/** Which policy, and the number in its parentheses: bytes, a share, or 0. */
export interface AdmissionRule {
  readonly policy: string;
  readonly value: number;
}

export interface AdmissionPolicy {
  /** The word after `admission:`; also the file's name. */
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** What stands in the parentheses after the name. */
  readonly takes: 'nothing' | 'size' | 'share';
  readonly create: (stream: Stream, view: CacheView, value: number) => Admitter;
}

export const admissionPolicies: Registry<AdmissionPolicy> = registryOf(
  import.meta.glob<{ default: AdmissionPolicy }>('./policies/admission/*.ts', { eager: true }),
);
