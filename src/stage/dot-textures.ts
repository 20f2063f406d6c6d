/**
 * The shapes that travel: one atlas painted on a 2D canvas, from which every dot takes its piece.
 * Shape tells the kind, colour repeats it. All point to the right and are turned along the way.
 */

import { CanvasSource, Rectangle, Texture } from 'pixi.js';
import type { Palette } from '../base/palette.ts';
import { HopKind } from '../protocol/frame.ts';

/** Size of one piece, CSS pixels. The head sits near the right end, a tail behind it. */
const pieceWidth = 34;
const pieceHeight = 14;
const headX = 26;
/** Share of the piece's width where its head is: the point that travels. */
export const headAnchor = headX / pieceWidth;

/** Index of the chevron of flowing traffic, after the kinds of hops. */
export const chevronPiece = 6;
const pieces = 7;

export interface DotTextures {
  readonly textures: readonly Texture[];
  /** A particle of this scale shows its piece at the intended size. */
  readonly scale: number;
  refresh(): void;
  destroy(): void;
}

export function dotTextures(palette: Palette, pixelRatio: number): DotTextures {
  const resolution = Math.max(2, Math.ceil(pixelRatio));
  const canvas = document.createElement('canvas');
  canvas.width = pieceWidth * resolution;
  canvas.height = pieceHeight * resolution * pieces;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context !== null) {
    context.scale(resolution, resolution);
    for (let piece = 0; piece < pieces; piece += 1) {
      context.save();
      context.translate(headX, pieceHeight * (piece + 0.5));
      paintPiece(context, piece, palette);
      context.restore();
    }
  }
  const source = new CanvasSource({ resource: canvas });
  const textures = Array.from({ length: pieces }, (_, piece) => {
    const [width, height] = [pieceWidth * resolution, pieceHeight * resolution];
    return new Texture({ source, frame: new Rectangle(0, piece * height, width, height) });
  });
  return {
    textures,
    scale: 1 / resolution,
    refresh: () => source.update(),
    destroy: () => source.destroy(),
  };
}

function paintPiece(context: CanvasRenderingContext2D, piece: number, palette: Palette): void {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  switch (piece) {
    case HopKind.read:
      tail(context, palette.flight, 2.6);
      return fillPath(context, palette.flight, palette, () => context.arc(0, 0, 3.3, 0, 7));
    case HopKind.write:
      tail(context, palette.write, 2.6);
      return fillPath(context, palette.write, palette, () => context.rect(-3.2, -3.2, 6.4, 6.4));
    case HopKind.replication:
      tail(context, palette.write, 2);
      return fillPath(context, palette.write, palette, () => polygon(context, diamond));
    case HopKind.retry:
      tail(context, palette.slow, 2.6);
      return fillPath(context, palette.slow, palette, () => polygon(context, triangle));
    case HopKind.replyOk:
      return outline(context, palette.ok, 1.7, () => context.arc(0, 0, 2.9, 0, 7));
    case HopKind.replyFailed:
      return outline(context, palette.failed, 2.2, () => {
        context.moveTo(-3, -3);
        context.lineTo(3, 3);
        context.moveTo(3, -3);
        context.lineTo(-3, 3);
      });
    default:
      return outline(context, palette.flight, 2, () => polygonOpen(context));
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

function polygonOpen(context: CanvasRenderingContext2D): void {
  context.moveTo(-2.5, -4);
  context.lineTo(2, 0);
  context.lineTo(-2.5, 4);
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

/** Filled, with a thin rim of the ground so that crowded dots stay apart. */
function fillPath(
  context: CanvasRenderingContext2D,
  color: string,
  palette: Palette,
  path: () => void,
): void {
  context.beginPath();
  path();
  context.strokeStyle = palette.ground;
  context.lineWidth = 1.6;
  context.stroke();
  context.fillStyle = color;
  context.fill();
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
