/**
 * The recorder divides the run into windows and segments. At the end of a window every tally notes
 * its growth; at a cut every histogram closes its segment. Windows never depend on what is asked of
 * the run afterwards, and a flush is no event, so looking at a run does not change it.
 */

import type { WorldPlan } from './plan.ts';
import type { SegmentedHistogram } from './segmented-histogram.ts';
import type { Tally } from './tally.ts';

const SECOND = 1e9;
/** Rows of a series at the most; longer runs get wider windows. */
const WINDOWS_MAX = 3_600;

/** Something that must catch up or sum up before and after a window ends. */
export interface Recorded {
  /** A window has ended at `now` ns. */
  endWindow(window: number): void;
}

export class Recorder {
  /** Width of a window, ns: 1 s, or the duration over 3,600 rounded up to seconds. */
  readonly windowNs: number;
  /** First windows of the segments after the first, ascending. */
  readonly cutWindows: readonly number[];
  /** Windows before the warm-up ends. */
  readonly warmUpWindows: number;
  /** Windows finished. */
  windows = 0;
  private readonly durationNs: number;
  private readonly tallies: Tally[] = [];
  private readonly histograms: SegmentedHistogram[] = [];
  private readonly recorded: Recorded[] = [];

  constructor(plan: WorldPlan) {
    this.durationNs = plan.durationNs;
    this.windowNs = windowOf(plan.durationNs);
    const cuts = new Set<number>();
    const windows = Math.ceil(plan.durationNs / this.windowNs);
    for (const cut of [plan.warmUpNs, ...plan.cutsNs]) {
      cuts.add(this.windowAt(cut));
      cuts.add(Math.min(windows, this.windowAt(cut + this.windowNs - 1)));
    }
    cuts.delete(0);
    this.cutWindows = Object.freeze([...cuts].sort((left, right) => left - right));
    this.warmUpWindows = this.windowAt(plan.warmUpNs);
  }

  /** How long a window is, ns: the last one ends with the run. */
  lengthOf(window: number): number {
    return Math.min(this.durationNs, (window + 1) * this.windowNs) - window * this.windowNs;
  }

  /** The window that begins at or next before a time. */
  windowAt(timeNs: number): number {
    return Math.floor(timeNs / this.windowNs);
  }

  /** When the present window ends, ns. */
  get nextFlush(): number {
    return (this.windows + 1) * this.windowNs;
  }

  addTally(tally: Tally): void {
    this.tallies.push(tally);
  }

  addHistogram(histogram: SegmentedHistogram): void {
    this.histograms.push(histogram);
  }

  addRecorded(recorded: Recorded): void {
    this.recorded.push(recorded);
  }

  /** Ends the present window. Gauges must have caught up. */
  flush(): void {
    for (const tally of this.tallies) tally.flush();
    for (const recorded of this.recorded) recorded.endWindow(this.windows);
    this.windows++;
    if (this.cutWindows.includes(this.windows)) {
      for (const histogram of this.histograms) histogram.cut();
    }
  }

  /** Segments that cover the windows `from` to `to`; both must be cuts, the start or the end. */
  segmentsOf(from: number, to: number): { from: number; to: number } {
    return {
      from: this.cutWindows.filter((cut) => cut <= from).length,
      to: this.cutWindows.filter((cut) => cut < to).length + 1,
    };
  }
}

function windowOf(durationNs: number): number {
  if (durationNs < 20 * SECOND) return SECOND / 10;
  return Math.ceil(Math.max(1, durationNs / (WINDOWS_MAX * SECOND))) * SECOND;
}
