/**
 * One atlas of all pieces, painted on a 2D canvas, from which every moving mark takes its piece:
 * after a lost WebGL context the canvas still holds it.
 */

import { CanvasSource, Rectangle, Texture } from 'pixi.js';
import type { Palette } from '../base/palette.ts';
import { paintPiece, pieceCount } from './dot-pieces.ts';

/** Size of one piece, CSS pixels. The head sits near the right end, a tail behind it. */
const pieceWidth = 38;
const pieceHeight = 14;
const headX = 26;
/** Share of the piece's width where its head is: the point that travels. */
export const headAnchor = headX / pieceWidth;

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
  canvas.height = pieceHeight * resolution * pieceCount;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context !== null) {
    context.scale(resolution, resolution);
    for (let piece = 0; piece < pieceCount; piece += 1) {
      context.save();
      context.translate(headX, pieceHeight * (piece + 0.5));
      paintPiece(context, piece, palette);
      context.restore();
    }
  }
  const source = new CanvasSource({ resource: canvas });
  const textures = Array.from({ length: pieceCount }, (_, piece) => {
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
