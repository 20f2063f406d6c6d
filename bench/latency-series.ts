/** Latencies of one operation by hand: a histogram a second, its percentiles, and all together. */

import { HandHistogram } from './hand-parts.ts';

export class LatencySeries {
  /** Of all seconds that are over. */
  readonly all = new HandHistogram();
  /** One number a second. */
  readonly p50: number[] = [];
  readonly p99: number[] = [];
  private readonly second = new HandHistogram();

  record(latency: number): void {
    this.second.record(latency);
  }

  endSecond(): void {
    this.p50.push(this.second.quantile(0.5));
    this.p99.push(this.second.quantile(0.99));
    this.second.addTo(this.all);
    this.second.clear();
  }
}
