/**
 * Edges: a road as wide as its traffic, and a plate with the exact numbers. Roads lie below
 * everything, plates above the dots and beside the road, so that nothing hides the traffic.
 */

import { scaleSqrt, type ScalePower } from 'd3-scale';
import { Container } from 'pixi.js';
import type { Cell, StageForm } from '../base/box-geometry.ts';
import { shortNumber } from '../base/measured.ts';
import type { Palette } from '../base/palette.ts';
import { EDGE_STRIDE, EdgeColumn } from '../protocol/frame.ts';
import type { Appearance } from './appearance.ts';
import { Pen } from './glyphs/pen.ts';
import { trackPoints, type TrackStore } from './track-store.ts';
import { Raster } from './raster.ts';
import type { Scene, SceneEdge } from './scene.ts';

/** Numbers change at most this often, ms. */
const repaintEveryMs = 500;
const widthMin = 3;
const widthMax = 20;
/** The widest road stands for at least this rate, so that a trickle is not a motorway. */
const fullWidthRateMin = 500;
const lineHeight = 15;
const labelSize = 11.5;
/** Rates below this are not worth a word, per second. */
const mentionedMin = 0.5;

interface Traffic {
  readonly rate: number;
  readonly failed: number;
  readonly retry: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  /** The label lies above or right of the road (1), or below or left of it (-1). */
  readonly side: 1 | -1;
}

export class EdgeLayer {
  readonly roads = new Container();
  readonly labels = new Container();
  private readonly edges: PaintedEdge[];
  private readonly scene: Scene;
  private key = '';
  private paintedMs = -Infinity;
  private fullWidthRate = fullWidthRateMin;

  constructor(scene: Scene, store: TrackStore) {
    this.scene = scene;
    const spots = labelSpots(scene, store);
    this.edges = scene.edges.map((edge, index) => new PaintedEdge(edge, spots[index] ?? null));
    for (const { road, label } of this.edges) {
      this.roads.addChild(road.sprite);
      this.labels.addChild(label.sprite);
    }
  }

  /** Paints what has changed; `all` paints everything, for a new zoom or theme. */
  update(rows: Float32Array | null, look: Appearance, nowMs: number, all: boolean): void {
    if (!all && nowMs - this.paintedMs < repaintEveryMs) return;
    const traffic = this.scene.edges.map((_, edge) => readEdge(rows, edge));
    const key = traffic.map((one) => labelLines(one).join()).join(';');
    if (!all && key === this.key) return;
    this.key = key;
    this.paintedMs = nowMs;
    this.fullWidthRate = Math.max(this.fullWidthRate, ...traffic.map(({ rate }) => rate));
    const width = scaleSqrt([0, this.fullWidthRate], [widthMin, widthMax]);
    traffic.forEach((one, edge) => this.edges[edge]!.paint(one, width, look));
  }

  place(look: Appearance): void {
    for (const edge of this.edges) edge.place(look, this.scene.form);
  }

  refresh(): void {
    for (const { road, label } of this.edges) {
      road.refresh();
      label.refresh();
    }
  }

  destroy(): void {
    for (const { road, label } of this.edges) {
      road.destroy();
      label.destroy();
    }
    this.roads.destroy();
    this.labels.destroy();
  }
}

class PaintedEdge {
  readonly road = new Raster();
  readonly label = new Raster();
  private readonly line: readonly number[];
  private readonly area: Cell;
  private readonly spot: Spot | null;
  private labelWidth = 0;
  private labelHeight = 0;

  constructor(edge: SceneEdge, spot: Spot | null) {
    this.line = edge.line;
    this.area = areaOf(edge.line);
    this.spot = spot;
  }

  paint(traffic: Traffic, width: ScalePower<number, number>, look: Appearance): void {
    if (this.spot === null) return;
    this.paintRoad(traffic, width, look);
    this.paintLabel(labelLines(traffic), traffic.failed >= mentionedMin, look);
  }

  place({ camera, pixelRatio }: Appearance, form: StageForm): void {
    if (this.spot === null) return;
    const { zoom, x, y } = camera;
    this.road.place(this.area.x * zoom + x, this.area.y * zoom + y, zoom, pixelRatio);
    const middleX = this.spot.x * zoom + x;
    const middleY = this.spot.y * zoom + y;
    const clear = (widthMax / 2 + 2) * zoom + 3;
    const away =
      this.spot.side * (clear + (form === 'wide' ? this.labelHeight : this.labelWidth) / 2);
    const [x0, y0] = form === 'wide' ? [middleX, middleY - away] : [middleX + away, middleY];
    this.label.place(x0 - this.labelWidth / 2, y0 - this.labelHeight / 2, 1, pixelRatio);
  }

