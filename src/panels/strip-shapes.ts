/**
 * The outlines of the overview strip: answers, bad answers and the worst p99, of the present and
 * of its ghost, as paths in a square of 1000 by 100 whose width is the whole run.
 */

import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { History, Rows } from './history.ts';

export interface StripShapes {
  readonly good: string;
  readonly bad: string;
  readonly p99: string;
  readonly ghostBad: string;
  readonly ghostP99: string;
}

/** More steps than there are pixels would be drawn for nobody. */
const stepsMax = 800;
/** Answers reach this high, so that the line of the p99 has room above them. */
const answersHeight = 78;

export function isBad(label: string): boolean {
  return /late|failed|shed|reject/.test(label);
}

/** The part of `History` and of its ghost that is drawn. */
type Drawn = Pick<Rows, 'times' | 'series'>;

export function stripShapes(view: ScenarioView, history: History): StripShapes {
  const places = placesOf(view);
  const { ghost } = history;
  const both: readonly Drawn[] = ghost === null ? [history] : [history, ghost];
  const most = Math.max(1, ...both.map((rows) => top(rows, [...places.good, ...places.bad])));
  const heightOf = (rows: Drawn, of: readonly number[]) => (row: number) =>
    100 - (answersHeight * sum(rows, of, row)) / most;
  const scale = latencyScale(both.flatMap((rows) => worst(rows, places.p99)));
  const line = (rows: Drawn) => {
    const values = worst(rows, places.p99);
    return outline(rows, view, (row) => scale(values[row]!));
  };
  const area = (rows: Drawn, of: readonly number[]) => closed(rows, view, heightOf(rows, of));
  return {
    good: area(history, [...places.good, ...places.bad]),
    bad: area(history, places.bad),
    p99: line(history),
    ghostBad: ghost === null ? '' : outline(ghost, view, heightOf(ghost, places.bad)),
    ghostP99: ghost === null ? '' : line(ghost),
  };
}

function placesOf({ series }: ScenarioView) {
  const all = series.map((one, place) => ({ ...one, place }));
  const answers = all.filter(({ chart }) => chart === 'throughput');
  return {
    good: answers.filter(({ label }) => !isBad(label)).map(ownPlace),
    bad: answers.filter(({ label }) => isBad(label)).map(ownPlace),
    p99: all.filter(({ chart, label }) => chart === 'latency' && /p99/.test(label)).map(ownPlace),
  };
}

function ownPlace({ place: own }: { readonly place: number }): number {
  return own;
}

function sum(rows: Drawn, places: readonly number[], row: number): number {
  return places.reduce((total, place) => total + (rows.series(place)[row] || 0), 0);
}

function top(rows: Drawn, places: readonly number[]): number {
  return rows.times.reduce((most, _, row) => Math.max(most, sum(rows, places, row)), 0);
}

/** The greatest of the values of each row; NaN where none has a sample. */
function worst(rows: Drawn, places: readonly number[]): number[] {
  return rows.times.map((_, row) =>
    places.reduce((most, place) => {
      const value = rows.series(place)[row]!;
      return value > most || Number.isNaN(most) ? value : most;
    }, NaN),
  );
}

/** Logarithmic, over a decade at least: what doubles rises by as much everywhere. */
function latencyScale(values: readonly number[]): (value: number) => number {
  const known = values.filter((value) => value > 0);
  const low = Math.log10(known.reduce((least, value) => Math.min(least, value), Infinity));
  const high = Math.log10(known.reduce((most, value) => Math.max(most, value), 0));
  const span = Math.max(1, high - low);
  return (value) => 94 - (88 * (Math.log10(value) - low)) / span;
}

/** Broken where a height is no number. */
function outline(
  { times }: Drawn,
  { durationSeconds, windowSeconds }: ScenarioView,
  height: (row: number) => number,
): string {
  const stride = Math.max(1, Math.ceil(times.length / stepsMax));
  let path = '';
  let isOpen = false;
  for (let row = 0; row < times.length; row += stride) {
    const y = height(row);
    if (!Number.isFinite(y)) {
      isOpen = false;
      continue;
    }
    const from = ((times[row]! - windowSeconds) / durationSeconds) * 1000;
    const last = Math.min(times.length - 1, row + stride - 1);
    const to = (times[last]! / durationSeconds) * 1000;
    path += `${isOpen ? 'L' : 'M'}${written(from)} ${y.toFixed(1)}L${written(to)} ${y.toFixed(1)}`;
    isOpen = true;
  }
  return path;
}

function closed(rows: Drawn, view: ScenarioView, height: (row: number) => number): string {
  const line = outline(rows, view, height);
  if (line === '') return '';
  const end = (rows.times.at(-1)! / view.durationSeconds) * 1000;
  return `M0 100L${line.slice(1)}L${written(end)} 100Z`;
}

function written(x: number): string {
  return Math.max(0, x).toFixed(1);
}
