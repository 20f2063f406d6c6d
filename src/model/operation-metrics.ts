/**
 * What clients see of one operation: how many were offered, how each ended, how long the answers
 * took. Latency counts from the intended start of a request, so a client that had to wait before it
 * could send shows (no coordinated omission). Answers after the deadline are late, never ok; the
 * latency statistics are over all answers, ok or late.
 */

import { Histogram } from '../kernel/histogram.ts';
import { LatencyRows } from './latency-rows.ts';
import { Outcome, isShed, outcomeNames } from './outcome.ts';
import type { Recorded } from './recorder.ts';
import { SegmentedHistogram } from './segmented-histogram.ts';
import { Tally } from './tally.ts';

/**
 * Columns; the later ones are failures by reason, `failed-timeout` and so on. `unsent`: those among
 * the ok ones that clients answered themselves.
 */
export const operationColumns: readonly string[] = Object.freeze([
  'offered',
  'attempts',
  'ok',
  'late',
  'shed',
  'failed',
  'latencyNs',
  ...outcomeNames.slice(1).map((name) => `failed-${name}`),
  'unsent',
]);

const OFFERED = 0;
const ATTEMPTS = 1;
const OK = 2;
const LATE = 3;
const SHED = 4;
const FAILED = 5;
const LATENCY = 6;
const UNSENT = operationColumns.length - 1;

export class OperationMetrics implements Recorded {
  readonly name: string;
  readonly tally = new Tally(operationColumns);
  readonly latency = new SegmentedHistogram();
  /** p50, p99 of each finished window, ns; NaN in a window without an answer. */
  readonly windowP50: number[] = [];
  readonly windowP99: number[] = [];
  /** The answers of each finished window by latency class. */
  readonly windowLatencies = new LatencyRows();
  /** Requests started and not ended. */
  inFlight = 0;
  /** The same at the end of the warm-up. */
  inFlightAtWarmUp = 0;
  private readonly counts: Float64Array;
  private readonly window = new Histogram();
  private readonly warmUpWindows: number;

  constructor(name: string, warmUpWindows: number) {
    this.name = name;
    this.counts = this.tally.counts;
    this.warmUpWindows = warmUpWindows;
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

  /** A client had the answer already: no attempt was made, and no time has passed. */
  endUnsent(): void {
    this.counts[UNSENT]!++;
    this.end(Outcome.ok, 0, 0, false);
  }

  endWindow(window: number): void {
    const sample = this.window;
    this.windowP50.push(sample.quantile(0.5));
    this.windowP99.push(sample.quantile(0.99));
    this.windowLatencies.add(sample);
    this.latency.mergeFrom(sample);
    if (window + 1 === this.warmUpWindows) this.inFlightAtWarmUp = this.inFlight;
    sample.clear();
  }
}
