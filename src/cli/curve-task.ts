/** What the main thread and the threads that play caches say to each other. */

import type { CurvePiece, CurveWorkPlan, PieceAnswer } from '../laboratory/curve-work.ts';
import type { Batch } from '../laboratory/look-ups.ts';

export interface CurveTask {
  /** Tells these threads from any others that might start the program. */
  readonly kind: 'gameday-curves';
  readonly plan: CurveWorkPlan;
  readonly pieces: readonly CurvePiece[];
}

export type CurveOrder =
  /** The arrays are in shared memory; nobody writes to them before every thread is done. */
  | { readonly kind: 'batch'; readonly batch: Batch; readonly bound: number }
  | { readonly kind: 'end' };

export type CurveReply =
  | { readonly kind: 'done' }
  | { readonly kind: 'answers'; readonly answers: readonly PieceAnswer[] };
