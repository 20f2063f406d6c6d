/**
 * The answers of each window by latency class, eight classes to a decade from 0.1 ms on, as a heat
 * map shows them. A row keeps only the stretch of classes between its fastest and its slowest
 * answer, and is frozen, so that checkpoints share it instead of copying it.
 */

import type { Histogram } from '../kernel/histogram.ts';

/** Classes in all: six decades. */
export const LATENCY_CLASSES = 48;

/** Lower ends of the eight classes of a decade, 10^(k/8). */
const STEPS = [
  1, 1.333521432, 1.77827941, 2.371373706, 3.16227766, 4.216965034, 5.623413252, 7.498942093,
];

/** ns. */
const FIRST = 100_000;

const bounds: readonly number[] = Object.freeze(
  Array.from({ length: LATENCY_CLASSES }, (_, place) => {
    let decade = FIRST;
    for (let step = 8; step <= place; step += 8) decade *= 10;
    return decade * STEPS[place % 8]!;
  }),
);

/** First class that is not empty, then the counts from there to the last that is not. */
type Row = readonly number[];

const EMPTY: Row = Object.freeze([0]);

export class LatencyRows {
  private readonly rows: Row[] = [];

  /** Notes what a window has recorded, ns. */
  add(sample: Histogram): void {
    if (sample.count === 0) {
      this.rows.push(EMPTY);
      return;
    }
    const counts = sample.countsByClass(bounds);
    const first = counts.findIndex((count) => count > 0);
    let last = counts.length - 1;
    while (counts[last] === 0) last--;
    this.rows.push(Object.freeze([first, ...counts.slice(first, last + 1)]));
  }

  /** Adds the counts of a finished window to `LATENCY_CLASSES` numbers from `at` on. */
  addTo(target: Float32Array, at: number, window: number): void {
    const row = this.rows[window] ?? EMPTY;
    for (let place = 1; place < row.length; place++) {
      target[at + row[0]! + place - 1]! += row[place]!;
    }
  }
}
