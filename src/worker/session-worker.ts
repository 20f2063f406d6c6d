/**
 * The worker's entry. Its first message brings ports: commands arrive on one through comlink,
 * frames leave by another, raw, with their buffers transferred. Or it brings a task of the
 * laboratory, and this worker does nothing else.
 */

import { expose } from 'comlink';
import type { Frame } from '../protocol/frame.ts';
import type { LaboratoryNews, LaboratoryTask } from '../protocol/laboratory.ts';
import { createEngine } from './create-engine.ts';
import { RunSession } from './run-session.ts';

/** What the page sends first, once. */
export interface Connect {
  readonly commands: MessagePort;
  readonly frames: MessagePort;
  /** Says in words what has gone wrong here. */
  readonly failures: MessagePort;
  /** Whatever comes here is answered at once, as a sign of life. */
  readonly life: MessagePort;
}

/** The other thing that the page may send first. */
export interface Commission {
  readonly task: LaboratoryTask;
  /** Takes `LaboratoryNews`. */
  readonly news: MessagePort;
}

self.addEventListener(
  'message',
  ({ data }: MessageEvent<Connect | Commission>) => {
    if ('task' in data) {
      const tell = (news: LaboratoryNews) => data.news.postMessage(news, []);
      import('./laboratory.ts').then(
        ({ carryOut }) => carryOut(data.task, tell),
        () => tell({ kind: 'failed', why: 'The laboratory could not be fetched.', cure: '' }),
      );
      return;
    }
    const session = new RunSession({
      createEngine,
      now: () => performance.now(),
      soon: soonByChannel(),
      later: (callback, ms) => void setTimeout(callback, ms),
      post: (frame) => data.frames.postMessage(frame, buffersOf(frame)),
    });
    data.frames.addEventListener('message', () => session.frameTaken());
    data.frames.start();
    data.life.addEventListener('message', () => data.life.postMessage(null, []));
    data.life.start();
    expose(session, data.commands);
    // The page hears of uncaught errors by itself, but of rejected promises only when told.
    self.addEventListener('unhandledrejection', ({ reason }) => {
      data.failures.postMessage(String(reason), []);
    });
  },
  { once: true },
);

function buffersOf({ nodes, edges, hops, windows, heat }: Frame): Transferable[] {
  return [nodes, edges, hops, windows, heat].map(({ buffer }) => buffer as ArrayBuffer);
}

/** A message to oneself is served after those already waiting, and without a timer's 4 ms floor. */
function soonByChannel(): (callback: () => void) => void {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return (callback) => {
    waiting.push(callback);
    port2.postMessage(0);
  };
}
