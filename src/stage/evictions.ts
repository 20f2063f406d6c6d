/**
 * Entries that caches throw out: a square falls out of the cache for every so many of them. How
 * many is a round number that follows their rate, so that single squares can be told apart.
 */

import { roundUp } from './round-up.ts';
import { EVICTIONS_MODULUS, NODE_STRIDE, NodeColumn } from '../protocol/frame.ts';

/** About so many squares fall in a second of wall time, from all caches together. */
const squaresPerSecond = 6;
const measuredMs = 1000;

export class Evictions {
  /** One square stands for this many; it is printed in the legend. */
  perSquare = 1;
  private before: Float64Array;
  private readonly owed: Float64Array;
  private counted = 0;
  private sinceMs = 0;
  private isFresh = true;
  /** The rate is known; before that a burst of squares would fall. */
  private isMeasured = false;

  constructor(nodes: number) {
    this.before = new Float64Array(nodes);
    this.owed = new Float64Array(nodes);
  }

  /** Squares that are due at each node since the last frame, as pairs of node and count. */
  take(rows: Float32Array, nowMs: number): [number, number][] {
    const now = this.before.map((_, node) => rows[node * NODE_STRIDE + NodeColumn.evictions] ?? 0);
    const grown = now.map(
      (count, node) => (count - this.before[node]! + EVICTIONS_MODULUS) % EVICTIONS_MODULUS,
    );
    this.before = now;
    if (this.isFresh) {
      this.isFresh = false;
      return [];
    }
    this.adapt(
      grown.reduce((sum, count) => sum + count, 0),
      nowMs,
    );
    const due: [number, number][] = [];
    if (!this.isMeasured) return due;
    grown.forEach((count, node) => {
      const owed = this.owed[node]! + count;
      const squares = Math.floor(owed / this.perSquare);
      this.owed[node] = owed - squares * this.perSquare;
      if (squares > 0) due.push([node, squares]);
    });
    return due;
  }

  /** The run has been moved to another time: what lies between does not fall. */
  forget(): void {
    this.isFresh = true;
    this.owed.fill(0);
    this.counted = 0;
  }

  private adapt(count: number, nowMs: number): void {
    this.counted += count;
    const elapsedMs = nowMs - this.sinceMs;
    if (elapsedMs < measuredMs) return;
    if (this.sinceMs > 0) this.isMeasured = true;
    const wanted = this.counted / (elapsedMs / 1000) / squaresPerSecond;
    this.counted = 0;
    this.sinceMs = nowMs;
    const rounded = roundUp(wanted);
    // A little less traffic is no reason to change a number that is printed.
    if (rounded > this.perSquare || roundUp(wanted * 1.6) < this.perSquare)
      this.perSquare = rounded;
  }
}
