/**
 * When the requests of an open loop arrive. Gaps are drawn at rate one and stretched by the rate of
 * the moment, so a rate that changes over time keeps the kind of process it has.
 *
 * Source: time change of a point process, Çinlar, Introduction to Stochastic Processes, 1975. A
 * changing rate is followed in steps of at most 100 ms, within which it counts as constant.
 */

import { Sampler, distributionMean, scaleDistribution } from '../../kernel/distribution.ts';
import type { DistributionSpec } from '../../kernel/distribution.ts';
import type { Stream } from '../../kernel/random.ts';
import type { Arrivals } from '../parameters.ts';
import type { RateShape } from './rate-shape.ts';

const SECOND = 1e9;
const STEP_NS = 100e6;

export class ArrivalProcess {
  private readonly gaps: Sampler;
  private shape: RateShape;
  /** Requests per second of a rate that never changes, else NaN. */
  private constantRate: number;
  /** The gap under way: what was drawn at rate one, and since when it runs, ns. */
  private gap = NaN;
  private gapSince = NaN;

  constructor(arrivals: Arrivals, shape: RateShape, stream: Stream) {
    this.gaps = new Sampler(unitGap(arrivals), stream);
    this.shape = shape;
    this.constantRate = shape.isConstant ? shape.at(0) : NaN;
  }

  /** The next arrival after one at `now`, ns; Infinity when none comes before `limit`. */
  nextAfter(now: number, limit: number): number {
    const gap = this.gaps.next();
    this.gap = gap;
    this.gapSince = now;
    return this.endOf(gap, now, limit);
  }

  /**
   * Another rate from `now` on. Gives the next arrival anew: what is left of the gap under way is
   * stretched by the new rate.
   */
  changeShape(shape: RateShape, now: number, limit: number): number {
    if (now > this.gapSince) {
      this.gap = Math.max(0, this.gap - this.growth(this.gapSince, now));
      this.gapSince = now;
    }
    this.shape = shape;
    this.constantRate = shape.isConstant ? shape.at(0) : NaN;
    return this.endOf(this.gap, this.gapSince, limit);
  }

  /** Mean number of arrivals from one time to another, as the steps of `endOf` count it. */
  private growth(from: number, to: number): number {
    const { constantRate } = this;
    if (constantRate >= 0) return (constantRate * (to - from)) / SECOND;
    let sum = 0;
    for (let time = from; time < to; time += STEP_NS) {
      sum += (this.shape.at(time) / SECOND) * Math.min(STEP_NS, to - time);
    }
    return sum;
  }

  /** When a gap that begins at `now` is over, ns. */
  private endOf(gap: number, now: number, limit: number): number {
    let left = gap;
    const { constantRate } = this;
    if (constantRate >= 0) return now + Math.floor((left / constantRate) * SECOND + 0.5);
    for (let time = now; time < limit; time += STEP_NS) {
      const rate = this.shape.at(time) / SECOND;
      const passed = rate * STEP_NS;
      if (passed >= left) return Math.floor(time + left / rate + 0.5);
      left -= passed;
    }
    return Infinity;
  }
}

/** The law of gaps with mean one. */
function unitGap(arrivals: Arrivals): DistributionSpec {
  switch (arrivals.kind) {
    case 'poisson':
      return { kind: 'exponential', mean: 1 };
    case 'constant':
      return { kind: 'constant', value: 1 };
    default:
      return scaleDistribution(arrivals.interval, 1 / distributionMean(arrivals.interval));
  }
}
