/** What differs between two runs side by side, measure by measure, each with its interval. */

import { shortMilliseconds, shortNumber } from '../base/measured.ts';
import type { VerdictView } from '../protocol/frame.ts';
import type { SeriesView } from '../protocol/scenario-view.ts';
import type { PageState, TimeRange } from './page-state.ts';
import { isEvident, pairedDifference } from './paired.ts';
import { takeApart } from './words.ts';

export interface Delta {
  /** Such as "p99 of open-chat". */
  readonly name: string;
  /** A requirement's verdicts; null for what is only measured. */
  readonly verdicts: { readonly a: Verdict | null; readonly b: Verdict | null } | null;
  readonly a: string;
  readonly b: string;
  /** Such as "−12 ms (−14 ms to −10 ms)", or that there is no evidence of a difference. */
  readonly words: string;
  /** Which run is better; null when that cannot be told. */
  readonly better: 'A' | 'B' | null;
  /** How the difference was found. */
  readonly method: string;
}

type Verdict = VerdictView['verdict'];
type Unit = SeriesView['unit'];

/** Windows of both runs at the same times, by the names of measures. */
export interface Measure {
  readonly name: string;
  readonly unit: Unit;
  readonly isMoreBetter: boolean;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface Lanes {
  readonly a: PageState;
  readonly b: PageState;
}

export function deltasOf(lanes: Lanes, range: TimeRange | null): readonly Delta[] {
  const measures = measuresOf(lanes, range);
  const { a, b } = lanes;
  const claims = a.verdicts.value.map((one) => {
    const other = b.verdicts.value.find(({ text }) => text === one.text) ?? null;
    const { subject } = takeApart(one.text);
    const measure = measures.find(({ name }) => name === subject);
    const verdicts = { a: one.verdict, b: other?.verdict ?? null };
    return measure === undefined
      ? bareDelta(subject, one, other)
      : { ...deltaOf(measure), verdicts };
  });
  const named = new Set(claims.map(({ name }) => name));
  const rest = measures.filter(({ name }) => !named.has(name) && !name.startsWith('p50'));
  return [...claims, ...rest.map(deltaOf)];
}

/** The difference of one measure over the windows that both runs have. */
export function deltaOf({ name, unit, isMoreBetter, a, b }: Measure): Delta {
  const found = pairedDifference(a, b);
  const blank = { name, verdicts: null, better: null };
  if (found === null) {
    return { ...blank, a: '–', b: '–', words: 'nothing to compare yet', method: '' };
  }
  const { difference, half, windows, batches } = found;
  const size = Math.floor(windows / batches);
  const method =
    `mean of ${windows} windows after the warm-up; 95 % interval by paired t over ` +
    `${batches} ${size === 1 ? 'windows' : `batches of ${size} windows`}, same random numbers`;
  const sides = { a: valueWords(found.a, unit), b: valueWords(found.b, unit), method };
  if (difference === 0 && !(half > 0)) return { ...blank, ...sides, words: 'no difference' };
  if (Number.isNaN(half)) {
    return { ...blank, ...sides, words: `${signed(difference, unit)}, too short to judge` };
  }
  const span = `${signed(difference - half, unit)} to ${signed(difference + half, unit)}`;
  if (!isEvident(found)) {
    return { ...blank, ...sides, words: `no evidence of a difference (${span})` };
  }
  const better = difference > 0 === isMoreBetter ? 'B' : 'A';
  return { ...blank, ...sides, better, words: `${signed(difference, unit)} (${span})` };
}

/** A requirement on one number of the whole run has no windows, and so no interval. */
function bareDelta(name: string, a: VerdictView, b: VerdictView | null): Delta {
  return {
    name,
    verdicts: { a: a.verdict, b: b?.verdict ?? null },
    a: bare(a.measured),
    b: bare(b?.measured ?? '–'),
    words: a.measured === b?.measured ? 'no difference' : 'one number a run, no interval',
    better: null,
    method: 'measured once in each run',
  };
}

/** "41.8 ms (40.7 ms to 42.9 ms)" without what is in brackets. */
function bare(measured: string): string {
  return measured.split(' (')[0]!;
}

function measuresOf({ a, b }: Lanes, range: TimeRange | null): Measure[] {
  const [viewA, viewB] = [a.view.value, b.view.value];
  if (viewA === null || viewB === null) return [];
  const warmUp = Math.max(viewA.warmUpSeconds, viewB.warmUpSeconds);
  const places = new Map(b.history.times.map((time, row) => [time.toFixed(6), row]));
  const rows = a.history.times.flatMap((time, row) => {
    const other = places.get(time.toFixed(6));
    const isOutside = range !== null && (time <= range.from || time > range.to);
    return other === undefined || time <= warmUp + 1e-9 || isOutside ? [] : [{ row, other }];
  });
  const columns = viewA.series.flatMap((series, index) => {
    const other = viewB.series.findIndex(({ id }) => id === series.id);
    if (other < 0) return [];
    const [valuesA, valuesB] = [a.history.series(index), b.history.series(other)];
    return [
      {
        series,
        a: rows.map(({ row }) => valuesA[row]!),
        b: rows.map((one) => valuesB[one.other]!),
      },
    ];
  });
  return [...fromAnswers(columns), ...columns.flatMap(fromSeries)];
}

interface Column {
  readonly series: SeriesView;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Availability and what became of requests, from the counts of answers. */
function fromAnswers(columns: readonly Column[]): Measure[] {
  const answers = columns.filter(({ series }) => series.chart === 'throughput');
  const ok = answers.find(({ series }) => series.label === 'ok');
  if (ok === undefined) return [];
  const bad = answers.filter((one) => one !== ok);
  const missed = (side: 'a' | 'b') =>
    ok[side].map((_, row) => bad.reduce((total, one) => total + one[side][row]!, 0));
  const share = (side: 'a' | 'b', wrong: readonly number[]) =>
    ok[side].map((good, row) => (100 * good) / (good + wrong[row]!));
  const [a, b] = [missed('a'), missed('b')];
  return [
    {
      name: 'availability',
      unit: '%',
      isMoreBetter: true,
      a: share('a', a),
      b: share('b', b),
    },
    { name: 'goodput', unit: '/s', isMoreBetter: true, a: ok.a, b: ok.b },
    { name: 'late, failed or shed', unit: '/s', isMoreBetter: false, a, b },
  ];
}

function fromSeries({ series: { chart, label, unit }, a, b }: Column): Measure[] {
  if (chart === 'latency') {
    return [{ name: label.replace(' ', ' of '), unit, isMoreBetter: false, a, b }];
  }
  if (chart === 'hit-ratio') {
    return [{ name: `hit ratio of ${label}`, unit, isMoreBetter: true, a, b }];
  }
  return [];
}

function valueWords(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return shortMilliseconds(value);
    case '%':
      return `${value.toFixed(value > 99 && value < 100 ? 2 : 1)} %`;
    case '/s':
      return `${shortNumber(value)}/s`;
    default:
      return shortNumber(value);
  }
}

/** Differences of shares are in points, lest they be taken for shares of the share. */
function signed(value: number, unit: Unit): string {
  const sign = value < 0 ? '−' : '+';
  const size = Math.abs(value);
  if (unit !== '%') return `${sign}${valueWords(size, unit)}`;
  return `${sign}${size < 1 ? size.toFixed(2) : size.toFixed(1)} pp`;
}
