/** The small signs that tell a state by shape, so that no state is told by colour alone. */

import type { Cell } from '../../base/box-geometry.ts';
import type { Pen } from './pen.ts';

/** Diagonal lines over the cell. */
export function hatch(pen: Pen, cell: Cell, color: string, spacing = 7): void {
  const { context } = pen;
  context.beginPath();
  for (let along = -cell.height; along < cell.width; along += spacing) {
    context.moveTo(cell.x + along, cell.y + cell.height);
    context.lineTo(cell.x + along + cell.height, cell.y);
  }
  pen.stroke(color, 1.5);
}

export function cross(pen: Pen, x: number, y: number, radius: number, color: string): void {
  const { context } = pen;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(x - radius, y - radius);
  context.lineTo(x + radius, y + radius);
  context.moveTo(x + radius, y - radius);
  context.lineTo(x - radius, y + radius);
  pen.stroke(color, Math.max(1.5, radius * 0.45));
  context.lineCap = 'butt';
}

/** Centred, `width` wide and about 0.75 of that high. */
export function crown(pen: Pen, x: number, y: number, width: number, color: string): void {
  const { context } = pen;
  const half = width / 2;
  const height = width * 0.72;
  const top = y - height / 2;
  const bottom = y + height / 2;
  context.beginPath();
  context.moveTo(x - half, top + height * 0.18);
  context.lineTo(x - half * 0.48, top + height * 0.55);
  context.lineTo(x, top);
  context.lineTo(x + half * 0.48, top + height * 0.55);
  context.lineTo(x + half, top + height * 0.18);
  context.lineTo(x + half * 0.78, bottom);
  context.lineTo(x - half * 0.78, bottom);
  context.closePath();
  context.fillStyle = color;
  context.fill();
}

/** A clock face: what carries it is slow. */
export function clockFace(pen: Pen, x: number, y: number, radius: number): void {
  const { context, palette } = pen;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.ground;
  context.fill();
  pen.stroke(palette.slow, 1.6);
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(x, y - radius * 0.55);
  context.lineTo(x, y);
  context.lineTo(x + radius * 0.45, y + radius * 0.2);
  pen.stroke(palette.ink, 1.4);
  context.lineCap = 'butt';
}

/** Two halves of a broken link: what carries it is cut off. */
export function brokenLink(pen: Pen, x: number, y: number, radius: number): void {
  const { context, palette } = pen;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.ground;
  context.fill();
  pen.stroke(palette.outline, 1.2);
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(x - radius * 0.7, y);
  context.lineTo(x - radius * 0.25, y);
  context.moveTo(x + radius * 0.25, y);
  context.lineTo(x + radius * 0.7, y);
  context.moveTo(x - radius * 0.1, y + radius * 0.5);
  context.lineTo(x + radius * 0.1, y - radius * 0.5);
  pen.stroke(palette.ink, 1.5);
  context.lineCap = 'butt';
}

/** A triangle over a bar, as on a key that ejects: balancers send nothing to what carries it. */
export function ejectSign(pen: Pen, x: number, y: number, radius: number): void {
  const { context, palette } = pen;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.ground;
  context.fill();
  pen.stroke(palette.failed, 1.4);
  context.fillStyle = palette.ink;
  context.beginPath();
  context.moveTo(x - radius * 0.5, y + radius * 0.1);
  context.lineTo(x, y - radius * 0.55);
  context.lineTo(x + radius * 0.5, y + radius * 0.1);
  context.closePath();
  context.fill();
  context.fillRect(x - radius * 0.5, y + radius * 0.28, radius, radius * 0.22);
}

/** Decades of lag that the ruler shows, from a millisecond to a hundred seconds. */
const rulerDecades = 5;

/** A ruler whose filled part grows with each tenfold lag; amber from a second on. */
export function ruler(pen: Pen, area: Cell, lagSeconds: number): void {
  const { context, palette } = pen;
  const decades = lagSeconds > 0 ? Math.log10(lagSeconds * 1000) : 0;
  const share = Math.min(1, Math.max(0, decades / rulerDecades));
  context.fillStyle = palette.line;
  context.fillRect(area.x, area.y, area.width, area.height);
  context.fillStyle = lagSeconds >= 1 ? palette.slow : palette.write;
  context.fillRect(area.x, area.y, area.width * share, area.height);
  context.fillStyle = palette.inkSoft;
  for (let tick = 0; tick <= rulerDecades; tick += 1) {
    const height = tick % rulerDecades === 0 ? area.height : area.height * 0.5;
    context.fillRect(area.x + (area.width * tick) / rulerDecades - 0.4, area.y, 0.8, height);
  }
}

/** How much of all requests a shard gets, with a tick at its fair share. */
export function heatBar(pen: Pen, area: Cell, heat: number, parts: number): void {
  const { palette, context } = pen;
  const share = Math.min(1, heat / parts);
  pen.fillRounded(area, area.height / 2, palette.line);
  const width = Math.max(area.height, area.width * share);
  pen.fillRounded(
    { ...area, width },
    area.height / 2,
    heat >= hotFrom ? palette.slow : palette.flight,
  );
  context.fillStyle = palette.ink;
  context.fillRect(area.x + area.width / parts - 0.5, area.y - 1.5, 1, area.height + 3);
}

/** From this many times its fair share on a shard counts as hot. */
export const hotFrom = 1.5;

/** A closed wave along the border: what it surrounds is slow. */
export function wavyBorder(pen: Pen, cell: Cell, color: string): void {
  const { context } = pen;
  const step = 3.2;
  const corners: [number, number][] = [
    [cell.x, cell.y],
    [cell.x + cell.width, cell.y],
    [cell.x + cell.width, cell.y + cell.height],
    [cell.x, cell.y + cell.height],
    [cell.x, cell.y],
  ];
  context.beginPath();
  context.moveTo(cell.x, cell.y);
  for (let side = 1; side < corners.length; side += 1) {
    const [x0, y0] = corners[side - 1]!;
    const [x1, y1] = corners[side]!;
    const waves = Math.max(2, 2 * Math.round(Math.hypot(x1 - x0, y1 - y0) / (2 * step)));
    const [alongX, alongY] = [(x1 - x0) / waves, (y1 - y0) / waves];
    for (let wave = 0; wave < waves; wave += 1) {
      const bulge = wave % 2 === 0 ? 0.9 : -0.9;
      const [x, y] = [x0 + alongX * wave, y0 + alongY * wave];
      context.quadraticCurveTo(
        x + alongX / 2 + alongY * bulge,
        y + alongY / 2 - alongX * bulge,
        x + alongX,
        y + alongY,
      );
    }
  }
  pen.stroke(color, 1.6);
}
