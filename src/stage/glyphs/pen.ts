/** A 2D context and what every drawing needs: the colours, the zoom, and text that fits. */

import type { Cell } from '../../base/box-geometry.ts';
import { fontStack, type Palette } from '../../base/palette.ts';

/** Letters smaller than this on the screen are left out instead of smeared, px. */
const legibleSize = 7.5;

export interface TextOptions {
  readonly size: number;
  readonly weight?: number;
  readonly color?: string;
  readonly align?: CanvasTextAlign;
  /** Colour of a rim around the letters, for text that something may pass behind. */
  readonly rim?: string;
  /** Longer text is cut with an ellipsis. */
  readonly widthMax?: number;
}

export class Pen {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  /** CSS pixels per unit. */
  readonly zoom: number;

  constructor(context: CanvasRenderingContext2D, palette: Palette, zoom: number) {
    this.context = context;
    this.palette = palette;
    this.zoom = zoom;
    context.lineJoin = 'round';
    context.lineCap = 'butt';
  }

  isLegible(size: number): boolean {
    return size * this.zoom >= legibleSize;
  }

  /** Draws text whose vertical middle is at `y`; gives the width it took. */
  text(text: string, x: number, y: number, options: TextOptions): number {
    if (!this.isLegible(options.size)) return 0;
    const { context } = this;
    context.font = `${options.weight ?? 400} ${options.size}px ${fontStack}`;
    context.fillStyle = options.color ?? this.palette.ink;
    context.textAlign = options.align ?? 'left';
    context.textBaseline = 'middle';
    const shown = this.cut(text, options.widthMax ?? Infinity);
    const baseline = y + options.size * 0.06;
    if (options.rim !== undefined) {
      context.strokeStyle = options.rim;
      context.lineWidth = options.size * 0.3;
      context.strokeText(shown, x, baseline);
    }
    context.fillText(shown, x, baseline);
    return context.measureText(shown).width;
  }

  fillRounded(cell: Cell, radius: number, color: string): void {
    this.trace(cell, radius);
    this.context.fillStyle = color;
    this.context.fill();
  }

  strokeRounded(
    cell: Cell,
    radius: number,
    color: string,
    width: number,
    dash: number[] = [],
  ): void {
    this.trace(cell, radius);
    this.stroke(color, width, dash);
  }

  stroke(color: string, width: number, dash: number[] = []): void {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  }

  /** Runs `draw` with everything outside the rounded rectangle cut away. */
  clipped(cell: Cell, radius: number, draw: () => void): void {
    this.context.save();
    this.trace(cell, radius);
    this.context.clip();
    draw();
    this.context.restore();
  }

  withAlpha(alpha: number, draw: () => void): void {
    this.context.save();
    this.context.globalAlpha *= alpha;
    draw();
    this.context.restore();
  }

  private trace({ x, y, width, height }: Cell, radius: number): void {
    this.context.beginPath();
    this.context.roundRect(x, y, width, height, radius);
  }

  private cut(text: string, widthMax: number): string {
    if (this.context.measureText(text).width <= widthMax) return text;
    let length = text.length - 1;
    while (length > 1 && this.context.measureText(`${text.slice(0, length)}…`).width > widthMax) {
      length -= 1;
    }
    return `${text.slice(0, length).trimEnd()}…`;
  }
}

/** The cell made smaller by `by` on every side. */
export function inset({ x, y, width, height }: Cell, by: number): Cell {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}
