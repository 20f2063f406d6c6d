/**
 * The pieces of which moving marks are made, and how each is drawn. Shape tells the kind, colour
 * repeats it. Requests come with their fill in steps, because it drains as their time runs out.
 */

import type { Palette } from '../base/palette.ts';
import { HopKind } from '../protocol/frame.ts';

/** Steps in which the fill of a request drains; step 0 is empty. */
export const fuelSteps = 6;
const filledKinds: readonly number[] = [HopKind.read, HopKind.write, HopKind.retry];
const firstSinglePiece = filledKinds.length * (fuelSteps + 1);
const singleKinds: readonly number[] = [
  HopKind.replication,
  HopKind.replyOk,
  HopKind.replyFailed,
  HopKind.replyMiss,
  HopKind.replyHit,
  HopKind.probe,
  HopKind.probeFailed,
  HopKind.readAfterMiss,
];
/** After the kinds of hops: an entry that a cache throws out, and the chevron of a flow. */
export const evictionPiece = firstSinglePiece + singleKinds.length;
export const chevronPiece = evictionPiece + 1;
export const pieceCount = chevronPiece + 1;

/** Number of the piece for a kind of hop with a share of its time left (NaN: no deadline). */
export function pieceOf(kind: number, fuel: number): number {
  const filled = filledKinds.indexOf(kind);
  if (filled < 0) return firstSinglePiece + Math.max(0, singleKinds.indexOf(kind));
  // Whoever still has time shows some fill, and only a full second hand shows all of it.
  const step = Number.isNaN(fuel) ? fuelSteps : Math.min(fuelSteps, Math.ceil(fuel * fuelSteps));
  return filled * (fuelSteps + 1) + Math.max(0, step);
}

/** Draws a piece that points to the right, its head at the origin. */
export function paintPiece(
  context: CanvasRenderingContext2D,
  piece: number,
  palette: Palette,
): void {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  if (piece < firstSinglePiece) {
    const kind = filledKinds[Math.floor(piece / (fuelSteps + 1))]!;
    return paintRequest(context, kind, (piece % (fuelSteps + 1)) / fuelSteps, palette);
  }
  if (piece === evictionPiece) {
    return outline(context, palette.outline, 1.8, () => context.rect(-3, -3, 6, 6));
  }
  if (piece === chevronPiece) return outline(context, palette.flight, 2, () => chevron(context));
  paintSingle(context, singleKinds[piece - firstSinglePiece]!, palette);
}

function paintRequest(
  context: CanvasRenderingContext2D,
  kind: number,
  fuel: number,
  palette: Palette,
): void {
  const rare = kind === HopKind.write ? palette.write : palette.slow;
  const color = kind === HopKind.read ? palette.flight : rare;
  tail(context, color, 2.6);
  const path = () => {
    if (kind === HopKind.write) context.rect(-3.2, -3.2, 6.4, 6.4);
    else if (kind === HopKind.retry) polygon(context, triangle);
    else context.arc(0, 0, 3.3, 0, 7);
  };
  rimmed(context, palette.ground, path);
  context.fillStyle = palette.ground;
  context.fill();
  context.save();
  context.clip();
  // What is left lies towards the tail, so that the head empties first.
  context.fillStyle = color;
  context.fillRect(-4.5, -6, 9 * fuel, 12);
  context.restore();
  if (fuel < 1) outline(context, color, 1.2, path);
}

function paintSingle(context: CanvasRenderingContext2D, kind: number, palette: Palette): void {
  switch (kind) {
    case HopKind.replication:
      tail(context, palette.write, 2);
      rimmed(context, palette.ground, () => polygon(context, diamond));
      context.fillStyle = palette.write;
      return context.fill();
    case HopKind.replyOk:
      return outline(context, palette.ok, 1.7, () => context.arc(0, 0, 2.9, 0, 7));
    case HopKind.replyHit:
      outline(context, palette.ok, 1.5, () => context.arc(0, 0, 4.4, 0, 7));
      context.beginPath();
      context.arc(0, 0, 1.7, 0, 7);
      context.fillStyle = palette.ok;
      return context.fill();
    case HopKind.replyMiss:
      context.setLineDash([1.2, 2.4]);
      outline(context, palette.outline, 1.6, () => context.arc(0, 0, 2.9, 0, 7));
      return context.setLineDash([]);
    case HopKind.readAfterMiss:
      tail(context, palette.flight, 2.2);
      rimmed(context, palette.ground, () => context.arc(0, 0, 3.4, 0, 7));
      context.fillStyle = palette.ground;
      context.fill();
      return outline(context, palette.flight, 1.9, () => context.arc(0, 0, 3.1, 0, 7));
    case HopKind.probe:
      return outline(context, palette.ok, 1.8, () => tick(context));
    case HopKind.probeFailed:
      outline(context, palette.inkSoft, 1.8, () => tick(context));
      return outline(context, palette.failed, 2, () => cross(context, 7, 2.6));
    default:
      return outline(context, palette.failed, 2.2, () => cross(context, 0, 3));
  }
}

const diamond = [
  [0, -4.3],
  [4.3, 0],
  [0, 4.3],
  [-4.3, 0],
] as const;
const triangle = [
  [4.4, 0],
  [-3, -4],
  [-3, 4],
] as const;

function polygon(
  context: CanvasRenderingContext2D,
  corners: readonly (readonly [number, number])[],
) {
  corners.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
}

function chevron(context: CanvasRenderingContext2D): void {
  context.moveTo(-2.5, -4);
  context.lineTo(2, 0);
  context.lineTo(-2.5, 4);
}

/** A short stroke across the way. */
function tick(context: CanvasRenderingContext2D): void {
  context.moveTo(0, -4);
  context.lineTo(0, 4);
}

function cross(context: CanvasRenderingContext2D, x: number, radius: number): void {
  context.moveTo(x - radius, -radius);
  context.lineTo(x + radius, radius);
  context.moveTo(x + radius, -radius);
  context.lineTo(x - radius, radius);
}

function tail(context: CanvasRenderingContext2D, color: string, halfWidth: number): void {
  const fade = context.createLinearGradient(-24, 0, 0, 0);
  fade.addColorStop(0, `${color}00`);
  fade.addColorStop(1, `${color}88`);
  context.fillStyle = fade;
  context.beginPath();
  context.moveTo(-24, 0);
  context.lineTo(0, -halfWidth);
  context.lineTo(0, halfWidth);
  context.fill();
}

/** A path with a thin rim of the ground around it, so that crowded dots stay apart. */
function rimmed(context: CanvasRenderingContext2D, ground: string, path: () => void): void {
  context.beginPath();
  path();
  context.strokeStyle = ground;
  context.lineWidth = 1.6;
  context.stroke();
}

function outline(
  context: CanvasRenderingContext2D,
  color: string,
  width: number,
  path: () => void,
): void {
  context.beginPath();
  path();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}
