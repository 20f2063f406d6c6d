/**
 * What the page has computed in the laboratory, a worker beside the one of the session, and what
 * comes back: first how far it is, faults of the input as they are met, at last the result. A task
 * is cancelled by ending its worker.
 */

import type { CurveReport } from '../laboratory/curve.ts';
import type { TraceFault } from '../laboratory/look-ups.ts';

export type { Curve, CurvePoint, CurveReport, WorkingSetPoint } from '../laboratory/curve.ts';
export type { TraceFault } from '../laboratory/look-ups.ts';

export type LaboratoryTask =
  /** Plays a scenario and taps a cache: what other policies would miss on the same look-ups. */
  | {
      readonly kind: 'run-curve';
      readonly text: string;
      readonly file: string;
      readonly cache: string;
      readonly policies: readonly string[];
    }
  /** The same for a trace file. */
  | {
      readonly kind: 'trace-curve';
      readonly trace: File;
      readonly policies: readonly string[];
      /** What sizes count; a trace without sizes has entries of one byte. */
      readonly unit: 'entries' | 'bytes';
    }
  /** Plays the whole scenario once for each of several sizes of a cache. */
  | {
      readonly kind: 'chain';
      readonly text: string;
      readonly file: string;
      readonly cache: string;
    };

export type LaboratoryNews =
  /** `share`: 0–1, NaN when nobody can know; `words` say what is going on. */
  | { readonly kind: 'progress'; readonly share: number; readonly words: string }
  | { readonly kind: 'fault'; readonly fault: TraceFault }
  | { readonly kind: 'curve'; readonly result: CurveResult }
  | { readonly kind: 'chain'; readonly result: ChainResult }
  /** Nothing comes after it. */
  | { readonly kind: 'failed'; readonly why: string; readonly cure: string };

export interface CurveResult {
  readonly report: CurveReport;
  /** As they were asked for. */
  readonly policies: readonly string[];
  /** Those of them that have no curve, and why. */
  readonly unfit: readonly { readonly policy: string; readonly why: string }[];
  /** How the cache itself did in the run; null for a trace. */
  readonly run: RunPoint | null;
  /** Null for a run. */
  readonly trace: TraceSummary | null;
}

/** A cache as it is in the scenario. */
export interface RunPoint {
  readonly cache: string;
  /** Its policy. */
  readonly policy: string;
  readonly lookUps: number;
  readonly misses: number;
}

export interface TraceSummary {
  readonly file: string;
  /** As it stands on the disk, packed or not. */
  readonly bytes: number;
  /** Such as `csv`. */
  readonly format: string;
  /** Distinct keys that were asked for once only. */
  readonly asksOnce: number;
  /** Look-ups of the keys at some ranks, the most popular first. */
  readonly ranks: readonly { readonly rank: number; readonly lookUps: number }[];
  /** Faults in all, of which the page was told the first. */
  readonly faults: number;
}

/** One run of the whole system. */
export interface ChainPoint {
  /** Capacity as it would stand in the file. */
  readonly capacity: string;
  /** The same in entries or bytes. */
  readonly size: number;
  /** 0–1; NaN without a look-up. */
  readonly hitRatio: number;
  /** Requests a second that reach the store behind the cache. */
  readonly storeLoad: number;
  /** Of `operation`; NaN without an answer. */
  readonly p99Ms: number;
  /** Money a month; NaN when nothing has a price. */
  readonly cost: number;
}

export interface ChainResult {
  readonly cache: string;
  readonly unit: 'entries' | 'bytes';
  /** Ascending by size. */
  readonly points: readonly ChainPoint[];
  /** Size in the scenario, in `unit`. */
  readonly present: number;
  /** Name of the store whose load it is; null when none lies behind. */
  readonly store: string | null;
  /** The operation whose p99 it is: at the present size the slowest. */
  readonly operation: string;
}
