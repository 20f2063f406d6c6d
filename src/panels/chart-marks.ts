/** What is drawn into a chart beside its lines: heat maps, faults, bounds. */

import type uPlot from 'uplot';
import { fontStack, type Palette } from '../base/palette.ts';
import { HEAT_STRIDE, heatBucketMs } from '../protocol/frame.ts';
import type { Target } from './chart-series.ts';

/** A picture stretched over windows and a stretch of the y axis. */
export interface Stretched {
  readonly canvas: HTMLCanvasElement;
  /** Start of the first window and end of the last, s. */
  readonly from: number;
  readonly to: number;
  /** Lower and upper end on the y axis. */
  readonly low: number;
  readonly high: number;
}

export const heatLowMs = heatBucketMs(0);
export const heatHighMs = heatBucketMs(HEAT_STRIDE);

export function drawPicture(self: uPlot, picture: Stretched): void {
  const { ctx, bbox } = self;
  const left = self.valToPos(picture.from, 'x', true);
  const right = self.valToPos(picture.to, 'x', true);
  const top = self.valToPos(picture.high, 'y', true);
  const bottom = self.valToPos(picture.low, 'y', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(picture.canvas, left, top, right - left, bottom - top);
  ctx.restore();
}

export function drawFaults(self: uPlot, times: readonly number[], palette: Palette): void {
  const { ctx, bbox } = self;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.strokeStyle = palette.failed;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const time of times) {
    const x = Math.round(self.valToPos(time, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

export function drawTargets(self: uPlot, targets: readonly Target[], palette: Palette): void {
  const { ctx, bbox } = self;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.font = `${10 * devicePixelRatio}px ${fontStack}`;
  ctx.setLineDash([8 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.textAlign = 'right';
  for (const { bound, text } of targets) {
    const y = Math.round(self.valToPos(bound, 'y', true));
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.strokeStyle = palette.inkSoft;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    drawLabel(ctx, text, bbox.left + bbox.width - 4 * devicePixelRatio, y, palette, bbox.top);
  }
  ctx.restore();
}

/** Words on a plate of their own, since a heat map may lie below them. */
function drawLabel(
  ctx: CanvasRenderingContext2D,
  text: string,
  right: number,
  y: number,
  palette: Palette,
  topMin: number,
): void {
  const height = 14 * devicePixelRatio;
  const width = ctx.measureText(text).width + 6 * devicePixelRatio;
  const top = Math.max(topMin, y - height - 2 * devicePixelRatio);
  ctx.fillStyle = palette.surface;
  ctx.globalAlpha = 0.82;
  ctx.fillRect(right - width + 3 * devicePixelRatio, top, width, height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.inkSoft;
  ctx.textBaseline = 'middle';
  ctx.fillText(text, right, top + height / 2);
}

/** Where on the x axis the run is now, and what is known beyond it, as elements over the chart. */
export class NowMarks {
  private readonly line = document.createElement('div');
  private readonly future = document.createElement('div');
  private readonly plot: uPlot;

  constructor(plot: uPlot) {
    this.plot = plot;
    this.line.className = 'chart-now';
    this.future.className = 'chart-future';
    plot.over.append(this.future, this.line);
  }

  /** `time` and `frontier` in s. */
  place(time: number, frontier: number): void {
    const { over, plot } = { over: this.plot.over, plot: this.plot };
    const width = over.clientWidth;
    const at = (seconds: number) => Math.max(-2, Math.min(width, plot.valToPos(seconds, 'x')));
    const left = at(time);
    const isShown = Number.isFinite(left) && left >= 0 && left < width;
    this.line.hidden = !isShown;
    if (Number.isFinite(left)) this.line.style.transform = `translateX(${left.toFixed(1)}px)`;
    const right = at(frontier);
    const span = right - left;
    this.future.hidden = !(span > 1);
    if (!(span > 1)) return;
    this.future.style.transform = `translateX(${left.toFixed(1)}px)`;
    this.future.style.width = `${span.toFixed(1)}px`;
  }
}
