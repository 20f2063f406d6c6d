/**
 * Drives an engine for a slice of wall time, in chunks of events that adapt to the machine, so that
 * the clock is looked at often enough and seldom enough.
 */

import type { Engine } from './engine.ts';

/** How long a chunk should take, ms. */
const chunkMs = 2;
const chunkMin = 100;
const chunkMax = 1 << 20;

export class Driver {
  private chunk = 2000;
  private readonly now: () => number;

  /** `now`: wall clock, ms. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Goes on until the target, s, or the end of the run, or until so much time has passed. */
  advance(engine: Engine, target: number, untilMs: number): void {
    let nowMs = this.now();
    while (nowMs < untilMs && isBehind(engine, target) && !engine.ended) {
      engine.advance(target, this.chunk);
      const tookMs = this.now() - nowMs;
      nowMs += tookMs;
      const isBusy = isBehind(engine, target);
      if (tookMs > 2 * chunkMs) this.chunk = Math.max(chunkMin, this.chunk >> 1);
      else if (isBusy && tookMs < chunkMs / 2) this.chunk = Math.min(chunkMax, this.chunk << 1);
    }
  }
}

/** Time is kept in whole nanoseconds, so a target that is nearer than half of one is reached. */
export function isBehind({ time }: Engine, target: number): boolean {
  return Math.round(target * 1e9) > Math.round(time * 1e9);
}
