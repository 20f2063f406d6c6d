/**
 * Look-ups of a cache in the order in which they came, whether from a trace file, a generator or a
 * run that was tapped. Keys are dense: whole numbers from 0, in the order of their first look-up or
 * as the maker numbers them.
 */

/** What a line of a trace did. Anything but `read` brings a key in, or deletes it. */
export const Op = Object.freeze({ read: 0, write: 1, delete: 2 } as const);

/** A stretch of look-ups; the arrays may be longer than `count`; the next overwrites them. */
export interface Batch {
  readonly count: number;
  readonly keys: Int32Array;
  /** Bytes of each entry; null when all count the same. */
  readonly sizes: Int32Array | null;
  /** Seconds since the start of the trace; null when it has no times. */
  readonly times: Float64Array | null;
  /** `Op` of each; null when all are reads. */
  readonly ops: Uint8Array | null;
}

/** Gives the batches one after the other; null: the end. */
export interface LookUpSource {
  next(): Promise<Batch | null>;
  /** Distinct keys so far: all keys are below it. */
  readonly keys: number;
  /** Share of the input that has been read, 0–1, for progress; NaN when nobody can know. */
  readonly progress: number;
}

/** A fault of a record of a trace, which the reader passes over or stops at. */
export interface TraceFault {
  /** Such as `wrong-columns`. */
  readonly code: string;
  /** Number of the record, from 1; 0: the file as a whole. */
  readonly record: number;
  /** Byte at which it begins; -1 when that is not known (packed files). */
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}
