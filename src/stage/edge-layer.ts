/**
 * Edges: a road as wide as its traffic, and a plate with the exact numbers. Roads lie below
 * everything, plates above the dots and beside the road, so that nothing hides the traffic.
 */

import { scaleSqrt } from 'd3-scale';
import { Container } from 'pixi.js';
import type { Appearance } from './appearance.ts';
import { EdgeLabel, labelSpots, type Spot } from './edge-label.ts';
import { Road, roadWidthMax } from './road.ts';
import { roundUp } from './round-up.ts';
import { edgePath, type Scene } from './scene.ts';
import type { TrackStore } from './track-store.ts';
import { isFailing, isStampede, readTraffic, trafficLines, type Traffic } from './traffic.ts';

/** Numbers change at most this often, ms. */
const repaintEveryMs = 500;
const widthMin = 3;
/** The widest road stands for at least this rate, so that a trickle is not a motorway. */
const fullWidthRateMin = 500;

interface PaintedEdge {
  readonly road: Road;
  readonly label: EdgeLabel;
  /** What they show; the same keys mean the same pictures. */
  readonly keys: { road: string; label: string };
}

export class EdgeLayer {
  readonly roads = new Container();
  readonly labels = new Container();
  private readonly edges: readonly PaintedEdge[];
  private scene: Scene;
  private readonly store: TrackStore;
  private spots: readonly (Spot | null)[] = [];
  private spotsZoom = 0;
  private paintedMs = -Infinity;

  constructor(scene: Scene, store: TrackStore) {
    this.scene = scene;
    this.store = store;
    this.edges = scene.edges.map(({ line }) => ({
      road: new Road(line),
      label: new EdgeLabel(),
      keys: { road: '', label: '' },
    }));
    for (const { road, label } of this.edges) {
      this.roads.addChild(road.raster.sprite);
      this.labels.addChild(label.raster.sprite);
    }
  }

  /** Paints what has changed; `all` paints everything, for a new zoom or theme. */
  update(rows: Float32Array | null, look: Appearance, nowMs: number, all: boolean): void {
    if (!all && nowMs - this.paintedMs < repaintEveryMs) return;
    this.paintedMs = nowMs;
    if (this.spotsZoom !== look.camera.zoom) {
      this.spotsZoom = look.camera.zoom;
      this.spots = labelSpots(this.scene, this.store, look.camera.zoom);
    }
    const traffic = this.scene.edges.map((_, edge) => readTraffic(rows, edge));
    const rateMax = roundUp(Math.max(fullWidthRateMin, ...traffic.map(({ rate }) => rate)));
    const width = scaleSqrt([0, rateMax], [widthMin, roadWidthMax]);
    this.edges.forEach((_, edge) => {
      if (this.spots[edge] === null) return;
      this.paintEdge(edge, traffic[edge]!, Math.round(width(traffic[edge]!.rate)), look, all);
    });
  }

  private paintEdge(
    edge: number,
    traffic: Traffic,
    width: number,
    look: Appearance,
    all: boolean,
  ): void {
    const { road, label, keys } = this.edges[edge]!;
    const { followedEdges, selection } = look;
    const words = trafficLines(traffic).join();
    if (all || words !== keys.label) label.paint(traffic, look);
    keys.label = words;
    const { cut, loss } = traffic;
    const conditions = [width, isFailing(traffic), isStampede(traffic), cut, loss].join();
    if (!all && conditions === keys.road) return;
    keys.road = conditions;
    road.paint(traffic, look, {
      width,
      outlined: selection === edgePath(this.scene, edge) || followedEdges?.has(edge) === true,
      dimmed: followedEdges !== null && !followedEdges.has(edge),
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

  /** Boxes have moved, and with them the edges that they have. */
  reshape(scene: Scene): void {
    this.scene = scene;
    this.spotsZoom = 0;
    this.paintedMs = -Infinity;
    this.edges.forEach(({ road, keys }, edge) => {
      keys.road = '';
      road.reshape(scene.edges[edge]!.line);
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
