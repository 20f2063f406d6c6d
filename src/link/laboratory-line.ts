/** A task of the laboratory in a worker of its own, which ends with the task. */

import type { LaboratoryNews, LaboratoryTask } from '../protocol/laboratory.ts';
import type { Commission } from '../worker/session-worker.ts';
import { startWorker } from './start-worker.ts';

/** Gives back what cancels the task, whatever it is at. */
export function openLaboratoryLine(
  task: LaboratoryTask,
  onNews: (news: LaboratoryNews) => void,
): () => void {
  const worker = startWorker('gameday laboratory');
  const { port1, port2 } = new MessageChannel();
  const close = () => {
    worker.terminate();
    port1.close();
  };
  port1.addEventListener('message', ({ data }: MessageEvent<LaboratoryNews>) => {
    const isLast = data.kind !== 'progress' && data.kind !== 'fault';
    if (isLast) close();
    onNews(data);
  });
  port1.start();
  worker.addEventListener('error', ({ message }) => {
    close();
    onNews({
      kind: 'failed',
      why: `The laboratory has failed: ${message || 'it could not be started'}.`,
      cure: 'Try it again; a smaller part of the trace or a shorter run may help.',
    });
  });
  const commission: Commission = { task, news: port2 };
  worker.postMessage(commission, [port2]);
  return close;
}
