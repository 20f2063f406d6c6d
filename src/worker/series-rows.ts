/** The columns of the charts, and the rows of finished windows that fill them. */

import { Cache } from '../model/components/cache/cache.ts';
import { Cdn } from '../model/components/cdn/cdn.ts';
import { Database } from '../model/components/database/database.ts';
import type { Node } from '../model/node.ts';
import type { Tally } from '../model/tally.ts';
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

  /** Windows from this one on are given again: they belong to another future. */
  giveAgainFrom(window: number): void {
    this.given = Math.min(this.given, window);
  }

  /** Nothing while the run is where rows have been given before. */
  drain(): Float64Array<ArrayBuffer> {
    const { windowNs } = this.world.recorder;
    const windows = Math.max(this.given, this.world.recorder.windows);
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
  return [
    ...latencies(world),
    ...answers(world),
    ...hitRatios(world),
    ...queues(world),
    ...shardRates(world),
    ...lags(world),
    ...reasons(world),
  ];
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
  const columns = [
    { label: 'ok', names: ['ok'] },
    { label: 'late', names: ['late'] },
    { label: 'failed', names: ['failed'] },
    { label: 'shed', names: ['shed'] },
  ];
  return columns.map(({ label, names }) => ({
    id: label,
    chart: 'throughput',
    label,
    unit: '/s',
    at: (window) => {
      let sum = 0;
      for (const { tally } of operations) for (const name of names) sum += tally.at(window, name);
      return (sum * 1e9) / recorder.lengthOf(window);
    },
  }));
}

function hitRatios({ components }: World): Column[] {
  return components
    .filter((component) => component instanceof Cache || component instanceof Cdn)
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
      return area / recorder.lengthOf(window);
    };
    const { name } = component;
    return [{ id: `queue:${name}`, chart: 'queue', label: name, unit: 'requests', at }];
  });
}

/** Parts of one component among which its keys are divided. */
interface Division {
  readonly path: string;
  readonly nodes: readonly Node[];
}

/** More parts than this are no rows that anybody could tell apart. */
const partsMax = 64;

/** Requests a second at each part of a component that divides its keys. */
function shardRates({ components, recorder }: World): Column[] {
  return components.flatMap((component) => {
    const parts = divisionsOf(component);
    if (parts.length < 2 || parts.length > partsMax) return [];
    return parts.map(({ path, nodes }) => ({
      id: `shard:${path}`,
      chart: 'shard' as const,
      label: path,
      unit: '/s' as const,
      at: (window: number) => {
        const arrivals = (sum: number, { station }: Node) =>
          sum + (station?.tally.at(window, 'arrivals') ?? 0);
        return (nodes.reduce(arrivals, 0) * 1e9) / recorder.lengthOf(window);
      },
    }));
  });
}

function divisionsOf(component: World['components'][number]): readonly Division[] {
  if (component instanceof Database) return component.shards;
  if (component instanceof Cache || component instanceof Cdn) {
    return component.nodes.map((node) => ({ path: node.path, nodes: [node] }));
  }
  return [];
}

/** How far the last replica of each shard was behind at the most. */
function lags({ components }: World): Column[] {
  return components
    .filter((component) => component instanceof Database)
    .flatMap(({ shards }) => shards)
    .filter(({ nodes }) => nodes.length > 1)
    .slice(0, partsMax)
    .map(({ path, tally }) => ({
      id: `lag:${path}`,
      chart: 'lag',
      label: path,
      unit: 'ms',
      at: (window) => tally.at(window, 'lagNs') / 1e6,
    }));
}

/** Columns of a cache's tally, and what they are called. Together they are all look-ups. */
const lookUpEnds = [
  { column: 'hits', word: 'hit' },
  { column: 'missesCold', word: 'cold' },
  { column: 'missesCapacity', word: 'capacity' },
  { column: 'missesExpired', word: 'expired' },
  { column: 'missesInvalidated', word: 'invalidated' },
  { column: 'missesLost', word: 'lost' },
  { column: 'missesRefused', word: 'refused' },
];

/** A cdn knows of its misses only whether a copy had been there and was too old. */
const pointEnds = [
  { column: 'hits', word: 'hit' },
  { column: 'expirations', word: 'expired' },
  { column: 'misses', less: 'expirations', word: 'absent' },
];

/** A buffer pool knows of no reason at all. */
const poolEnds = [
  { column: 'poolHits', word: 'hit' },
  { column: 'poolMisses', word: 'absent' },
];

interface LookUpEnd {
  readonly column: string;
  /** Column whose look-ups are in `column` too and are shown by themselves. */
  readonly less?: string;
  readonly word: string;
}

/** Look-ups of each cache, cdn and buffer pool that hit, and that missed for each reason. */
function reasons({ components, recorder }: World): Column[] {
  const columns = (name: string, tally: Tally, ends: readonly LookUpEnd[]) =>
    ends.map(({ column, less, word }): Column => ({
      id: `reason:${name}:${word}`,
      chart: 'reason',
      label: word === 'hit' ? `${name} hits` : `${name} misses, ${word}`,
      unit: '/s',
      at: (window) => {
        const count = tally.at(window, column) - (less === undefined ? 0 : tally.at(window, less));
        return (Math.max(0, count) * 1e9) / recorder.lengthOf(window);
      },
    }));
  return components.flatMap((component) => {
    const { name } = component;
    if (component instanceof Cache) return columns(name, component.tally, lookUpEnds);
    if (component instanceof Cdn) return columns(name, component.tally, pointEnds);
    const pool = component instanceof Database ? component.pool : null;
    return pool === null ? [] : columns(name, pool.tally, poolEnds);
  });
}
