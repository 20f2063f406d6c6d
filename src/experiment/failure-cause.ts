/**
 * What most requests failed of, and where: counted, not guessed. The place of a timeout is the edge
 * with the most of them, of a full line the component that turned most away; of the other reasons
 * it is the edge that failed most often by itself, that is more often than the edges that its
 * callee calls in turn.
 */

import type { Edge } from '../model/edge.ts';
import type { OperationMetrics } from '../model/operation-metrics.ts';
import { outcomeNames } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import { sumOver } from '../model/tally.ts';
import type { Component } from '../model/world.ts';
import type { Span } from './span.ts';

/** Such as `94 % of failures: timeout at api > photos-db`; null when nothing failed. */
export function failureCause(
  run: Run,
  operations: readonly OperationMetrics[],
  span: Span,
): string | null {
  const tallies = operations.map(({ tally }) => tally);
  const counts = outcomeNames.slice(1).map((reason) => ({
    reason,
    count: sumOver(tallies, `failed-${reason}`, span.from, span.to),
  }));
  counts.push({ reason: 'late', count: sumOver(tallies, 'late', span.from, span.to) });
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const { reason, count } = counts.reduce((left, right) =>
    right.count > left.count ? right : left,
  );
  const share = `${Math.round((count / total) * 100)} % of failures`;
  if (reason === 'late') return `${share}: answered after the deadline`;
  const where = placeOf(run, reason, span);
  return `${share}: ${reason}${where === null ? '' : ` at ${where}`}`;
}

function placeOf(run: Run, reason: string, span: Span): string | null {
  const { components, paths } = run.world;
  const edges = paths as Edge[];
  switch (reason) {
    case 'timeout':
      return edgeName(most(edges, (edge) => countOf(edge, 'timeouts', span)));
    case 'queue-full':
      return most(components, (one) => turnedAway(one, 'rejections', span))?.name ?? null;
    case 'queue-timeout':
      return most(components, (one) => turnedAway(one, 'expired', span))?.name ?? null;
    default:
      return edgeName(most(edges, (edge) => ownFailures(edge, edges, span)));
  }
}

/** The one with the largest count above 0. */
function most<T>(list: readonly T[], count: (one: T) => number): T | null {
  let best: T | null = null;
  let largest = 0;
  for (const one of list) {
    const found = count(one);
    if (found <= largest) continue;
    largest = found;
    best = one;
  }
  return best;
}

function edgeName(edge: Edge | null): string | null {
  return edge === null ? null : `${edge.from} > ${edge.to.name}`;
}

function countOf({ tally }: Edge, column: string, { from, to }: Span): number {
  return tally.sum(column, from, to);
}

function ownFailures(edge: Edge, edges: readonly Edge[], span: Span): number {
  const passedOn = edges
    .filter(({ from }) => from === edge.to.name)
    .reduce((sum, next) => sum + countOf(next, 'failed', span), 0);
  return countOf(edge, 'failed', span) - countOf(edge, 'timeouts', span) - passedOn;
}

function turnedAway({ nodes }: Component, column: string, { from, to }: Span): number {
  return nodes.reduce((sum, { station }) => sum + (station?.tally.sum(column, from, to) ?? 0), 0);
}
