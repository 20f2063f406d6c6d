/**
 * A histogram of non-negative numbers, such as durations in ns, whose buckets widen with the
 * value: 128 per power of two, taken straight from the bits of the number. A reported value is the
 * middle of its bucket and so at most 0.4 % away from the recorded one, from 1 up to 2^54;
 * numbers below 1 share one bucket, which reports 0. Count, sum, minimum and maximum are exact.
 *
 * Source: the log-linear buckets of HdrHistogram, G. Tene, 2012, with the exponent and the leading
 * mantissa bits of the double as index.
 */
import { assert } from '../base/assert.ts';

/** Buckets per power of two, as bits. */
const SUB_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BITS;
/** From the high word of a double to its exponent and leading mantissa bits. */
const INDEX_SHIFT = 20 - SUB_BITS;
/** The index of 1 is 1; all smaller numbers fall to 0. */
const INDEX_OFFSET = (1023 << SUB_BITS) - 1;
/** Powers of two from 2^0 to 2^53. */
const OCTAVES = 54;
const BUCKETS = 1 + OCTAVES * SUB_BUCKETS;

/** Half a unit of rounding in q × count, so that 0.07 of 100 is rank 7 and not 8. */
const RANK_SLACK = 8.9e-16;

/** One number seen as its bits: `words[1]` is the high half. Scratch space, never kept. */
const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

/** The content of a histogram as plain data: only the buckets that are not empty. */
export interface HistogramSnapshot {
  readonly index: readonly number[];
  readonly count: readonly number[];
  readonly sum: number;
  /** 0 when nothing was recorded, like `max`. */
  readonly min: number;
  readonly max: number;
}

/** Up to 2^32 − 1 numbers a bucket. */
export class Histogram {
  /** How many numbers were recorded. */
  count = 0;
  // Minus zero is a double to the engine from the start, and adding to it changes nothing.
  private total = -0;
  private least = Infinity;
  private greatest = -Infinity;
  private readonly counts = new Uint32Array(BUCKETS);

  /** Records a number ≥ 0; a negative one or NaN is a fault of the program. */
  record(value: number): void {
    assert(value >= 0, 'a histogram records numbers of 0 and more');
    this.counts[bucketOf(value)]!++;
    this.count++;
    this.total += value;
    if (value < this.least) this.least = value;
    if (value > this.greatest) this.greatest = value;
  }

  /** The sum of the recorded numbers, 0 when there are none. */
  get sum(): number {
    return this.total + 0;
  }

  /** The smallest recorded number, NaN when there are none. */
  get min(): number {
    return this.count === 0 ? NaN : this.least;
  }

  /** The greatest recorded number, NaN when there are none. */
  get max(): number {
    return this.count === 0 ? NaN : this.greatest;
  }

  /** The mean of the recorded numbers, NaN when there are none. */
  get mean(): number {
    return this.count === 0 ? NaN : this.total / this.count;
  }

  /**
   * The number that the share `q` of the recorded ones does not exceed (nearest rank: the smallest
   * with at least q × count numbers up to it), read from its bucket and kept within minimum and
   * maximum. 0 gives the minimum, 1 the maximum; NaN when nothing was recorded. `q` outside 0 … 1
   * is a fault of the program.
   */
  quantile(q: number): number {
    assert(q >= 0 && q <= 1, 'a quantile is asked for a share from 0 to 1');
    if (this.count === 0) return NaN;
    if (q === 0) return this.least;
    const rank = (q - RANK_SLACK) * this.count;
    const last = bucketOf(this.greatest);
    let below = 0;
    for (let index = bucketOf(this.least); index < last; index++) {
      below += this.counts[index]!;
      if (below >= rank) {
        return Math.max(this.least, Math.min(this.greatest, bucketMiddle(index)));
      }
    }
    // The middle of the last bucket would understate a single slowest request.
    return q === 1
      ? this.greatest
      : Math.max(this.least, Math.min(this.greatest, bucketMiddle(last)));
  }

