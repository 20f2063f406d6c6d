/** The crown slides from the old primary to the new one, so that a promotion can be seen. */

import { Container } from 'pixi.js';
import type { Cell } from '../base/box-geometry.ts';
import type { Reading } from '../protocol/node-reading.ts';
import type { Appearance } from './appearance.ts';
import { crown } from './glyphs/marks.ts';
import { Pen } from './glyphs/pen.ts';
import { Raster } from './raster.ts';
import { centre, type SceneBox } from './scene.ts';

const flightMs = 900;
/** Size of the picture that flies, units. */
const width = 30;
const height = 24;

interface Flight {
  readonly from: Cell;
  readonly to: Cell;
  readonly startMs: number;
}

export class CrownFlight {
  readonly container = new Container();
  private box: SceneBox;
  private readonly raster = new Raster();
  /** Place of the primary of each shard among the nodes of the box, by shard. */
  private readonly primaries = new Map<number, number>();
  private flight: Flight | null = null;

  constructor(box: SceneBox) {
    this.box = box;
    this.container.addChild(this.raster.sprite);
    this.container.visible = false;
  }

  reshape(box: SceneBox): void {
    this.box = box;
  }

  /** Compares who is primary with before; the latest change of this box is the one that flies. */
  notice(readings: readonly Reading[], nowMs: number): void {
    readings.forEach(({ role }, index) => {
      if (role !== 'primary') return;
      const { shard } = this.box.nodes[index]!;
      const before = this.primaries.get(shard);
      this.primaries.set(shard, index);
      if (before === undefined || before === index) return;
      const { cells } = this.box.shape;
      this.flight = { from: cells[before]!, to: cells[index]!, startMs: nowMs };
    });
  }

  /** Forgets who was primary, as when the run starts again. */
  forget(): void {
    this.primaries.clear();
    this.flight = null;
    this.container.visible = false;
  }

  paint({ camera, palette, pixelRatio }: Appearance): void {
    this.raster.paint(width, height, camera.zoom * pixelRatio, (context) => {
      const pen = new Pen(context, palette, camera.zoom);
      pen.fillRounded({ x: 0, y: 0, width, height }, height / 2, palette.slow);
      crown(pen, width / 2, height / 2, 16, palette.ground);
    });
  }

  place({ camera, pixelRatio }: Appearance, nowMs: number): void {
    const { flight } = this;
    const share = flight === null ? 1 : (nowMs - flight.startMs) / flightMs;
    this.container.visible = share < 1;
    if (flight === null || share >= 1) return;
    const eased = share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2;
    const [from, to] = [centre(flight.from), centre(flight.to)];
    const x = this.box.x + from.x + (to.x - from.x) * eased - width / 2;
    const y = this.box.y + from.y + (to.y - from.y) * eased - height / 2;
    const { zoom } = camera;
    this.raster.place(x * zoom + camera.x, y * zoom + camera.y, zoom, pixelRatio);
    this.raster.sprite.alpha = Math.min(1, (1 - share) * 5);
  }

  refresh(): void {
    this.raster.refresh();
  }

  destroy(): void {
    this.raster.destroy();
  }
}
