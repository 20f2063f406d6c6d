/**
 * A sprite whose texture is a 2D canvas. Text, hatching and dashes come out crisp at any zoom
 * because the canvas is painted again at the size it is shown, and a lost WebGL context takes
 * nothing with it, since the canvas still holds the picture.
 */

import { CanvasSource, Sprite, Texture } from 'pixi.js';

/** Beyond this side length a raster is painted coarser than it is shown, px. */
const sideMax = 4096;

export type Draw = (context: CanvasRenderingContext2D) => void;

export class Raster {
  readonly sprite = new Sprite(Texture.EMPTY);
  private readonly canvas = document.createElement('canvas');
  // Uploading is cheaper from a canvas that lives in main memory.
  private readonly context = this.canvas.getContext('2d', { willReadFrequently: true });
  private source: CanvasSource | null = null;
  private scaleValue = 1;

  /** Canvas pixels per unit of the last painting. */
  get scale(): number {
    return this.scaleValue;
  }

  /** Paints `width` × `height` units at `scale` canvas pixels each. */
  paint(width: number, height: number, scale: number, draw: Draw): void {
    if (this.context === null || width <= 0 || height <= 0) return;
    this.scaleValue = Math.min(scale, sideMax / Math.max(width, height));
    const pixelWidth = Math.max(1, Math.ceil(width * this.scaleValue));
    const pixelHeight = Math.max(1, Math.ceil(height * this.scaleValue));
    if (this.canvas.width === pixelWidth && this.canvas.height === pixelHeight) {
      this.context.setTransform(1, 0, 0, 1, 0, 0);
      this.context.clearRect(0, 0, pixelWidth, pixelHeight);
    } else {
      this.canvas.width = pixelWidth;
      this.canvas.height = pixelHeight;
    }
    this.context.setTransform(this.scaleValue, 0, 0, this.scaleValue, 0, 0);
    draw(this.context);
    this.upload(pixelWidth, pixelHeight);
  }

  /** Puts the top left corner at a point of the screen, `zoom` CSS pixels a unit. */
  place(x: number, y: number, zoom: number, pixelRatio: number): void {
    const snap = (value: number) => Math.round(value * pixelRatio) / pixelRatio;
    this.sprite.position.set(snap(x), snap(y));
    const exact = zoom / this.scaleValue;
    // Painted for this zoom: one texel is one device pixel, whatever the rounding says.
    const one = 1 / pixelRatio;
    this.sprite.scale.set(Math.abs(exact / one - 1) < 0.002 ? one : exact);
  }

  /** After a lost context. */
  refresh(): void {
    this.source?.update();
  }

  destroy(): void {
    this.sprite.texture = Texture.EMPTY;
    this.sprite.destroy();
    this.source?.destroy();
    this.source = null;
  }

  private upload(pixelWidth: number, pixelHeight: number): void {
    if (this.source?.pixelWidth === pixelWidth && this.source.pixelHeight === pixelHeight) {
      this.source.update();
      return;
    }
    this.source?.destroy();
    this.source = new CanvasSource({ resource: this.canvas });
    this.sprite.texture = new Texture({ source: this.source });
  }
}
