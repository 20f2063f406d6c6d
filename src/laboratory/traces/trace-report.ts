/**
 * What became of the records of a trace. A bad record is passed over and reported, so that one
 * broken line does not cost a night's log; too many of them end the reading, because then the
 * format is another one than was thought. What had been read by then stays good.
 */

import type { TraceFault } from '../look-ups.ts';
import type { TraceFormat, TraceLimits } from './trace-options.ts';

/** Faults that are told one by one; of the rest only the number is kept. */
const FAULTS_TOLD = 10;

export interface TraceReport {
  /** Null until the first bytes have been seen, or when nobody could tell. */
  readonly format: TraceFormat | null;
  /** Records found: kept, passed over and left out. */
  readonly records: number;
  /** Records that were given out as look-ups. */
  readonly kept: number;
  /** Bad records, of which nothing was taken. */
  readonly passedOver: number;
  /** Records that are no look-ups, such as a redirect in an access log. */
  readonly leftOut: number;
  /** Records that were taken otherwise than written: a time that goes back, a size of 0. */
  readonly mended: number;
  /** The first ten faults, in order. */
  readonly faults: readonly TraceFault[];
  /** How often each code occurred. */
  readonly counts: ReadonlyMap<string, number>;
  /** Why reading ended before the end of the file; null when it did not. */
  readonly stopped: TraceFault | null;
}

export class ReportMaker implements TraceReport {
  format: TraceFormat | null = null;
  records = 0;
  kept = 0;
  passedOver = 0;
  leftOut = 0;
  mended = 0;
  stopped: TraceFault | null = null;
  readonly faults: TraceFault[] = [];
  readonly counts = new Map<string, number>();
  private readonly limits: TraceLimits;

  constructor(limits: TraceLimits) {
    this.limits = limits;
  }

  /** A record of which nothing is taken. The maker of the text is called only if it is told. */
  passOver(code: string, offset: number, told: () => readonly [string, string]): void {
    this.passedOver++;
    this.note(code, offset, told);
    const { badRecords, badShare } = this.limits;
    if (this.passedOver <= badRecords || this.passedOver <= this.records * badShare) return;
    const counted = `${this.passedOver} of the first ${this.records} records are bad`;
    const [first] = this.faults;
    const message =
      first === undefined ? counted : `${counted}; of record ${first.record}: ${first.message}`;
    const hint = 'check that the format and the columns are the right ones';
    this.stop({ code: 'too-many-faults', record: this.records, offset, message, hint });
  }

  /** A record that is kept, with one value put right. */
  mend(code: string, offset: number, told: () => readonly [string, string]): void {
    this.mended++;
    this.note(code, offset, told);
  }

  stop(fault: TraceFault): void {
    this.stopped ??= fault;
  }

  private note(code: string, offset: number, told: () => readonly [string, string]): void {
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
    if (this.faults.length >= FAULTS_TOLD) return;
    const [message, hint] = told();
    this.faults.push({ code, record: this.records, offset, message, hint });
  }
}
