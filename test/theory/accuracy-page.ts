/** docs/ACCURACY.md: what every case gave, as a page. The same outcomes give the same text. */

import { groups, measuredCases } from './bank.ts';
import type { Group } from './bank.ts';
import { describeFile, fileOf } from './compare.ts';
import { hasTrueValue, holds, zOf } from './finding.ts';
import type { Finding } from './finding.ts';
import { isDesign } from './theory-case.ts';
import type { TheoryCase } from './theory-case.ts';
import { missing, reasons } from './unmeasured.ts';
import type { Gap } from './unmeasured.ts';

/** What became of a case at its full length. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** Why it could not be measured; null when it was. */
  readonly fault: string | null;
}

export type Verdict = 'holds' | 'holds in part' | 'misses';

/** A case holds when all its numbers do, and in part when the collection asks for more of it. */
export function verdictOf({ lacks }: TheoryCase, { findings, fault }: Outcome): Verdict {
  if (fault !== null || findings.length === 0 || !findings.every(holds)) return 'misses';
  return lacks === undefined ? 'holds' : 'holds in part';
}

/** The page in Markdown, not yet laid out. Every measured case has its outcome. */
export function accuracyPage(outcomes: ReadonlyMap<string, Outcome>, version: string): string {
  const findings = [...outcomes.values()].flatMap((outcome) => outcome.findings);
  return [
    introduction(version),
    summary(outcomes),
    calibration(findings),
    ...misses(outcomes),
    ...groups
      .filter(({ measured }) => measured.length > 0)
      .flatMap((group) => groupSection(group, outcomes)),
    gapSection(
      'Not yet measured',
      'Cases for which the program has no means yet, by what is missing.',
      missing,
    ),
    gapSection('Left out', 'Cases that are not modelled on purpose, by the reason.', reasons),
  ].join('\n\n');
}

function introduction(version: string): string {
  return `# Accuracy

Written by \`npm run accuracy\` of Gameday ${version}; what stands here was measured by that command.

211 cases with known answers, from queueing theory, papers and published programs, were collected with
their sources and tolerances before anything was measured against them. Each case that the program can
express is run here: most are scenario files in \`test/theory/cases\`, the others measure parts of the
program by themselves. \`npm run accuracy -- --only Q-MM1\` runs the cases of which the name begins like
that and writes no file; \`npm test\` runs all of them in a shorter form.

- **expected** is the number of theory, **measured** ours. A number holds when they differ by no more than
  the **tolerance**, which comes with the case: four standard deviations of the estimate, found with an
  independent simulator, or for approximations their known error. Where theory is exact to the last digit,
  the tolerance is four standard deviations of our own sample; these are marked with †.
- **95 % interval** is what the program itself says of its measurement, from that one run; a dash: chance
  has no part in it. **z** is the difference in standard errors after that interval, where theory gives the
  true value and not a bound or an estimate. It judges nothing: of twenty true intervals one misses its
  mark, and at high load one run knows too little of itself.
- Where theory counts in mean services, one is 1 ms here. Each case has one seed, its name in lower case,
  so the page is the same whatever machine writes it, and however many processes share the work.`;
}

interface Counts {
  readonly title: string;
  readonly numbers: number;
  readonly cells: readonly number[];
}

function summary(outcomes: ReadonlyMap<string, Outcome>): string {
  const rows = groups.map((group): Counts => {
    const verdicts = group.measured.map((theory) => verdictOf(theory, outcomes.get(theory.id)!));
    const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
    return {
      title: group.title,
      numbers: sum(group.measured.map(({ id }) => outcomes.get(id)!.findings.length)),
      cells: [
        count('holds'),
        count('holds in part'),
        count('misses'),
        group.notYet.length,
        group.leftOut.length,
      ],
    };
  });
  const total: Counts = {
    title: '**all**',
    numbers: sum(rows.map(({ numbers }) => numbers)),
    cells: rows[0]!.cells.map((_, column) => sum(rows.map(({ cells }) => cells[column]!))),
  };
  const lines = [...rows, total].map(({ title, numbers, cells }) =>
    row([title, sum(cells), ...cells, numbers]),
  );
  const head = 'holds|holds in part|misses|not yet measured|left out|numbers compared'.split('|');
  return table('## Summary', ['group', 'cases', ...head], lines);
}

