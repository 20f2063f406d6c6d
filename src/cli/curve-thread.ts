/** A thread that plays its share of the caches of a curve on every batch it is given. */

import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { CurveWork } from '../laboratory/curve-work.ts';
import type { CurveOrder, CurveReply, CurveTask } from './curve-task.ts';

/** True when this program was started as such a thread. */
export function isCurveThread(): boolean {
  const task = workerData as Partial<CurveTask> | null | undefined;
  return !isMainThread && task?.kind === 'gameday-curves';
}

export function serveCurves(): void {
  const { plan, pieces } = workerData as CurveTask;
  const work = new CurveWork(plan, pieces);
  parentPort!.on('message', (order: CurveOrder) => {
    if (order.kind === 'batch') {
      work.play(order.batch, order.bound);
      reply({ kind: 'done' });
    } else reply({ kind: 'answers', answers: work.answers() });
  });
}

function reply(message: CurveReply): void {
  parentPort!.postMessage(message, []);
}
