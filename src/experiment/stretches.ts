/**
 * Which parts of a long time are played again when somebody asks about all of it. A short time is
 * played as a whole. Of a long one come the windows in which what is asked for is most likely, and
 * some of the others, evenly spread, that stand for all the others.
 */

import type { Experiment } from './experiment.ts';
import type { Recording } from './recording.ts';

/** Events that one question may play again; a second or two. */
const EVENTS_MAX = 1_500_000;
/** Windows of each of the two sorts, when not all are played. */
const WINDOWS_EACH = 5;
/** Stretches with fewer events than this between them are played in one go. */
const EVENTS_BETWEEN = 100_000;

export interface Stretch {
  /** ns; the end is not part of it. */
  readonly from: number;
  readonly to: number;
  /** For how many stretches of the same length it stands, itself included. */
  readonly weight: number;
}

/** How much a window promises, 0 for nothing; those that promise most are played. */
export type Rank = (experiment: Experiment, window: number) => number;

/** The stretches of a time, ns, that has been played; those close together in one list. */
export function stretchesOf(
  recording: Recording,
  time: { readonly from: number; readonly to: number },
  rank: Rank | null,
  eventsMax = EVENTS_MAX,
): readonly (readonly Stretch[])[] {
  const present = recording.experiment.run;
  const eventsPerNs = present.world.simulation.events / Math.max(1, present.time);
  const whole = { ...time, weight: 1 };
  if (eventsPerNs * (time.to - time.from) <= eventsMax) return [[whole]];
  // Windows that lie ahead of the present are known where the run has been furthest.
  if (present.time >= time.to)
    return grouped(choose(recording.experiment, time, rank), eventsPerNs);
  return recording.aside(time.to, (experiment) => {
    experiment.run.advance(time.to);
    return grouped(choose(experiment, time, rank), eventsPerNs);
  });
}

/** From the beginning of the first to the end of the last. */
export function spanOfAll(stretches: readonly Stretch[]): { from: number; to: number } {
  return { from: stretches[0]!.from, to: stretches.at(-1)!.to };
}

export function stretchAt(stretches: readonly Stretch[], time: number): Stretch | undefined {
  return stretches.find(({ from, to }) => time >= from && time < to);
}

function choose(
  experiment: Experiment,
  { from, to }: { readonly from: number; readonly to: number },
  rank: Rank | null,
): readonly Stretch[] {
  const { recorder } = experiment.run.world;
  const first = recorder.windowAt(from);
  const last = recorder.windowAt(Math.max(from, to - 1));
  const windows = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (windows.length <= 2 * WINDOWS_EACH) return [{ from, to, weight: 1 }];
  const promises = new Map(windows.map((one) => [one, rank?.(experiment, one) ?? 0]));
  const promising = windows
    .filter((window) => promises.get(window)! > 0)
    .sort((left, right) => promises.get(right)! - promises.get(left)! || left - right)
    .slice(0, WINDOWS_EACH);
  const others = windows.filter((window) => !promising.includes(window));
  const step = others.length / WINDOWS_EACH;
  const spread = Array.from(
    { length: WINDOWS_EACH },
    (_, turn) => others[Math.floor((turn + 0.5) * step)]!,
  );
  const stretch = (weight: number) => (window: number) => ({
    from: Math.max(from, window * recorder.windowNs),
    to: Math.min(to, (window + 1) * recorder.windowNs),
    weight,
  });
  const both = [...promising.map(stretch(1)), ...spread.map(stretch(step))];
  return both.sort((left, right) => left.from - right.from);
}

function grouped(
  stretches: readonly Stretch[],
  eventsPerNs: number,
): readonly (readonly Stretch[])[] {
  const groups: Stretch[][] = [];
  for (const stretch of stretches) {
    const group = groups.at(-1);
    const gap = stretch.from - (group?.at(-1)?.to ?? -Infinity);
    if (group !== undefined && gap * eventsPerNs < EVENTS_BETWEEN) group.push(stretch);
    else groups.push([stretch]);
  }
  return groups;
}

/** The worst p99 of a window over all operations, or of one. */
export function bySlowness(operation: string | null): Rank {
  return ({ run }, window) => {
    let worst = 0;
    for (const { name, windowP99 } of run.world.operations) {
      if (operation !== null && name !== operation) continue;
      worst = Math.max(worst, windowP99[window] || 0);
    }
    return worst;
  };
}

/** Requests that failed or were shed in a window. */
export function byFailures(operation: string | null): Rank {
  return ({ run }, window) => {
    if (window >= run.world.recorder.windows) return 0;
    let failures = 0;
    for (const { name, tally } of run.world.operations) {
      if (operation !== null && name !== operation) continue;
      failures += tally.at(window, 'failed') + tally.at(window, 'shed');
    }
    return failures;
  };
}
