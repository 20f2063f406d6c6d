/** The links of the chain from a size to money: what each measures and how it is written. */

import { shortMilliseconds, shortNumber } from '../../base/measured.ts';
import type { ChainPoint, ChainResult } from '../../protocol/laboratory.ts';
import { ratioText, sizeText } from './curve-words.ts';

export interface ChainMeasure {
  readonly title: string;
  /** NaN where nothing was measured. */
  readonly value: (point: ChainPoint) => number;
  readonly write: (value: number) => string;
  /** For the marks of the axis. */
  readonly mark: (value: number) => string;
  /** Upper end of the axis; null: as high as the values need. */
  readonly most: number | null;
  readonly isKnown: boolean;
  /** Why it is not. */
  readonly unknown: string;
}

export function chainMeasures({ points, store, operation }: ChainResult): ChainMeasure[] {
  const measures: Omit<ChainMeasure, 'isKnown'>[] = [
    {
      title: 'Hit ratio',
      value: ({ hitRatio }) => hitRatio,
      write: ratioText,
      mark: (share) => `${Number((share * 100).toPrecision(3))} %`,
      most: 1,
      unknown: 'Nothing was looked up.',
    },
    {
      title: `Load of ${store ?? 'the store'}`,
      value: ({ storeLoad }) => storeLoad,
      write: (rate) => (Number.isFinite(rate) ? `${shortNumber(rate)}/s` : '–'),
      mark: (rate) => `${shortNumber(rate).replace('.0', '')}/s`,
      most: null,
      unknown: 'No store lies behind this cache.',
    },
    {
      title: `p99 of ${operation}`,
      value: ({ p99Ms }) => p99Ms,
      write: shortMilliseconds,
      mark: (ms) => (ms >= 1000 ? `${ms / 1000} s` : `${Number(ms.toPrecision(3))} ms`),
      most: null,
      unknown: 'No request was answered.',
    },
    {
      title: 'Cost a month',
      value: ({ cost }) => cost,
      write: (money) => (Number.isFinite(money) ? `$${shortNumber(money)}` : '–'),
      mark: (money) => `$${shortNumber(money).replace('.0', '')}`,
      most: null,
      unknown: 'Nothing here has a price: write price: $0.25/h on a component.',
    },
  ];
  return measures.map((measure) => ({
    ...measure,
    isKnown: points.some((point) => Number.isFinite(measure.value(point))),
  }));
}

/** What the four pictures show, for those who do not see them. */
export function chainSentence(result: ChainResult): string {
  const [first] = result.points;
  const last = result.points.at(-1);
  if (first === undefined || last === undefined) return 'There is no run to show.';
  const from = sizeText(first.size, result.unit);
  const to = sizeText(last.size, result.unit);
  const parts = chainMeasures(result)
    .filter(({ isKnown }) => isKnown)
    .map(({ title, value, write }) => {
      const name = title.charAt(0) === 'p' ? title : title.charAt(0).toLowerCase() + title.slice(1);
      return `${name} from ${write(value(first))} to ${write(value(last))}`;
    });
  return `From ${from} to ${to}: ${parts.join(', ')}.`;
}

export function chainRows(result: ChainResult): string[][] {
  const measures = chainMeasures(result);
  return result.points.map((point) => [
    sizeText(point.size, result.unit),
    ...measures.map(({ value, write }) => write(value(point))),
  ]);
}

export function chainCsv({ points, unit }: ChainResult): string {
  const rows = points.map(({ capacity, size, hitRatio, storeLoad, p99Ms, cost }) =>
    [capacity, size, hitRatio, storeLoad, p99Ms, cost].join(','),
  );
  return [`capacity,${unit},hit_ratio,store_load_per_s,p99_ms,cost_per_month`, ...rows, ''].join(
    '\n',
  );
}
