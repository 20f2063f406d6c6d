/** What the answers to questions about a run are drawn from. */

import type { Recording } from '../../experiment/recording.ts';

export interface Asked {
  readonly recording: Recording;
  /** Text of the session. */
  readonly text: string;
  /** The furthest time that has been played, s. */
  readonly frontier: number;
}
