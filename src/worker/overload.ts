/** Says, while a run is on its way, which component is offered more than it can serve. */

import type { Span } from '../experiment/span.ts';
import type { Run } from '../model/run.ts';
import type { Component } from '../model/world.ts';

/** Finished windows that are looked at. */
const WINDOWS = 5;
/** Below this a queue that grows is taken for chance. */
const RATIO_MIN = 1.02;

interface Load {
  readonly name: string;
  /** Work offered, by what the workers could do. */
  readonly ratio: number;
}

/**
 * Such as "api is offered 1.3 times what it can serve": the work that came over the last windows
 * would have kept more workers busy than there are, and so many requests wait, or some have found
 * no room. Null when there is none.
 */
export function overloadOf({ world }: Run): string | null {
  const { recorder } = world;
  const { windows } = recorder;
  if (windows < WINDOWS) return null;
  const span = { from: windows - WINDOWS, to: windows };
  const spanNs = (WINDOWS - 1) * recorder.windowNs + recorder.lengthOf(windows - 1);
  let worst: Load | null = null;
  for (const component of world.components) {
    const ratio = ratioAt(component, span, spanNs);
    if (ratio >= RATIO_MIN && ratio > (worst?.ratio ?? 0)) worst = { name: component.name, ratio };
  }
  if (worst === null) return null;
  const times = worst.ratio.toFixed(worst.ratio < 1.05 ? 2 : 1);
  return `${worst.name} is offered ${times} times what it can serve`;
}

function ratioAt({ nodes }: Component, { from, to }: Span, spanNs: number): number {
  let offered = 0;
  let served = 0;
  let waiting = 0;
  let workers = 0;
  let rejections = 0;
  for (const { station } of nodes) {
    if (station === null || station.workers === Infinity) continue;
    const { tally } = station;
    const completions = tally.sum('completions', from, to);
    const busyArea = tally.sum('busyArea', from, to);
    const arrivals = tally.sum('arrivals', from, to);
    // What came, at the mean time that a request has kept a worker.
    if (completions > 0) offered += (arrivals * busyArea) / completions;
    served += station.workers * spanNs;
    waiting += station.queue;
    workers += station.workers;
    rejections += tally.sum('rejections', from, to);
  }
  const isFull = waiting >= workers || rejections > 0;
  return served > 0 && isFull ? offered / served : 0;
}
