/**
 * Probabilistic early expiry: each look-up of an entry that will expire soon may take it for
 * expired and fetch it anew, the more likely the nearer the end and the longer a fetch takes. So
 * most often one reader fetches while the others still get the old value. How long a fetch takes is
 * measured, for each entry: the last one, from asking to the fill.
 *
 * Source: Vattani, Chierichetti, Lowenstein, Optimal Probabilistic Cache Stampede Prevention,
 * VLDB 2015 (XFetch). There the reader draws, with the time that is stored beside the value; here
 * the node draws for it, which is the same.
 */

import { log } from '../../../kernel/math.ts';
import type { Stream } from '../../../kernel/random.ts';
import { grownFloat64 } from '../../../base/typed-arrays.ts';

export class EarlyExpiry {
  private readonly stream: Stream;
  /** Time the last fetch took, ns, by slot of the node's store; 0: not known. */
  private times: Float64Array = new Float64Array(64);

  constructor(stream: Stream) {
    this.stream = stream;
  }

  /** True when a look-up takes a fresh entry for expired. A `beta` above 1 is earlier. */
  isOver(slot: number, expiry: number, now: number, beta: number): boolean {
    const time = slot < this.times.length ? this.times[slot]! : 0;
    if (time === 0 || expiry === Infinity) return false;
    return now - time * beta * log(1 - this.stream.uniform()) >= expiry;
  }

  /** The fetch of the entry in a slot took so long. */
  measured(slot: number, timeNs: number): void {
    while (slot >= this.times.length) this.times = grownFloat64(this.times, this.times.length * 2);
    this.times[slot] = timeNs;
  }

  clear(): void {
    this.times.fill(0);
  }
}
