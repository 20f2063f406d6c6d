/** Holds docs/ACCURACY.md against the tables that it was written from. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/experiment/version.ts';
import { accuracyPage, verdictOf } from './accuracy-page.ts';
import type { Outcome } from './accuracy-page.ts';
import { groups, measuredCases } from './bank.ts';
import { counted, holds, near, share, within, zOf } from './finding.ts';
import { isDesign } from './theory-case.ts';
import { leftOut, notYet } from './unmeasured.ts';

const page = readFileSync('docs/ACCURACY.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
const numbers = rows.filter((cells) => cells.length === 8 && /^[A-Z]+-/.test(cells[0]!));
const items = [...page.matchAll(/^- \*\*(\S+)\*\* (holds in part|holds|misses)\. /gm)];
const verdicts = new Map(items.map(([, id, verdict]) => [id!, verdict!]));

describe('docs/ACCURACY.md', () => {
  test('was written by this version', () => {
    expect(page).toContain(`Written by \`npm run accuracy\` of Gameday ${version};`);
  });

  test('tells of every measured case, and of no other', () => {
    const ids = measuredCases.map(({ id }) => id).sort();
    expect(items.map(([, id]) => id!).sort()).toEqual(ids);
    expect([...new Set(numbers.map(([id]) => id!))].sort()).toEqual(ids);
  });

  test('gives a reason for every miss', () => {
    const explained = [...page.matchAll(/^- \*\*(\S+)\*\*: .* The reason: /gm)].map(([, id]) => id);
    const missed = measuredCases.filter(({ misses }) => misses !== undefined);
    expect(explained).toEqual(missed.map(({ id }) => id));
    for (const { id } of missed) expect(verdicts.get(id)).toBe('misses');
    const unexplained = [...verdicts].filter(
      ([id, verdict]) => verdict === 'misses' && !explained.includes(id),
    );
    expect(unexplained).toEqual([]);
  });

  test('lists every case that is not measured, and no other', () => {
    const listed = [...page.matchAll(/^ {2}- \*\*(\S+)\*\* /gm)].map(([, id]) => id!);
    expect(listed.sort()).toEqual([...notYet, ...leftOut].map(({ id }) => id).sort());
  });

  test('expects of every design what its table expects', () => {
    for (const theory of measuredCases.filter(isDesign)) {
      const own = numbers.filter(([id]) => id === theory.id);
      const further = (theory.also ?? []).map(({ metric, by }) => `${metric}: ${by}`);
      expect(own.map(([, what]) => what)).toEqual([...Object.keys(theory.expect), ...further]);
      for (const [index, [value]] of Object.values(theory.expect).entries()) {
        const shown = Number.parseFloat(own[index]![2]!.replaceAll(',', ''));
        expect(Math.abs(shown / value - 1), `${theory.id} ${own[index]![1]}`).toBeLessThan(1e-5);
      }
    }
  });

  test('says that a case holds where all its numbers do, and in part where something lacks', () => {
    for (const theory of measuredCases) {
      const good = numbers
        .filter(([id]) => id === theory.id)
        .every((cells) => cells[7] === 'holds');
      const whole = theory.lacks === undefined ? 'holds' : 'holds in part';
      expect([theory.id, verdicts.get(theory.id)]).toEqual([theory.id, good ? whole : 'misses']);
    }
  });

  test('sums up its own rows', () => {
    const summary = new Map(
      rows
        .filter((cells) => cells.length === 8)
        .map(([title, ...cells]) => [title, cells.map(Number)]),
    );
    const count = (ids: readonly string[], verdict: string) =>
      ids.filter((id) => verdicts.get(id) === verdict).length;
    const total = [0, 0, 0, 0, 0, 0, 0];
    for (const group of groups) {
      const ids = group.measured.map(({ id }) => id);
      const expected = [
        ids.length + group.notYet.length + group.leftOut.length,
        count(ids, 'holds'),
        count(ids, 'holds in part'),
        count(ids, 'misses'),
        group.notYet.length,
        group.leftOut.length,
        numbers.filter(([id]) => ids.includes(id!)).length,
      ];
      expect([group.title, summary.get(group.title)]).toEqual([group.title, expected]);
      for (const [column, value] of expected.entries()) total[column]! += value;
    }
    expect(summary.get('**all**')).toEqual(total);
    expect(total[0]).toBe(211);
  });
});

describe('a finding', () => {
  const estimate = { what: 'mean', expected: 10, measured: 10.5, interval: [10.1, 10.9] } as const;

  test('holds within its tolerance, relative or absolute, and at it', () => {
    expect(holds(within(0.05, estimate))).toBe(true);
    expect(holds(within(0.049, estimate))).toBe(false);
    expect(holds(near(0.5, estimate))).toBe(true);
    expect(holds(near(0.49, estimate))).toBe(false);
    expect(holds(within(0.05, { ...estimate, measured: NaN }))).toBe(false);
  });

  test('that is counted holds when it is met exactly, or on the right side of a bound', () => {
    expect(holds(counted('misses', 9, 9))).toBe(true);
    expect(holds(counted('misses', 9, 10))).toBe(false);
    expect(holds({ ...counted('most', 125, 124), bound: 'at most' })).toBe(true);
    expect(holds({ ...counted('most', 125, 126), bound: 'at most' })).toBe(false);
    expect(holds({ ...counted('least', 12, 11), bound: 'at least' })).toBe(false);
    expect(holds({ ...counted('least', 12, NaN), bound: 'at least' })).toBe(false);
  });

  test('counts standard errors by the side of its interval that faces the expected number', () => {
    expect(zOf({ ...within(1, estimate), interval: [9.5, 100] })).toBeCloseTo(0.98, 10);
    expect(zOf({ ...within(1, estimate), measured: 9, interval: [0, 10] })).toBeCloseTo(-1.96, 10);
    expect(zOf(counted('misses', 9, 10))).toBeNaN();
    expect(zOf({ ...within(1, estimate), bound: 'at least' })).toBeNaN();
    expect(zOf({ ...within(1, estimate), isEstimate: true })).toBeNaN();
  });

  test('of a share tolerates four deviations of the trials', () => {
    const finding = share('late', 0.5, 520, 1_000);
    expect(finding.tolerance).toBeCloseTo(4 * Math.sqrt(0.25 / 1_000), 12);
    expect(holds(finding)).toBe(true);
    expect(holds(share('late', 0.5, 600, 1_000))).toBe(false);
  });
});

describe('the page of made-up outcomes', () => {
  const theory = measuredCases.find(({ id }) => id === 'Q-PS-080')!;
  const outcomes = new Map(
    measuredCases.map(({ id }): [string, Outcome] => {
      const off = id === theory.id;
      const fault = id === 'Q-TANDEM-5' ? 'the run ended early' : null;
      const findings = [counted('a | b', 1, off ? 2 : 1)];
      return [id, { findings: fault === null ? findings : [], fault }];
    }),
  );
  const made = accuracyPage(outcomes, '9.9.9');

  test('shows a miss as a miss, and says why a case could not be measured', () => {
    expect(made).toContain('- **Q-PS-080** misses. ');
    expect(made).toContain('| Q-PS-080 | a \\| b | 1 | 2 | – | none | – | **misses** |');
    expect(made).toContain('- **Q-TANDEM-5** misses. ');
    expect(made).toContain('It could not be measured: the run ended early.');
    expect(made).toContain('- **Q-PS-080**: 1 of 1 numbers are off. The reason is not known.');
    expect(made).toContain('- **Q-TANDEM-5**: the run ended early. ');
    expect(made).toMatch(/^\| Queues \| 35 \| 33 \| 0 \| 2 \| /m);
  });

  test('is the same for outcomes in another order', () => {
    const turned = new Map([...outcomes].reverse());
    expect(accuracyPage(turned, '9.9.9')).toBe(made);
  });

  test('calls a case whole only when nothing lacks', () => {
    const [finding] = outcomes.get('Q-MM1-050')!.findings;
    const fine = { findings: [finding!], fault: null };
    expect(verdictOf(measuredCases[0]!, fine)).toBe('holds');
    expect(verdictOf({ ...measuredCases[0]!, lacks: 'a part' }, fine)).toBe('holds in part');
    expect(verdictOf(measuredCases[0]!, { findings: [], fault: null })).toBe('misses');
  });
});
