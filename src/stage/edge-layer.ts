/**
 * Edges: a road as wide as its traffic, and a plate with the exact numbers. The roads share one
 * raster of the size of the stage; every plate is its own, because it lies above the dots.
 */

import { scaleSqrt } from 'd3-scale';
import { Container } from 'pixi.js';
import type { Cell } from '../base/box-geometry.ts';
import { shortNumber } from '../base/measured.ts';
import { EDGE_STRIDE, EdgeColumn } from '../protocol/frame.ts';
import type { Appearance } from './box-layer.ts';
import type { Camera, Size } from './camera.ts';
import { Pen } from './glyphs/pen.ts';
import { trackPoints, type TrackStore } from './track-store.ts';
import { Raster } from './raster.ts';
import type { Scene } from './scene.ts';

/** Numbers change at most this often, ms. */
const repaintEveryMs = 500;
const widthMin = 2;
const widthMax = 18;
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

export class EdgeLayer {
  readonly roads = new Raster();
  readonly labels = new Container();
  private readonly scene: Scene;
  private readonly plates: Raster[];
  /** Place of each label in the world, null for edges without one. */
  private readonly spots: ({ x: number; y: number } | null)[];
  private readonly sizes: Size[];
  private key = '';
  private paintedMs = -Infinity;
  private paintedFor: Camera = { zoom: 1, x: 0, y: 0 };
  private fullWidthRate = fullWidthRateMin;

  constructor(scene: Scene, store: TrackStore) {
    this.scene = scene;
    this.plates = scene.edges.map(() => new Raster());
    this.sizes = scene.edges.map(() => ({ width: 0, height: 0 }));
    this.spots = labelSpots(scene, store);
    for (const plate of this.plates) this.labels.addChild(plate.sprite);
  }

  update(rows: Float32Array | null, look: Appearance, stage: Size, options: { nowMs: number; all: boolean }) {
    if (!options.all && options.nowMs - this.paintedMs < repaintEveryMs) return;
    const traffic = this.scene.edges.map((_, edge) => readEdge(rows, edge));
    const key = traffic.map((one) => labelLines(one).join()).join(';');
    if (!options.all && key === this.key) return;
    this.key = key;
    this.paintedMs = options.nowMs;
    this.fullWidthRate = Math.max(this.fullWidthRate, ...traffic.map(({ rate }) => rate));
    this.paintRoads(traffic, look, stage);
    traffic.forEach((one, edge) => this.paintLabel(edge, one, look));
  }

  /** Follows the camera until the next painting. */
  place({ camera, pixelRatio }: Appearance): void {
    const scale = camera.zoom / this.paintedFor.zoom;
    const x = camera.x - this.paintedFor.x * scale;
    const y = camera.y - this.paintedFor.y * scale;
    this.roads.place(x, y, scale, pixelRatio);
    this.spots.forEach((spot, edge) => {
      if (spot === null) return;
      const { width, height } = this.sizes[edge]!;
      const left = spot.x * camera.zoom + camera.x - width / 2;
      const top = spot.y * camera.zoom + camera.y - height / 2;
      this.plates[edge]!.place(left, top, 1, pixelRatio);
    });
  }

  refresh(): void {
    this.roads.refresh();
    for (const plate of this.plates) plate.refresh();
  }

  destroy(): void {
    this.roads.destroy();
    for (const plate of this.plates) plate.destroy();
    this.labels.destroy();
  }

  private paintRoads(traffic: readonly Traffic[], look: Appearance, stage: Size): void {
    const { camera, palette, pixelRatio } = look;
    const width = scaleSqrt([0, this.fullWidthRate], [widthMin, widthMax]);
    this.paintedFor = camera;
    this.roads.paint(stage.width, stage.height, pixelRatio, (context) => {
      context.translate(camera.x, camera.y);
      context.scale(camera.zoom, camera.zoom);
      const pen = new Pen(context, palette, camera.zoom);
      this.scene.edges.forEach(({ line }, edge) => {
        if (line.length < 4) return;
        const { rate, failed } = traffic[edge]!;
        const trace = () => {
          context.beginPath();
          context.moveTo(line[0]!, line[1]!);
          for (let at = 2; at < line.length; at += 2) context.lineTo(line[at]!, line[at + 1]!);
        };
        trace();
        pen.stroke(palette.line, width(rate) + 2);
        pen.withAlpha(0.16, () => pen.stroke(palette.flight, width(rate) + 2));
        trace();
        pen.stroke(palette.ground, Math.max(1, width(rate) - 1));
        pen.withAlpha(0.13, () => pen.stroke(palette.flight, Math.max(1, width(rate) - 1)));
        if (failed < mentionedMin) return;
        trace();
        pen.stroke(palette.failed, Math.max(2, width(failed) / 2), [7, 5]);
      });
    });
  }

  private paintLabel(edge: number, traffic: Traffic, { palette, pixelRatio }: Appearance): void {
    const lines = labelLines(traffic);
    const plate = this.plates[edge]!;
    plate.sprite.visible = lines.length > 0 && this.spots[edge] !== null;
    if (!plate.sprite.visible) return;
    const width = Math.max(...lines.map((line) => line.length)) * 6.6 + 14;
    const height = lines.length * lineHeight + 5;
    this.sizes[edge] = { width, height };
    plate.paint(width, height, pixelRatio, (context) => {
      const pen = new Pen(context, palette, 1);
      const shape = { x: 0.5, y: 0.5, width: width - 1, height: height - 1 };
      pen.withAlpha(0.94, () => pen.fillRounded(shape, 7, palette.ground));
      pen.strokeRounded(shape, 7, traffic.failed >= mentionedMin ? palette.failed : palette.line, 1);
      lines.forEach((line, index) => {
        pen.text(line, width / 2, 3 + lineHeight * (index + 0.5), {
          size: labelSize,
          weight: index === 0 ? 600 : 400,
          color: index === 0 ? palette.ink : palette.inkSoft,
          align: 'center',
        });
      });
    });
  }
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

/** The middle of every edge, moved along it where a box or another label is in the way. */
function labelSpots(scene: Scene, store: TrackStore): ({ x: number; y: number } | null)[] {
  const taken: Cell[] = [];
  return scene.edges.map((_, edge) => {
    const track = store.edgeTrack(edge);
    if (track === null) return null;
    const at = (share: number) => {
      const point = Math.round(share * (trackPoints - 1));
      return { x: track.x[point]!, y: track.y[point]! };
    };
    const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
    const isFree = (share: number) => {
      const plate = plateAround(at(share));
      return ![...scene.boxes, ...taken].some((other) => overlaps(plate, other));
    };
    const spot = at(shares.find(isFree) ?? 0.5);
    taken.push(plateAround(spot));
    return spot;
  });
}

function plateAround({ x, y }: { x: number; y: number }): Cell {
  return { x: x - 34, y: y - 20, width: 68, height: 40 };
}

function overlaps(a: Cell, b: Cell): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
