/**
 * The numbers of an edge on a small plate beside its road. Plates keep their size on the screen, so
 * where they lie is decided anew for every zoom: beside the road, and off boxes and each other.
 */

import type { Cell, StageForm } from '../base/box-geometry.ts';
import type { Appearance } from './appearance.ts';
import { Pen } from './glyphs/pen.ts';
import { trackPoints, type TrackStore } from './track-store.ts';
import { Raster } from './raster.ts';
import type { Scene } from './scene.ts';
import { isFailing, trafficLines, type Traffic } from './traffic.ts';

/** Centre of a plate, world units. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Half of the widest road and a little air, units. */
const clearance = 13;
/** Where along an edge its plate may lie, the best first. */
const shares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.15, 0.85];
/** A plate of a failing edge, in letters and lines: what room is looked for. */
const usualLetters = 8;
const usualLines = 3;
/** Roads are kept free as a row of squares of this size, units. */
const roadSquare = 16;

export class EdgeLabel {
  readonly raster = new Raster();
  private width = 0;
  private height = 0;

  paint(traffic: Traffic, look: Appearance): void {
    const { camera, palette, pixelRatio } = look;
    // From afar the tiles carry the numbers.
    const lines = look.level === 1 ? [] : trafficLines(traffic);
    this.raster.sprite.visible = lines.length > 0;
    if (lines.length === 0) return;
    const size = letterSize(camera.zoom);
    const letters = Math.max(...lines.map((line) => line.length));
    const { width, height } = plateSize(letters, lines.length, size);
    this.width = width;
    this.height = height;
    this.raster.paint(width, height, pixelRatio, (context) => {
      const pen = new Pen(context, palette, 1);
      const shape = { x: 0.5, y: 0.5, width: width - 1, height: height - 1 };
      pen.withAlpha(0.9, () => pen.fillRounded(shape, 6, palette.ground));
      if (isFailing(traffic) || traffic.cut > 0) pen.strokeRounded(shape, 6, palette.failed, 1);
      const lineHeight = (height - 4) / lines.length;
      lines.forEach((line, index) => {
        pen.text(line, width / 2, 2 + lineHeight * (index + 0.5), {
          size,
          weight: index === 0 ? 600 : 400,
          color: index === 0 ? palette.ink : palette.inkSoft,
          align: 'center',
        });
      });
    });
  }

  place({ x, y }: Spot, { camera, pixelRatio }: Appearance): void {
    const left = x * camera.zoom + camera.x - this.width / 2;
    const top = y * camera.zoom + camera.y - this.height / 2;
    this.raster.place(left, top, 1, pixelRatio);
  }
}

/** The best spot for each edge at that zoom, null for edges that have no road. */
export function labelSpots(scene: Scene, store: TrackStore, zoom: number): (Spot | null)[] {
  const size = plateSize(usualLetters, usualLines, letterSize(zoom));
  const plate = { width: size.width / zoom, height: size.height / zoom };
  const taken: Cell[] = [...scene.boxes, ...roadSquares(scene, store)];
  return scene.edges.map((_, edge) => {
    const track = store.edgeTrack(edge);
    if (track === null) return null;
    let best: Spot | null = null;
    let bestCost = Infinity;
    shares.forEach((share, turn) => {
      const point = Math.round(share * (trackPoints - 1));
      for (const side of [1, -1]) {
        const spot = beside(track.x[point]!, track.y[point]!, side, plate, scene.form);
        const area = around(spot, plate);
        const hidden = taken.reduce((sum, other) => sum + overlap(area, other), 0);
        const cost = hidden + turn + (side < 0 ? 0.5 : 0);
        if (cost < bestCost) [best, bestCost] = [spot, cost];
      }
    });
    if (best !== null) taken.push(around(best, plate));
    return best;
  });
}

function roadSquares(scene: Scene, store: TrackStore): Cell[] {
  const square = { width: roadSquare, height: roadSquare };
  return scene.edges.flatMap((_, edge) => {
    const track = store.edgeTrack(edge);
    if (track === null) return [];
    const step = Math.max(1, Math.floor((roadSquare / track.length) * trackPoints));
    const points = Array.from({ length: Math.ceil(trackPoints / step) }, (__, turn) => turn * step);
    return points.map((point) => around({ x: track.x[point]!, y: track.y[point]! }, square));
  });
}

function letterSize(zoom: number): number {
  return zoom < 0.8 ? 10 : 11.5;
}

function plateSize(
  letters: number,
  lines: number,
  size: number,
): { width: number; height: number } {
  return {
    width: Math.ceil(letters * size * 0.58 + 10),
    height: Math.ceil(lines * size * 1.3 + 4),
  };
}

function beside(
  x: number,
  y: number,
  side: number,
  plate: { readonly width: number; readonly height: number },
  form: StageForm,
): Spot {
  const away = clearance + (form === 'wide' ? plate.height : plate.width) / 2;
  return form === 'wide' ? { x, y: y - side * away } : { x: x + side * away, y };
}

function around({ x, y }: Spot, { width, height }: { width: number; height: number }): Cell {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Shared area, square units. */
function overlap(a: Cell, b: Cell): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
