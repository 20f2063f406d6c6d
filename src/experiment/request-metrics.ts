/** The metrics of claims about requests, as clients see them. */

import type { Run } from '../model/run.ts';
import type { OperationMetrics } from '../model/operation-metrics.ts';
import { sumOver } from '../model/tally.ts';
import type { Tally } from '../model/tally.ts';
import type { Claim } from '../scenario/claims.ts';
import type { Experiment } from './experiment.ts';
import { exact, nothing, ratioOver, timePerWindow } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { mergedOver, quantileOver, shareOf } from './quantiles.ts';
import { lengthNs } from './span.ts';
import type { Span } from './span.ts';

const NS_A_SECOND = 1e9;

/** What ends a request, by column. */
const ENDS = ['ok', 'late', 'failed', 'shed'] as const;

type Subject = Pick<Claim, 'subject' | 'subjectKind'>;

/** Measures one metric of requests; null when it is none. */
export function measureRequests(
  experiment: Experiment,
  metric: string,
  subject: Subject,
  span: Span,
): Measurement | null {
  const operations = operationsOf(experiment.run, subject);
  if (typeof operations === 'string') return nothing(operations);
  const tallies = operations.map(({ tally }) => tally);
  const total = (column: string) => sumOver(tallies, column, span.from, span.to);
  switch (metric) {
    case 'mean':
    case 'max':
    case 'availability':
    case 'goodput':
      return measureRatio(experiment, metric, operations, span);
    case 'offered':
    case 'attempts':
      return lasted(experiment.run, span) ?? exact(total(metric));
    case 'ok':
    case 'late':
    case 'failed':
    case 'shed':
      return lasted(experiment.run, span) ?? exact(total(metric));
    case 'retries':
      return (
        lasted(experiment.run, span) ??
        exact(total('attempts') + total('unsent') - endedIn(tallies, span))
      );
    case 'in flight':
      return lasted(experiment.run, span) ?? exact(inFlightAfter(tallies, span.to));
    default: {
      const share = shareOf(metric);
      if (Number.isNaN(share) || metric.endsWith(' wait')) return null;
      const histograms = operations.map(({ latency }) => latency);
      return quantileOver(experiment, histograms, span, share, 'no request was answered');
    }
  }
}

/** Requests that ended in a span, one way or another. */
export function endedIn(tallies: readonly Tally[], span: Span): number {
  return ENDS.reduce((sum, column) => sum + sumOver(tallies, column, span.from, span.to), 0);
}

/** Requests on their way when window `to` began. */
export function inFlightAfter(tallies: readonly Tally[], to: number): number {
  return sumOver(tallies, 'offered', 0, to) - endedIn(tallies, { from: 0, to });
}

function measureRatio(
  experiment: Experiment,
  metric: 'mean' | 'max' | 'availability' | 'goodput',
  operations: readonly OperationMetrics[],
  span: Span,
): Measurement {
  const { run } = experiment;
  const tallies = operations.map(({ tally }) => tally);
  const at = (window: number, columns: readonly string[]) => {
    let sum = 0;
    for (const tally of tallies) for (const column of columns) sum += tally.at(window, column);
    return sum;
  };
  const ok = (window: number) => at(window, ['ok']);
  const time = timePerWindow(run);
  switch (metric) {
    case 'availability': {
      const denominator = (window: number) => at(window, ENDS);
      return ratioOver(run, span, { numerator: ok, denominator, isShare: true }, NONE_ENDED);
    }
    case 'goodput': {
      const denominator = (window: number) => time(window) / NS_A_SECOND;
      return ratioOver(run, span, { numerator: ok, denominator }, NO_TIME);
    }
    case 'mean': {
      const numerator = (window: number) => at(window, ['latencyNs']);
      const denominator = (window: number) => at(window, ['ok', 'late']);
      return ratioOver(run, span, { numerator, denominator }, NONE_ANSWERED);
    }
    default: {
      const latencies = operations.map(({ latency }) => latency);
      const { max } = mergedOver(run, latencies, span);
      return Number.isNaN(max) ? nothing(NONE_ANSWERED) : exact(max);
    }
  }
}

const NONE_ENDED = 'no request ended';
const NONE_ANSWERED = 'no request was answered';
const NO_TIME = 'no time has been measured yet';

/** A count over no time at all is no evidence of zero. */
function lasted(run: Run, span: Span): Measurement | null {
  return lengthNs(run, span) > 0 ? null : nothing(NO_TIME);
}

/** The operations that a claim speaks of, or why it cannot be told what they did. */
export function operationsOf(
  run: Run,
  { subject, subjectKind }: Subject,
): readonly OperationMetrics[] | string {
  const { operations, plan } = run.world;
  if (subject === null) return operations;
  if (subjectKind !== 'population') return operations.filter(({ name }) => name === subject);
  const own = operationsIn(plan.populations.filter(({ name }) => name === subject));
  const others = operationsIn(plan.populations.filter(({ name }) => name !== subject));
  const shared = [...own].find((name) => others.has(name));
  if (shared !== undefined) {
    return `${shared} is asked for by other clients too and counted for all of them together`;
  }
  return operations.filter(({ name }) => own.has(name));
}

function operationsIn(
  populations: readonly { readonly mix: readonly { readonly operation: string }[] }[],
): Set<string> {
  return new Set(populations.flatMap(({ mix }) => mix.map(({ operation }) => operation)));
}
