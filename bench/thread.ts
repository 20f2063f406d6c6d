/** Part of a benchmark in a thread of its own, which starts with a compiler that knows nothing. */

import { Worker } from 'node:worker_threads';

export interface ThreadTask {
  readonly bench: string;
  readonly task: unknown;
}

/** Has the benchmark's `work` done in a new thread and returns what it answers. */
export function inThread<T>(bench: string, task: unknown): Promise<T> {
  const thread: ThreadTask = { bench, task };
  // All benchmarks are bundled into the one program that is running.
  const worker = new Worker(new URL(import.meta.url), { workerData: thread });
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: T) => resolve(answer));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`A thread of ${bench} ended with code ${code}.`));
    });
  });
}
