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

const zoomMin = 0.1;
const zoomMax = 4;
/** Fitting never enlarges beyond this: small systems should not look like posters. */
const fitZoomMax = 1.3;

/** Shows all of `world`, centred. */
export function fitCamera(world: Cell, stage: Size, margins: Margins): Camera {
  const width = Math.max(1, stage.width - margins.left - margins.right);
  const height = Math.max(1, stage.height - margins.top - margins.bottom);
  const zoom = clamp(Math.min(width / world.width, height / world.height), zoomMin, fitZoomMax);
  return {
    zoom,
    x: Math.round(margins.left + (width - world.width * zoom) / 2 - world.x * zoom),
    y: Math.round(margins.top + (height - world.height * zoom) / 2 - world.y * zoom),
  };
}

/** Zooms by `factor`; what is under the given point of the screen stays there. */
export function zoomAt(camera: Camera, factor: number, at: { x: number; y: number }): Camera {
  const zoom = clamp(camera.zoom * factor, zoomMin, zoomMax);
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
