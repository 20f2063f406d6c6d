/**
 * What clients see of one operation: how many were offered, how each ended, how long the answers
 * took. Latency counts from the intended start of a request, so a client that had to wait before it
 * could send shows (no coordinated omission). Answers after the deadline are late, never ok; the
 * latency statistics are over all answers, ok or late.
 */

import { Histogram } from '../kernel/histogram.ts';
import { Outcome, isShed, outcomeNames } from './outcome.ts';
import type { Recorded } from './recorder.ts';
import { SegmentedHistogram } from './segmented-histogram.ts';
import { Tally } from './tally.ts';

/** Columns; the last ones are failures by reason, `failed-timeout` and so on. */
export const operationColumns: readonly string[] = Object.freeze([
  'offered',
  'attempts',
  'ok',
  'late',
  'shed',
  'failed',
  'latencyNs',
  ...outcomeNames.slice(1).map((name) => `failed-${name}`),
]);

const OFFERED = 0;
const ATTEMPTS = 1;
const OK = 2;
const LATE = 3;
const SHED = 4;
const FAILED = 5;
const LATENCY = 6;

/** How many batches the measured part of a run is divided into for intervals. */
export const BATCHES = 20;

export interface Batch {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly answers: number;
}

export class OperationMetrics implements Recorded {
  readonly name: string;
  readonly tally = new Tally(operationColumns);
  readonly latency = new SegmentedHistogram();
  /** p50, p99 of each finished window, ns; NaN in a window without an answer. */
  readonly windowP50: number[] = [];
  readonly windowP99: number[] = [];
  /** Statistics of equal spans after the warm-up, for intervals. */
  readonly batches: Batch[] = [];
  /** Requests started and not ended. */
  inFlight = 0;
  /** The same at the end of the warm-up. */
  inFlightAtWarmUp = 0;
  private readonly counts: Float64Array;
  private readonly window = new Histogram();
  private readonly batch = new Histogram();
  private readonly warmUpWindows: number;
  private readonly batchWindows: number;

  /** `windows`: how many the whole run has; the measured ones are divided into batches. */
  constructor(name: string, windows: number, warmUpWindows: number) {
    this.name = name;
    this.counts = this.tally.counts;
    this.warmUpWindows = warmUpWindows;
    this.batchWindows = Math.max(1, Math.floor((windows - warmUpWindows) / BATCHES));
  }

  offer(): void {
    this.counts[OFFERED]!++;
    this.inFlight++;
  }

  /** A request ended. `latency` in ns from its intended start; `late`: after its deadline. */
  end(outcome: number, latency: number, attempts: number, late: boolean): void {
    this.inFlight--;
    this.counts[ATTEMPTS]! += attempts;
    if (outcome === Outcome.ok) {
      this.counts[late ? LATE : OK]!++;
      this.counts[LATENCY]! += latency;
      this.window.record(latency);
      return;
    }
    this.counts[isShed(outcome) ? SHED : FAILED]!++;
    this.counts[LATENCY + outcome]!++;
  }

  endWindow(window: number): void {
    const sample = this.window;
    this.windowP50.push(sample.quantile(0.5));
    this.windowP99.push(sample.quantile(0.99));
    this.latency.mergeFrom(sample);
    if (window + 1 === this.warmUpWindows) this.inFlightAtWarmUp = this.inFlight;
    if (window >= this.warmUpWindows) {
      this.batch.mergeFrom(sample);
      if ((window - this.warmUpWindows + 1) % this.batchWindows === 0) this.endBatch();
    }
    sample.clear();
  }

  private endBatch(): void {
    const batch = this.batch;
    this.batches.push(
      Object.freeze({
        mean: batch.mean,
        p50: batch.quantile(0.5),
        p90: batch.quantile(0.9),
        p95: batch.quantile(0.95),
        p99: batch.quantile(0.99),
        p999: batch.quantile(0.999),
        answers: batch.count,
      }),
    );
    batch.clear();
  }
}
