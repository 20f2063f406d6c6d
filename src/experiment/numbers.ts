/** Numbers on their way into results: NaN and Infinity are not JSON and become null. */

import type { Histogram } from '../kernel/histogram.ts';
import type { IntervalResult, Measured, PercentilesResult } from './result-types.ts';
import type { Interval } from './intervals.ts';
import { PERCENTILES } from './quantiles.ts';

const NS_A_MS = 1e6;

/** The number, or null when there is none. */
export function measured(value: number): Measured {
  return Number.isFinite(value) ? value : null;
}

export function ratio(numerator: number, denominator: number): Measured {
  return measured(numerator / denominator);
}

/** Nanoseconds as ms. */
export function ms(ns: number): Measured {
  return measured(ns / NS_A_MS);
}

export function intervalMs(interval: Interval | null): IntervalResult | null {
  return interval === null ? null : [interval.low / NS_A_MS, ms(interval.high)];
}

/** Mean, percentiles and maximum of recorded ns, in ms. */
export function percentilesMs(histogram: Histogram): PercentilesResult {
  const { p50, p90, p95, p99, p999 } = PERCENTILES;
  return {
    mean: ms(histogram.mean),
    p50: ms(histogram.quantile(p50)),
    p90: ms(histogram.quantile(p90)),
    p95: ms(histogram.quantile(p95)),
    p99: ms(histogram.quantile(p99)),
    p999: ms(histogram.quantile(p999)),
    max: ms(histogram.max),
  };
}
