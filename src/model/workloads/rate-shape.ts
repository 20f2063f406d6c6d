/** The rate of a population over time: its base rate, changed by steps, ramps, bursts and days. */

import type { ShapePart } from '../parameters.ts';
import { sineOfTurn } from './sine.ts';

export class RateShape {
  private readonly base: number;
  private readonly parts: readonly ShapePart[];

  /**
   * `base` in requests per second; `parts` apply in the order of the file. Steps and ramps that
   * were over at `sinceNs`, when the base was given, say nothing any more.
   */
  constructor(base: number, parts: readonly ShapePart[], sinceNs = -1) {
    this.base = base;
    this.parts = Object.freeze(parts.filter((part) => !isOver(part, sinceNs)));
    Object.freeze(this);
  }

  get isConstant(): boolean {
    return this.parts.length === 0;
  }

  /** Requests per second at a time in ns, ≥ 0. */
  at(timeNs: number): number {
    let rate = this.base;
    for (const part of this.parts) rate = applied(part, rate, timeNs);
    return rate;
  }
}

function isOver(part: ShapePart, time: number): boolean {
  if (part.kind === 'step') return part.atNs <= time;
  return part.kind === 'ramp' && part.toNs <= time;
}

function applied(part: ShapePart, rate: number, time: number): number {
  switch (part.kind) {
    case 'step':
      return time >= part.atNs ? part.rate : rate;
    case 'ramp': {
      if (time <= part.fromNs) return rate;
      const done = Math.min(1, (time - part.fromNs) / (part.toNs - part.fromNs));
      return rate + (part.rate - rate) * done;
    }
    case 'burst':
      return time >= part.atNs && time < part.atNs + part.forNs ? rate * part.factor : rate;
    default: {
      const turn = (time - part.peakAtNs) / part.periodNs + 0.25;
      return rate * (1 + (part.peak - 1) * sineOfTurn(turn));
    }
  }
}
