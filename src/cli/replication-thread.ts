/** A thread that runs one replication after another, as they are ordered. */

import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { assert } from '../base/assert.ts';
import { Experiment } from '../experiment/experiment.ts';
import { seedOfReplication } from '../experiment/replications.ts';
import { resultsOf } from '../experiment/results.ts';
import { loadScenario } from '../scenario/load.ts';
import type { ReplicationAnswer, ReplicationOrder, ReplicationTask } from './replication-task.ts';

/** True when this program was started as such a thread. */
export function isReplicationThread(): boolean {
  const task = workerData as Partial<ReplicationTask> | null | undefined;
  return !isMainThread && task?.kind === 'gameday-replications';
}

export function serveReplications(): void {
  const task = workerData as ReplicationTask;
  parentPort!.on('message', (number: ReplicationOrder) => {
    const answer: ReplicationAnswer = { number, results: replicate(task, number) };
    parentPort!.postMessage(answer, []);
  });
}

function replicate({ file, content, set, duration, seed }: ReplicationTask, number: number) {
  const { scenario } = loadScenario(content, {
    file,
    set,
    seed: seedOfReplication(seed, number),
    ...(duration === null ? {} : { duration }),
  });
  assert(scenario !== null, 'A scenario that was read once is read again.');
  const experiment = new Experiment(scenario);
  experiment.run.advance(Infinity);
  return resultsOf(experiment);
}
