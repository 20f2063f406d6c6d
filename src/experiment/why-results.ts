/**
 * What the slow requests of a whole run were waiting for: of each requirement about latency that is
 * missed, and otherwise of the slowest hundredth of each operation.
 */

import { attributionFor, quantileOf } from './claim-cause.ts';
import { attribute } from './attribution.ts';
import type { Experiment } from './experiment.ts';
import type { PathSample } from './path-sample.ts';
import { operationsOf } from './request-metrics.ts';
import type { WhyResult } from './trace-types.ts';
import type { Attribution } from './trace-types.ts';
import { judgeRequirement } from './verdict.ts';

const QUANTILE = 0.99;

export function whyResults(experiment: Experiment, sample: PathSample): readonly WhyResult[] {
  const { paths } = sample;
  const found: WhyResult[] = [];
  const explained = new Set<string>();
  for (const claim of experiment.scenario.requirements) {
    if (Number.isNaN(quantileOf(claim))) continue;
    if (judgeRequirement(experiment, claim).verdict !== 'FAIL') continue;
    const attribution = attributionFor(experiment, claim, paths);
    if (attribution === null) continue;
    found.push(resultOf(claim.text, attribution));
    const operations = operationsOf(experiment.run, claim);
    if (typeof operations !== 'string') for (const { name } of operations) explained.add(name);
  }
  const { world, time } = experiment.run;
  for (const { name } of world.operations) {
    if (explained.has(name)) continue;
    const asked = { from: world.plan.warmUpNs / 1e9, to: (time + 1) / 1e9, operation: name };
    const attribution = attribute(world, paths, { ...asked, quantile: QUANTILE });
    if (attribution !== null) found.push(resultOf(`p99 of ${name}`, attribution));
  }
  return found;
}

function resultOf(about: string, attribution: Attribution): WhyResult {
  const { sentence, slow, looked, oneIn, thresholdMs, causes } = attribution;
  return { about, sentence, slow, looked, oneIn, thresholdMs, causes };
}
