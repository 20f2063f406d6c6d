/**
 * The finished windows of the run, column by column. A present that was forked keeps the future
 * it left behind as its ghost, so that the two can be drawn over each other.
 */

import { signal, type Signal } from '@preact/signals';
import { HEAT_STRIDE } from '../protocol/frame.ts';

/** Windows in the order of time. A row that comes again takes the place of the one before. */
export class Rows {
  private readonly columns: number[][];
  /** For each row `HEAT_STRIDE` counts; no numbers where none were sent. */
  readonly heat: Float32Array[] = [];

  /** `columns` counts the time as well. */
  constructor(columns: number) {
    this.columns = Array.from({ length: columns }, () => []);
  }

  get length(): number {
    return this.times.length;
  }

  /** Ends of the windows, s. */
  get times(): readonly number[] {
    return this.columns[0] ?? [];
  }

  /** Values of one series, by its place in `ScenarioView.series`. */
  series(index: number): readonly number[] {
    return this.columns[index + 1] ?? [];
  }

  put(row: ArrayLike<number>, heat: Float32Array): void {
    const place = this.placeAfter(row[0]! - 1e-9);
    const isKnown = place < this.length && this.times[place]! <= row[0]! + 1e-9;
    this.columns.forEach((column, index) => column.splice(place, isKnown ? 1 : 0, row[index]!));
    this.heat.splice(place, isKnown ? 1 : 0, heat);
  }

  /** Takes out the rows that end after a time, s, and puts them behind those of `into`. */
  moveAfter(seconds: number, into: Rows): void {
    const place = this.placeAfter(seconds + 1e-9);
    this.columns.forEach((column, index) => into.columns[index]!.push(...column.splice(place)));
    into.heat.push(...this.heat.splice(place));
  }

  /** Place of the first row later than that. */
  private placeAfter(seconds: number): number {
    const { times } = this;
    if (times.length === 0 || times.at(-1)! <= seconds) return times.length;
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle]! <= seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A future that was left: rows that end after `forkedAt`. */
export class GhostRows extends Rows {
  /** Until here it shares its past with the present, s. */
  readonly forkedAt: number;

  constructor(columns: number, forkedAt: number) {
    super(columns);
    this.forkedAt = forkedAt;
  }
}

/** What became of the ghost: there is a new one, the old one grew at its front, or it stays. */
export type Forked = 'replaced' | 'joined' | 'kept';

export class History {
  /** Changes when rows have been announced or dropped. */
  readonly version: Signal<number> = signal(0);
  /** The future before the last fork, as far as it had been played; null when there is none. */
  ghost: GhostRows | null = null;
  private width = 1;
  private present = new Rows(1);
  private announced = true;

  /** Forgets everything; rows from now on have that many columns. */
  begin(columns: number): void {
    this.width = columns;
    this.present = new Rows(columns);
    this.ghost = null;
    this.version.value += 1;
  }

  /** From `seconds` on the present is another one; what is known of the old one is its ghost. */
  fork(seconds: number): Forked {
    const before = this.ghost;
    const last = this.times.at(-1) ?? 0;
    // A present without a row of its own was still the same as its ghost.
    const isSame = before !== null && last <= before.forkedAt + 1e-9;
    const from = isSame ? Math.min(seconds, before.forkedAt) : seconds;
    const left = new GhostRows(this.width, from);
    this.present.moveAfter(seconds, left);
    this.version.value += 1;
    if (isSame) before.moveAfter(-Infinity, left);
    else if (left.length === 0 && before !== null) return 'kept';
    this.ghost = left.length === 0 ? null : left;
    return isSame ? 'joined' : 'replaced';
  }

  forgetGhost(): void {
    this.ghost = null;
    this.version.value += 1;
  }

  /** Readers hear of new rows by `announce`, because rows may come faster than anyone can read. */
  append(rows: Float64Array, heat: Float32Array = new Float32Array()): void {
    const count = this.width;
    for (let row = 0; (row + 1) * count <= rows.length; row += 1) {
      this.present.put(
        rows.subarray(row * count, (row + 1) * count),
        heat.subarray(row * HEAT_STRIDE, (row + 1) * HEAT_STRIDE),
      );
    }
    this.announced = false;
  }

  /** Tells readers of rows that they have not heard of. */
  announce(): void {
    if (this.announced) return;
    this.announced = true;
    this.version.value += 1;
  }

  get length(): number {
    return this.present.length;
  }

  /** Ends of the windows, s. */
  get times(): readonly number[] {
    return this.present.times;
  }

  /** Values of one series, by its place in `ScenarioView.series`. */
  series(index: number): readonly number[] {
    return this.present.series(index);
  }

  /** For each row `HEAT_STRIDE` counts of answers by latency. */
  get heat(): readonly Float32Array[] {
    return this.present.heat;
  }
}
