/** Line drawings that tell the kinds of boxes apart. All are centred and `size` wide. */

import type { BoxGlyph } from '../../base/box-geometry.ts';
import type { Pen } from './pen.ts';

export const icons: Readonly<Record<BoxGlyph, typeof people>> = {
  clients: people,
  balancer: branches,
  service: gears,
  cache: bolt,
  cdn: globe,
  database: drum,
};

export function people(pen: Pen, x: number, y: number, size: number): void {
  const { context } = pen;
  const unit = size / 22;
  context.beginPath();
  for (const [dx, scale] of [
    [-6, 0.85],
    [5, 1],
  ] as const) {
    const [cx, head] = [x + dx * unit, 3.4 * unit * scale];
    context.moveTo(cx + head, y - 4 * unit);
    context.arc(cx, y - 4 * unit, head, 0, 2 * Math.PI);
    context.moveTo(cx - 5.4 * unit * scale, y + 8 * unit);
    context.arc(cx, y + 8 * unit, 5.4 * unit * scale, Math.PI, 0);
  }
  pen.stroke(pen.palette.inkSoft, 1.6);
}

/** One way in, three ways out. */
export function branches(pen: Pen, x: number, y: number, size: number): void {
  const { context } = pen;
  const half = size / 2;
  context.beginPath();
  for (const dy of [-0.8, 0, 0.8]) {
    context.moveTo(x - half, y);
    context.bezierCurveTo(x, y, x - half * 0.2, y + dy * half, x + half * 0.75, y + dy * half);
  }
  pen.stroke(pen.palette.inkSoft, 1.6);
  context.fillStyle = pen.palette.inkSoft;
  for (const [dx, dy] of [
    [-1, 0],
    [0.85, -0.8],
    [0.85, 0],
    [0.85, 0.8],
  ] as const) {
    context.beginPath();
    context.arc(x + dx * half, y + dy * half, size * 0.1, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A window with a prompt: something that runs code. */
function gears(pen: Pen, x: number, y: number, size: number): void {
  const { context } = pen;
  const half = size / 2;
  context.beginPath();
  context.roundRect(x - half, y - half * 0.8, size, size * 0.8, size * 0.16);
  context.moveTo(x - half * 0.5, y - half * 0.3);
  context.lineTo(x - half * 0.1, y);
  context.lineTo(x - half * 0.5, y + half * 0.3);
  context.moveTo(x + half * 0.1, y + half * 0.35);
  context.lineTo(x + half * 0.55, y + half * 0.35);
  pen.stroke(pen.palette.inkSoft, 1.6);
}

function bolt(pen: Pen, x: number, y: number, size: number): void {
  const { context } = pen;
  const half = size / 2;
  context.beginPath();
  context.moveTo(x + half * 0.25, y - half);
  context.lineTo(x - half * 0.6, y + half * 0.15);
  context.lineTo(x - half * 0.02, y + half * 0.15);
  context.lineTo(x - half * 0.25, y + half);
  context.lineTo(x + half * 0.6, y - half * 0.15);
  context.lineTo(x + half * 0.02, y - half * 0.15);
  context.closePath();
  pen.stroke(pen.palette.inkSoft, 1.6);
}

/** The globe with its meridians: something that is near to everybody. */
function globe(pen: Pen, x: number, y: number, size: number): void {
  const { context } = pen;
  const half = size * 0.46;
  context.beginPath();
  context.arc(x, y, half, 0, 2 * Math.PI);
  context.moveTo(x + half * 0.42, y);
  context.ellipse(x, y, half * 0.42, half, 0, 0, 2 * Math.PI);
  context.moveTo(x - half, y);
  context.lineTo(x + half, y);
  pen.stroke(pen.palette.inkSoft, 1.6);
}

function drum(pen: Pen, x: number, y: number, size: number): void {
  const { context } = pen;
  const half = size / 2;
  const [wide, lid] = [half * 0.85, half * 0.32];
  context.beginPath();
  context.ellipse(x, y - half + lid, wide, lid, 0, 0, 2 * Math.PI);
  context.moveTo(x - wide, y - half + lid);
  context.lineTo(x - wide, y + half - lid);
  context.ellipse(x, y + half - lid, wide, lid, 0, Math.PI, 0, true);
  context.lineTo(x + wide, y - half + lid);
  context.moveTo(x - wide, y);
  context.ellipse(x, y, wide, lid, 0, Math.PI, 0, true);
  pen.stroke(pen.palette.inkSoft, 1.6);
}
