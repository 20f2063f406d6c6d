/** Everything on the canvas for one scenario: the layers, from the roads up to the labels. */

import type { Container } from 'pixi.js';
import { HOP_STRIDE, HopColumn, type Frame } from '../protocol/frame.ts';
import { readNode } from '../protocol/node-reading.ts';
import type { Appearance } from './appearance.ts';
import { BoxLayer } from './box-layer.ts';
import type { DotTextures } from './dot-textures.ts';
import { Dots } from './dots.ts';
import { readTraffic } from './traffic.ts';
import { EdgeLayer } from './edge-layer.ts';
import { Evictions } from './evictions.ts';
import { Flow } from './flow.ts';
import { InsideLayer } from './inside-layer.ts';
import { trackOf, type Track } from './line.ts';
import { MarksSeen } from './marks-seen.ts';
import type { Scene } from './scene.ts';
import { trackPoints, TrackStore } from './track-store.ts';

/** Dots: single requests. Flow: chevrons by rate. Still: the same without motion. */
export type TrafficMode = 'dots' | 'flow' | 'still';

/** Wall seconds until a simulated time is drawn; below 0 when it has passed. */
type Pace = (departure: number) => number;

/** Squares of evicted entries that fall at the same time. */
const squaresMax = 40;
/** How deep they fall, units. */
const fallHeight = 34;

export class Picture {
  readonly dots: Dots;
  /** Simulated time of the last frame, s. */
  time = 0;
  readonly marks = new MarksSeen();
  readonly evictions: Evictions;
  readonly inside: InsideLayer;
  private readonly tracks: TrackStore;
  private readonly edges: EdgeLayer;
  private readonly boxes: BoxLayer;
  private readonly flow: Flow;
  private readonly squares: Dots;
  private scene: Scene;
  private nodeRows: Float32Array | null = null;
  private edgeRows: Float32Array | null = null;
  private mode: TrafficMode = 'dots';
  private followed: number | null = null;
  private followedEdges = new Set<number>();

  /** `last`: the frame before, as the other form of a paused run gets none of its own. */
  constructor(
    root: Container,
    scene: Scene,
    textures: DotTextures,
    dotsMax: number,
    last: Frame | null,
  ) {
    this.scene = scene;
    if (last !== null)
      [this.time, this.nodeRows, this.edgeRows] = [last.time, last.nodes, last.edges];
    this.tracks = new TrackStore(scene);
    this.edges = new EdgeLayer(scene, this.tracks);
    this.boxes = new BoxLayer(scene);
    this.dots = new Dots(textures, dotsMax);
    this.squares = new Dots(textures, squaresMax);
    this.flow = new Flow(scene, this.tracks, textures);
    this.evictions = new Evictions(scene.cells.length);
    this.inside = new InsideLayer();
    root.addChild(
      this.edges.roads,
      this.boxes.plates,
      this.flow.container,
      this.dots.container,
      this.boxes.instances,
      this.squares.container,
      this.edges.labels,
      this.inside.raster.sprite,
    );
  }

  /** Edges on the way of the request that is followed; null when none is. */
  get edgesFollowed(): ReadonlySet<number> | null {
    return this.followed === null ? null : this.followedEdges;
  }

  setMode(mode: TrafficMode): void {
    if (mode === this.mode) return;
    this.mode = mode;
    if (mode !== 'dots') this.clearMotion();
    this.dots.container.visible = mode === 'dots';
    this.squares.container.visible = mode === 'dots';
    this.flow.container.visible = mode !== 'dots';
  }

  /** Dims all but one request; null: shows all. */
  follow(request: number | null): void {
    this.followed = request;
    this.followedEdges = new Set(request === null ? [] : this.dots.edgesOf(request));
    this.dots.follow(request);
  }

  /** Takes a frame over; true when more edges lie on the way of the request that is followed. */
  take(frame: Frame, secondsUntil: Pace, nowMs: number): boolean {
    this.time = frame.time;
    this.nodeRows = frame.nodes;
    this.edgeRows = frame.edges;
    this.noteMarks(frame, nowMs);
    if (this.mode !== 'dots') return false;
    const before = this.followedEdges.size;
    for (let at = 0; at < frame.hops.length; at += HOP_STRIDE) {
      this.depart(frame.hops, at, secondsUntil, nowMs);
    }
    if (frame.state === 'playing') this.evict(frame.nodes, nowMs);
    return this.followedEdges.size > before;
  }

