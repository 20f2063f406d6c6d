/** What a run says of each component, shard and node, and of the calls between them. */

import { Histogram } from '../kernel/histogram.ts';
import { Cache } from '../model/components/cache/cache.ts';
import { Cdn } from '../model/components/cdn/cdn.ts';
import type { BufferPool } from '../model/components/database/buffer-pool.ts';
import { Database } from '../model/components/database/database.ts';
import { LoadBalancer } from '../model/components/load-balancer/balancer.ts';
import type { Edge } from '../model/edge.ts';
import type { Run } from '../model/run.ts';
import { sumOver } from '../model/tally.ts';
import type { Component } from '../model/world.ts';
import {
  countAt,
  isScaled,
  isShared,
  placeIn,
  queueMaxOf,
  workerTime,
} from './component-metrics.ts';
import type { Place } from './component-metrics.ts';
import { hasReplicas } from './kind-metrics.ts';
import { cacheDetails } from './cache-details.ts';
import { measured, ms, percentilesMs, ratio } from './numbers.ts';
import { mergedOver } from './quantiles.ts';
import { lengthNs, measuredSpan } from './span.ts';
import type { Span } from './span.ts';
import type {
  BalancerResult,
  BufferPoolResult,
  CacheResult,
  CdnResult,
  ComponentResult,
  DatabaseResult,
  EdgeResult,
  PercentilesResult,
  ScalingResult,
} from './result-types.ts';

/** Every component with its shards and its nodes, by path, in the order of the file. */
export function componentResults(run: Run): Record<string, ComponentResult> {
  const results: Record<string, ComponentResult> = {};
  const span = measuredSpan(run);
  for (const component of run.world.components) {
    const { kind, name, nodes } = component;
    if (kind === 'clients') continue;
    const whole = placeIn(component, name, nodes, true);
    results[name] = {
      ...placeResult(run, whole, span, 'component'),
      ...kindResult(run, component, span),
      ...(isScaled(component) ? { scaling: scalingResult(run, component, span) } : {}),
    };
    if (component instanceof Database) {
      for (const { path, nodes: own } of component.shards) {
        results[path] = placeResult(run, placeIn(component, path, own, false), span, 'shard');
      }
    }
    for (const node of nodes) {
      if (node.station === null) continue;
      const place = placeIn(component, node.path, [node], false);
      results[node.path] = placeResult(run, place, span, 'node');
    }
  }
  return results;
}

export function edgeResults(run: Run): EdgeResult[] {
  const span = measuredSpan(run);
  return run.world.paths.map((path) => {
    const { from, to, tally, latency } = path as Edge;
    const count = (column: string) => tally.sum(column, span.from, span.to);
    return {
      from,
      to: to.name,
      calls: count('calls'),
      ok: count('ok'),
      failed: count('failed'),
      retries: count('retries'),
      timeouts: count('timeouts'),
      latencyMs: percentilesMs(mergedOver(run, [latency], span)),
    };
  });
}

function placeResult(
  run: Run,
  place: Place,
  span: Span,
  part: ComponentResult['part'],
): ComponentResult {
  const { component, stations } = place;
  const tallies = stations.map(({ tally }) => tally);
  const sum = (column: string) =>
    tallies.length === 0 ? NaN : sumOver(tallies, column, span.from, span.to);
  const time = lengthNs(run, span);
  const left = sum('started') + sum('expired');
  return {
    kind: component.kind,
    part,
    arrivals: countAt(place, 'arrivals', span),
    completions: countAt(place, 'completions', span),
    rejections: countAt(place, 'rejections', span),
    expired: measured(sum('expired')),
    lost: measured(sum('lost')),
    utilisation: ratio(sum('busyArea'), workersOver(run, place, span) || NaN),
    busy: ratio(sum('busyArea'), time),
    queueLength: ratio(sum('queueArea'), time),
    queueMax: tallies.length === 0 ? null : queueMaxOf(stations, span),
    waitMs: waitResult(run, place, span, sum('waitNs') / left),
    waitingProbability: isShared(stations) ? null : ratio(sum('waited'), sum('started')),
  };
}

