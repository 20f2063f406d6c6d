/** One worker as the page sees it; a link replaces it by another when it is lost. */

import type { Frame } from '../protocol/frame.ts';
import type { Session } from '../protocol/session.ts';

export interface Line {
  readonly session: Session;
  /** Asks for a sign of life. */
  ping(): void;
  /** Ends the worker, whatever it is doing. Commands under way are never answered. */
  close(): void;
}

export interface LineEvents {
  readonly onFrame: (frame: Frame) => void;
  /** It has answered a ping. */
  readonly onAlive: () => void;
  /** It has failed, and why. What it says from now on cannot be trusted. */
  readonly onFailed: (why: string) => void;
}

export type OpenLine = (events: LineEvents) => Line;
