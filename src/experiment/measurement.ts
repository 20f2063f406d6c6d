/** A measurement is a number with what is known of its reliability. */

import type { Run } from '../model/run.ts';
import type { HappeningKind } from '../model/timeline.ts';
import { halfWidth, shareInterval } from './intervals.ts';
import type { Interval, Piece } from './intervals.ts';
import { lengthNs } from './span.ts';
import type { Span } from './span.ts';

export interface Measurement {
  /** In the unit of its metric; NaN when there was nothing to measure. */
  readonly value: number;
  /** True for a fact about the run, such as a count, for which there is no interval. */
  readonly isExact: boolean;
  /** 95 %; null when it is exact, or when too little was seen to tell. */
  readonly interval: Interval | null;
  /** Why there is no value; else null. */
  readonly note: string | null;
}

/** Gives what is counted in one window. */
export type PerWindow = (window: number) => number;

export interface Ratio {
  readonly numerator: PerWindow;
  readonly denominator: PerWindow;
  /** True when the numerator counts some of what the denominator counts. */
  readonly isShare?: boolean;
}

/** A count, a largest value, a level: known exactly for this run. */
export function exact(value: number): Measurement {
  return { value, isExact: true, interval: null, note: null };
}

/** Nothing to measure, and why. */
export function nothing(note: string): Measurement {
  return { value: NaN, isExact: false, interval: null, note };
}

/** A sum over a sum, with its interval; nothing when the denominator is 0 in the whole span. */
export function ratioOver(run: Run, span: Span, ratio: Ratio, empty: string): Measurement {
  const pieces: Piece[] = [];
  let above = 0;
  let below = 0;
  for (let window = span.from; window < span.to; window++) {
    const numerator = ratio.numerator(window);
    const denominator = ratio.denominator(window);
    pieces.push({ from: window, to: window + 1, numerator, denominator });
    above += numerator;
    below += denominator;
  }
  if (!(below > 0)) return nothing(empty);
  const value = above / below;
  const half = halfWidth(pieces, happeningsOf(run));
  const low = Math.max(0, value - half);
  const scatter = Number.isNaN(half) ? null : { low, high: value + half };
  const interval = ratio.isShare === true ? withChance(scatter, value, below) : scatter;
  return { value, isExact: false, interval, note: null };
}

/** Length of each window, ns: the denominator of averages over time. */
export function timePerWindow(run: Run): PerWindow {
  return (window) => lengthNs(run, { from: window, to: window + 1 });
}

/**
 * When something happened to the design, in windows, ascending: faults, their ends, and each step
 * of the recovery. Health checks and scaling are not among them; they may go back and forth by
 * chance.
 */
export function happeningsOf(run: Run): readonly number[] {
  const { recorder, timeline } = run.world;
  const times: number[] = [];
  for (const { kind, time } of timeline.entries) {
    if (notPlanned.includes(kind)) continue;
    times.push(time / recorder.windowNs);
  }
  return times;
}

const notPlanned: readonly HappeningKind[] = ['health', 'scaling', 'loss', 'budget'];

/** Both what scatters and what chance leaves open even where nothing scatters. */
function withChance(scatter: Interval | null, share: number, trials: number): Interval {
  const chance = shareInterval(share, trials);
  if (scatter === null) return chance;
  return {
    low: Math.min(scatter.low, chance.low),
    high: Math.min(1, Math.max(scatter.high, chance.high)),
  };
}
