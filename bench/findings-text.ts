/** Findings of a benchmark as tables: aligned for a terminal, with bars for the document. */

import { padded, table } from '../src/report/table.ts';
import { holds } from './bench.ts';
import type { Bar, Bench, Figure, Findings, TableForm } from './bench.ts';

/** For a terminal. */
export function textOf({ tables, bars }: Bench, findings: Findings): string {
  const parts = tables.map((form) => {
    const head = headOf(form).map((title, place) => {
      return { title, align: place === 0 ? ('left' as const) : ('right' as const) };
    });
    return [form.title, ...table(head, rowsOf(form, findings)).map((line) => `  ${line}`)];
  });
  const judged = bars.map((bar) => {
    const { word, measured, bound } = judgementOf(bar, findings);
    return `  ${padded(word, 12, 'left')}  ${bar.text}: ${measured} (bar: ${bound})`;
  });
  if (judged.length > 0) parts.push(['Bars', ...judged]);
  if (findings.notes.length > 0) parts.push(findings.notes.map((note) => `  ${note}`));
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** For the document; headings of the second degree. */
export function markdownOf(bench: Bench, findings: Findings): string {
  const parts = [`## ${bench.title}`, bench.about, command(bench.name)];
  for (const form of bench.tables) {
    parts.push(`**${form.title}**`);
    parts.push(markdownTable(headOf(form), rowsOf(form, findings)));
    if (form.note !== undefined) parts.push(form.note);
  }
  for (const note of findings.notes) parts.push(`_${note}_`);
  return parts.join('\n\n');
}

/** All bars in one table. */
export function barsMarkdown(benches: readonly Bench[], all: readonly Findings[]): string {
  const rows = benches.flatMap((bench) => {
    const findings = all.find(({ name }) => name === bench.name)!;
    return bench.bars.map((bar) => {
      const { word, measured, bound, margin } = judgementOf(bar, findings);
      return [bar.text, bound, measured, word, margin, `\`${bench.name}\``];
    });
  });
  return markdownTable(['what', 'bar', 'measured', 'verdict', 'by', 'benchmark'], rows);
}

export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function command(name: string): string {
  return `Again: \`npm run bench -- ${name}\`.`;
}

function headOf({ rowTitle, columns }: TableForm): string[] {
  return [rowTitle, ...columns.map(({ title }) => title)];
}

function rowsOf(form: TableForm, findings: Findings): string[][] {
  return form.rows.map((row) => {
    const figures = findings.tables[form.title]?.[row] ?? {};
    return [row, ...form.columns.map(({ title, digits }) => figureText(figures[title], digits))];
  });
}

/** A dash where nothing was measured. */
function figureText(figure: Figure | undefined, digits: number): string {
  if (figure === undefined) return '–';
  if (typeof figure === 'string') return figure;
  return Number.isFinite(figure) ? figure.toFixed(digits) : '–';
}

interface Judgement {
  readonly word: string;
  readonly measured: string;
  readonly bound: string;
  /** How far from the bar, as a share of it. */
  readonly margin: string;
}

function judgementOf(bar: Bar, findings: Findings): Judgement {
  const { sense, unit, digits } = bar;
  const sign = sense === 'at least' ? '≥' : '≤';
  const bound = `${sign} ${bar.bound.toFixed(digits)}${unit}`;
  const measured = findings.bars[bar.text];
  if (measured === undefined) return { word: 'not measured', measured: '–', bound, margin: '–' };
  const word = holds(bar, measured) ? 'held' : 'missed';
  const margin = `${(Math.abs(measured / bar.bound - 1) * 100).toFixed(0)} %`;
  return { word, measured: `${measured.toFixed(digits)}${unit}`, bound, margin };
}
