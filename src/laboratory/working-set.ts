/**
 * How many distinct keys a window of the last so many look-ups holds, on average over all moments
 * of the trace. A look-up keeps its key in the window until the window has passed it or the key is
 * looked up again, so sums over the gaps between look-ups of a key answer for every window at once.
 *
 * Source: P. Denning, The working set model for program behavior, 1968; P. Denning, S. Schwartz,
 * Properties of the working-set model, 1972.
 */

import { grownFloat64 } from '../base/typed-arrays.ts';
import type { WorkingSetPoint } from './curve.ts';

/** Windows are 1, 2, 4 … look-ups; 2^48 are more than a trace has. */
const CLASSES = 49;

export class WorkingSet {
  /** Look-ups so far. */
  private time = 0;
  /** Number of the last look-up of each key, from 1; 0: none. */
  private last: Float64Array = new Float64Array(64);
  /** Gaps whose length is from 2^i up to 2^(i + 1) − 1: how many, and their sum. */
  private readonly counts: Float64Array = new Float64Array(CLASSES);
  private readonly sums: Float64Array = new Float64Array(CLASSES);

  add(key: number): void {
    if (key >= this.last.length) this.last = grownFloat64(this.last, (key + 1) * 2);
    const before = this.last[key]!;
    this.last[key] = ++this.time;
    if (before !== 0) this.note(this.time - before, this.counts, this.sums);
  }

  /** A point for each power of two up to the length of the trace. */
  curve(): WorkingSetPoint[] {
    const counts = this.counts.slice();
    const sums = this.sums.slice();
    for (const last of this.last) if (last !== 0) this.note(this.time + 1 - last, counts, sums);
    const points: WorkingSetPoint[] = [];
    for (let power = 0, window = 1; window <= this.time; power++, window *= 2) {
      let stays = 0;
      for (let i = 0; i < CLASSES; i++) stays += i < power ? sums[i]! : window * counts[i]!;
      points.push({ window, keys: stays / this.time });
    }
    return points;
  }

  private note(gap: number, counts: Float64Array, sums: Float64Array): void {
    const place = gap < 0x80000000 ? 31 - Math.clz32(gap) : 63 - Math.clz32(gap / 4294967296);
    counts[place]!++;
    sums[place]! += gap;
  }
}
