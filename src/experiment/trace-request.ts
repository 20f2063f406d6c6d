/** Finds one request of a recording by its number and takes it apart. */

import { NoteKind } from '../model/span-log.ts';
import type { Recording } from './recording.ts';
import { playOn, watch } from './replay.ts';
import { requestTrace } from './request-trace.ts';
import { TraceTree } from './trace-tree.ts';
import type { RequestTrace } from './trace-types.ts';

/** What nobody waits for is followed this long after the end of the request, ns. */
const AFTERWARDS_NS = 60e9;

/**
 * The trace of a request that was under way at `near`, as far as `frontier`, both ns; null when
 * there was none of that number.
 */
export function traceRequest(
  recording: Recording,
  question: { readonly request: number; readonly near: number; readonly frontier: number },
): RequestTrace | null {
  const { request, frontier } = question;
  let from = Math.min(question.near, frontier);
  for (;;) {
    const look = recording.aside(from, (experiment) => {
      const { run } = experiment;
      const since = run.time;
      if (run.world.requestsSoFar >= request) return { since, trace: null };
      let tree: TraceTree | null = null;
      const take = (note: Float64Array) => {
        if (note[1] === NoteKind.begin) tree = new TraceTree(note);
        else tree?.add(note);
      };
      // A number that has not been given by then is that of a later request.
      const isEnough = (now: number) =>
        tree === null ? run.world.requestsSoFar >= request : isFollowed(tree, now);
      watch(experiment, (spans) => spans.watchOnly(request));
      const now = playOn(experiment, frontier, take, isEnough);
      return { since: 0, trace: tree === null ? null : requestTrace(run.world, tree, now) };
    });
    if (look.trace !== null || look.since <= 0) return look.trace;
    from = look.since;
  }
}

function isFollowed(tree: TraceTree, now: number): boolean {
  return tree.isOver || (tree.isEnded && now > tree.root.end + AFTERWARDS_NS);
}
