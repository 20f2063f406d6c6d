/** A queueing discipline says who is served next and whether a worker can be taken away again. */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';

export interface Discipline {
  /** The word after `discipline:`; also the file's name. */
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** Serve by urgency, first come first served among equals. */
  readonly byPriority: boolean;
  /** Serve the one that came last. */
  readonly newestFirst: boolean;
  /** A more urgent request takes the worker of a less urgent one, which resumes later. */
  readonly preemptive: boolean;
  /** Everybody is served at once, at an equal share of the workers. */
  readonly shared: boolean;
}

export const disciplines: Registry<Discipline> = registryOf(
  import.meta.glob<{ default: Discipline }>('./policies/discipline/*.ts', { eager: true }),
);
