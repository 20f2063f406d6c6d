/**
 * The inside of the instance that the viewer looks at from near by. What is there is asked for a
 * few times a second and only while it is shown; the answer is drawn when it comes.
 */

import type { Inside } from '../protocol/inside.ts';
import { readNode } from '../protocol/node-reading.ts';
import type { Appearance } from './appearance.ts';
import { cardHeight, cardWidth, paintCard } from './glyphs/inside-card.ts';
import { Pen } from './glyphs/pen.ts';
import { Raster } from './raster.ts';
import type { Scene } from './scene.ts';

export class InsideLayer {
  readonly raster = new Raster();
  /** Row of the instance that is shown; null: none. */
  private node: number | null = null;
  private answer: Inside | null = null;
  private isPainted = false;

  constructor() {
    this.raster.sprite.visible = false;
  }

  /** Path of the instance whose inside is known; null while nobody has said. */
  get shown(): string | null {
    return this.answer?.path ?? null;
  }

  /** Shows the inside of an instance; null: of none. */
  show(node: number | null): void {
    if (node === this.node) return;
    this.node = node;
    this.answer = null;
    this.isPainted = false;
  }

  /** The answer for the instance that is shown has come. */
  take(answer: Inside | null): void {
    this.answer = answer;
    this.isPainted = false;
  }

  update(scene: Scene, rows: Float32Array | null, look: Appearance, all: boolean): void {
    const { node, raster } = this;
    raster.sprite.visible = node !== null;
    if (node === null) return;
    const box = scene.boxes.find(({ nodes }) => nodes.some(({ id }) => id === node))!;
    const view = box.nodes.find(({ id }) => id === node)!;
    const capacity = { workers: view.workers, queue: view.queueCapacity };
    const height = cardHeight(this.answer, capacity);
    if (all || !this.isPainted) {
      this.isPainted = true;
      const state = rows === null ? 'up' : readNode(rows, node).state;
      const title = state === 'up' ? view.path : `${view.path}, ${state}`;
      raster.paint(cardWidth, height, look.pixelRatio, (context) => {
        paintCard(new Pen(context, look.palette, 1), title, this.answer, capacity);
      });
    }
    const cell = scene.cells[node]!;
    const { zoom, x, y } = look.camera;
    const left = (cell.x + cell.width / 2) * zoom + x - cardWidth / 2;
    const top = (cell.y + cell.height / 2) * zoom + y - height / 2;
    raster.place(left, top, 1, look.pixelRatio);
  }
}
