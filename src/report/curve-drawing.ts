/**
 * Miss-ratio curves as a picture made of lines and words, which an SVG or a grid of pixels can
 * show alike. Sizes are on a logarithmic axis; every line has its name at its end.
 */

import { shortNumber } from '../base/measured.ts';
import type { Curve, CurveReport } from '../laboratory/curve.ts';
import { log } from '../kernel/math.ts';

export type Shape =
  | {
      readonly kind: 'line';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly colour: string;
      readonly width: number;
      /** Lengths of dash and gap; null: drawn through. */
      readonly dash: readonly [number, number] | null;
    }
  | {
      readonly kind: 'words';
      readonly x: number;
      /** Of the line that the letters stand on. */
      readonly y: number;
      readonly text: string;
      /** Height of a line of text. */
      readonly size: number;
      readonly align: 'start' | 'middle' | 'end';
      readonly colour: string;
    };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly ground: string;
  readonly shapes: readonly Shape[];
}

/** Dark enough on white, and apart from each other for colour-blind eyes. Source: Okabe, Ito. */
const colours = ['#0072b2', '#d55e00', '#007a5a', '#a8437f', '#7a5c00', '#4c4f9e', '#8c2d19'];
const INK = '#131a27';
const SOFT = '#424d60';
const HAIR = '#d8dfe9';
const WIDTH = 880;
const HEIGHT = 520;
const LEFT = 70;
const RIGHT = 700;
const TOP = 64;
const BOTTOM = 450;
const LETTERS = 13;

/** Where a size and a ratio stand in the picture. */
interface Scale {
  readonly low: number;
  readonly high: number;
  /** Highest ratio that is shown, and the distance of the lines across. */
  readonly top: number;
  readonly step: number;
  readonly x: (size: number) => number;
  readonly y: (ratio: number) => number;
}

export function curveDrawing(report: CurveReport, title: string): Drawing {
  const scale = scaleOf(report);
  return {
    width: WIDTH,
    height: HEIGHT,
    ground: '#ffffff',
    shapes: [...frame(report, title, scale), ...lines(report.curves, scale)],
  };
}

function scaleOf({ curves, present }: CurveReport): Scale {
  const sizes = curves[0]?.points.map(({ size }) => size) ?? [];
  const low = Math.min(...sizes, present ?? Infinity);
  const high = Math.max(...sizes, present ?? 0, low * 1.001);
  const most = Math.max(0.01, ...curves.flatMap(({ points }) => points.map(highest)));
  const step = stepFor(most);
  const top = Math.min(1, step * Math.ceil(most / step));
  return {
    low,
    high,
    top,
    step,
    x: (size) => LEFT + ((RIGHT - LEFT) * log(size / low)) / log(high / low),
    y: (ratio) => BOTTOM - ((BOTTOM - TOP) * ratio) / top,
  };
}

/** Title, axes and the present size. */
function frame({ unit, present }: CurveReport, title: string, scale: Scale): Shape[] {
  const { low, high, top, step, x, y } = scale;
  const shapes: Shape[] = [
    words(LEFT, 26, title, 'start', INK, 16),
    words(LEFT, TOP - 16, 'misses, % of reads', 'start', SOFT),
    words((LEFT + RIGHT) / 2, HEIGHT - 18, axisTitle(unit), 'middle', SOFT),
  ];
  for (let ratio = 0; ratio <= top + step / 2; ratio += step) {
    shapes.push(line([LEFT, y(ratio)], [RIGHT, y(ratio)], HAIR));
    shapes.push(words(LEFT - 10, y(ratio) + 4, percent(ratio, step), 'end', SOFT));
  }
  for (const size of ticks(low, high)) {
    shapes.push(line([x(size), BOTTOM], [x(size), BOTTOM + 6], SOFT));
    shapes.push(words(x(size), BOTTOM + 22, sizeText(size, unit), 'middle', SOFT));
  }
  shapes.push(line([LEFT, BOTTOM], [RIGHT, BOTTOM], SOFT));
  if (present !== null) {
    shapes.push({ ...line([x(present), TOP], [x(present), BOTTOM], SOFT), dash: [2, 4] });
    shapes.push(words(x(present), TOP - 6, 'now', 'middle', SOFT));
  }
  return shapes;
}

