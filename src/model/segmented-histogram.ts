/**
 * A histogram in segments of time: what is recorded goes to the open segment, and a cut closes it.
 * Claims about a span of the run are answered by merging the segments that make it up.
 */

import { Histogram } from '../kernel/histogram.ts';

export class SegmentedHistogram {
  /** Closed segments in order, frozen: they never change again and no checkpoint copies them. */
  readonly closed: Histogram[] = [];
  private readonly open = new Histogram();

  /** Records a number ≥ 0 into the open segment. */
  record(value: number): void {
    this.open.record(value);
  }

  /** Adds everything another histogram recorded to the open segment. */
  mergeFrom(other: Histogram): void {
    this.open.mergeFrom(other);
  }

  /** Closes the open segment and opens the next. */
  cut(): void {
    // A copy is frozen, not the open one itself: a checkpoint taken earlier writes into that again.
    const closed = new Histogram();
    closed.mergeFrom(this.open);
    Object.freeze(closed);
    this.closed.push(closed);
    this.open.clear();
  }

  /** Segments `from` (included) to `to` (excluded) in one; the open one comes after the closed. */
  merged(from: number, to: number): Histogram {
    const all = new Histogram();
    for (let index = from; index < to && index <= this.closed.length; index++) {
      all.mergeFrom(this.closed[index] ?? this.open);
    }
    return all;
  }
}
