/** How the picture is to look at the moment; every layer paints by it. */

import type { Palette } from '../base/palette.ts';
import type { Camera, ZoomLevel } from './camera.ts';

export interface Appearance {
  readonly camera: Camera;
  readonly palette: Palette;
  readonly pixelRatio: number;
  /** Path of what is selected, or null. */
  readonly selection: string | null;
  readonly reducedMotion: boolean;
  /** How much of everything is drawn at this zoom. */
  readonly level: ZoomLevel;
  /** Edges that lie on the way of the request that is followed; null: nobody is followed. */
  readonly followedEdges: ReadonlySet<number> | null;
}
