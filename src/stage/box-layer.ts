/**
 * Boxes and their instances. A box is two rasters: the plate lies below the dots, the name and the
 * instances above, so that dots come out from behind what sends them and hide no word.
 */

import { Container } from 'pixi.js';
import {
  readNode,
  readingKey,
  restingReading,
  urgentKey,
  type Reading,
} from '../protocol/node-reading.ts';
import type { Appearance } from './appearance.ts';
import { CrownFlight } from './crown-flight.ts';
import type { Instance } from './glyphs/cell.ts';
import { paintHead } from './glyphs/box-head.ts';
import { paintCompact, paintHealth, painters } from './glyphs/instances.ts';
import { islandOf, paintIsland, paintIslandWord, zoneOfCut } from './glyphs/islands.ts';
import { Pen } from './glyphs/pen.ts';
import { paintTile } from './glyphs/tile.ts';
import { Raster } from './raster.ts';
import { railX, type Scene, type SceneBox } from './scene.ts';

/** Room around a box for outlines and badges, units. */
const overhang = 12;
/** From afar a tile may be larger than its box, px. */
const tileOverhang = 44;
/** Changing numbers are painted again no more often than this, ms. */
const repaintEveryMs = 250;

export class BoxLayer {
  readonly plates = new Container();
  readonly instances = new Container();
  private readonly boxes: PaintedBox[];

  constructor(scene: Scene) {
    const replicating = new Set(
      scene.edges.filter(({ view }) => view.kind === 'replication').map(({ view }) => view.from),
    );
    this.boxes = scene.boxes.map((box) => new PaintedBox(box, replicating.has(box.view.id)));
    for (const box of this.boxes) {
      this.plates.addChild(box.plate.sprite);
      this.instances.addChild(box.cells.sprite);
    }
    for (const { crown } of this.boxes)
      if (crown !== null) this.instances.addChild(crown.container);
  }

  /** Paints what has changed; `all` paints everything, for a new zoom, theme or selection. */
  update(rows: Float32Array | null, look: Appearance, nowMs: number, all: boolean): void {
    for (const box of this.boxes) {
      box.paintPlate(rows, look, all);
      box.paintCells(rows, look, nowMs, all);
    }
  }

  place(look: Appearance, nowMs: number): void {
    for (const box of this.boxes) box.place(look, nowMs);
  }

  /** Boxes have moved; what they show has not changed. */
  reshape(scene: Scene): void {
    this.boxes.forEach((box, index) => box.reshape(scene.boxes[index]!));
  }

  /** The run starts again: what changes now is no happening. */
  forget(): void {
    for (const { crown } of this.boxes) crown?.forget();
  }

  refresh(): void {
    for (const { plate, cells, crown } of this.boxes) {
      plate.refresh();
      cells.refresh();
      crown?.refresh();
    }
  }

  destroy(): void {
    for (const { plate, cells, crown } of this.boxes) {
      plate.destroy();
      cells.destroy();
      crown?.destroy();
    }
    this.plates.destroy();
    this.instances.destroy();
  }
}

class PaintedBox {
  readonly plate = new Raster();
  readonly cells = new Raster();
  /** Null where nobody is primary. */
  readonly crown: CrownFlight | null;
  private box: SceneBox;
  private readonly replicates: boolean;
  private key = '';
  private islandKey = '';
  private overhang = overhang;
  private urgent = '';
  private paintedMs = -Infinity;

  constructor(box: SceneBox, replicates: boolean) {
    this.box = box;
    this.replicates = replicates;
    this.crown = replicates ? new CrownFlight(box) : null;
  }

  reshape(box: SceneBox): void {
    this.box = box;
    this.crown?.reshape(box);
  }

  place(look: Appearance, nowMs: number): void {
    const { camera, pixelRatio } = look;
    const x = (this.box.x - this.overhang) * camera.zoom + camera.x;
    const y = (this.box.y - this.overhang) * camera.zoom + camera.y;
    this.plate.place(x, y, camera.zoom, pixelRatio);
    this.cells.place(x, y, camera.zoom, pixelRatio);
    this.crown?.place(look, nowMs);
  }

