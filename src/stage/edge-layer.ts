/**
 * Edges: a road as wide as its traffic, and a plate with the exact numbers. Roads lie below
 * everything, plates above the dots and beside the road, so that nothing hides the traffic.
 */

import { scaleSqrt, type ScalePower } from 'd3-scale';
import { Container } from 'pixi.js';
import type { Cell } from '../base/box-geometry.ts';
import type { Palette } from '../base/palette.ts';
import type { Appearance } from './appearance.ts';
import {
  EdgeLabel,
  isFailing,
  labelSpots,
  readTraffic,
  trafficLines,
  type Spot,
  type Traffic,
} from './edge-label.ts';
import { Pen } from './glyphs/pen.ts';
import { Raster } from './raster.ts';
import type { Scene } from './scene.ts';
import type { TrackStore } from './track-store.ts';

/** Numbers change at most this often, ms. */
const repaintEveryMs = 500;
const widthMin = 3;
const widthMax = 20;
/** The widest road stands for at least this rate, so that a trickle is not a motorway. */
const fullWidthRateMin = 500;

export class EdgeLayer {
  readonly roads = new Container();
  readonly labels = new Container();
  private readonly edges: readonly { readonly road: Road; readonly label: EdgeLabel }[];
  private readonly scene: Scene;
  private readonly store: TrackStore;
  private spots: readonly (Spot | null)[] = [];
  private spotsZoom = 0;
  private key = '';
  private paintedMs = -Infinity;
  private fullWidthRate = fullWidthRateMin;

  constructor(scene: Scene, store: TrackStore) {
    this.scene = scene;
    this.store = store;
    this.edges = scene.edges.map(({ line }) => ({ road: new Road(line), label: new EdgeLabel() }));
    for (const { road, label } of this.edges) {
      this.roads.addChild(road.raster.sprite);
      this.labels.addChild(label.raster.sprite);
    }
  }

  /** Paints what has changed; `all` paints everything, for a new zoom or theme. */
  update(rows: Float32Array | null, look: Appearance, nowMs: number, all: boolean): void {
    if (!all && nowMs - this.paintedMs < repaintEveryMs) return;
    const traffic = this.scene.edges.map((_, edge) => readTraffic(rows, edge));
    const key = traffic.map((one) => trafficLines(one).join()).join(';');
    if (!all && key === this.key) return;
    this.key = key;
    this.paintedMs = nowMs;
    if (this.spotsZoom !== look.camera.zoom) {
      this.spotsZoom = look.camera.zoom;
      this.spots = labelSpots(this.scene, this.store, look.camera.zoom);
    }
    this.fullWidthRate = Math.max(this.fullWidthRate, ...traffic.map(({ rate }) => rate));
    const width = scaleSqrt([0, this.fullWidthRate], [widthMin, widthMax]);
    this.edges.forEach(({ road, label }, edge) => {
      if (this.spots[edge] === null) return;
      road.paint(traffic[edge]!, width, look);
      label.paint(traffic[edge]!, look);
    });
  }

  place(look: Appearance): void {
    this.edges.forEach(({ road, label }, edge) => {
      const spot = this.spots[edge];
      if (spot === null || spot === undefined) return;
      road.place(look);
      label.place(spot, look);
    });
  }

  refresh(): void {
    for (const { road, label } of this.edges) {
      road.raster.refresh();
      label.raster.refresh();
    }
  }

  destroy(): void {
    for (const { road, label } of this.edges) {
      road.raster.destroy();
      label.raster.destroy();
    }
    this.roads.destroy();
    this.labels.destroy();
  }
}

class Road {
  readonly raster = new Raster();
  private readonly line: readonly number[];
  private readonly area: Cell;

  constructor(line: readonly number[]) {
    this.line = line;
    this.area = areaOf(line);
  }

  paint(traffic: Traffic, width: ScalePower<number, number>, look: Appearance): void {
    const { line, area } = this;
    const { camera, palette, pixelRatio } = look;
    this.raster.paint(area.width, area.height, camera.zoom * pixelRatio, (context) => {
      context.translate(-area.x, -area.y);
      const pen = new Pen(context, palette, camera.zoom);
      const trace = () => {
        context.beginPath();
        context.moveTo(line[0]!, line[1]!);
        for (let at = 2; at < line.length; at += 2) context.lineTo(line[at]!, line[at + 1]!);
      };
      paintTarmac(pen, palette, width(traffic.rate), trace);
      if (!isFailing(traffic)) return;
      trace();
      pen.stroke(palette.failed, 2, [7, 5]);
    });
  }

  place({ camera, pixelRatio }: Appearance): void {
    const { zoom, x, y } = camera;
    this.raster.place(this.area.x * zoom + x, this.area.y * zoom + y, zoom, pixelRatio);
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
