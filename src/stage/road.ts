/**
 * The road of one edge, as wide as its traffic. Dots in its surface: messages get lost on it. A gap
 * with slanted ends: a partition cuts it; without the gap: it cuts some of its ways.
 */

import type { Cell } from '../base/box-geometry.ts';
import type { Appearance } from './appearance.ts';
import { isFailing, isStampede, type Traffic } from './traffic.ts';
import { Pen } from './glyphs/pen.ts';
import { trackOf } from './line.ts';
import { Raster } from './raster.ts';

export const roadWidthMax = 20;
/** Half of the gap that a partition leaves, units. */
const gapHalf = 9;

export interface RoadLook {
  readonly width: number;
  /** It is selected, or lies on the way of the request that is followed. */
  readonly outlined: boolean;
  /** Another request is followed. */
  readonly dimmed: boolean;
}

export class Road {
  readonly raster = new Raster();
  private line: readonly number[];
  private area: Cell;

  constructor(line: readonly number[]) {
    this.line = line;
    this.area = areaOf(line);
  }

  reshape(line: readonly number[]): void {
    this.line = line;
    this.area = areaOf(line);
  }

  paint(traffic: Traffic, look: Appearance, road: RoadLook): void {
    const { area } = this;
    const { camera, palette, pixelRatio } = look;
    this.raster.sprite.alpha = road.dimmed ? 0.35 : 1;
    this.raster.paint(area.width, area.height, camera.zoom * pixelRatio, (context) => {
      context.translate(-area.x, -area.y);
      const pen = new Pen(context, palette, camera.zoom);
      const trace = () => this.trace(context);
      if (road.outlined) {
        trace();
        pen.stroke(palette.flight, road.width + 4);
        trace();
        pen.stroke(palette.ground, road.width + 1);
      }
      const stampede = isStampede(traffic);
      paintTarmac(pen, stampede ? roadWidthMax : road.width, trace);
      if (traffic.loss > 0) paintDots(pen, trace);
      if (stampede) {
        trace();
        pen.stroke(palette.slow, 2.5);
      }
      if (isFailing(traffic)) {
        trace();
        pen.stroke(palette.failed, 2, [7, 5]);
      }
      if (traffic.cut > 0) this.paintCut(pen, road.width, traffic.cut === 1);
    });
  }

  place({ camera, pixelRatio }: Appearance): void {
    const { zoom, x, y } = camera;
    this.raster.place(this.area.x * zoom + x, this.area.y * zoom + y, zoom, pixelRatio);
  }

  private trace(context: CanvasRenderingContext2D): void {
    const { line } = this;
    context.beginPath();
    context.moveTo(line[0]!, line[1]!);
    for (let at = 2; at < line.length; at += 2) context.lineTo(line[at]!, line[at + 1]!);
  }

  /** Two slanted strokes across the middle, and nothing between them where no way is left. */
  private paintCut(pen: Pen, width: number, whole: boolean): void {
    const { context, palette } = pen;
    const { x, y, angle } = trackOf(this.line, 3);
    const reach = Math.max(9, width / 2 + 4);
    context.save();
    context.translate(x[1]!, y[1]!);
    context.rotate(angle[1]!);
    if (whole) context.clearRect(-gapHalf, -reach, 2 * gapHalf, 2 * reach);
    for (const end of whole ? [-gapHalf, gapHalf] : [-3, 3]) {
      context.beginPath();
      context.moveTo(end + 3, -reach);
      context.lineTo(end - 3, reach);
      context.lineCap = 'round';
      pen.stroke(palette.ground, 5);
      pen.stroke(palette.failed, 2.4);
    }
    context.restore();
  }
}

/** A tinted band with slightly stronger edges. */
function paintTarmac(pen: Pen, width: number, trace: () => void): void {
  const { palette } = pen;
  const band = (color: string, alpha: number, wide: number) => {
    trace();
    pen.withAlpha(alpha, () => pen.stroke(color, wide));
  };
  band(palette.line, 1, width);
  band(palette.flight, 0.14, width);
  if (width < 5) return;
  band(palette.ground, 1, width - 2);
  band(palette.flight, 0.11, width - 2);
}

/** Messages get lost: the way is a dotted line. */
function paintDots(pen: Pen, trace: () => void): void {
  const { context, palette } = pen;
  trace();
  context.lineCap = 'round';
  pen.stroke(palette.slow, 4, [0.1, 11]);
  context.lineCap = 'butt';
}

function areaOf(line: readonly number[]): Cell {
  if (line.length < 4) return { x: 0, y: 0, width: 0, height: 0 };
  const xs = line.filter((_, index) => index % 2 === 0);
  const ys = line.filter((_, index) => index % 2 === 1);
  const margin = roadWidthMax / 2 + 4;
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return {
    x: left,
    y: top,
    width: Math.max(...xs) + margin - left,
    height: Math.max(...ys) + margin - top,
  };
}
