/**
 * Heat maps as small pictures of one pixel a cell, which the chart stretches over its area. Cells
 * without a count stay clear, so that nothing is shown where nothing was measured.
 */

import type { Palette } from '../base/palette.ts';
import { HEAT_STRIDE } from '../protocol/frame.ts';

export interface HeatPicture {
  readonly canvas: HTMLCanvasElement;
  /** The greatest count of a cell. */
  readonly most: number;
  /** First and last class that anything falls to; none: -1. */
  readonly first: number;
  readonly last: number;
}

/** Answers by latency class, one column a window, the fastest class at the foot. */
export function latencyPicture(rows: readonly Float32Array[], palette: Palette): HeatPicture {
  let most = 0;
  let first = HEAT_STRIDE;
  let last = -1;
  for (const row of rows) {
    row.forEach((count, place) => {
      if (count === 0) return;
      most = Math.max(most, count);
      first = Math.min(first, place);
      last = Math.max(last, place);
    });
  }
  const canvas = paint(rows.length, HEAT_STRIDE, (x, y) => {
    const count = rows[x]?.[y] ?? 0;
    return count === 0 ? null : { color: palette.flight, strength: heatStrength(count, most) };
  });
  return { canvas, most, first: last < 0 ? -1 : first, last };
}

/** How strongly a count is drawn, 0–1: one answer can be seen beside a thousand. */
export function heatStrength(count: number, most: number): number {
  return 0.12 + (0.78 * Math.log(1 + count)) / Math.log(1 + Math.max(1, most));
}

/** Rates against the fair share, one column a window, the first part at the top. */
export function sharePicture(
  parts: readonly (readonly number[])[],
  palette: Palette,
): HTMLCanvasElement {
  const windows = parts[0]?.length ?? 0;
  return paint(windows, parts.length, (x, y) => {
    const share = fairShare(parts, parts.length - 1 - y, x);
    if (share === null) return null;
    if (share > 1) return { color: palette.slow, strength: Math.min(1, 0.25 + (share - 1) * 0.6) };
    return { color: palette.flight, strength: 0.1 + 0.3 * share };
  });
}

/** 1: as much as if all parts had the same; null when there was nothing to share. */
export function fairShare(
  parts: readonly (readonly number[])[],
  part: number,
  window: number,
): number | null {
  const all = parts.reduce((sum, values) => sum + (values[window] || 0), 0);
  const own = parts[part]?.[window];
  if (!(all > 0) || own === undefined || Number.isNaN(own)) return null;
  return (own * parts.length) / all;
}

interface Cell {
  readonly color: string;
  readonly strength: number;
}

function paint(
  width: number,
  height: number,
  cell: (x: number, y: number) => Cell | null,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return canvas;
  const picture = context.createImageData(width, height);
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      const found = cell(x, y);
      if (found === null) continue;
      const at = ((height - 1 - y) * width + x) * 4;
      const value = Number.parseInt(found.color.slice(1), 16);
      picture.data[at] = value >> 16;
      picture.data[at + 1] = (value >> 8) & 255;
      picture.data[at + 2] = value & 255;
      picture.data[at + 3] = Math.round(255 * found.strength);
    }
  }
  context.putImageData(picture, 0, 0);
  return canvas;
}
