/** The metrics of claims about components, shards and nodes: what happens at their workers. */

import type { Node } from '../model/node.ts';
import type { Run } from '../model/run.ts';
import { SharedStation } from '../model/shared-station.ts';
import type { Station } from '../model/station.ts';
import { sumOver } from '../model/tally.ts';
import type { Component } from '../model/world.ts';
import { LoadBalancer } from '../model/components/load-balancer/balancer.ts';
import type { Experiment } from './experiment.ts';
import { exact, nothing, ratioOver, timePerWindow } from './measurement.ts';
import type { Measurement, PerWindow } from './measurement.ts';
import { quantileOver, shareOf } from './quantiles.ts';
import { lengthNs } from './span.ts';
import type { Span } from './span.ts';

/** A component or a part of one, and the stations in it. */
export interface Place {
  readonly component: Component;
  readonly path: string;
  readonly isWhole: boolean;
  readonly stations: readonly Station[];
}

/** What a path means at present; who is primary may have changed during the run. */
export function placeOf(run: Run, path: string): Place {
  const [name, ...rest] = path.split('/');
  const component = run.world.component(name!);
  return placeIn(component, path, component.nodesAt(rest), rest.length === 0);
}

export function placeIn(
  component: Component,
  path: string,
  nodes: readonly Node[],
  isWhole: boolean,
): Place {
  const stations = nodes.flatMap(({ station }) => (station === null ? [] : [station]));
  return { component, path, isWhole, stations };
}

/** True where everybody is served at once, so that nobody stands in line. */
export function isShared(stations: readonly Station[]): boolean {
  return stations.some((station) => (station as unknown) instanceof SharedStation);
}

/** Measures one metric of a component or a part; null when it is none. */
export function measureComponent(
  experiment: Experiment,
  metric: string,
  place: Place,
  span: Span,
): Measurement | null {
  if (lengthNs(experiment.run, span) === 0) return nothing('no time has been measured yet');
  switch (metric) {
    case 'arrivals':
    case 'completions':
    case 'rejections':
      return countOf(place, metric, span);
    case 'imbalance':
      return imbalance(place, span);
    case 'instances':
      return instancesOf(experiment.run, place, span);
    case 'max queue':
    case 'utilisation':
    case 'queue':
    case 'wait':
    case 'waiting probability':
      if (place.stations.length === 0) return nothing(`requests do not wait at ${place.path}`);
      return atStations(experiment.run, metric, place, span);
    default: {
      const share = shareOf(metric);
      if (Number.isNaN(share) || !metric.endsWith(' wait')) return null;
      return waitQuantile(experiment, place, span, share);
    }
  }
}

/** Visits counted at the stations, or requests that a balancer passed on. */
export function countAt(
  { component, isWhole, stations }: Place,
  column: 'arrivals' | 'completions' | 'rejections',
  span: Span,
): number {
  if (!(component instanceof LoadBalancer)) {
    const tallies = stations.map(({ tally }) => tally);
    return sumOver(tallies, column, span.from, span.to);
  }
  if (!isWhole) return NaN;
  const noTarget = component.tally.sum('noTarget', span.from, span.to);
  if (column === 'rejections') return noTarget;
  if (column === 'arrivals') return component.tally.sum('forwarded', span.from, span.to);
  const calls = (name: string) => component.edge.tally.sum(name, span.from, span.to);
  return calls('ok') + calls('failed') - calls('retries') - noTarget;
}

/** Workers × ns of several stations in each window; Infinity when they were not limited. */
function workersOf(stations: readonly Station[]): PerWindow {
  return (window) => {
    let sum = 0;
    for (const { tally } of stations) sum += tally.at(window, 'workerNs') || Infinity;
    return sum;
  };
}

/** True for a component whose instances come and go. */
export function isScaled({ tally }: Component): boolean {
  return tally?.columns.includes('instanceNs') === true;
}

