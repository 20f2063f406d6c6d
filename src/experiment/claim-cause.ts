/** Why a requirement is missed: for latencies from critical paths, for the rest from tallies. */

import type { Claim } from '../scenario/claims.ts';
import { attribute } from './attribution.ts';
import type { Experiment } from './experiment.ts';
import { failureCause } from './failure-cause.ts';
import { shareOf } from './quantiles.ts';
import { operationsOf } from './request-metrics.ts';
import type { RequestPath } from './request-paths.ts';
import { spanOf } from './span.ts';
import type { Attribution } from './trace-types.ts';

const ofFailures: readonly string[] = ['availability', 'goodput', 'failed', 'shed', 'ok', 'late'];

/** The share of requests that a claim's latency leaves out at the top; NaN for other claims. */
export function quantileOf({ metric, subjectKind }: Claim): number {
  if (subjectKind === 'component' || metric.endsWith(' wait')) return NaN;
  if (metric === 'mean') return 0;
  return metric === 'max' ? 1 : shareOf(metric);
}

/** True when some requirement is about latency, and a sample of paths can say why it is missed. */
export function hasLatencyClaim({ scenario }: Experiment): boolean {
  return scenario.requirements.some((claim) => !Number.isNaN(quantileOf(claim)));
}

/** The slow requests that a claim speaks of; null when it is not about latency. */
export function attributionFor(
  experiment: Experiment,
  claim: Claim,
  paths: readonly RequestPath[],
): Attribution | null {
  const quantile = quantileOf(claim);
  const operations = operationsOf(experiment.run, claim);
  if (Number.isNaN(quantile) || typeof operations === 'string') return null;
  const names = new Set(operations.map(({ name }) => name));
  const { world, time } = experiment.run;
  return attribute(
    world,
    paths.filter(({ operation }) => names.has(operation)),
    {
      from: (claim.fromNs ?? world.plan.warmUpNs) / 1e9,
      to: Math.min(claim.toNs ?? Infinity, time + 1) / 1e9,
      operation: names.size === 1 ? [...names][0]! : null,
      quantile,
    },
  );
}

/** One sentence; null when nothing is known, or the metric says it all by itself. */
export function causeOfClaim(
  experiment: Experiment,
  claim: Claim,
  paths: readonly RequestPath[],
): string | null {
  if (!ofFailures.includes(claim.metric)) {
    return attributionFor(experiment, claim, paths)?.sentence ?? null;
  }
  const operations = operationsOf(experiment.run, claim);
  if (typeof operations === 'string') return null;
  return failureCause(experiment.run, operations, spanOf(experiment.run, claim));
}
