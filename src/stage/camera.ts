/** Where the viewer stands: screen = world × zoom + offset, all in CSS pixels. */

import type { Cell } from '../base/box-geometry.ts';

export interface Camera {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Space that stays free around the picture; the bottom holds the legend. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Farther away the names of tiles would not fit; only fitting goes below. */
const zoomMin = 0.36;
const fitZoomMin = 0.12;
const zoomMax = 6;
/** Fitting never enlarges beyond this: small systems should not look like posters. */
const fitZoomMax = 1.45;

/** 1: boxes as tiles. 2: instances. 3: the inside of an instance. */
export type ZoomLevel = 1 | 2 | 3;

/** Each level begins at one zoom and is kept until another, so that it does not flicker. */
const tilesBelow = 0.44;
const tilesUntil = 0.48;
const insideFrom = 2.2;
const insideUntil = 1.95;
/** A zoom at which the inside of an instance is shown. */
export const insideZoom = 2.6;

/** The level at a zoom, coming from another level. */
export function levelAt(zoom: number, before: ZoomLevel): ZoomLevel {
  if (zoom < (before === 1 ? tilesUntil : tilesBelow)) return 1;
  if (zoom >= (before === 3 ? insideUntil : insideFrom)) return 3;
  return 2;
}

/** Puts the centre of a part of the world into the middle of what is free of the stage. */
export function lookAt(part: Cell, zoom: number, stage: Size, margins: Margins): Camera {
  const bounded = clamp(zoom, fitZoomMin, zoomMax);
  return {
    zoom: bounded,
    x: (margins.left + stage.width - margins.right) / 2 - (part.x + part.width / 2) * bounded,
    y: (margins.top + stage.height - margins.bottom) / 2 - (part.y + part.height / 2) * bounded,
  };
}

/** Shows all of `world`, centred. */
export function fitCamera(world: Cell, stage: Size, margins: Margins): Camera {
  const width = Math.max(1, stage.width - margins.left - margins.right);
  const height = Math.max(1, stage.height - margins.top - margins.bottom);
  const zoom = clamp(Math.min(width / world.width, height / world.height), fitZoomMin, fitZoomMax);
  return {
    zoom,
    x: Math.round(margins.left + (width - world.width * zoom) / 2 - world.x * zoom),
    y: Math.round(margins.top + (height - world.height * zoom) / 2 - world.y * zoom),
  };
}

/** Zooms by `factor`; what is under the given point of the screen stays there. */
export function zoomAt(camera: Camera, factor: number, at: { x: number; y: number }): Camera {
  const zoom = clamp(camera.zoom * factor, Math.min(zoomMin, camera.zoom), zoomMax);
  const scale = zoom / camera.zoom;
  return { zoom, x: at.x - (at.x - camera.x) * scale, y: at.y - (at.y - camera.y) * scale };
}

export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { zoom: camera.zoom, x: camera.x + dx, y: camera.y + dy };
}

export function toWorld(camera: Camera, x: number, y: number): { x: number; y: number } {
  return { x: (x - camera.x) / camera.zoom, y: (y - camera.y) / camera.zoom };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
