/** Explains the slow requests of a recording by playing their time again. */

import { attribute } from './attribution.ts';
import type { Recording } from './recording.ts';
import { playAgain } from './replay.ts';
import { RequestPaths } from './request-paths.ts';
import type { RequestPath } from './request-paths.ts';
import { bySlowness, spanOfAll, stretchAt, stretchesOf } from './stretches.ts';
import type { Stretch } from './stretches.ts';
import type { Attribution, WhyAsked } from './trace-types.ts';

/** Requests that are taken apart for one answer, about. */
const LOOKED_MAX = 8_000;

/** Null when no request was answered in that time, as far as `frontier` (ns). */
export function explain(
  recording: Recording,
  asked: WhyAsked,
  frontier: number,
): Attribution | null {
  const from = Math.max(0, Math.round(asked.from * 1e9));
  const to = Math.min(frontier, Math.round(asked.to * 1e9));
  if (to <= from) return null;
  const groups = stretchesOf(recording, { from, to }, bySlowness(asked.operation));
  const played = groups.flat().reduce((sum, stretch) => sum + stretch.to - stretch.from, 0);
  const { run } = recording.experiment;
  const requests = (run.world.requestsSoFar / Math.max(1, run.time)) * played;
  const oneIn = Math.max(1, Math.ceil(requests / LOOKED_MAX));
  const paths = groups.flatMap((stretches) => pathsIn(recording, stretches, oneIn));
  // The timeline is known where the run has been furthest.
  return recording.aside(to, (experiment) => {
    experiment.run.advance(to);
    return attribute(experiment.run.world, paths, { ...asked, to: to / 1e9 });
  });
}

function pathsIn(
  recording: Recording,
  stretches: readonly Stretch[],
  oneIn: number,
): readonly RequestPath[] {
  const found: RequestPath[] = [];
  let paths: RequestPaths | null = null;
  playAgain(
    recording,
    spanOfAll(stretches),
    (spans) => spans.watchOneIn(oneIn),
    (note, world) => {
      paths ??= new RequestPaths(world, (path) => {
        const stretch = stretchAt(stretches, path.end);
        if (stretch !== undefined) found.push({ ...path, weight: stretch.weight * oneIn });
      });
      paths.take(note);
    },
  );
  return found;
}