/** Workers × ns in each window; those of instances that an autoscaler has switched off are none. */
export function workerTime(run: Run, { component, isWhole, stations }: Place): PerWindow {
  if (!isWhole || !isScaled(component)) return workersOf(stations);
  const time = timePerWindow(run);
  // All instances have as many workers.
  const each = workersOf(stations.slice(0, 1));
  return (window) => (each(window) / time(window)) * component.tally!.at(window, 'instanceNs');
}

/** Mean number of instances that are switched on; all of them when nobody scales. */
function instancesOf(run: Run, place: Place, span: Span): Measurement {
  const { component, isWhole } = place;
  if (!isWhole) return nothing(wholeOnly(place));
  if (!isScaled(component)) return exact(component.nodes.length);
  return exact(component.tally!.sum('instanceNs', span.from, span.to) / lengthNs(run, span));
}

function countOf(
  place: Place,
  column: 'arrivals' | 'completions' | 'rejections',
  span: Span,
): Measurement {
  const count = countAt(place, column, span);
  return Number.isNaN(count) ? nothing(wholeOnly(place)) : exact(count);
}

function atStations(
  run: Run,
  metric: 'max queue' | 'utilisation' | 'queue' | 'wait' | 'waiting probability',
  place: Place,
  span: Span,
): Measurement {
  const { path, stations } = place;
  const column =
    (...names: readonly string[]): PerWindow =>
    (window) => {
      let sum = 0;
      for (const { tally } of stations) for (const name of names) sum += tally.at(window, name);
      return sum;
    };
  const time = timePerWindow(run);
  switch (metric) {
    case 'max queue':
      return exact(queueMaxOf(stations, span));
    case 'utilisation':
      if (!areLimited(workersOf(stations), span)) {
        return nothing(`the workers of ${path} are not limited`);
      }
      return ratioOver(
        run,
        span,
        { numerator: column('busyArea'), denominator: workerTime(run, place) },
        NO_VISIT,
      );
    case 'queue':
      return ratioOver(run, span, { numerator: column('queueArea'), denominator: time }, NO_VISIT);
    case 'wait':
      return ratioOver(
        run,
        span,
        { numerator: column('waitNs'), denominator: column('started', 'expired') },
        NO_VISIT,
      );
    default:
      if (isShared(stations)) return nothing(`nobody stands in line at ${path}, all share`);
      return ratioOver(
        run,
        span,
        { numerator: column('waited'), denominator: column('started'), isShare: true },
        NO_VISIT,
      );
  }
}

const NO_VISIT = 'no request came';

function areLimited(workers: PerWindow, { from, to }: Span): boolean {
  for (let window = from; window < to; window++) if (workers(window) === Infinity) return false;
  return true;
}

/** Most requests that waited at one of the stations. */
export function queueMaxOf(stations: readonly Station[], span: Span): number {
  return Math.max(0, ...stations.map(({ tally }) => tally.maximum('queueMax', span.from, span.to)));
}

function waitQuantile(
  experiment: Experiment,
  place: Place,
  span: Span,
  share: number,
): Measurement {
  const { component, isWhole, path, stations } = place;
  if (component.waits === null) return nothing(`requests do not wait at ${path}`);
  if (!isWhole) return nothing(wholeOnly(place));
  if (isShared(stations)) return nothing(`nobody stands in line at ${path}, all share`);
  return quantileOver(experiment, [component.waits], span, share, NO_VISIT);
}

/** Most arrivals of one node over the mean of all. */
function imbalance({ path, stations }: Place, span: Span): Measurement {
  const arrivals = stations.map(({ tally }) => tally.sum('arrivals', span.from, span.to));
  const sum = arrivals.reduce((total, each) => total + each, 0);
  if (stations.length === 0) return nothing(`arrivals at the instances of ${path} are not counted`);
  if (sum === 0) return nothing(NO_VISIT);
  return exact((Math.max(...arrivals) * stations.length) / sum);
}

function wholeOnly({ component }: Place): string {
  return `this is known for ${component.name} as a whole only`;
}
