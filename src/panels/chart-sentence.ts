/** What a chart shows, in one sentence, for those who do not see it and for those in a hurry. */

import { assertNever } from '../base/assert.ts';
import { shortClock, shortMilliseconds, shortNumber } from '../base/measured.ts';
import type { RequirementView } from '../protocol/scenario-view.ts';
import { partName, valueText, wordsOf, type ChartPlan, type Column } from './chart-series.ts';
import { fairShare } from './heat-map.ts';

/** The rows that a sentence is about. */
export interface Rows {
  readonly times: readonly number[];
  /** By place in `ChartPlan.columns`. */
  readonly values: readonly (readonly number[])[];
}

/** A rise below this factor is called none. */
const riseMin = 1.6;

export function chartSentence(
  plan: ChartPlan,
  rows: Rows,
  requirements: readonly RequirementView[],
): string {
  if (rows.times.length === 0) return 'No window has finished yet.';
  switch (plan.kind) {
    case 'latency':
      return latencySentence(plan, rows, requirements);
    case 'throughput':
      return answersSentence(plan, rows);
    case 'hit-ratio':
      return plan.columns
        .map((column, place) => hitsSentence(column, rows.values[place]!))
        .join(' ');
    case 'queue':
      return peakSentence(plan, rows, 'requests waited at');
    case 'lag':
      return peakSentence(plan, rows, 'was the lag of');
    case 'shard':
      return shareSentence(plan, rows);
    default:
      return assertNever(plan.kind);
  }
}

/** About the p99 that rose the most. */
function latencySentence(
  { columns }: ChartPlan,
  { times, values }: Rows,
  requirements: readonly RequirementView[],
): string {
  const found = columns.flatMap(({ series }, place) => {
    const { word, subject } = wordsOf(series);
    const known = values[place]!.filter((value) => !Number.isNaN(value));
    if (word !== 'p99' || known.length === 0) return [];
    const usual = medianOf(known);
    const most = Math.max(...known);
    return [{ subject, place, usual, most, low: Math.min(...known), rise: most / usual }];
  });
  const [worst] = found.sort((left, right) => right.rise - left.rise);
  if (worst === undefined) return 'No request has been answered yet.';
  const { subject, place, usual, most, low } = worst;
  const when = shortClock(times[values[place]!.indexOf(most)]!);
  const above = aboveWords(subject, values[place]!, requirements);
  if (worst.rise < riseMin) {
    const between = `between ${shortMilliseconds(low)} and ${shortMilliseconds(most)}`;
    return `p99 of ${subject} stayed ${between}${above}.`;
  }
  const from = shortMilliseconds(usual);
  return `p99 of ${subject} rose from ${from} to ${shortMilliseconds(most)} at ${when}${above}.`;
}

function aboveWords(
  subject: string,
  values: readonly number[],
  requirements: readonly RequirementView[],
): string {
  const target = requirements.find(
    ({ text, targetMs }) => targetMs !== null && text.startsWith(`p99 of ${subject} `),
  );
  const general = requirements.find(
    ({ text, targetMs }) => targetMs !== null && /^p99 [<≤]/.test(text),
  );
  const bound = (target ?? general)?.targetMs ?? null;
  if (bound === null) return '';
  const above = values.filter((value) => value > bound).length;
  if (above === 0) return ', never above its target';
  return `, ${above} ${above === 1 ? 'window' : 'windows'} above its target`;
}

function answersSentence({ columns }: ChartPlan, { times, values }: Rows): string {
  const sums = columns.map((_, place) => sumOf(values[place]!));
  const all = sumOf(sums);
  if (all === 0) return 'No request has been answered yet.';
  const good = columns.findIndex(({ series }) => series.label === 'ok');
  const mean = shortNumber((sums[good] ?? 0) / times.length);
  const bad = columns
    .map(({ series }, place) => ({ word: series.label, place, sum: sums[place]! }))
    .filter(({ word, sum }) => word !== 'ok' && sum > 0)
    .sort((left, right) => right.sum - left.sum);
  if (bad.length === 0) return `${mean} answers a second on average, all of them ok.`;
  const words = bad.map(({ word, place, sum }) => {
    const most = Math.max(...values[place]!.map((value) => value || 0));
    const when = shortClock(times[values[place]!.indexOf(most)]!);
    return `${shareText(sum / all)} ${word}, at most ${shortNumber(most)}/s at ${when}`;
  });
  return `${mean} good answers a second on average; ${words.join('; ')}.`;
}

function hitsSentence({ series }: Column, values: readonly number[]): string {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return `${series.label} has not been asked yet.`;
  const low = Math.round(Math.min(...known));
  const high = Math.round(Math.max(...known));
  const last = Math.round(known.at(-1)!);
  return `${series.label}: ${last} % hits at the end, between ${low} % and ${high} %.`;
}

function peakSentence({ columns }: ChartPlan, { times, values }: Rows, words: string): string {
  let best = { place: 0, row: 0, value: -Infinity };
  values.forEach((column, place) =>
    column.forEach((value, row) => {
      if (value > best.value) best = { place, row, value };
    }),
  );
  const { series } = columns[best.place]!;
  if (!(best.value >= 0.05)) {
    return series.unit === 'ms' ? 'No replica was behind.' : 'Hardly anybody waited anywhere.';
  }
  const last = values[best.place]!.at(-1);
  const peak = valueText(series, best.value);
  const when = shortClock(times[best.row]!);
  const end = valueText(series, last);
  return `At most ${peak} ${words} ${series.label}, at ${when}; ${end} at the end.`;
}

function shareSentence({ columns }: ChartPlan, { values }: Rows): string {
  const sums = values.map((column) => [sumOf(column)]);
  const shares = sums.map((_, part) => fairShare(sums, part, 0) ?? 0);
  const most = Math.max(...shares);
  if (most === 0) return 'Nothing has been asked of any part yet.';
  const { series } = columns[shares.indexOf(most)]!;
  if (most < 1.1) return `All ${columns.length} parts carry about the same.`;
  return `${partName(series)} carries the most: ${most.toFixed(1)} times its fair share.`;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + (value || 0), 0);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[sorted.length >> 1]!;
}

function shareText(share: number): string {
  const percent = share * 100;
  return `${percent < 0.1 ? 'less than 0.1' : percent.toFixed(percent < 10 ? 1 : 0)} %`;
}
