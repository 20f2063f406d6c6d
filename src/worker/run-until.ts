/**
 * Looks out, while a run goes on, for what a person has asked it to stop at. Each look is cheap and
 * says where it was found; whoever drives the run then goes to that very moment.
 */

import { assertNever } from '../base/assert.ts';
import { formatDuration } from '../base/format-units.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { OperationMetrics } from '../model/operation-metrics.ts';
import type { Component } from '../model/world.ts';
import type { Until } from '../protocol/session.ts';

export interface Found {
  /** What was found, in words. */
  readonly text: string;
  /** The first time at which it was so, s; null when it happened with the event just handled. */
  readonly seconds: number | null;
}

export interface Lookout {
  /** Whether it has been found since the look-out began. */
  look(): Found | null;
  /** The run should not go past this time without a look, s. */
  readonly nextStop: number;
}

/** Begins at the present time; what was true before does not count. */
export function lookoutFor(experiment: Experiment, until: Until): Lookout {
  const { recorder } = experiment.run.world;
  return {
    look: watchFor(experiment, until),
    get nextStop() {
      return recorder.nextFlush / 1e9;
    },
  };
}

type Watch = () => Found | null;

function watchFor(experiment: Experiment, until: Until): Watch {
  switch (until.kind) {
    case 'time':
      return forTime(experiment, until.seconds);
    case 'happening':
      return forHappening(experiment, until.of);
    case 'p99':
      return forLatency(experiment, until.operation, until.aboveMs);
    case 'queue':
      return forQueue(experiment, until.component, until.above);
    case 'failure':
      return forFailure(experiment);
    default:
      return assertNever(until);
  }
}

function forTime({ run }: Experiment, seconds: number): Watch {
  return () =>
    run.time < Math.round(seconds * 1e9) ? null : { text: `It is ${timeText(run.time)}`, seconds };
}

function forHappening({ run }: Experiment, of: string | null): Watch {
  const { entries } = run.world.timeline;
  const from = entries.length;
  return () => {
    const entry = entries.slice(from).find(({ kind }) => of === null || kind === of);
    if (entry === undefined) return null;
    // A nanosecond later it has happened.
    const text = `${entry.text} at ${timeText(entry.time)}`;
    return { text, seconds: (entry.time + 1) / 1e9 };
  };
}

function forLatency({ run }: Experiment, operation: string | null, aboveMs: number): Watch {
  const { operations, recorder } = run.world;
  const watched = operations.filter(({ name }) => operation === null || name === operation);
  const isAbove = ({ windowP99 }: OperationMetrics, window: number) =>
    (windowP99[window] ?? NaN) / 1e6 > aboveMs;
  const from = recorder.windows;
  return () => {
    for (let window = from; window < recorder.windows; window++) {
      const found = watched.find((metrics) => isAbove(metrics, window));
      if (found === undefined) continue;
      const seconds = Math.min((window + 1) * recorder.windowNs, run.world.plan.durationNs) / 1e9;
      const p99 = (found.windowP99[window]! / 1e6).toPrecision(3);
      return { text: `p99 of ${found.name} is ${p99} ms, above ${aboveMs} ms`, seconds };
    }
    return null;
  };
}

/** To be looked at when a window has just ended: nobody counts who waits in between. */
function forQueue({ run }: Experiment, name: string | null, above: number): Watch {
  const { components, recorder } = run.world;
  const watched = components.filter((component) => name === null || component.name === name);
  let looked = recorder.windows;
  return () => {
    if (recorder.windows === looked) return null;
    looked = recorder.windows;
    const found = watched.find((component) => waitingAt(component) > above);
    if (found === undefined) return null;
    const text = `${waitingAt(found)} requests wait at ${found.name}, more than ${above}`;
    return { text, seconds: run.time / 1e9 };
  };
}

function waitingAt({ nodes }: Component): number {
  let waiting = 0;
  for (const { station } of nodes) waiting += station?.queue ?? 0;
  return waiting;
}

function forFailure({ run }: Experiment): Watch {
  const { operations } = run.world;
  const before = operations.map(failuresOf);
  return () => {
    const found = operations.find((metrics, place) => failuresOf(metrics) > before[place]!);
    if (found === undefined) return null;
    return { text: `a request for ${found.name} failed at ${timeText(run.time)}`, seconds: null };
  };
}

function failuresOf({ tally: { columns, counts } }: OperationMetrics): number {
  return counts[columns.indexOf('failed')]! + counts[columns.indexOf('shed')]!;
}

function timeText(ns: number): string {
  return formatDuration(Math.round(ns / 1e6) * 1e6);
}
