/**
 * Runs replications in several threads at once. Each thread is this program again; it is given the
 * next replication when it has done one, and the results are put in the order of their numbers.
 */

import { Worker } from 'node:worker_threads';
import { assert } from '../base/assert.ts';
import type { Results } from '../experiment/result-types.ts';
import type { ReplicationAnswer, ReplicationOrder, ReplicationTask } from './replication-task.ts';

export interface ReplicationPlan {
  readonly task: ReplicationTask;
  /** How many replications. */
  readonly count: number;
  /** How many threads at the most. */
  readonly workers: number;
  /** Told after each replication how many are done and how many events they had together. */
  readonly onProgress: (done: number, events: number) => void;
  /** Ends all threads. */
  readonly interruption: AbortSignal;
}

/** Results in the order of the replications; null when they were interrupted. */
export async function runReplications(plan: ReplicationPlan): Promise<readonly Results[] | null> {
  const { task, count, interruption } = plan;
  const results: (Results | undefined)[] = Array.from({ length: count });
  const threads = Array.from(
    { length: Math.min(plan.workers, count) },
    // The whole command line is one file, and the thread is told what it is for by its task.
    () => new Worker(new URL(import.meta.url), { workerData: task }),
  );
  let ordered = 0;
  let done = 0;
  let events = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      interruption.addEventListener('abort', () => resolve());
      for (const thread of threads) {
        thread.on('error', reject);
        thread.on('message', ({ number, results: own }: ReplicationAnswer) => {
          results[number - 1] = own;
          events += own.events;
          plan.onProgress(++done, events);
          if (done === count) resolve();
          else if (ordered < count) order(thread, ++ordered);
        });
        order(thread, ++ordered);
      }
    });
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  if (interruption.aborted) return null;
  return results.map((own) => {
    assert(own !== undefined, 'Every replication has answered.');
    return own;
  });
}

function order(thread: Worker, number: ReplicationOrder): void {
  thread.postMessage(number, []);
}