  paintPlate(rows: Float32Array | null, look: Appearance, all: boolean): void {
    const { box, replicates } = this;
    const island = islandOf(
      box,
      this.readings(rows).map(({ state }) => state),
    );
    const key = JSON.stringify(island);
    if (!all && key === this.islandKey) return;
    this.islandKey = key;
    const { camera, palette, pixelRatio, selection } = look;
    this.overhang = look.level === 1 ? tileOverhang / camera.zoom : overhang;
    this.crown?.paint(look);
    this.paint(this.plate, camera.zoom * pixelRatio, (context) => {
      const pen = new Pen(context, palette, camera.zoom);
      const selected = selection === box.view.name;
      const outline = { x: 0, y: 0, width: box.width, height: box.height };
      pen.fillRounded(outline, 14, palette.surface);
      pen.strokeRounded(outline, 14, selected ? palette.flight : palette.line, selected ? 2 : 1.2);
      if (island !== null) paintIsland(pen, island);
      if (replicates && look.level > 1) paintRails(pen, box);
    });
  }

  paintCells(
    rows: Float32Array | null,
    { camera, level, palette, pixelRatio, selection, reducedMotion }: Appearance,
    nowMs: number,
    all: boolean,
  ): void {
    const { box } = this;
    const readings = this.readings(rows);
    if (rows !== null && !reducedMotion) this.crown?.notice(readings, nowMs);
    const urgent = readings.map(urgentKey).join();
    const due = nowMs - this.paintedMs >= repaintEveryMs || urgent !== this.urgent;
    if (!all && !due) return;
    const key = readings.map(readingKey).join(';');
    if (!all && key === this.key) return;
    this.key = key;
    this.urgent = urgent;
    // Boxes take turns, so that no frame has to paint them all.
    this.paintedMs = all ? nowMs - ((box.view.id * 67) % repaintEveryMs) : nowMs;
    this.paint(this.cells, camera.zoom * pixelRatio, (context) => {
      const pen = new Pen(context, palette, camera.zoom);
      const states = readings.map(({ state }) => state);
      const island = islandOf(box, states);
      if (level === 1) return paintTile(pen, box, readings, selection === box.view.name);
      paintHead(pen, box, readings);
      this.instances(readings, selection).forEach((instance) => {
        (box.shape.compact ? paintCompact : painters[box.view.glyph])(pen, instance);
        paintHealth(pen, instance);
      });
      // Where only some are cut off, they say so themselves.
      const isWhole = states.every((state) => state === 'cut');
      if (island !== null && isWhole) paintIslandWord(pen, island, zoneOfCut(box, states));
    });
  }

  private readings(rows: Float32Array | null): Reading[] {
    return this.box.nodes.map(({ id }) => (rows === null ? restingReading : readNode(rows, id)));
  }

  private instances(readings: readonly Reading[], selection: string | null): Instance[] {
    return this.box.nodes.map((node, index) => ({
      node,
      cell: this.box.shape.cells[index]!,
      reading: readings[index]!,
      selected: node.path === selection,
      alone: this.box.nodes.length === 1,
    }));
  }

  private paint(raster: Raster, scale: number, draw: (context: CanvasRenderingContext2D) => void) {
    const { width, height } = this.box;
    const around = this.overhang;
    raster.paint(width + 2 * around, height + 2 * around, scale, (context) => {
      context.translate(around, around);
      draw(context);
    });
  }
}

/** Dashed rails beside the columns of a database, along which replication travels. */
function paintRails(pen: Pen, { shape, nodes }: SceneBox): void {
  const { context } = pen;
  const columns = Math.max(0, ...nodes.map((node) => node.shard + 1));
  context.beginPath();
  for (let column = 0; column < columns; column += 1) {
    const cells = shape.cells.filter((_, index) => nodes[index]!.shard === column);
    const [first, last] = [cells[0], cells.at(-1)];
    if (first === undefined || last === undefined || first === last) continue;
    const x = railX(first.x);
    context.moveTo(first.x, first.y + first.height / 2);
    context.lineTo(x, first.y + first.height / 2);
    context.lineTo(x, last.y + last.height / 2);
    for (const cell of cells.slice(1)) {
      context.moveTo(x, cell.y + cell.height / 2);
      context.lineTo(cell.x, cell.y + cell.height / 2);
    }
  }
  pen.stroke(pen.palette.outline, 1, [3, 3]);
}
