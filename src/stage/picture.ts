/** Everything on the canvas for one scenario: the layers, from the roads up to the labels. */

import type { Container } from 'pixi.js';
import { HOP_STRIDE, HopColumn, type Frame } from '../protocol/frame.ts';
import type { Appearance } from './appearance.ts';
import { BoxLayer } from './box-layer.ts';
import type { DotTextures } from './dot-textures.ts';
import { Dots } from './dots.ts';
import { EdgeLayer } from './edge-layer.ts';
import { Flow } from './flow.ts';
import type { Playout } from './playout.ts';
import type { Scene } from './scene.ts';
import { TrackStore } from './track-store.ts';

/** Dots: single requests. Flow: chevrons by rate. Still: the same without motion. */
export type TrafficMode = 'dots' | 'flow' | 'still';

export class Picture {
  readonly dots: Dots;
  private readonly tracks: TrackStore;
  private readonly edges: EdgeLayer;
  private readonly boxes: BoxLayer;
  private readonly flow: Flow;
  private nodeRows: Float32Array | null = null;
  private edgeRows: Float32Array | null = null;
  private mode: TrafficMode = 'dots';

  constructor(root: Container, scene: Scene, textures: DotTextures, dotsMax: number) {
    this.tracks = new TrackStore(scene);
    this.edges = new EdgeLayer(scene, this.tracks);
    this.boxes = new BoxLayer(scene);
    this.dots = new Dots(textures, dotsMax);
    this.flow = new Flow(scene, this.tracks, textures);
    root.addChild(
      this.edges.roads,
      this.boxes.plates,
      this.flow.container,
      this.dots.container,
      this.boxes.instances,
      this.edges.labels,
    );
  }

  setMode(mode: TrafficMode): void {
    if (mode === this.mode) return;
    this.mode = mode;
    if (mode !== 'dots') this.dots.clear();
    this.dots.container.visible = mode === 'dots';
    this.flow.container.visible = mode !== 'dots';
  }

  /** Takes a frame over; each of its hops sets out when `playout` reaches its departure. */
  take(frame: Frame, playout: Playout): void {
    this.nodeRows = frame.nodes;
    this.edgeRows = frame.edges;
    if (this.mode !== 'dots') return;
    const { hops } = frame;
    for (let at = 0; at < hops.length; at += HOP_STRIDE) {
      const kind = hops[at + HopColumn.kind]!;
      const departure = hops[at + HopColumn.departure]!;
      const track = this.tracks.track(
        hops[at + HopColumn.edge]!,
        hops[at + HopColumn.fromNode]!,
        hops[at + HopColumn.toNode]!,
        kind,
      );
      if (track === null) continue;
      this.dots.depart({
        track,
        kind,
        travelSeconds: hops[at + HopColumn.arrival]! - departure,
        waitSeconds: playout.secondsUntil(departure),
        request: hops[at + HopColumn.request]!,
      });
    }
  }

  /** Moves what moves by some wall time and paints what has changed. */
  update(wallSeconds: number, look: Appearance, options: { nowMs: number; all: boolean }): void {
    this.dots.setZoom(look.camera.zoom);
    if (this.mode === 'dots') this.dots.advance(wallSeconds, look.camera);
    else this.flow.advance(this.mode === 'still' ? 0 : wallSeconds, this.edgeRows, look.camera);
    this.boxes.update(this.nodeRows, look, options.nowMs, options.all);
    this.edges.update(this.edgeRows, look, options.nowMs, options.all);
    this.boxes.place(look, options.nowMs);
    this.edges.place(look);
  }

  /** The run starts again: nothing is on its way, and what changes now is no happening. */
  forget(): void {
    this.dots.clear();
    this.boxes.forget();
  }

  setTextures(textures: DotTextures): void {
    this.dots.setTextures(textures);
    this.flow.setTextures(textures);
  }

  refresh(): void {
    this.boxes.refresh();
    this.edges.refresh();
  }

  destroy(): void {
    this.boxes.destroy();
    this.edges.destroy();
    this.dots.container.destroy();
    this.flow.container.destroy();
  }
}
