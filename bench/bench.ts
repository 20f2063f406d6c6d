/**
 * What a benchmark is. It says beforehand which tables and bars it fills, so that the screen, the
 * document and the test of the document speak of the same rows.
 */

interface Column {
  readonly title: string;
  /** Decimals of its numbers. */
  readonly digits: number;
}

export interface TableForm {
  readonly title: string;
  /** What stands above the names of the rows. */
  readonly rowTitle: string;
  readonly columns: readonly Column[];
  readonly rows: readonly string[];
  /** A sentence below the table. */
  readonly note?: string;
}

/** A number that has to be reached, or not to be passed. */
export interface Bar {
  readonly text: string;
  readonly sense: 'at least' | 'at most';
  readonly bound: number;
  /** What follows the number: `×`, ` ms`. */
  readonly unit: string;
  readonly digits: number;
}

export interface Bench {
  /** The name of its file, without `.bench.ts`. */
  readonly name: string;
  readonly title: string;
  /** What is measured, in some sentences. */
  readonly about: string;
  readonly tables: readonly TableForm[];
  readonly bars: readonly Bar[];
  readonly run: (sheet: Sheet) => void | Promise<void>;
  /** What a thread that the benchmark has started does with the task it was given. */
  readonly work?: (task: unknown) => unknown;
}

/** A measured number, or words where there is none. */
export type Figure = number | string;

/** Everything a benchmark has found out, as plain data. */
export interface Findings {
  readonly name: string;
  readonly isQuick: boolean;
  /** By table, row and column. */
  readonly tables: Record<string, Record<string, Record<string, Figure>>>;
  readonly bars: Record<string, number>;
  readonly notes: readonly string[];
}

/** Where a benchmark writes its figures down; what its form does not foresee is refused. */
export class Sheet {
  /** True: as little work as shows that everything runs; the figures mean little. */
  readonly isQuick: boolean;
  private readonly bench: Bench;
  private readonly tables: Record<string, Record<string, Record<string, Figure>>> = {};
  private readonly bars: Record<string, number> = {};
  private readonly notes: string[] = [];

  constructor(bench: Bench, isQuick: boolean) {
    this.bench = bench;
    this.isQuick = isQuick;
  }

  /** The first number, or the second in a quick run. */
  size(full: number, quick: number): number {
    return this.isQuick ? quick : full;
  }

  row(tableTitle: string, row: string, figures: Readonly<Record<string, Figure>>): void {
    const table = this.bench.tables.find(({ title }) => title === tableTitle);
    if (table === undefined) throw new Error(`${this.bench.name} has no table ${tableTitle}.`);
    if (!table.rows.includes(row)) throw new Error(`${tableTitle} has no row ${row}.`);
    for (const column of Object.keys(figures)) {
      if (table.columns.some(({ title }) => title === column)) continue;
      throw new Error(`${tableTitle} has no column ${column}.`);
    }
    const rows = (this.tables[tableTitle] ??= {});
    rows[row] = { ...rows[row], ...figures };
  }

  bar(text: string, measured: number): void {
    if (!this.bench.bars.some((bar) => bar.text === text)) {
      throw new Error(`${this.bench.name} has no bar ${text}.`);
    }
    this.bars[text] = measured;
  }

  /** Something to know about this run, such as that there was no compiler. */
  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  findings(): Findings {
    const { tables, bars, notes, isQuick } = this;
    return { name: this.bench.name, isQuick, tables, bars, notes };
  }
}

/** True when the bar holds. */
export function holds({ sense, bound }: Bar, measured: number): boolean {
  return sense === 'at least' ? measured >= bound : measured <= bound;
}
