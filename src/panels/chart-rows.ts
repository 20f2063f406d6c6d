/** The rows of the present and of its ghost, put side by side for one chart. */

import type { History } from './history.ts';
import type { PageState } from './page-state.ts';
import type { RivalRows } from './rival.ts';

export interface ChartRows {
  /** Ends of the windows, s, ascending. */
  readonly times: number[];
  /** Values of the present, null where there is none. */
  readonly values: (number | null)[][];
  /** Values of the future that was left, null where there is none; empty without a ghost. */
  readonly ghosts: (number | null)[][];
}

/** `quiet`: series whose stretches of zero are left out, where nothing went wrong. */
export function chartRows(
  history: History,
  indices: readonly number[],
  quiet: ReadonlySet<number>,
  rival: RivalRows | null = null,
): ChartRows {
  const ghost = rival ?? history.ghost;
  const own = [...history.times];
  const values = indices.map((index) => {
    const column = history.series(index);
    return quiet.has(index) ? spikes(column) : column.map(gap);
  });
  if (ghost === null) return { times: own, values, ghosts: [] };
  const late = ghost.times.filter((time) => time > (own.at(-1) ?? 0) + 1e-9);
  const times = [...own, ...late];
  const nothing = late.map(() => null);
  // The ghost leaves from the last row that both futures share.
  const shared = own.filter((time) => time <= ghost.forkedAt + 1e-9).length - 1;
  const places = new Map(ghost.times.map((time, place) => [time.toFixed(6), place]));
  return {
    times,
    values: values.map((column) => [...column, ...nothing]),
    ghosts: indices.map((index) => {
      const left = ghost.series(index);
      const column = quiet.has(index) ? spikes(left) : left.map(gap);
      return times.map((time, row) => {
        if (row === shared) return gap(history.series(index)[row] ?? NaN);
        const place = places.get(time.toFixed(6));
        return place === undefined ? null : (column[place] ?? null);
      });
    }),
  };
}

/** Without the stretches of zero. */
function spikes(values: readonly number[]): (number | null)[] {
  return values.map((value, row) => {
    const isQuiet = !(value > 0) && !(values[row - 1]! > 0) && !(values[row + 1]! > 0);
    return isQuiet ? null : gap(value);
  });
}

function gap(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Rows `from` (included) to `to` (excluded) that end within a span. */
export function rowsWithin(
  times: readonly number[],
  span: { readonly from: number; readonly to: number } | null,
): { readonly from: number; readonly to: number } {
  if (span === null) return { from: 0, to: times.length };
  const from = times.findIndex((time) => time > span.from + 1e-9);
  const after = times.findIndex((time) => time > span.to + 1e-9);
  if (from < 0) return { from: times.length, to: times.length };
  return { from, to: after < 0 ? times.length : after };
}

/** The row of the window that a time lies in, or the last one; -1 when there is none. */
export function rowAt(times: readonly number[], time: number): number {
  const row = times.findIndex((end) => end >= time - 1e-9);
  return row < 0 ? times.length - 1 : row;
}

/** The last row that has ended by a time, or the first; -1 when there is none. */
export function rowBefore(times: readonly number[], time: number): number {
  let row = times.length - 1;
  while (row > 0 && times[row]! > time + 1e-9) row -= 1;
  return row;
}

/** Where the run is, s; whoever asks hears of it as often as words may change. */
export function presentOf(state: PageState): number {
  void state.calmNodes.value;
  return state.time.peek();
}
