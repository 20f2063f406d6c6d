/** What a run says of each operation. */

import { outcomeNames, isShed } from '../model/outcome.ts';
import type { OperationMetrics } from '../model/operation-metrics.ts';
import type { Experiment } from './experiment.ts';
import { intervalMs, measured, percentilesMs, ratio } from './numbers.ts';
import { PERCENTILES, mergedOver, quantileInterval } from './quantiles.ts';
import { endedIn, inFlightAfter, measureRequests } from './request-metrics.ts';
import { lengthNs, measuredSpan } from './span.ts';
import type { LatencyResult, OperationResult } from './result-types.ts';

/** Columns of failures that are not shedding, by reason. */
const reasons = outcomeNames.flatMap((name, outcome) =>
  outcome === 0 || isShed(outcome) ? [] : [name],
);

export function operationResult(
  experiment: Experiment,
  operation: OperationMetrics,
): OperationResult {
  const { run } = experiment;
  const span = measuredSpan(run);
  const { tally } = operation;
  const count = (column: string) => tally.sum(column, span.from, span.to);
  const seconds = lengthNs(run, span) / 1e9;
  return {
    offered: count('offered'),
    attempts: count('attempts'),
    ok: count('ok'),
    late: count('late'),
    failed: Object.fromEntries(reasons.map((reason) => [reason, count(`failed-${reason}`)])),
    shed: count('shed'),
    inFlight: inFlightAfter([tally], span.to),
    inFlightAtStart: inFlightAfter([tally], span.from),
    offeredPerSecond: ratio(count('offered'), seconds),
    goodputPerSecond: ratio(count('ok'), seconds),
    availability: measured(count('ok') / endedIn([tally], span)),
    latencyMs: latencyResult(experiment, operation),
  };
}

function latencyResult(experiment: Experiment, { name, latency }: OperationMetrics): LatencyResult {
  const span = measuredSpan(experiment.run);
  const merged = mergedOver(experiment.run, [latency], span);
  const subject = { subject: name, subjectKind: 'operation' } as const;
  const mean = measureRequests(experiment, 'mean', subject, span);
  const interval = (share: number) =>
    intervalMs(quantileInterval(experiment, [latency], span, share, merged));
  return {
    ...percentilesMs(merged),
    interval95: {
      mean: intervalMs(mean?.interval ?? null),
      p50: interval(PERCENTILES.p50),
      p90: interval(PERCENTILES.p90),
      p95: interval(PERCENTILES.p95),
      p99: interval(PERCENTILES.p99),
      p999: interval(PERCENTILES.p999),
    },
  };
}
