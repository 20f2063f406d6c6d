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

/** The size that a chart is about as long as nobody points at one. */
export function restingSize({ curves, present }: CurveReport): number {
  const sizes = curves[0]?.points.map(({ size }) => size) ?? [];
  return present ?? sizes[Math.floor(sizes.length / 2)] ?? 1;
}

/**
 * Where the cache stands, what would be better and by how much. `own`: its policy in the run; a
 * trace has none, so there the best policy is held against the worst.
 */
export function curveSentence(report: CurveReport, own: string | null): string {
  const size = restingSize(report);
  const ranked = report.curves
    .filter(({ kind }) => kind === 'policy')
    .flatMap((curve): Ranked[] => {
      const point = pointNear(curve, size);
      return point === null ? [] : [{ curve, ratio: point.missRatio }];
    })
    .sort((left, right) => left.ratio - right.ratio);
  const [best] = ranked;
  if (best === undefined) return 'There is no curve.';
  const present = ranked.find(({ curve }) => curve.name === own);
  const { curve, ratio } = present ?? best;
  const parts = [
    `At ${sizeText(size, report.unit)} ${curve.name} misses ${ratioText(ratio)} of ` +
      `${shortNumber(report.requests)} look-ups`,
    present === undefined ? besideWorst(ranked) : besideBest(report, present, best),
    besideBound(report, size, ratio),
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

interface Ranked {
  readonly curve: Curve;
  readonly ratio: number;
}

function besideWorst(ranked: readonly Ranked[]): string {
  const worst = ranked.at(-1)!;
  return ranked.length < 2
    ? ''
    : `${worst.curve.name} misses ${pointsText(worst.ratio - ranked[0]!.ratio)} more`;
}

function besideBest(report: CurveReport, present: Ranked, best: Ranked): string {
  const less = pointsText(present.ratio - best.ratio);
  if (less === pointsText(0)) {
    return report.curves.filter(({ kind }) => kind === 'policy').length < 2
      ? ''
      : 'no other policy here misses less';
  }
  const size = sizeReaching(best.curve, present.ratio);
  const isSmaller = size !== null && size < 0.95 * restingSize(report);
  const enough = isSmaller ? ` (or as much with ${sizeText(size, report.unit)})` : '';
  return `${best.curve.name} would miss ${less} less${enough}`;
}

function besideBound({ curves }: CurveReport, size: number, ratio: number): string {
  const bound = curves.find(({ name }) => name === 'belady');
  const point = bound === undefined ? null : pointNear(bound, size);
  if (point === null) return '';
  return `the best that can be misses ${pointsText(ratio - point.missRatio)} less`;
}

/** A difference of two shares: `4.1 points`. */
function pointsText(difference: number): string {
  return `${(Math.max(0, difference) * 100).toFixed(1)} points`;
}

/** The least size at which a curve has come down to a ratio; null when it never does. */
function sizeReaching({ points }: Curve, ratio: number): number | null {
  const place = points.findIndex(({ missRatio }) => missRatio <= ratio);
  const above = points[place - 1];
  const below = points[place];
  if (above === undefined || below === undefined) return null;
  const share = (above.missRatio - ratio) / (above.missRatio - below.missRatio);
  return above.size * (below.size / above.size) ** share;
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
