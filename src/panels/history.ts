/** The finished windows of the run, column by column, growing as rows arrive. */

import { signal, type Signal } from '@preact/signals';

export class History {
  /** Changes when rows have been announced or dropped. */
  readonly version: Signal<number> = signal(0);
  private columns: number[][] = [[]];
  private announced = true;

  /** Forgets everything; rows from now on have that many columns. */
  begin(columns: number): void {
    this.columns = Array.from({ length: columns }, () => []);
    this.version.value += 1;
  }

  /** Readers hear of new rows by `announce`, because rows may come faster than anyone can read. */
  append(rows: Float64Array): void {
    const count = this.columns.length;
    for (let at = 0; at + count <= rows.length; at += count) {
      for (let column = 0; column < count; column += 1)
        this.columns[column]!.push(rows[at + column]!);
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
    return this.times.length;
  }

  /** Ends of the windows, s. */
  get times(): readonly number[] {
    return this.columns[0]!;
  }

  /** Values of one series, by its place in `ScenarioView.series`. */
  series(index: number): readonly number[] {
    return this.columns[index + 1] ?? [];
  }
}
