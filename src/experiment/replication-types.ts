/** The results of several runs with different seeds, as plain data. */

import type {
  ClaimResult,
  EndingResult,
  IntervalResult,
  Measured,
  Verdict,
} from './result-types.ts';

/** One number over all replications that measured it. */
export interface ReplicatedNumber {
  readonly mean: Measured;
  /** 95 %; null with fewer than two values. */
  readonly interval: IntervalResult | null;
  readonly min: Measured;
  readonly max: Measured;
  /** Replications in which there was something to measure. */
  readonly count: number;
}

type Said = Pick<
  ClaimResult,
  'text' | 'line' | 'metric' | 'subject' | 'unit' | 'comparator' | 'bound'
>;

export interface ReplicatedRequirement extends Said, ReplicatedNumber {
  readonly verdict: Verdict;
  /** Replications that pass, and that fail, each by its own interval. */
  readonly passes: number;
  readonly fails: number;
  /** The mean in words, with its interval. */
  readonly measuredText: string;
  readonly note: string | null;
}

export interface ReplicatedExpectation extends Said, ReplicatedNumber {
  /** In the first replication, which has the scenario's own seed: an expectation is about that. */
  readonly holds: boolean;
  /** Replications in which it holds. */
  readonly holdsIn: number;
}

export type OperationNumber =
  | 'offeredPerSecond'
  | 'goodputPerSecond'
  | 'availability'
  | 'late'
  | 'failed'
  | 'shed'
  | 'meanMs'
  | 'p50Ms'
  | 'p90Ms'
  | 'p95Ms'
  | 'p99Ms'
  | 'p999Ms'
  | 'maxMs';

export type ReplicatedOperation = Readonly<Record<OperationNumber, ReplicatedNumber>>;

/** One of the runs. */
export interface Replication {
  /** From 1. */
  readonly number: number;
  /** Running the scenario with this seed gives this very run. */
  readonly seed: string;
  readonly hash: string;
  readonly events: number;
  readonly simulatedSeconds: number;
  readonly ending: EndingResult | null;
  readonly checksBroken: number;
  readonly requirements: readonly { readonly measured: Measured; readonly verdict: Verdict }[];
  readonly expect: readonly { readonly measured: Measured; readonly holds: boolean }[];
  readonly operations: Readonly<Record<string, Readonly<Record<OperationNumber, Measured>>>>;
}

export interface ReplicatedResults {
  readonly gameday: string;
  readonly scenario: string;
  readonly file: string;
  /** The scenario's own, which the first replication has. */
  readonly seed: string;
  /** Of each run. */
  readonly simulatedSeconds: number;
  readonly warmUpSeconds: number;
  readonly measuredSeconds: number;
  /** Of all runs together. */
  readonly events: number;
  readonly requirements: readonly ReplicatedRequirement[];
  readonly expect: readonly ReplicatedExpectation[];
  readonly operations: Readonly<Record<string, ReplicatedOperation>>;
  readonly replications: readonly Replication[];
}
