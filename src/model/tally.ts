/**
 * A tally counts what happens to one thing: running totals in named columns, and their growth in
 * each window of the run. Every total, every series and every claim about a span of time is read
 * from these rows, so they cannot contradict each other.
 */

import { assert } from '../base/assert.ts';

export class Tally {
  /** Running totals since the start, by column; the owner adds to them. */
  readonly counts: Float64Array;
  /** Largest levels seen in the present window, by column; the owner raises them. */
  readonly maxima: Float64Array;
  readonly columns: readonly string[];
  readonly maximumColumns: readonly string[];
  private readonly flushed: Float64Array;
  private rows: Float64Array;
  private windows = 0;

  constructor(columns: readonly string[], maximumColumns: readonly string[] = NO_COLUMNS) {
    this.columns = columns;
    this.maximumColumns = maximumColumns;
    this.counts = new Float64Array(columns.length);
    this.flushed = new Float64Array(columns.length);
    this.maxima = new Float64Array(maximumColumns.length);
    this.rows = new Float64Array(this.width * 16);
  }

  /** Windows finished so far. */
  get length(): number {
    return this.windows;
  }

  /** Ends a window: notes the growth of every column since the last one. */
  flush(): void {
    const width = this.width;
    if ((this.windows + 1) * width > this.rows.length) {
      const larger = new Float64Array(this.rows.length * 2);
      larger.set(this.rows);
      this.rows = larger;
    }
    const counts = this.counts.length;
    const start = this.windows * width;
    for (let column = 0; column < counts; column++) {
      this.rows[start + column] = this.counts[column]! - this.flushed[column]!;
      this.flushed[column] = this.counts[column]!;
    }
    for (let column = 0; column < this.maxima.length; column++) {
      this.rows[start + counts + column] = this.maxima[column]!;
      this.maxima[column] = 0;
    }
    this.windows++;
  }

  /** Growth of a column (or largest level) in one finished window. */
  at(window: number, column: string): number {
    return this.rows[window * this.width + this.place(column)]!;
  }

  /** Growth of a column over the finished windows `from` (included) to `to` (excluded). */
  sum(column: string, from: number, to: number): number {
    const place = this.place(column);
    assert(place < this.counts.length, 'Largest levels cannot be summed.');
    let sum = 0;
    for (let window = from; window < Math.min(to, this.windows); window++) {
      sum += this.rows[window * this.width + place]!;
    }
    return sum;
  }

  /** Largest level over the finished windows `from` (included) to `to` (excluded); 0 if none. */
  maximum(column: string, from: number, to: number): number {
    const place = this.place(column);
    let largest = 0;
    for (let window = from; window < Math.min(to, this.windows); window++) {
      largest = Math.max(largest, this.rows[window * this.width + place]!);
    }
    return largest;
  }

  private get width(): number {
    return this.counts.length + this.maxima.length;
  }

  private place(column: string): number {
    const count = this.columns.indexOf(column);
    if (count >= 0) return count;
    const maximum = this.maximumColumns.indexOf(column);
    assert(maximum >= 0, `There is no column ${column}.`);
    return this.counts.length + maximum;
  }
}

const NO_COLUMNS: readonly string[] = Object.freeze([]);

/** Sum of a column over several tallies that have it. */
export function sumOver(
  tallies: readonly Tally[],
  column: string,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (const tally of tallies) sum += tally.sum(column, from, to);
  return sum;
}
