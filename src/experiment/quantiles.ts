/**
 * Percentiles and their intervals. The scatter of the share of requests above the measured
 * percentile says between which ranks the true one may lie; the requests at these ranks are the
 * ends of the interval. So an interval is as lopsided as the latencies are, and where too few
 * requests lie above, it has no upper end.
 *
 * Source: H. David, Order statistics, 1981, section 2.5; B. Schmeiser, Batch size effects in the
 * analysis of simulation output, 1982 (batches for what depends on its neighbours).
 */

import { Histogram, bucketAround, bucketRange } from '../kernel/histogram.ts';
import type { Run } from '../model/run.ts';
import type { SegmentedHistogram } from '../model/segmented-histogram.ts';
import type { Experiment } from './experiment.ts';
import { halfWidth, shareHalfWidth } from './intervals.ts';
import type { Interval } from './intervals.ts';
import { happeningsOf, nothing } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import type { Batch } from './observation.ts';
import { cutSpan } from './span.ts';
import type { Span } from './span.ts';

/** The shares that go by a name in claims and results. */
export const PERCENTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/** The share that a metric such as `p99.9` or `p95 wait` names; NaN for other metrics. */
export function shareOf(metric: string): number {
  const digits = /^p(\d+(?:\.\d+)?)(?: wait)?$/.exec(metric)?.[1];
  // Moved as decimals: 0.999 exactly as written, not 99.9 / 100.
  return digits === undefined ? NaN : Number(`${digits}e-2`);
}

/** Everything that several histograms recorded in a span. */
export function mergedOver(
  run: Run,
  histograms: readonly SegmentedHistogram[],
  span: Span,
): Histogram {
  const merged = new Histogram();
  const { from, to } = cutSpan(run, span);
  if (from === to) return merged;
  const segments = run.world.recorder.segmentsOf(from, to);
  for (const each of histograms) merged.mergeFrom(each.merged(segments.from, segments.to));
  return merged;
}

/** A percentile over several histograms together, with its interval. */
export function quantileOver(
  experiment: Experiment,
  histograms: readonly SegmentedHistogram[],
  span: Span,
  share: number,
  empty: string,
): Measurement {
  const merged = mergedOver(experiment.run, histograms, span);
  if (merged.count === 0) return nothing(empty);
  const interval = quantileInterval(experiment, histograms, span, share, merged);
  return { value: merged.quantile(share), isExact: false, interval, note: null };
}

/** `merged` is what the histograms recorded in the span; null when they are not watched. */
export function quantileInterval(
  { run, observation }: Experiment,
  histograms: readonly SegmentedHistogram[],
  span: Span,
  share: number,
  merged: Histogram,
): Interval | null {
  const within = cutSpan(run, span);
  const batches = histograms.map((each) => observation.batchesOf(each, within));
  if (batches.some((each) => each === null) || merged.count === 0) return null;
  const value = merged.quantile(share);
  const pieces = (batches[0] ?? []).map(({ from, to }, place) => {
    let numerator = 0;
    let denominator = 0;
    for (const each of batches) {
      const batch = each![place]!;
      numerator += countAbove(batch, value);
      denominator += batch.total;
    }
    return { from, to, numerator, denominator };
  });
  const scatter = halfWidth(pieces, happeningsOf(run));
  if (Number.isNaN(scatter)) return null;
  const half = Math.max(scatter, shareHalfWidth(share, merged.count));
  // A bucket's middle stands for all of its values, so the interval reaches to its ends.
  const low = bucketAround(merged.quantile(Math.max(0, share - half))).low;
  const high = share + half < 1 ? bucketAround(merged.quantile(share + half)).high : Infinity;
  return {
    low: Math.max(low, merged.min),
    high: high === Infinity ? high : Math.min(high, merged.max),
  };
}

function countAbove(batch: Batch, value: number): number {
  let above = 0;
  for (let place = batch.buckets.length - 1; place >= 0; place--) {
    if (bucketRange(batch.buckets[place]!).low <= value) break;
    above += batch.counts[place]!;
  }
  return above;
}