  private paintRoad(
    { rate, failed }: Traffic,
    width: ScalePower<number, number>,
    { camera, palette, pixelRatio }: Appearance,
  ): void {
    const { line, area } = this;
    this.road.paint(area.width, area.height, camera.zoom * pixelRatio, (context) => {
      context.translate(-area.x, -area.y);
      const pen = new Pen(context, palette, camera.zoom);
      const trace = () => {
        context.beginPath();
        context.moveTo(line[0]!, line[1]!);
        for (let at = 2; at < line.length; at += 2) context.lineTo(line[at]!, line[at + 1]!);
      };
      paintTarmac(pen, palette, width(rate), trace);
      if (failed < mentionedMin) return;
      trace();
      pen.stroke(palette.failed, 2, [7, 5]);
    });
  }

  private paintLabel(lines: readonly string[], alarmed: boolean, look: Appearance): void {
    const { palette, pixelRatio } = look;
    this.label.sprite.visible = lines.length > 0;
    if (lines.length === 0) return;
    const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * 6.6 + 12);
    const height = lines.length * lineHeight + 4;
    this.labelWidth = width;
    this.labelHeight = height;
    this.label.paint(width, height, pixelRatio, (context) => {
      const pen = new Pen(context, palette, 1);
      const shape = { x: 0.5, y: 0.5, width: width - 1, height: height - 1 };
      pen.withAlpha(0.9, () => pen.fillRounded(shape, 7, palette.ground));
      if (alarmed) pen.strokeRounded(shape, 7, palette.failed, 1);
      lines.forEach((line, index) => {
        pen.text(line, width / 2, 2 + lineHeight * (index + 0.5), {
          size: labelSize,
          weight: index === 0 ? 600 : 400,
          color: index === 0 ? palette.ink : palette.inkSoft,
          align: 'center',
        });
      });
    });
  }
}

/** A tinted band with slightly stronger edges. */
function paintTarmac(pen: Pen, palette: Palette, width: number, trace: () => void): void {
  trace();
  pen.stroke(palette.line, width);
  trace();
  pen.withAlpha(0.14, () => pen.stroke(palette.flight, width));
  if (width < 5) return;
  trace();
  pen.stroke(palette.ground, width - 2);
  trace();
  pen.withAlpha(0.11, () => pen.stroke(palette.flight, width - 2));
}

function readEdge(rows: Float32Array | null, edge: number): Traffic {
  const at = edge * EDGE_STRIDE;
  return {
    rate: rows?.[at + EdgeColumn.rate] ?? 0,
    failed: rows?.[at + EdgeColumn.failedRate] ?? 0,
    retry: rows?.[at + EdgeColumn.retryRate] ?? 0,
  };
}

function labelLines({ rate, failed, retry }: Traffic): string[] {
  const lines: string[] = [];
  if (rate >= mentionedMin) lines.push(`${shortNumber(rate)}/s`);
  if (failed >= mentionedMin) lines.push(`✕ ${shortNumber(failed)}/s`);
  if (retry >= mentionedMin) lines.push(`▲ ${shortNumber(retry)}/s`);
  return lines;
}

function areaOf(line: readonly number[]): Cell {
  if (line.length < 4) return { x: 0, y: 0, width: 0, height: 0 };
  const xs = line.filter((_, index) => index % 2 === 0);
  const ys = line.filter((_, index) => index % 2 === 1);
  const margin = widthMax / 2 + 2;
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return {
    x: left,
    y: top,
    width: Math.max(...xs) + margin - left,
    height: Math.max(...ys) + margin - top,
  };
}

/** Where along an edge its label may lie, the best first. */
const labelShares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.15, 0.85];

/** The middle of every edge, moved along it where a box or another label is in the way. */
function labelSpots(scene: Scene, store: TrackStore): (Spot | null)[] {
  const taken: Cell[] = [];
  return scene.edges.map((_, edge) => {
    const track = store.edgeTrack(edge);
    if (track === null) return null;
    const spots = labelShares.flatMap((share) => {
      const point = Math.round(share * (trackPoints - 1));
      const [x, y] = [track.x[point]!, track.y[point]!];
      return [{ x, y, side: 1 } as const, { x, y, side: -1 } as const];
    });
    const isFree = (spot: Spot) => {
      const plate = plateBeside(spot, scene.form);
      return ![...scene.boxes, ...taken].some((other) => overlaps(plate, other));
    };
    const spot = spots.find(isFree) ?? spots[0]!;
    taken.push(plateBeside(spot, scene.form));
    return spot;
  });
}

/** About the room a label of two lines takes. */
function plateBeside({ x, y, side }: Spot, form: StageForm): Cell {
  return form === 'wide'
    ? { x: x - 28, y: y - 19 - side * 31, width: 56, height: 38 }
    : { x: x - 50 + side * 64, y: y - 19, width: 100, height: 38 };
}

function overlaps(a: Cell, b: Cell): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