/** The cases that miss, each with its reason. */
function misses(outcomes: ReadonlyMap<string, Outcome>): string[] {
  const missed = measuredCases.filter(
    (theory) => verdictOf(theory, outcomes.get(theory.id)!) === 'misses',
  );
  if (missed.length === 0) return [];
  const items = missed.map((theory) => {
    const { findings, fault } = outcomes.get(theory.id)!;
    const off = findings.filter((finding) => !holds(finding)).length;
    const count = fault ?? `${off} of ${findings.length} numbers are off`;
    return `- **${theory.id}**: ${count}. ${reasonOf(theory)}`;
  });
  return ['## What misses, and why', items.join('\n')];
}

function reasonOf({ misses: reason }: TheoryCase): string {
  return reason === undefined ? 'The reason is not known.' : `The reason: ${reason}.`;
}

/** How good the intervals of the program itself are. */
function calibration(findings: readonly Finding[]): string {
  const estimates = findings.filter(
    (finding) => finding.interval !== null && hasTrueValue(finding),
  );
  const caught = estimates.filter(
    ({ expected, interval }) => interval![0] <= expected && expected <= interval![1],
  );
  const percent = Math.round((caught.length / estimates.length) * 100);
  return `Of the ${estimates.length} true values that a 95 % interval is for, ${caught.length} (${percent} %) lie in it.`;
}

function groupSection(group: Group, outcomes: ReadonlyMap<string, Outcome>): string[] {
  const cases = group.measured.map((theory) => ({ theory, outcome: outcomes.get(theory.id)! }));
  const rows = cases.flatMap(({ theory: { id }, outcome }) =>
    outcome.findings.map((finding) => numberRow(id, finding)),
  );
  const head = 'case|number|expected|measured|95 % interval|tolerance|z|'.split('|');
  return [
    `## ${group.title}`,
    cases.map(({ theory, outcome }) => caseItem(theory, outcome)).join('\n'),
    table('', head, rows),
  ];
}

function caseItem(theory: TheoryCase, outcome: Outcome): string {
  const { id, lacks } = theory;
  const { title, about } = isDesign(theory) ? describeFile(id) : theory;
  const files = isDesign(theory) ? [id] : (theory.files ?? []);
  const links = files.map((name) => `[\`${name.toLowerCase()}\`](../${fileOf(name)})`);
  return [
    `- **${id}** ${verdictOf(theory, outcome)}. **${title}.** ${about.trim()}`,
    ...(lacks === undefined ? [] : [`Not measured: ${lacks}.`]),
    ...(outcome.fault === null ? [] : [`It could not be measured: ${outcome.fault}.`]),
    ...(links.length === 0 ? [] : [`(${links.join(', ')})`]),
  ].join(' ');
}

function numberRow(id: string, finding: Finding): string {
  const { what, unit, expected, measured, interval } = finding;
  const z = zOf(finding);
  return row([
    id,
    what,
    `${BOUNDS[finding.bound ?? 'equal']}${withUnit(expected, unit)}`,
    withUnit(measured, unit),
    interval === null ? '–' : `${digits(interval[0])} to ${digits(interval[1])}`,
    toleranceText(finding),
    Number.isNaN(z) ? '–' : z.toFixed(1),
    holds(finding) ? 'holds' : '**misses**',
  ]);
}

const BOUNDS = { equal: '', 'at most': '≤ ', 'at least': '≥ ' } as const;

function toleranceText({ expected, tolerance, isRelative, isSampling, unit }: Finding): string {
  if (tolerance === 0) return 'none';
  const mark = isSampling === true ? ' †' : '';
  const relative = `±${digits((tolerance / Math.abs(expected)) * 100, 3)} %`;
  return `${isRelative ? relative : `±${withUnit(tolerance, unit, 3)}`}${mark}`;
}

function gapSection(title: string, about: string, gaps: readonly Gap[]): string {
  const items = gaps.map(({ why, cases }) =>
    [`- ${why}`, ...cases.map((one) => `  - **${one.id}** ${one.title}`)].join('\n'),
  );
  return [`## ${title}`, about, items.join('\n')].join('\n\n');
}

function table(title: string, head: readonly string[], rows: readonly string[]): string {
  const rule = row(head.map(() => '---'));
  return [...(title === '' ? [] : [title, '']), row(head), rule, ...rows].join('\n');
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

function withUnit(value: number, unit: string, places = 6): string {
  const text = digits(value, places);
  return unit === '' ? text : `${text} ${unit}`;
}

/** Six digits; whole numbers with all of theirs. */
function digits(value: number, places = 6): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return String(Number(value.toPrecision(places)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
