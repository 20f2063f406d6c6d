// docs/PERFORMANCE.md is written by `npm run performance`. Its figures are those of one machine on
// one day; its form is that of the benchmarks, and that is what is held here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sheet, holds } from '../bench/bench.ts';
import type { Bench, Findings } from '../bench/bench.ts';
import { benches } from '../bench/benches.ts';
import { performanceDocument } from '../bench/document.ts';
import { textOf } from '../bench/findings-text.ts';

const text = readFileSync(join(import.meta.dirname, '../docs/PERFORMANCE.md'), 'utf8');
const bars = benches.flatMap((bench) => bench.bars);

/** Words alone, so that neither line breaks nor the padding of tables count. */
const flat = (markdown: string) => markdown.replaceAll(/\s+/g, ' ');

/** The part of the document under a heading. */
function section(heading: string): string {
  const start = text.indexOf(`\n## ${heading}\n`);
  expect(start, `the document has the section ${heading}`).toBeGreaterThan(0);
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end < 0 ? undefined : end);
}

/** Cells of the table that follows a line of the document, the head first. */
function tableAfter(document: string, line: string): string[][] {
  const lines = document.split('\n');
  const start = lines.indexOf(line);
  expect(start, `the document has the line ${line}`).toBeGreaterThanOrEqual(0);
  const first = lines.findIndex((each, place) => place > start && each.startsWith('|'));
  const rows: string[][] = [];
  for (let place = first; lines[place]?.startsWith('|') === true; place++) {
    const cells = lines[place]!.slice(1, -1).split('|');
    rows.push(cells.map((cell) => cell.trim()));
  }
  return rows.filter((_, place) => place !== 1);
}

describe('the document of the benchmarks', () => {
  it.each(benches.map((bench) => [bench.name, bench] as const))(
    'tells of %s as the benchmark is now',
    (name, bench) => {
      const part = section(bench.title);
      expect(flat(part)).toContain(flat(bench.about));
      expect(part).toContain(`npm run bench -- ${name}`);
      for (const { title, rowTitle, columns, rows } of bench.tables) {
        const [head, ...body] = tableAfter(part, `**${title}**`);
        expect(head).toEqual([rowTitle, ...columns.map((column) => column.title)]);
        expect(body.map(([row]) => row)).toEqual(rows);
        for (const [row, ...cells] of body) {
          for (const cell of cells) expect(cell).toMatch(/^(–|-?\d+(\.\d+)?)$/);
          // Only yardsticks in C++ may be missing, where there was no compiler.
          const isEmpty = cells.every((cell) => cell === '–');
          if (isEmpty) expect(row).toContain('C++');
        }
      }
    },
  );

  it('judges every bar as its figure says', () => {
    const [, ...rows] = tableAfter(text, '## Bars');
    expect(rows.map(([what]) => what)).toEqual(bars.map((bar) => bar.text));
    for (const [place, [what, bound, measured, verdict]] of rows.entries()) {
      const bar = bars[place]!;
      expect(Number.parseFloat(bound!.slice(2))).toBeCloseTo(bar.bound, bar.digits);
      if (verdict === 'not measured') expect(what).toContain('C++');
      else if (Number.parseFloat(measured!) !== bar.bound) {
        expect(verdict).toBe(holds(bar, Number.parseFloat(measured!)) ? 'held' : 'missed');
      }
    }
  });

  it('says on what it was measured', () => {
    const rows = new Map(tableAfter(text, '## Measured on').map(([what, value]) => [what, value]));
    for (const what of ['processor', 'cores', 'Node', 'load average before', 'measured']) {
      expect(rows.get(what)).toMatch(/\S/);
    }
    expect(rows.get('Node')).toMatch(/^v\d+\.\d+/);
  });
});

describe('a benchmark', () => {
  const bench: Bench = {
    name: 'example',
    title: 'Example',
    about: 'An example.',
    tables: [
      {
        title: 'Speed',
        rowTitle: 'who',
        columns: [{ title: 'ns', digits: 1 }],
        rows: ['one', 'two'],
      },
    ],
    bars: [
      { text: 'fast', sense: 'at least', bound: 2, unit: ' ×', digits: 2 },
      { text: 'small', sense: 'at most', bound: 100, unit: '', digits: 0 },
      { text: 'unseen', sense: 'at most', bound: 1, unit: '', digits: 0 },
    ],
    run: () => undefined,
  };
  const findings = (): Findings => {
    const sheet = new Sheet(bench, false);
    sheet.row('Speed', 'one', { ns: 12.34 });
    sheet.bar('fast', 1.5);
    sheet.bar('small', 90);
    sheet.note('There was a note.');
    return sheet.findings();
  };

  it('cannot write down what its form does not have', () => {
    const sheet = new Sheet(bench, false);
    expect(() => sheet.row('Size', 'one', {})).toThrow('no table Size');
    expect(() => sheet.row('Speed', 'three', {})).toThrow('no row three');
    expect(() => sheet.row('Speed', 'one', { ms: 1 })).toThrow('no column ms');
    expect(() => sheet.bar('slow', 1)).toThrow('no bar slow');
  });

  it('reads on a terminal with its bars judged', () => {
    const lines = textOf(bench, findings());
    expect(lines).toContain('  one  12.3');
    expect(lines).toMatch(/two +–/);
    expect(lines).toMatch(/missed +fast: 1.50 × \(bar: ≥ 2.00 ×\)/);
    expect(lines).toMatch(/held +small: 90 \(bar: ≤ 100\)/);
    expect(lines).toMatch(/not measured +unseen/);
    expect(lines).toContain('There was a note.');
  });

  it('reads in a document with the same figures', () => {
    const document = performanceDocument([bench], [findings()], {
      cpu: 'A processor',
      cores: 2,
      memoryGb: 8,
      system: 'linux',
      node: 'v20.19.0',
      compiler: null,
      loadBefore: 0.5,
      date: '2026-11-20',
      minutes: 7,
    });
    expect(tableAfter(document, '**Speed**')).toEqual([
      ['who', 'ns'],
      ['one', '12.3'],
      ['two', '–'],
    ]);
    expect(tableAfter(document, '## Bars')).toEqual([
      ['what', 'bar', 'measured', 'verdict', 'by', 'benchmark'],
      ['fast', '≥ 2.00 ×', '1.50 ×', 'missed', '25 %', '`example`'],
      ['small', '≤ 100', '90', 'held', '10 %', '`example`'],
      ['unseen', '≤ 1', '–', 'not measured', '–', '`example`'],
    ]);
    expect(document).toContain('| C++ compiler | none |');
    expect(document).toContain('_There was a note._');
  });
});
