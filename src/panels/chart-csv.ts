/** Windows as comma-separated values, written exactly. */

import { HEAT_STRIDE, heatBucketMs } from '../protocol/frame.ts';
import type { ChartPlan } from './chart-series.ts';
import type { History } from './history.ts';

export function seriesCsv(history: History, { columns }: ChartPlan): string {
  const head = ['seconds', ...columns.map(({ series }) => `${series.label} [${series.unit}]`)];
  const rows = history.times.map((time, row) => [
    String(time),
    ...columns.map(({ index }) => number(history.series(index)[row])),
  ]);
  return text([head, ...rows]);
}

/** Counts of answers, one column a latency class, named by its lower end. */
export function heatCsv(history: History): string {
  const classes = Array.from({ length: HEAT_STRIDE }, (_, place) => place);
  const head = ['seconds', ...classes.map((place) => `${heatBucketMs(place).toPrecision(4)} ms`)];
  const rows = history.times.map((time, row) => [
    String(time),
    ...classes.map((place) => String(history.heat[row]?.[place] ?? 0)),
  ]);
  return text([head, ...rows]);
}

function number(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}

function text(rows: readonly (readonly string[])[]): string {
  return `${rows.map((cells) => cells.map(cell).join(',')).join('\n')}\n`;
}

function cell(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
