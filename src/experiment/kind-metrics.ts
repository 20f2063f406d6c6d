/** The metrics of claims that only some kinds of components have. */

import { Cache } from '../model/components/cache/cache.ts';
import { Database } from '../model/components/database/database.ts';
import { LoadBalancer } from '../model/components/load-balancer/balancer.ts';
import type { HappeningKind } from '../model/timeline.ts';
import type { Run } from '../model/run.ts';
import { sumOver } from '../model/tally.ts';
import type { Component } from '../model/world.ts';
import { exact, nothing, ratioOver } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { lengthNs } from './span.ts';
import type { Span } from './span.ts';

/** Which component kinds count a metric, and under which column. */
const columns: Readonly<Record<string, { readonly column: string; readonly kinds: string }>> = {
  ejections: { column: 'ejections', kinds: 'load-balancer' },
  evictions: { column: 'evictions', kinds: 'cache' },
  'stale reads': { column: 'staleReads', kinds: 'cache or database' },
  'lost writes': { column: 'lostWrites', kinds: 'database' },
  elections: { column: 'elections', kinds: 'database' },
  promotions: { column: 'promotions', kinds: 'database' },
  'hit ratio': { column: 'hits', kinds: 'cache' },
  'replication lag': { column: 'lagNs', kinds: 'database' },
};

/** Happenings that are one each of what a metric counts, for the shards of a database. */
const happenings: Readonly<Record<string, HappeningKind>> = {
  elections: 'detection',
  promotions: 'promotion',
};

/** Measures one metric of single kinds; null when it is none. */
export function measureKind(
  run: Run,
  metric: string,
  subject: string | null,
  span: Span,
): Measurement | null {
  const counted = Object.hasOwn(columns, metric) ? columns[metric] : undefined;
  if (counted === undefined) return null;
  if (lengthNs(run, span) === 0) return nothing('no time has been measured yet');
  const [name] = subject?.split('/') ?? [];
  const owners = run.world.components.filter(
    (component) =>
      (name === undefined || component.name === name) && counts(component, counted.column),
  );
  if (owners.length === 0) return nothing(`there is no ${counted.kinds}`);
  if (subject !== null && subject !== name) return ofPart(run, metric, subject, span);
  const tallies = owners.map(({ tally }) => tally!);
  if (metric === 'hit ratio') {
    const at = (column: string) => (window: number) =>
      tallies.reduce((sum, tally) => sum + tally.at(window, column), 0);
    const [hits, misses] = [at('hits'), at('misses')];
    const denominator = (window: number) => hits(window) + misses(window);
    return ratioOver(run, span, { numerator: hits, denominator, isShare: true }, 'no look-up');
  }
  if (metric === 'replication lag') {
    if (!owners.some(hasReplicas)) return nothing('there are no replicas');
    const lags = tallies.map((tally) => tally.maximum('lagNs', span.from, span.to));
    return exact(Math.max(...lags));
  }
  return exact(sumOver(tallies, counted.column, span.from, span.to));
}

/** True for a database in which something can lag. */
export function hasReplicas(component: Component): boolean {
  return component instanceof Database && component.shards.some(({ nodes }) => nodes.length > 1);
}

function counts(component: Component, column: string): boolean {
  const { tally } = component;
  if (tally === null || ![Cache, Database, LoadBalancer].some((kind) => component instanceof kind))
    return false;
  return [...tally.columns, ...tally.maximumColumns].includes(column);
}

/** Shards have no tallies, but what happens to them is on the timeline, once each. */
function ofPart(run: Run, metric: string, subject: string, span: Span): Measurement {
  const kind = happenings[metric];
  const { recorder, timeline } = run.world;
  const [name, shard] = subject.split('/');
  if (kind === undefined || timeline.dropped > 0) {
    return nothing(`this is counted for ${name!} as a whole only`);
  }
  const from = span.from * recorder.windowNs;
  const to = from + lengthNs(run, span);
  const found = timeline.entries.filter(
    (entry) =>
      entry.kind === kind &&
      entry.target.startsWith(`${name!}/${shard!}/`) &&
      entry.time >= from &&
      entry.time < to,
  );
  return exact(found.length);
}
