/** A drawing as pixels: lines with soft edges, letters as strokes. */

import { ADVANCE, ASCENT, strokesOf } from './curve-font.ts';
import type { Drawing, Shape } from './curve-drawing.ts';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, row by row. */
  readonly rgb: Uint8Array;
}

type Point = readonly [x: number, y: number];

/** `scale`: pixels for one unit of the drawing. */
export function drawingPixels(drawing: Drawing, scale: number): Pixels {
  const canvas = new Canvas(drawing.width * scale, drawing.height * scale, drawing.ground);
  for (const shape of drawing.shapes) {
    if (shape.kind === 'words') drawWords(canvas, shape, scale);
    else drawLine(canvas, shape, scale);
  }
  return canvas;
}

function drawLine(canvas: Canvas, shape: Shape & { kind: 'line' }, scale: number): void {
  const points = shape.points.map(([x, y]) => [x * scale, y * scale] as const);
  const dash = shape.dash?.map((length) => length * scale) ?? null;
  /** Way along the dashes, which go on around corners. */
  let way = 0;
  points.slice(1).forEach((to, place) => {
    const from = points[place]!;
    const length = lengthOf(to[0] - from[0], to[1] - from[1]);
    const at = (part: number): Point => [
      from[0] + ((to[0] - from[0]) * part) / length,
      from[1] + ((to[1] - from[1]) * part) / length,
    ];
    if (dash === null || length === 0) {
      canvas.stroke(from, to, shape.width * scale, shape.colour);
      return;
    }
    const period = dash[0]! + dash[1]!;
    for (let start = -(way % period); start < length; start += period) {
      const end = Math.min(length, start + dash[0]!);
      if (end > 0) {
        canvas.stroke(at(Math.max(0, start)), at(end), shape.width * scale, shape.colour);
      }
    }
    way += length;
  });
}

function drawWords(canvas: Canvas, shape: Shape & { kind: 'words' }, scale: number): void {
  const dot = (shape.size * scale) / 9.5;
  const letters = Array.from(shape.text);
  const width = letters.length * ADVANCE * dot;
  const shift = shape.align === 'start' ? 0 : shape.align === 'middle' ? width / 2 : width;
  const left = shape.x * scale - shift;
  const top = shape.y * scale - ASCENT * dot;
  letters.forEach((letter, place) => {
    const x = left + place * ADVANCE * dot;
    for (const [fromX, fromY, toX, toY] of strokesOf(letter)) {
      canvas.stroke(
        [x + fromX * dot, top + fromY * dot],
        [x + toX * dot, top + toY * dot],
        dot * 1.05,
        shape.colour,
      );
    }
  });
}

class Canvas implements Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;

  constructor(width: number, height: number, ground: string) {
    this.width = width;
    this.height = height;
    this.rgb = new Uint8Array(width * height * 3);
    const colour = channels(ground);
    for (let at = 0; at < this.rgb.length; at++) this.rgb[at] = colour[at % 3]!;
  }

  /** A line with round ends; a pixel is covered by as much as its middle is inside. */
  stroke([ax, ay]: Point, [bx, by]: Point, width: number, colour: string): void {
    const paint = channels(colour);
    const half = width / 2;
    const reach = half + 1;
    const length = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
    const firstX = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
    const lastX = Math.min(this.width - 1, Math.ceil(Math.max(ax, bx) + reach));
    const firstY = Math.max(0, Math.floor(Math.min(ay, by) - reach));
    const lastY = Math.min(this.height - 1, Math.ceil(Math.max(ay, by) + reach));
    for (let y = firstY; y <= lastY; y++) {
      for (let x = firstX; x <= lastX; x++) {
        const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
        const part = Math.min(1, Math.max(0, along));
        const away = lengthOf(x - ax - part * (bx - ax), y - ay - part * (by - ay));
        const cover = Math.min(1, Math.max(0, half + 0.5 - away));
        if (cover > 0) this.blend((y * this.width + x) * 3, paint, cover);
      }
    }
  }

  private blend(at: number, paint: readonly number[], cover: number): void {
    for (let channel = 0; channel < 3; channel++) {
      const before = this.rgb[at + channel]!;
      this.rgb[at + channel] = Math.round(before + (paint[channel]! - before) * cover);
    }
  }
}

function lengthOf(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** `#rrggbb` as three numbers. */
function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
