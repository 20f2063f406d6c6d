/** The results of an experiment as far as it has come. Reading them does not change the run. */

import type { Experiment } from './experiment.ts';
import { clientResults } from './client-results.ts';
import { costResult } from './cost.ts';
import { componentResults, edgeResults } from './component-results.ts';
import { operationResult } from './operation-results.ts';
import { selfChecks } from './self-checks.ts';
import { seriesResult } from './series.ts';
import { lengthNs, measuredSpan } from './span.ts';
import { judgeExpectation, judgeRequirement } from './verdict.ts';
import { version } from './version.ts';
import type { Results } from './result-types.ts';

export interface ResultOptions {
  /** With one number a window for every operation and component. */
  readonly series?: boolean;
}

export function resultsOf(experiment: Experiment, options: ResultOptions = {}): Results {
  const { run, scenario } = experiment;
  const { operations, plan, recorder, simulation, timeline } = run.world;
  const { ending } = run;
  const clients = clientResults(run);
  const results: Results = {
    gameday: version,
    scenario: scenario.name,
    file: scenario.source.file,
    seed: plan.seed,
    simulatedSeconds: seconds(run.time),
    warmUpSeconds: seconds(recorder.warmUpWindows * recorder.windowNs),
    measuredSeconds: seconds(lengthNs(run, measuredSpan(run))),
    windowSeconds: seconds(recorder.windowNs),
    events: simulation.events,
    hash: run.hash,
    ending:
      ending === null
        ? null
        : { kind: ending.kind, timeSeconds: seconds(ending.time), text: ending.text },
    requirements: scenario.requirements.map((claim) => judgeRequirement(experiment, claim)),
    expect: scenario.expect.map((claim) => judgeExpectation(experiment, claim)),
    operations: Object.fromEntries(
      operations.map((operation) => [operation.name, operationResult(experiment, operation)]),
    ),
    components: componentResults(run),
    ...(clients === null ? {} : { clients }),
    edges: edgeResults(run),
    timeline: timeline.entries.map(({ time, kind, target, text }) => ({
      timeSeconds: seconds(time),
      kind,
      target,
      text,
    })),
    timelineDropped: timeline.dropped,
    checks: selfChecks(run),
    estimates: scenario.estimates.map(({ name, text, value }) => ({ name, text, value })),
  };
  const cost = costResult(run);
  const priced = cost === null ? results : { ...results, cost };
  return options.series === true ? { ...priced, series: seriesResult(run) } : priced;
}

function seconds(ns: number): number {
  return ns / 1e9;
}
