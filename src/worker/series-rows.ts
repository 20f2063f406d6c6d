/** The columns of the charts, and the rows of finished windows that fill them. */

import { Cache } from '../model/components/cache/cache.ts';
import type { World } from '../model/world.ts';
import type { SeriesView } from '../protocol/scenario-view.ts';

interface Column extends SeriesView {
  /** Value in a finished window, NaN without a sample. */
  readonly at: (window: number) => number;
}

export function seriesOf(world: World): SeriesView[] {
  return columnsOf(world).map(({ id, chart, label, unit }) => ({ id, chart, label, unit }));
}

/** Gives the rows of windows that have finished since it was last asked. */
export class SeriesRows {
  private readonly world: World;
  private readonly columns: readonly Column[];
  private given = 0;

  constructor(world: World) {
    this.world = world;
    this.columns = columnsOf(world);
  }

  drain(): Float64Array<ArrayBuffer> {
    const { windows, windowNs } = this.world.recorder;
    const width = this.columns.length + 1;
    const rows = new Float64Array((windows - this.given) * width);
    for (let window = this.given, at = 0; window < windows; window += 1, at += width) {
      rows[at] = Math.min(this.world.plan.durationNs, (window + 1) * windowNs) / 1e9;
      this.columns.forEach((column, index) => {
        rows[at + 1 + index] = column.at(window);
      });
    }
    this.given = windows;
    return rows;
  }
}

function columnsOf(world: World): Column[] {
  return [...latencies(world), ...answers(world), ...hitRatios(world), ...queues(world)];
}

function latencies({ operations }: World): Column[] {
  return operations.flatMap(({ name, windowP50, windowP99 }) =>
    [
      { word: 'p50', values: windowP50 },
      { word: 'p99', values: windowP99 },
    ].map(({ word, values }) => ({
      id: `${word}:${name}`,
      chart: 'latency' as const,
      label: `${word} ${name}`,
      unit: 'ms' as const,
      at: (window: number) => (values[window] ?? NaN) / 1e6,
    })),
  );
}

function answers({ operations, recorder }: World): Column[] {
  const seconds = recorder.windowNs / 1e9;
  const columns = [
    { label: 'ok', names: ['ok'] },
    { label: 'late', names: ['late'] },
    { label: 'failed', names: ['failed', 'shed'] },
  ];
  return columns.map(({ label, names }) => ({
    id: label,
    chart: 'throughput',
    label,
    unit: '/s',
    at: (window) => {
      let sum = 0;
      for (const { tally } of operations) for (const name of names) sum += tally.at(window, name);
      return sum / seconds;
    },
  }));
}

function hitRatios({ components }: World): Column[] {
  return components
    .filter((component) => component instanceof Cache)
    .map((cache) => ({
      id: `hits:${cache.name}`,
      chart: 'hit-ratio',
      label: cache.name,
      unit: '%',
      at: (window) => 100 * cache.hitRatio(window, window + 1),
    }));
}

/** Mean number of requests that wait, over all instances of a component. */
function queues({ components, recorder }: World): Column[] {
  return components.flatMap((component) => {
    const stations = component.nodes.flatMap(({ station }) => (station === null ? [] : [station]));
    if (stations.length === 0) return [];
    const at = (window: number) => {
      let area = 0;
      for (const { tally } of stations) area += tally.at(window, 'queueArea');
      return area / recorder.windowNs;
    };
    const { name } = component;
    return [{ id: `queue:${name}`, chart: 'queue', label: name, unit: 'requests', at }];
  });
}
