/**
 * The critical path of a request: what it was waiting for at each moment, found by walking back
 * from its end through whatever ended last. Its pieces follow on each other without a gap, so they
 * sum to the latency exactly.
 *
 * Source: Zhang, Ramanathan, Raj, Parwal, Sherwood, Chabbi, CRISP: Critical Path Analysis of
 * Large-Scale Microservice Architectures, USENIX ATC 2022. Deviations: the leaves are what a
 * request did (queue, service, network, pauses), not the exclusive time of a span; clocks agree, so
 * no order has to be guessed; and a call that was given up is followed into its callee up to the
 * moment of giving up, because that is what the caller had been waiting for.
 */

import { activity } from './trace-tree.ts';
import type { Activity } from './trace-tree.ts';

/** A stretch of one activity, which is neither a call nor a branch; ns. */
export interface Piece {
  readonly activity: Activity;
  readonly start: number;
  readonly end: number;
}

/** The pieces in the order of time; of a request that is not over, up to `now` ns. */
export function criticalPath(root: Activity, now: number): readonly Piece[] {
  const pieces: Piece[] = [];
  walk(root, Math.min(root.end, now), pieces);
  return pieces.reverse();
}

/** Adds the pieces from `to` back to the start of an activity, the last one first. */
function walk(within: Activity, to: number, pieces: Piece[]): void {
  if (within.kind !== 'call' && within.kind !== 'branch' && within.kind !== 'request') {
    if (to > within.start) pieces.push({ activity: within, start: within.start, end: to });
    return;
  }
  let time = to;
  const unfinished = stillWaitedFor(within, time);
  if (unfinished !== null) {
    walk(unfinished, time, pieces);
    time = unfinished.start;
  }
  for (const child of latestFirst(within.children)) {
    if (child.end > time || child.end > child.released) continue;
    if (child.end < time) addGap(within, child.end, time, pieces);
    walk(child, child.end, pieces);
    time = child.start;
  }
  if (time > within.start) addGap(within, within.start, time, pieces);
}

/** What was going on, and waited for, when its caller gave up; the longest of several. */
function stillWaitedFor({ children }: Activity, time: number): Activity | null {
  let found: Activity | null = null;
  for (const child of children) {
    if (child.start >= time || child.end <= time || child.released <= time) continue;
    if (found === null || child.start < found.start) found = child;
  }
  return found;
}

/** Ends descending; of those that end together the one that began last. */
function latestFirst(children: readonly Activity[]): Activity[] {
  return [...children].sort((left, right) => right.end - left.end || right.start - left.start);
}

/** Time in which nothing of its own went on is time that it waited. */
function addGap(within: Activity, start: number, end: number, pieces: Piece[]): void {
  pieces.push({ activity: activity('wait', within, start, { end }), start, end });
}
