/**
 * Plays a time of a recording again with the span log on, and hands over what it notes. Nothing is
 * paid for when nobody looks, and the present is put back untouched.
 */

import { Flag } from '../model/call-table.ts';
import { NOTE_WIDTH } from '../model/span-log.ts';
import type { SpanLog } from '../model/span-log.ts';
import type { World } from '../model/world.ts';
import type { Experiment } from './experiment.ts';
import type { Recording } from './recording.ts';

/** Events between two fetches of the notes. */
const SLICE_EVENTS = 20_000;
/** Requests that had been under way for longer when a time began are left out, ns. */
const LOOK_BACK_NS = 60e9;

/** Takes each note in its order; a view, good during the call. */
export type TakeNote = (note: Float64Array, world: World) => void;

/** Turns the log on, whatever it was used for before. */
export function watch({ run }: Experiment, whom: (spans: SpanLog) => void): void {
  const { calls } = run.world;
  calls.spans.drain();
  whom(calls.spans);
}

/** Runs on to a time, ns, or until enough has been seen; gives the time reached. */
export function playOn(
  { run }: Experiment,
  to: number,
  take: TakeNote,
  isEnough?: (now: number) => boolean,
): number {
  const { world } = run;
  for (;;) {
    const isThere = run.advance(to, SLICE_EVENTS);
    handOver(world, take);
    if (isThere || isEnough?.(run.time) === true) return run.time;
  }
}

/** Gives every note since the last time to `take`. */
export function handOver(world: World, take: TakeNote): void {
  const notes = world.calls.spans.drain();
  for (let at = 0; at < notes.length; at += NOTE_WIDTH) {
    take(notes.subarray(at, at + NOTE_WIDTH), world);
  }
}

/**
 * Plays a time, ns, from before the start of the first request that was under way when it began.
 * Notes of requests that ended earlier are among those handed over.
 */
export function playAgain(
  recording: Recording,
  { from, to }: { readonly from: number; readonly to: number },
  whom: (spans: SpanLog) => void,
  take: TakeNote,
): void {
  let since = from;
  for (;;) {
    const earlier = recording.aside(since, (experiment) => {
      const { run } = experiment;
      const begin = run.time;
      const kept: Float64Array[] = [];
      watch(experiment, whom);
      playOn(experiment, from, (note) => kept.push(note.slice()));
      const first = Math.max(earliestStart(run.world), from - LOOK_BACK_NS);
      if (first <= begin && begin > 0) return first;
      for (const note of kept) take(note, run.world);
      playOn(experiment, to, take);
      return null;
    });
    if (earlier === null) return;
    since = Math.min(earlier, since - 1);
  }
}

/** When the oldest request that is under way began, ns; Infinity when there is none. */
function earliestStart({ calls, components }: World): number {
  let earliest = Infinity;
  for (let row = 0; row < calls.used; row++) {
    if ((calls.flags(row) & (Flag.free | Flag.abandoned | Flag.branch)) !== 0) continue;
    if (components[calls.caller(row)]?.kind !== 'clients') continue;
    earliest = Math.min(earliest, calls.start(row));
  }
  return earliest;
}
