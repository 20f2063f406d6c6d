/**
 * Where the viewer stands and how much is drawn from there. It can be written as a short text, in
 * units of the world, so that a link shows the same part on a screen of any size.
 */

import type { Cell, StageForm } from '../base/box-geometry.ts';
import {
  fitCamera,
  insideZoom,
  levelAt,
  lookAt,
  panBy,
  toWorld,
  zoomAt,
  type Camera,
  type Margins,
  type Size,
  type ZoomLevel,
} from './camera.ts';
import { rectangleOf, type Scene } from './scene.ts';

const levelNames: Readonly<Record<ZoomLevel, string>> = { 1: 'zones', 2: 'nodes', 3: 'inside' };
/** Boxes side by side read better, so the tall form has to be this much larger. */
const tallAdvantage = 1.15;
/** Of tiles more find room above each other than side by side. */
const tallAdvantageOfTiles = 0.9;
/** A box that is entered fills about this share of the stage. */
const entered = 0.7;

export class Viewpoint {
  camera: Camera = { zoom: 1, x: 0, y: 0 };
  level: ZoomLevel = 2;
  /** All is shown, also after the stage has changed its size. */
  isFitted = true;
  size: Size = { width: 1, height: 1 };
  private readonly margins: (stage: Size) => Margins;

  constructor(margins: (stage: Size) => Margins) {
    this.margins = margins;
  }

  fit(scene: Scene): void {
    this.isFitted = true;
    this.set(this.fitted(scene));
  }

  fitted({ bounds }: Scene): Camera {
    return fitCamera(bounds, this.size, this.margins(this.size));
  }

  /** Of the two forms of the picture, the one that can be shown larger. */
  better(scenes: Readonly<Record<StageForm, Scene>> | null): Scene | null {
    if (scenes === null) return null;
    const { wide, tall } = scenes;
    const { zoom } = this.fitted(wide);
    const advantage = levelAt(zoom, 2) === 1 ? tallAdvantageOfTiles : tallAdvantage;
    return this.fitted(tall).zoom > zoom * advantage ? tall : wide;
  }

  pan(dx: number, dy: number): void {
    this.isFitted = false;
    this.set(panBy(this.camera, dx, dy));
  }

  zoom(factor: number, at: { x: number; y: number } = this.middle): void {
    this.isFitted = false;
    this.set(zoomAt(this.camera, factor, at));
  }

  /** Stands where another viewer stands; false when that is here. */
  mirror(camera: Camera): boolean {
    const { zoom, x, y } = this.camera;
    if (camera.zoom === zoom && camera.x === x && camera.y === y) return false;
    this.isFitted = false;
    this.set(camera);
    return true;
  }

  /** Screen rectangle of a node or box in CSS pixels, or null. */
  rectangle(scene: Scene, path: string): Cell | null {
    const cell = rectangleOf(scene, path);
    if (cell === null) return null;
    const { zoom, x, y } = this.camera;
    const [width, height] = [cell.width * zoom, cell.height * zoom];
    return { x: cell.x * zoom + x, y: cell.y * zoom + y, width, height };
  }

  /** One level nearer to a box or node; false when its inside shows already. */
  goIn(scene: Scene, path: string): boolean {
    const part = rectangleOf(scene, path);
    if (part === null || this.level === 3) return false;
    const all = this.fitted(scene).zoom;
    const { width, height } = this.size;
    const filling = Math.min((width * entered) / part.width, (height * entered) / part.height);
    // From afar first to where the instances show well, then inside.
    const near = Math.min(1.7, Math.max(filling, all * 1.3));
    const zoom = this.camera.zoom < near * 0.9 ? near : Math.max(insideZoom, near);
    this.isFitted = false;
    this.set(lookAt(part, zoom, this.size, this.margins(this.size)));
    return true;
  }

  /** One level further away; false when all is seen already. */
  goOut(scene: Scene): boolean {
    const all = this.fitted(scene).zoom;
    if (this.isFitted || this.camera.zoom <= all * 1.02) {
      const wasFitted = this.isFitted;
      if (!wasFitted) this.fit(scene);
      return !wasFitted;
    }
    if (this.level === 3 && all < 1.5) this.zoom(1.6 / this.camera.zoom);
    else this.fit(scene);
    return true;
  }

  /** Such as `nodes,1.25,340,210`; null while all is shown. */
  get place(): string | null {
    if (this.isFitted) return null;
    const { x, y } = toWorld(this.camera, this.middle.x, this.middle.y);
    const { zoom } = this.camera;
    return `${levelNames[this.level]},${zoom.toFixed(3)},${x.toFixed(0)},${y.toFixed(0)}`;
  }

  /** Goes to a place that was written down; false when it cannot be read. */
  goTo(place: string): boolean {
    const [, zoom, x, y] = place.split(',').map(Number);
    if (![zoom, x, y].every((one) => Number.isFinite(one)) || !(zoom! > 0)) return false;
    this.isFitted = false;
    const none = { top: 0, right: 0, bottom: 0, left: 0 };
    this.set(lookAt({ x: x!, y: y!, width: 0, height: 0 }, zoom!, this.size, none));
    return true;
  }

  /** Row of the selected instance when it is in sight, else of the one nearest to the middle. */
  nodeInFocus(scene: Scene, selection: string | null): number | null {
    const all = scene.boxes.flatMap(({ nodes }) => nodes);
    const { x, y } = toWorld(this.camera, this.middle.x, this.middle.y);
    const reachX = this.middle.x / this.camera.zoom;
    const reachY = this.middle.y / this.camera.zoom;
    let best: number | null = null;
    let bestAway = Infinity;
    for (const { id, path } of all) {
      const { x: left, y: top, width, height } = scene.cells[id]!;
      const [awayX, awayY] = [Math.abs(left + width / 2 - x), Math.abs(top + height / 2 - y)];
      if (awayX > reachX || awayY > reachY) continue;
      if (path === selection) return id;
      const away = Math.hypot(awayX, awayY);
      if (away < bestAway) [best, bestAway] = [id, away];
    }
    return best;
  }

  private get middle(): { x: number; y: number } {
    return { x: this.size.width / 2, y: this.size.height / 2 };
  }

  private set(camera: Camera): void {
    this.camera = camera;
    this.level = levelAt(camera.zoom, this.level);
  }
}
