/** Curves in words and in looks: names, colours with dashes, a sentence, a file for others. */

import { shortNumber } from '../../base/measured.ts';
import type { Palette } from '../../base/palette.ts';
import type { Curve, CurvePoint, CurveReport } from '../../protocol/laboratory.ts';

export interface CurveStyle {
  readonly color: string;
  readonly dash: string;
  readonly width: number;
}

const boundNames: Readonly<Record<string, string>> = {
  belady: 'Bélády, the best that can be',
  'belady-bypass': 'Bélády with bypass',
  'che-lru': 'LRU by Che’s formula',
};

const shortNames: Readonly<Record<string, string>> = {
  belady: 'Bélády',
  'belady-bypass': 'Bélády, bypass',
  'che-lru': 'Che (LRU)',
};

export function curveName({ name }: Pick<Curve, 'name'>): string {
  return boundNames[name] ?? name;
}

/** As it stands at the end of a line. */
export function shortCurveName({ name }: Pick<Curve, 'name'>): string {
  return shortNames[name] ?? name;
}

/** `place` among the policies; a policy keeps its looks while others come and go. */
export function curveStyle({ kind, name }: Curve, place: number, palette: Palette): CurveStyle {
  if (kind === 'bound') {
    return { color: palette.ink, dash: name === 'belady' ? '' : '1 3', width: 1 };
  }
  if (kind === 'estimate') return { color: palette.inkSoft, dash: '5 4', width: 1 };
  const colors = [palette.flight, palette.slow, palette.write, palette.ok];
  const dashes = ['', '7 3', '2 3', '9 3 2 3'];
  const dash = dashes[Math.floor(place / colors.length) % dashes.length]!;
  return { color: colors[place % colors.length]!, dash, width: 2 };
}

/** `12.3 %`, and finer where little is missed. */
export function ratioText(ratio: number): string {
  if (!Number.isFinite(ratio)) return '–';
  const percent = ratio * 100;
  return `${percent >= 10 || percent === 0 ? percent.toFixed(1) : percent.toPrecision(2)} %`;
}

export function ratioWithError({ missRatio, error }: CurvePoint): string {
  return error > 0
    ? `${ratioText(missRatio)} ± ${(error * 100).toPrecision(2)}`
    : ratioText(missRatio);
}

/** `20k entries`, `1.5 GB`. */
export function sizeText(size: number, unit: CurveReport['unit']): string {
  return unit === 'entries' ? `${sizeMark(size, unit)} entries` : sizeMark(size, unit);
}

/** The same for the marks of an axis: `20k`, `1.5 GB`. */
export function sizeMark(size: number, unit: CurveReport['unit']): string {
  if (unit === 'entries') {
    if (size < 10_000) return String(Math.round(size));
    const [value, letter] = size < 999_500 ? [size / 1e3, 'k'] : [size / 1e6, 'M'];
    return `${Number(value.toPrecision(3))}${letter}`;
  }
  const step = [1e9, 1e6, 1e3, 1].find((one) => size >= one) ?? 1;
  const word = { 1e9: 'GB', 1e6: 'MB', 1e3: 'KB', 1: 'B' }[step]!;
  return `${Number((size / step).toPrecision(3))} ${word}`;
}

/** As it would stand in a scenario: exactly that size. */
export function sizeValue(size: number, unit: CurveReport['unit']): string {
  const whole = Math.max(1, Math.round(size));
  return unit === 'entries' ? `${whole} entries` : `${whole}B`;
}

/** The point of a curve that is nearest to a size. */
export function pointNear(curve: Curve, size: number): CurvePoint | null {
  const distance = (point: CurvePoint) => Math.abs(Math.log(point.size / size));
  return curve.points.reduce<CurvePoint | null>(
    (best, point) => (best === null || distance(point) < distance(best) ? point : best),
    null,
  );
}

/** What the chart shows, for those who do not see it. */
export function curveSentence(report: CurveReport): string {
  const policies = report.curves.filter(({ kind }) => kind === 'policy');
  const sizes = policies[0]?.points.map(({ size }) => size) ?? [];
  if (sizes.length === 0) return 'There is no curve.';
  const size = report.present ?? sizes[Math.floor(sizes.length / 2)]!;
  const ranked = policies
    .map((curve) => ({ curve, point: pointNear(curve, size) }))
    .filter(({ point }) => point !== null)
    .sort((left, right) => left.point!.missRatio - right.point!.missRatio);
  const [best] = ranked;
  const worst = ranked.at(-1);
  if (best === undefined || worst === undefined) return 'There is no curve.';
  const at = `At ${sizeText(best.point!.size, report.unit)}`;
  const least = `${best.curve.name} misses ${ratioText(best.point!.missRatio)}`;
  if (best === worst) return `${at} ${least} of ${shortNumber(report.requests)} look-ups.`;
  const most = `${worst.curve.name} ${ratioText(worst.point!.missRatio)}`;
  return `${at} ${least} of ${shortNumber(report.requests)} look-ups, ${most}.`;
}

/** One row for each point. */
export function curveCsv({ curves, unit }: CurveReport): string {
  const rows = curves.flatMap(({ name, kind, points }) =>
    points.map(({ size, misses, missRatio, error }) =>
      [name, kind, size, misses, missRatio, error].join(','),
    ),
  );
  return [`curve,kind,${unit},misses,miss_ratio,error`, ...rows, ''].join('\n');
}
