/** The run as series: one number a window for each operation and each component. */

import { Cache } from '../model/components/cache/cache.ts';
import { Cdn } from '../model/components/cdn/cdn.ts';
import type { Database } from '../model/components/database/database.ts';
import type { OperationMetrics } from '../model/operation-metrics.ts';
import type { Run } from '../model/run.ts';
import type { Component } from '../model/world.ts';
import { countAt, placeIn, workerTime } from './component-metrics.ts';
import { hasReplicas } from './kind-metrics.ts';
import { measured, ms, ratio } from './numbers.ts';
import { shadowRatio } from './shadow-metrics.ts';
import { lengthNs } from './span.ts';
import type { Span } from './span.ts';
import type { ComponentSeries, Measured, OperationSeries, SeriesResult } from './result-types.ts';

export function seriesResult(run: Run): SeriesResult {
  const windows = Array.from({ length: run.world.recorder.windows }, (_, from) => ({
    from,
    to: from + 1,
  }));
  const { windowNs } = run.world.recorder;
  const components = run.world.components.filter(({ kind }) => kind !== 'clients');
  return {
    timeSeconds: windows.map((window) => (window.from * windowNs + lengthNs(run, window)) / 1e9),
    operations: Object.fromEntries(
      run.world.operations.map((operation) => [operation.name, operationSeries(operation)]),
    ),
    components: Object.fromEntries(
      components.map((component) => [component.name, componentSeries(run, component, windows)]),
    ),
  };
}

function operationSeries({ tally, windowP50, windowP99 }: OperationMetrics): OperationSeries {
  const column = (name: string) => windowP50.map((_, window) => tally.at(window, name));
  return {
    offered: column('offered'),
    ok: column('ok'),
    late: column('late'),
    failed: column('failed'),
    shed: column('shed'),
    p50Ms: windowP50.map(ms),
    p99Ms: windowP99.map(ms),
  };
}

function componentSeries(
  run: Run,
  component: Component,
  windows: readonly Span[],
): ComponentSeries {
  const place = placeIn(component, component.name, component.nodes, true);
  const { stations } = place;
  const total = (window: Span, column: string) =>
    stations.reduce((sum, { tally }) => sum + tally.at(window.from, column), 0);
  const counts = {
    arrivals: windows.map((window) => countAt(place, 'arrivals', window)),
    rejections: windows.map((window) => countAt(place, 'rejections', window)),
  };
  if (stations.length === 0) return counts;
  const workers = workerTime(run, place);
  return {
    ...counts,
    queueLength: windows.map((window) => ratio(total(window, 'queueArea'), lengthNs(run, window))),
    utilisation: windows.map((window) => {
      const available = workers(window.from);
      return available === Infinity ? null : ratio(total(window, 'busyArea'), available);
    }),
    ...kindSeries(component, windows),
  };
}

function kindSeries(
  component: Component,
  windows: readonly Span[],
): Omit<ComponentSeries, 'arrivals' | 'rejections'> {
  const { tally } = component;
  if (tally === null) return {};
  const column = (name: string) => windows.map(({ from }) => tally.at(from, name));
  if (component instanceof Cache || component instanceof Cdn) {
    const hitRatio = windows.map(({ from, to }): Measured =>
      measured(component.hitRatio(from, to)),
    );
    const shadows = component instanceof Cache ? shadowSeries(component, windows) : {};
    return { hitRatio, ...shadows, staleReads: column('staleReads') };
  }
  if (!hasReplicas(component)) return {};
  const { tally: own } = component as Database;
  return {
    staleReads: column('staleReads'),
    lagMs: windows.map(({ from }) => ms(own.at(from, 'lagNs'))),
  };
}

/** What each shadow would have had, window by window. */
function shadowSeries(
  cache: Cache,
  windows: readonly Span[],
): Record<`hitRatio with ${string}`, readonly Measured[]> {
  const entries = cache.shadows.map((shadow): [string, Measured[]] => [
    `hitRatio with ${shadow.rule.name}`,
    windows.map((window) => measured(shadowRatio(cache, shadow, window).hitRatio)),
  ]);
  return Object.fromEntries(entries);
}
