/** Where everything in the drawing of miss-ratio curves stands, px. */

import type { Curve, CurveReport, RunPoint } from '../../protocol/laboratory.ts';
import { linearAxis, logAxis, pathThrough, roundStep, type Axis } from './axis.ts';
import type { Box } from './box.ts';
import { ratioWithError, shortCurveName } from './curve-words.ts';
import { labelPlaces } from './label-places.ts';

export interface CurveLine {
  readonly curve: Curve;
  readonly path: string;
  /** Outline of what sampling leaves open; empty when nothing is. */
  readonly band: string;
  /** Beside the plot, at the height of the line's end as nearly as can be. */
  readonly label: { readonly text: string; readonly x: number; readonly y: number };
}

export interface CurveDrawing {
  readonly x: Axis;
  readonly y: Axis;
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Whether the lines are named beside the plot; where there is no room, above it. */
  readonly isNamed: boolean;
  /** Where ratios beside the names end, px. */
  readonly namesEnd: number;
  /** The one with the most misses first. */
  readonly lines: readonly CurveLine[];
  /** All sizes at which some curve has a point, ascending. */
  readonly sizes: readonly number[];
  /** The size of the cache in the run; null for a trace. */
  readonly presentX: number | null;
  readonly runPoint: { readonly x: number; readonly y: number } | null;
}

const leftEdge = 48;
const top = 26;
const belowPlot = 38;
/** Names beside the plot leave room for the words of the axis at its foot. */
const belowNamedPlot = 22;
const lineHeight = 15;
/** Of a character in a label, px; on the safe side. */
const characterWidth = 6.6;
/** From the plot to a name: a piece of the line stands there. */
export const swatchRoom = 34;
/** Narrower than this there is no room for names beside the plot. */
const leastNamed = 560;

export function drawCurves(report: CurveReport, run: RunPoint | null, box: Box): CurveDrawing {
  const { curves, present } = report;
  const points = curves.flatMap((curve) => curve.points);
  const sizes = [...new Set(points.map(({ size }) => size))].sort((a, b) => a - b);
  const isNamed = box.width >= leastNamed;
  const right = box.width - (isNamed ? namesWidth(curves) : 14);
  const bottom = box.height - (isNamed ? belowNamedPlot : belowPlot);
  const ends = sizes.length === 0 ? [1] : [...sizes, ...(present === null ? [] : [present])];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const x = logAxis({ low, high: Math.max(high, low * 1.01), start: leftEdge, end: right }, 54);
  const ratio = runRatio(run);
  const most = Math.max(...points.map(({ missRatio, error }) => missRatio + error), ratio ?? 0);
  const ceiling = Math.min(1, Math.max(most * 1.02, 0.001));
  const step = roundStep(ceiling / 5);
  const highest = Math.min(1, Math.ceil(ceiling / step - 1e-9) * step);
  const y = linearAxis({ low: 0, high: highest, start: bottom, end: top }, 26);
  const room = { top: top + 2, bottom: bottom - 4, apart: lineHeight };
  // Lines that end at one height have their names in the order of their means.
  const drawn = curves
    .filter((curve) => curve.points.length > 0)
    .sort((one, other) => meanRatio(other) - meanRatio(one));
  const wished = drawn.map((curve) => y.at(curve.points.at(-1)!.missRatio));
  const places = labelPlaces(wished, room);
  const lines = drawn.map((curve, place): CurveLine => {
    return {
      curve,
      path: pathThrough(curve.points.map((one) => [x.at(one.size), y.at(one.missRatio)])),
      band: bandOf(curve, x, y),
      label: { text: shortCurveName(curve), x: right + swatchRoom, y: places[place]! },
    };
  });
  const presentX = present === null ? null : x.at(present);
  const runPoint =
    ratio === null || presentX === null ? null : { x: presentX, y: y.at(Math.min(highest, ratio)) };
  const plot = { left: leftEdge, right, top, bottom };
  const namesEnd = box.width - 2;
  return { x, y, plot, isNamed, namesEnd, lines, sizes, presentX, runPoint };
}

/** Of a piece of line, a name and a ratio. */
function namesWidth(curves: readonly Curve[]): number {
  const names = longest(curves.map(shortCurveName));
  const ratios = longest(curves.flatMap(({ points }) => points.map(ratioWithError)));
  return swatchRoom + (names + ratios + 1) * characterWidth + 4;
}

function meanRatio({ points }: Curve): number {
  return points.reduce((sum, { missRatio }) => sum + missRatio, 0) / points.length;
}

function longest(words: readonly string[]): number {
  return Math.max(...words.map(({ length }) => length), 4);
}

export function runRatio(run: RunPoint | null): number | null {
  return run === null || run.lookUps === 0 ? null : run.misses / run.lookUps;
}

function bandOf({ points }: Curve, x: Axis, y: Axis): string {
  if (points.every(({ error }) => error === 0)) return '';
  const edge = (sign: 1 | -1) =>
    points.map(({ size, missRatio, error }): [number, number] => [
      x.at(size),
      y.at(Math.max(0, missRatio + sign * error)),
    ]);
  return `${pathThrough([...edge(1), ...edge(-1).reverse()])}Z`;
}
