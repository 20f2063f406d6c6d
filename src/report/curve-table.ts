/** Miss-ratio curves as text: a table for people, lines of CSV for programs. */

import { shortNumber } from '../base/measured.ts';
import type { Curve, CurvePoint, CurveReport } from '../laboratory/curve.ts';
import { sizeText } from './curve-drawing.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';

/** Sizes side by side; more go below. */
const SIZES_ACROSS = 5;

export function curveTable(report: CurveReport, title: string, paint: Paint): string {
  const { requests, keys, bytes, cold, unit, curves, sampled } = report;
  const hasBytes = bytes !== keys;
  const of = unit === 'bytes' ? bytes : keys;
  const lines = [
    paint(title, 'strong'),
    [
      `${grouped(requests)} reads`,
      `${grouped(keys)} keys`,
      ...(hasBytes ? [sizeText(bytes, 'bytes')] : []),
      `${percent(cold / requests)} are ${firstOnes(report)}: no cache saves them`,
    ].join(', '),
  ];
  if (sampled < 1) {
    const share = percent(sampled);
    lines.push(`${share} of the keys were played; ± is half of the 95 % interval`);
  }
  const bound = curves.find(({ name }) => name === 'belady');
  const sizes = curves[0]?.points.map(({ size }) => size) ?? [];
  for (let from = 0; from < sizes.length; from += SIZES_ACROSS) {
    const some = sizes.slice(from, from + SIZES_ACROSS);
    const columns = [
      { title: 'misses', align: 'left' as const },
      ...some.map((size) => ({
        title: `${sizeText(size, unit)} (${percent(size / of)})`,
        align: 'right' as const,
      })),
    ];
    const rows = curves.map((curve) => [
      curve.name,
      ...some.map((_, at) => cell(curve, from + at, bound)),
    ]);
    lines.push('', ...table(columns, rows));
  }
  const hasEstimate = curves.some(({ kind }) => kind === 'estimate');
  lines.push('');
  if (bound !== undefined) {
    lines.push('+ points above belady, the fewest misses of a cache that takes every key in');
  }
  if (hasEstimate) lines.push('che-lru: LRU by formula, as if every look-up were independent');
  const window = report.workingSet.at(-1);
  if (window !== undefined) lines.push(workingSetLine(report));
  return `${lines.join('\n').trimEnd()}\n`;
}

/** `policy,kind,size,misses,miss_ratio,error`. */
export function curveCsv({ curves, unit }: CurveReport): string {
  const lines = [`curve,kind,size_${unit},misses,miss_ratio,error`];
  for (const { name, kind, points } of curves) {
    for (const { size, misses, missRatio, error } of points) {
      lines.push([name, kind, size, misses, missRatio, error].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Deletes make more cold reads than there are keys. */
function firstOnes({ cold, keys }: CurveReport): string {
  return `the first of their key${cold > keys ? ', some since a delete' : ''}`;
}

function cell(curve: Curve, place: number, bound: Curve | undefined): string {
  const point = curve.points[place]!;
  const least = bound?.points[place];
  const gap = least === undefined || curve.kind !== 'policy' ? '' : `  ${gapText(point, least)}`;
  const error = point.error > 0 ? ` ±${(point.error * 100).toFixed(1)}` : '';
  return `${(point.missRatio * 100).toFixed(2)}${error} %${gap}`;
}

function gapText({ missRatio }: CurvePoint, least: CurvePoint): string {
  const points = (missRatio - least.missRatio) * 100;
  return `${points < 0 ? '' : '+'}${points.toFixed(1)}`;
}

function workingSetLine({ workingSet }: CurveReport): string {
  const shown = workingSet.filter(({ window }) => window >= 1_000).slice(0, 40);
  const step = Math.max(1, Math.ceil(shown.length / 5));
  const some = shown.filter((_, place) => (shown.length - 1 - place) % step === 0);
  const texts = some.map(({ window, keys }) => `${shortNumber(keys)} in ${shortNumber(window)}`);
  return texts.length === 0 ? '' : `distinct keys in that many reads: ${texts.join(', ')}`;
}

/** Two digits below ten percent: `0.12 %`, `8.2 %`, `12.2 %`, `100 %`. */
function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const value = share * 100;
  if (Number.isInteger(value)) return `${value} %`;
  return `${value < 10 ? Number(value.toPrecision(2)) : Number(value.toFixed(1))} %`;
}

/** `20,000,000`. */
function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
