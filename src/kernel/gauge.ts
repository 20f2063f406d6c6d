/**
 * A level that changes at instants, such as requests in a queue or busy workers, and the area
 * under it. Area divided by time is the time average; Little's law ties it to arrivals and delays.
 *
 * Source: J. Little, A proof for the queuing formula L = λW, 1961.
 */
import { assert } from '../base/assert.ts';

/**
 * Time in the caller's unit, ns in a simulation; the area is level × that unit. Time may stand
 * still but not go back: that is a fault of the program.
 */
export class Gauge {
  /** The present level; a whole number. */
  level: number;
  /** The greatest level since the last reset, even one that lasted no time. */
  max: number;
  // Minus zero makes the engine hold both as doubles from the start; they pass 2^31 soon.
  private area = -0;
  private since = -0;

  constructor(now = 0, level = 0) {
    this.level = level;
    this.max = level;
    this.since += now;
  }

  /** The level becomes `level` at the instant `now`. */
  set(now: number, level: number): void {
    assert(now >= this.since, 'the time of a gauge does not go back');
    this.area += this.level * (now - this.since);
    this.since = now;
    this.level = level;
    if (level > this.max) this.max = level;
  }

  /** The level changes by `delta` at the instant `now`. */
  add(now: number, delta: number): void {
    this.set(now, this.level + delta);
  }

  /** The area under the level from the last reset to `now`, which changes nothing. */
  areaUntil(now: number): number {
    assert(now >= this.since, 'the time of a gauge does not go back');
    return this.area + this.level * (now - this.since);
  }

  /** Starts area and maximum anew at `now`; the level stays. */
  reset(now: number): void {
    assert(now >= this.since, 'the time of a gauge does not go back');
    this.area = -0;
    this.since = now;
    this.max = this.level;
  }
}
