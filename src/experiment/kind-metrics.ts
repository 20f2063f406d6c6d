/** The metrics of claims that only some kinds of components have. */

import { Cache } from '../model/components/cache/cache.ts';
import { Cdn } from '../model/components/cdn/cdn.ts';
import { Database } from '../model/components/database/database.ts';
import { LoadBalancer } from '../model/components/load-balancer/balancer.ts';
import type { HappeningKind } from '../model/timeline.ts';
import type { Run } from '../model/run.ts';
import { sumOver } from '../model/tally.ts';
import type { Tally } from '../model/tally.ts';
import type { Component } from '../model/world.ts';
import { exact, nothing, ratioOver } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { PERCENTILES, mergedOver } from './quantiles.ts';
import { lengthNs } from './span.ts';
import type { Span } from './span.ts';

/** Which component kinds count a metric, and under which column. */
const columns: Readonly<Record<string, { readonly column: string; readonly kinds: string }>> = {
  ejections: { column: 'ejections', kinds: 'load-balancer' },
  evictions: { column: 'evictions', kinds: 'cache or cdn' },
  'stale reads': { column: 'staleReads', kinds: 'cache, cdn or database' },
  'lost writes': { column: 'lostWrites', kinds: 'cache or database' },
  misses: { column: 'misses', kinds: 'cache' },
  'cold misses': { column: 'missesCold', kinds: 'cache' },
  'capacity misses': { column: 'missesCapacity', kinds: 'cache' },
  'expired misses': { column: 'missesExpired', kinds: 'cache' },
  'invalidated misses': { column: 'missesInvalidated', kinds: 'cache' },
  'lost misses': { column: 'missesLost', kinds: 'cache' },
  'refused misses': { column: 'missesRefused', kinds: 'cache' },
  'far stale reads': { column: 'staleBy3OrMore', kinds: 'cache' },
  'older fills': { column: 'olderFills', kinds: 'cache' },
  'absent hits': { column: 'absentHits', kinds: 'cache' },
  refreshes: { column: 'refreshes', kinds: 'cache' },
  flushes: { column: 'flushes', kinds: 'cache' },
  'coalesced writes': { column: 'coalescedWrites', kinds: 'cache' },
  'p50 stale age': { column: 'staleReads', kinds: 'cache' },
  'p99 stale age': { column: 'staleReads', kinds: 'cache' },
  'max stale age': { column: 'staleReads', kinds: 'cache' },
  elections: { column: 'elections', kinds: 'database' },
  promotions: { column: 'promotions', kinds: 'database' },
  'hit ratio': { column: 'hits', kinds: 'cache or cdn' },
  'memory hit ratio': { column: 'poolHits', kinds: 'database with a buffer pool' },
  'origin requests': { column: 'originRequests', kinds: 'cdn' },
  'bytes from origin': { column: 'originBytes', kinds: 'cdn' },
  'bytes from edge': { column: 'edgeBytes', kinds: 'cdn' },
  coalesced: { column: 'coalesced', kinds: 'cache or cdn' },
  leases: { column: 'leases', kinds: 'cache' },
  'refused fills': { column: 'refusedFills', kinds: 'cache' },
  'early fetches': { column: 'earlyFetches', kinds: 'cache' },
  'moved keys': { column: 'movedKeys', kinds: 'cache' },
  copies: { column: 'copies', kinds: 'cache' },
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
      (name === undefined || component.name === name) &&
      tallyWith(component, counted.column) !== null,
  );
  if (owners.length === 0) return nothing(`there is no ${counted.kinds}`);
  if (subject !== null && subject !== name) return ofPart(run, metric, subject, span);
  const tallies = owners.map((component) => tallyWith(component, counted.column)!);
  if (metric.endsWith('hit ratio')) {
    const at = (column: string) => (window: number) =>
      tallies.reduce((sum, tally) => sum + tally.at(window, column), 0);
    const hits = at(counted.column);
    const misses = at(counted.column === 'hits' ? 'misses' : 'poolMisses');
    const denominator = (window: number) => hits(window) + misses(window);
    return ratioOver(run, span, { numerator: hits, denominator, isShare: true }, 'no look-up');
  }
  if (metric.endsWith(' stale age')) return staleAge(run, metric, owners, span);
  if (metric === 'replication lag') {
    if (!owners.some(hasReplicas)) return nothing('there are no replicas');
    const lags = tallies.map((tally) => tally.maximum('lagNs', span.from, span.to));
    return exact(Math.max(...lags));
  }
  return exact(sumOver(tallies, counted.column, span.from, span.to));
}

/** How long ago the first newer write had been acknowledged, over the stale reads of a span. */
function staleAge(run: Run, metric: string, owners: readonly Component[], span: Span): Measurement {
  const caches = owners.filter((owner) => owner instanceof Cache);
  const ages = mergedOver(
    run,
    caches.map((cache) => cache.staleAges),
    span,
  );
  if (ages.count === 0) return exact(0);
  if (metric.startsWith('max')) return exact(ages.max);
  return exact(ages.quantile(metric.startsWith('p50') ? PERCENTILES.p50 : PERCENTILES.p99));
}

/** True for a database in which something can lag. */
export function hasReplicas(component: Component): boolean {
  return component instanceof Database && component.shards.some(({ nodes }) => nodes.length > 1);
}

/** Where a component counts something; null when it does not. */
function tallyWith(component: Component, column: string): Tally | null {
  if (![Cache, Cdn, Database, LoadBalancer].some((kind) => component instanceof kind)) return null;
  const pool = component instanceof Database ? component.pool : null;
  const tallies = [component.tally, pool?.tally ?? null];
  const has = (tally: Tally | null) =>
    tally !== null && [...tally.columns, ...tally.maximumColumns].includes(column);
  return tallies.find(has) ?? null;
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
