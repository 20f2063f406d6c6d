/** The reference model as the engine runs it, and what its report says. */

import { Experiment } from '../src/experiment/experiment.ts';
import { resultsOf } from '../src/experiment/results.ts';
import type { Scenario } from '../src/scenario/load.ts';
import type { ReferenceResult } from './reference-result.ts';

export function referenceByScenario(scenario: Scenario): ReferenceResult {
  const experiment = new Experiment(scenario);
  experiment.run.advance(Infinity);
  const { operations, components, edges, events, simulatedSeconds } = resultsOf(experiment);
  const { view, post } = operations;
  const { api, store, cache } = components;
  const toStore = edges.find(({ from, to }) => from === 'api' && to === 'store')!;
  const offered = view!.offered + post!.offered;
  return {
    events,
    requests: simulatedSeconds * 12_800,
    hitRatio: cache!.cache!.hitRatio!,
    staleReads: cache!.cache!.staleReads,
    viewMean: view!.latencyMs.mean!,
    viewP50: view!.latencyMs.p50!,
    viewP99: view!.latencyMs.p99!,
    postMean: post!.latencyMs.mean!,
    postP99: post!.latencyMs.p99!,
    serviceBusy: api!.utilisation!,
    serviceWaitP99: api!.waitMs.p99!,
    storeWaitMean: store!.waitMs.mean!,
    storeWaitP99: store!.waitMs.p99!,
    storeTimeouts: toStore.timeouts,
    attemptsPerRequest: (view!.attempts + post!.attempts) / offered,
    lagMs: store!.database!.lagSecondsMax! * 1e3,
  };
}