/** Every curve with its errors, and its name at its end. */
function lines(curves: readonly Curve[], { top, x, y }: Scale): Shape[] {
  const drawn: Shape[] = [];
  const labels: Label[] = [];
  const byKind = [...curves].sort(
    (a, b) => Number(a.kind !== 'policy') - Number(b.kind !== 'policy'),
  );
  byKind.forEach(({ name, kind, points }, place) => {
    const seen = points.filter(({ missRatio }) => Number.isFinite(missRatio));
    const end = seen.at(-1);
    if (end === undefined) return;
    const colour = kind === 'policy' ? colours[place % colours.length]! : SOFT;
    const dash = dashOf(kind, place);
    for (const { size, missRatio, error } of seen) {
      if (error === 0) continue;
      const [low, high] = [Math.max(0, missRatio - error), Math.min(top, missRatio + error)];
      drawn.push(line([x(size), y(low)], [x(size), y(high)], colour));
    }
    const way = seen.map(({ size, missRatio }) => [x(size), y(missRatio)] as const);
    drawn.push({ kind: 'line', points: way, colour, width: kind === 'policy' ? 2 : 1.5, dash });
    labels.push({
      text: name,
      x: x(end.size),
      y: y(end.missRatio),
      wanted: y(end.missRatio),
      colour,
    });
  });
  for (const { text, x: from, y: at, wanted, colour } of apart(labels)) {
    drawn.push(line([from + 3, wanted], [RIGHT + 14, at], colour));
    drawn.push(words(RIGHT + 18, at + 4, text, 'start', colour));
  }
  return drawn;
}

interface Label {
  readonly text: string;
  readonly x: number;
  readonly wanted: number;
  readonly colour: string;
  y: number;
}

/** Moves names that would stand on each other, keeping their order and the picture's frame. */
function apart(labels: readonly Label[]): readonly Label[] {
  const least = LETTERS + 3;
  const sorted = [...labels].sort((a, b) => a.wanted - b.wanted);
  let above = TOP - least;
  for (const label of sorted) {
    label.y = Math.max(label.wanted, above + least);
    above = label.y;
  }
  let below = Math.max(BOTTOM, TOP + least * (sorted.length - 1)) + least;
  for (const label of [...sorted].reverse()) {
    label.y = Math.min(label.y, below - least);
    below = label.y;
  }
  return sorted;
}

function highest({ missRatio, error }: { missRatio: number; error: number }): number {
  return Number.isFinite(missRatio) ? Math.min(1, missRatio + error) : 0;
}

function dashOf(kind: Curve['kind'], place: number): readonly [number, number] | null {
  if (kind === 'bound') return [7, 4];
  if (kind === 'estimate') return [2, 3];
  // With more lines than colours the second turn is dashed.
  return place >= colours.length ? [10, 3] : null;
}

/** A round step that gives three to six lines. */
function stepFor(most: number): number {
  for (const step of [0.002, 0.005, 0.01, 0.02, 0.05, 0.1]) if (most / step <= 6) return step;
  return 0.2;
}

function percent(ratio: number, step: number): string {
  return `${(ratio * 100).toFixed(step < 0.01 ? 1 : 0)} %`;
}

/** Whole powers of ten; with few of them 2 and 5 times as well. */
function ticks(low: number, high: number): number[] {
  const places: number[] = [];
  const factors = high / low > 3_000 ? [1] : high / low > 60 ? [1, 3] : [1, 2, 5];
  for (let power = 1; power <= high; power *= 10) {
    for (const factor of factors) {
      const size = power * factor;
      if (size >= low * 0.999 && size <= high * 1.001) places.push(size);
    }
  }
  return places.length >= 2 ? places : [low, high];
}

function axisTitle(unit: CurveReport['unit']): string {
  return unit === 'bytes' ? 'size of the cache, bytes' : 'size of the cache, entries';
}

/** `10k`, `512MB`. */
export function sizeText(size: number, unit: CurveReport['unit']): string {
  if (unit === 'entries') return shortest(shortNumber(size));
  for (const [power, name] of [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'KB'],
  ] as const) {
    if (size >= power) return `${shortest(shortNumber(size / power))}${name}`;
  }
  return `${size}B`;
}

/** Without a fraction of nothing. */
function shortest(text: string): string {
  return text.replace(/\.0(?=\D|$)/, '');
}

function line(
  from: readonly [number, number],
  to: readonly [number, number],
  colour: string,
): Shape & { kind: 'line' } {
  return { kind: 'line', points: [from, to], colour, width: 1, dash: null };
}

function words(
  x: number,
  y: number,
  text: string,
  align: 'start' | 'middle' | 'end',
  colour: string,
  size = LETTERS,
): Shape {
  return { kind: 'words', x, y, text, size, align, colour };
}
