/** How the requests of a time ended, in columns: for finding those whose fate differs. */

import { NoteKind } from '../model/span-log.ts';
import { Outcome, outcomeNames } from '../model/outcome.ts';
import type { Recording } from './recording.ts';
import { playOn, watch } from './replay.ts';
import { operationOf } from './request-paths.ts';
import type { Fates } from './trace-types.ts';

/** Comes after the outcomes of requests that ended. */
const LATE = outcomeNames.length;
const UNDER_WAY = LATE + 1;
const names = Object.freeze([...outcomeNames, 'late', 'under way']);

/** Of those that started from `from` on and before `to`, s, as far as `frontier`, ns. */
export function fatesOf(
  recording: Recording,
  asked: { readonly from: number; readonly to: number },
  frontier: number,
): Fates {
  const from = Math.max(0, Math.round(asked.from * 1e9));
  const to = Math.min(frontier, Math.round(asked.to * 1e9));
  return recording.aside(from, (experiment) => {
    const { world } = experiment.run;
    const operationNames = world.operations.map(({ name }) => name);
    const places = new Map<number, number>();
    const columns = { requests: [], starts: [], latenciesMs: [], outcomes: [], operations: [] } as {
      [Name in 'requests' | 'starts' | 'latenciesMs' | 'outcomes' | 'operations']: number[];
    };
    let open = 0;
    const take = (note: Float64Array) => {
      const [time, kind, request, , first, second] = note as unknown as number[];
      if (kind === NoteKind.begin) {
        if (time! < from || time! >= to) return;
        open++;
        places.set(request!, columns.requests.push(request!) - 1);
        columns.starts.push(time!);
        columns.latenciesMs.push(NaN);
        columns.outcomes.push(UNDER_WAY);
        columns.operations.push(operationNames.indexOf(operationOf(world, first!, second!)));
        return;
      }
      const place = places.get(request!);
      if (place === undefined) return;
      open--;
      const isAnswer = first === Outcome.ok;
      if (isAnswer) columns.latenciesMs[place] = (time! - columns.starts[place]!) / 1e6;
      columns.outcomes[place] = isAnswer && second === 1 ? LATE : first!;
    };
    watch(experiment, (spans) => spans.watchOneIn(1, false));
    playOn(experiment, frontier, take, (now) => now >= to && open === 0);
    return {
      requests: Float64Array.from(columns.requests),
      starts: Float64Array.from(columns.starts, (start) => start / 1e9),
      latenciesMs: Float64Array.from(columns.latenciesMs),
      outcomes: Uint8Array.from(columns.outcomes),
      operations: Uint8Array.from(columns.operations),
      outcomeNames: names,
      operationNames,
    };
  });
}
