/** What a stage is told when it is made, and what it tells in return. */

import type { ThemeName } from '../base/palette.ts';
import type { Inside } from '../protocol/inside.ts';
import type { Camera, Margins, Size, ZoomLevel } from './camera.ts';
import type { Mark } from './marks-seen.ts';
import type { TrafficMode } from './picture.ts';

export interface StageStatus {
  readonly mode: TrafficMode;
  /** Infinity while traffic is shown as a flow. */
  readonly requestsPerDot: number;
  /** Some hops of the last second found no free dot. */
  readonly crowded: boolean;
  /** What can be seen at the moment, in the order of the legend. */
  readonly marks: readonly Mark[];
  /** One falling square stands for this many evicted entries. */
  readonly evictionsPerSquare: number;
}

export interface StageOptions {
  readonly theme: ThemeName;
  readonly reducedMotion: boolean;
  /** Space to keep free around the picture on a stage of that size. */
  readonly margins: (stage: Size) => Margins;
  /** A node, a box or an edge such as `api>redis` was clicked, or null for the empty ground. */
  readonly onSelect: (path: string | null) => void;
  /** The dot of a request was clicked; at that time (s) it was under way. */
  readonly onPickRequest: (request: number, time: number) => void;
  /** A box was dragged: its new centre, in units of the layout. */
  readonly onMove: (name: string, x: number, y: number) => void;
  /** The viewer has moved; `place` is to be written down, null while all is shown. */
  readonly onCamera: (camera: Camera, level: ZoomLevel, place: string | null) => void;
  readonly onStatus: (status: StageStatus) => void;
  /** The number of dots that the stage can show without clutter has changed. */
  readonly onDotBudget: (dots: number) => void;
  /** What goes on inside an instance at this moment; null when nobody knows. */
  readonly inside: (path: string) => Promise<Inside | null>;
  /** The picture goes on in a lesser way, in words. */
  readonly onNote: (note: string) => void;
  /** The canvas can draw no longer; the reason in words. */
  readonly onBroken: (why: string) => void;
}

/** Says what the stage shows, when that has changed. */
export class StatusTeller {
  private readonly onStatus: (status: StageStatus) => void;
  private key = '';

  constructor(onStatus: (status: StageStatus) => void) {
    this.onStatus = onStatus;
  }

  tell(status: StageStatus): void {
    const key = Object.values(status).join();
    if (key === this.key) return;
    this.key = key;
    this.onStatus(status);
  }
}
