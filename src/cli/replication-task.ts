/** What the main thread and the threads that run replications say to each other. */

import type { Results } from '../experiment/result-types.ts';
import type { Setting } from '../scenario/settings.ts';

/** Which scenario; every thread reads it anew. */
export interface ReplicationTask {
  /** Tells these threads from any others that might start the program. */
  readonly kind: 'gameday-replications';
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly set: readonly Setting[];
  /** Null: that of the file. */
  readonly duration: string | null;
  /** The scenario's own seed. */
  readonly seed: string;
}

/** The number of the replication to run next, from 1. */
export type ReplicationOrder = number;

export interface ReplicationAnswer {
  readonly number: number;
  readonly results: Results;
}