  /**
   * How many recorded numbers are above `threshold`. Those in the threshold's own bucket count as
   * not above, so the threshold is exact to 0.8 %.
   */
  countAbove(threshold: number): number {
    if (this.count === 0 || threshold >= this.greatest) return 0;
    if (threshold < this.least) return this.count;
    const last = bucketOf(this.greatest);
    let above = 0;
    for (let index = bucketOf(threshold) + 1; index <= last; index++) above += this.counts[index]!;
    return above;
  }

  /**
   * Counts by classes: `bounds` are their lower ends, ascending. What is below the first falls to
   * the first. A bucket belongs to the class of its lower end, so ends are exact to 0.8 %.
   */
  countsByClass(bounds: readonly number[]): number[] {
    const counts = bounds.map(() => 0);
    if (this.count === 0) return counts;
    const last = bucketOf(this.greatest);
    let place = 0;
    for (let index = bucketOf(this.least); index <= last; index++) {
      const low = bucketLow(index);
      while (place + 1 < bounds.length && bounds[place + 1]! <= low) place++;
      counts[place]! += this.counts[index]!;
    }
    return counts;
  }

  /** Forgets everything. Costs the buckets between minimum and maximum, not all of them. */
  clear(): void {
    if (this.count > 0) this.counts.fill(0, bucketOf(this.least), bucketOf(this.greatest) + 1);
    this.count = 0;
    this.total = -0;
    this.least = Infinity;
    this.greatest = -Infinity;
  }

  /** Adds what `other` recorded, as if it had been recorded here too. */
  mergeFrom(other: Histogram): void {
    if (other.count === 0) return;
    const last = bucketOf(other.greatest);
    for (let index = bucketOf(other.least); index <= last; index++) {
      this.counts[index]! += other.counts[index]!;
    }
    this.count += other.count;
    this.total += other.total;
    this.least = Math.min(this.least, other.least);
    this.greatest = Math.max(this.greatest, other.greatest);
  }

  /** Adds what the histogram behind `snapshot` recorded, as {@link mergeFrom} does. */
  mergeSnapshot(snapshot: HistogramSnapshot): void {
    const { index, count } = snapshot;
    if (index.length === 0) return;
    for (let i = 0; i < index.length; i++) {
      this.counts[index[i]!]! += count[i]!;
      this.count += count[i]!;
    }
    this.total += snapshot.sum;
    this.least = Math.min(this.least, snapshot.min);
    this.greatest = Math.max(this.greatest, snapshot.max);
  }

  /** The content as plain data, for results and messages. {@link bucketRange} reads an index. */
  snapshot(): HistogramSnapshot {
    const index: number[] = [];
    const count: number[] = [];
    if (this.count === 0) return { index, count, sum: 0, min: 0, max: 0 };
    const last = bucketOf(this.greatest);
    for (let i = bucketOf(this.least); i <= last; i++) {
      if (this.counts[i] === 0) continue;
      index.push(i);
      count.push(this.counts[i]!);
    }
    return { index, count, sum: this.sum, min: this.least, max: this.greatest };
  }
}

/** The values that share a bucket with `value`, ≥ 0: what a reading of it cannot tell apart. */
export function bucketAround(value: number): { readonly low: number; readonly high: number } {
  return bucketRange(bucketOf(value));
}

/** The values that share bucket `index`: from `low` up to, not including, `high`. */
export function bucketRange(index: number): { readonly low: number; readonly high: number } {
  return { low: bucketLow(index), high: bucketLow(index + 1) };
}

function bucketOf(value: number): number {
  number[0] = value;
  const index = (words[1]! >> INDEX_SHIFT) - INDEX_OFFSET;
  return index < 0 ? 0 : index < BUCKETS ? index : BUCKETS - 1;
}

function bucketLow(index: number): number {
  if (index === 0) return 0;
  words[0] = 0;
  words[1] = (index + INDEX_OFFSET) << INDEX_SHIFT;
  return number[0]!;
}

function bucketMiddle(index: number): number {
  return index === 0 ? 0 : 0.5 * (bucketLow(index) + bucketLow(index + 1));
}