/** Workers × ns of a span. */
function workersOver(run: Run, place: Place, { from, to }: Span): number {
  const perWindow = workerTime(run, place);
  let sum = 0;
  for (let window = from; window < to; window++) sum += perWindow(window);
  return sum;
}

function scalingResult(run: Run, { tally }: Component, span: Span): ScalingResult {
  const area = tally!.sum('instanceNs', span.from, span.to);
  return { instancesMean: ratio(area, lengthNs(run, span)) };
}

function waitResult(run: Run, place: Place, span: Span, meanNs: number): PercentilesResult {
  const { waits } = place.component;
  const isKept = waits !== null && place.isWhole && !isShared(place.stations);
  const recorded = isKept ? mergedOver(run, [waits], span) : new Histogram();
  return { ...percentilesMs(recorded), mean: ms(meanNs) };
}

function kindResult(
  run: Run,
  component: Component,
  span: Span,
): Pick<ComponentResult, 'cache' | 'cdn' | 'database' | 'balancer'> {
  if (component instanceof Cache) {
    const details = cacheDetails(run, component, span);
    return { cache: { ...cacheResult(component, span), ...details } };
  }
  if (component instanceof Cdn) return { cdn: cdnResult(component, span) };
  if (component instanceof Database) return { database: databaseResult(component, span) };
  if (component instanceof LoadBalancer) return { balancer: balancerResult(component, span) };
  return {};
}

function cacheResult({ stores, tally }: Cache | Cdn, span: Span): CacheResult {
  const count = (column: string) => tally.sum(column, span.from, span.to);
  const hits = count('hits');
  const misses = count('misses');
  return {
    hits,
    misses,
    hitRatio: ratio(hits, hits + misses),
    evictions: count('evictions'),
    expirations: count('expirations'),
    invalidations: count('invalidations'),
    fills: count('fills'),
    staleReads: count('staleReads'),
    entries: stores.reduce((sum, { size }) => sum + size, 0),
  };
}

function cdnResult(cdn: Cdn, span: Span): CdnResult {
  const count = (column: string) => cdn.tally.sum(column, span.from, span.to);
  return {
    ...cacheResult(cdn, span),
    originRequests: count('originRequests'),
    coalesced: count('coalesced'),
    pushes: count('pushes'),
    staleIfError: count('staleIfError'),
    edgeBytes: count('edgeBytes'),
    originBytes: count('originBytes'),
  };
}

function poolResult({ stores, tally }: BufferPool, span: Span): BufferPoolResult {
  const count = (column: string) => tally.sum(column, span.from, span.to);
  const hits = count('poolHits');
  const misses = count('poolMisses');
  return {
    hits,
    misses,
    hitRatio: ratio(hits, hits + misses),
    evictions: count('poolEvictions'),
    entries: stores.reduce((sum, { size }) => sum + size, 0),
  };
}

function databaseResult(database: Database, span: Span): DatabaseResult {
  const { pool, tally } = database;
  const count = (column: string) => tally.sum(column, span.from, span.to);
  const largest = (column: string) =>
    hasReplicas(database) ? tally.maximum(column, span.from, span.to) : NaN;
  return {
    reads: count('reads'),
    writes: count('writes'),
    staleReads: count('staleReads'),
    lostWrites: count('lostWrites'),
    elections: count('elections'),
    promotions: count('promotions'),
    lagSecondsMax: measured(largest('lagNs') / 1e9),
    lagWritesMax: measured(largest('lagWrites')),
    ...(pool === null ? {} : { bufferPool: poolResult(pool, span) }),
  };
}

function balancerResult({ healthyTargets, tally }: LoadBalancer, span: Span): BalancerResult {
  return {
    noTarget: tally.sum('noTarget', span.from, span.to),
    healthyTargets,
    ejections: tally.sum('ejections', span.from, span.to),
  };
}
