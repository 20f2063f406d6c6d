/**
 * The requests that ended in some time, found by playing it again. A request counts where it ended,
 * as in all totals and charts.
 */

import { NoteKind } from '../model/span-log.ts';
import type { Recording } from './recording.ts';
import { playAgain } from './replay.ts';
import { operationOf } from './request-paths.ts';
import { spanOfAll, stretchAt } from './stretches.ts';
import type { Stretch } from './stretches.ts';

export interface EndedRequest {
  readonly request: number;
  readonly operation: string;
  /** ns */
  readonly start: number;
  readonly end: number;
  /** A number of `Outcome`. */
  readonly outcome: number;
  readonly isLate: boolean;
  /** How many requests it stands for. */
  readonly weight: number;
}

/** Those that ended in one of some stretches, in the order of their ends. */
export function endedIn(
  recording: Recording,
  stretches: readonly Stretch[],
): readonly EndedRequest[] {
  const begun = new Map<number, { start: number; operation: string }>();
  const found: EndedRequest[] = [];
  playAgain(
    recording,
    spanOfAll(stretches),
    (spans) => spans.watchOneIn(1, false),
    (note, world) => {
      const [time, kind, request, , first, second] = note as unknown as number[];
      if (kind === NoteKind.begin) {
        const operation = operationOf(world, first!, second!);
        begun.set(request!, { start: time!, operation });
        return;
      }
      const beginning = begun.get(request!);
      begun.delete(request!);
      const stretch = stretchAt(stretches, time!);
      if (beginning === undefined || stretch === undefined) return;
      const { weight } = stretch;
      const isLate = second === 1;
      const ended = { request: request!, end: time!, outcome: first!, isLate, weight };
      found.push({ ...beginning, ...ended });
    },
  );
  return found;
}