  /** Moves what moves by some wall time and paints what has changed. */
  update(wallSeconds: number, look: Appearance, options: { nowMs: number; all: boolean }): void {
    this.dots.setZoom(look.camera.zoom);
    if (this.mode === 'dots') {
      this.dots.advance(wallSeconds, look.camera);
      this.squares.setZoom(look.camera.zoom);
      this.squares.container.visible = look.level > 1;
      this.squares.advance(wallSeconds, look.camera);
    } else this.flow.advance(this.mode === 'still' ? 0 : wallSeconds, this.edgeRows, look.camera);
    this.boxes.update(this.nodeRows, look, options.nowMs, options.all);
    this.edges.update(this.edgeRows, look, options.nowMs, options.all);
    this.boxes.place(look, options.nowMs);
    this.edges.place(look);
    this.inside.update(this.scene, this.nodeRows, look, options.all);
  }

  /** The run is elsewhere: nothing is on its way, and what changes now is no happening. */
  forget(): void {
    this.clearMotion();
    this.boxes.forget();
    this.evictions.forget();
    this.marks.clear();
  }

  /** Boxes have moved. */
  reshape(scene: Scene): void {
    this.scene = scene;
    this.tracks.reshape(scene);
    this.boxes.reshape(scene);
    this.edges.reshape(scene);
    this.flow.reshape(scene);
  }

  setTextures(textures: DotTextures): void {
    this.dots.setTextures(textures);
    this.squares.setTextures(textures);
    this.flow.setTextures(textures);
  }

  refresh(): void {
    this.boxes.refresh();
    this.edges.refresh();
    this.inside.raster.refresh();
  }

  destroy(): void {
    this.boxes.destroy();
    this.edges.destroy();
    this.inside.raster.destroy();
    this.dots.container.destroy();
    this.squares.container.destroy();
    this.flow.container.destroy();
  }

  private depart(hops: Float64Array, at: number, secondsUntil: Pace, nowMs: number): void {
    const edge = hops[at + HopColumn.edge]!;
    const kind = hops[at + HopColumn.kind]!;
    const departure = hops[at + HopColumn.departure]!;
    const request = hops[at + HopColumn.request]!;
    const from = hops[at + HopColumn.fromNode]!;
    const track = this.tracks.track(edge, from, hops[at + HopColumn.toNode]!, kind);
    if (track === null) return;
    const travelSeconds = hops[at + HopColumn.arrival]! - departure;
    const fuelAtArrival = hops[at + HopColumn.fuelAtArrival]!;
    this.marks.seeHop(kind, fuelAtArrival, travelSeconds === Infinity, nowMs);
    if (request === this.followed) this.followedEdges.add(edge);
    this.dots.depart({
      track,
      edge,
      kind,
      departure,
      travelSeconds,
      waitSeconds: secondsUntil(departure),
      request,
      fuelAtDeparture: hops[at + HopColumn.fuelAtDeparture]!,
      fuelAtArrival,
    });
  }

  private evict(rows: Float32Array, nowMs: number): void {
    for (const [node, squares] of this.evictions.take(rows, nowMs)) {
      this.marks.see('eviction', nowMs);
      for (let square = 0; square < Math.min(squares, 5); square += 1) {
        this.squares.evict(this.fallFrom(node, square), square * 0.12);
      }
    }
  }

  /** From the lower edge of a cache, its corner first. */
  private fallFrom(node: number, turn: number): Track {
    const { x, y, width, height } = this.scene.cells[node]!;
    const [left, top] = [x + width - 16 - ((turn * 13) % 40), y + height - 6];
    return trackOf([left, top, left, top + fallHeight], trackPoints);
  }

  private noteMarks({ nodes, edges }: Frame, nowMs: number): void {
    this.scene.cells.forEach((_, node) => this.marks.seeNode(readNode(nodes, node), nowMs));
    this.scene.edges.forEach((_, edge) => this.marks.seeEdge(readTraffic(edges, edge), nowMs));
  }

  private clearMotion(): void {
    this.dots.clear();
    this.squares.clear();
  }
}
