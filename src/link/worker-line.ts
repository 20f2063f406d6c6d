/**
 * Starts a worker and lays the ports to it: commands by comlink, frames raw with their buffers
 * transferred, failures in words, and one on which only signs of life travel.
 */

import { wrap } from 'comlink';
import type { Frame } from '../protocol/frame.ts';
import type { Session } from '../protocol/session.ts';
import type { Connect } from '../worker/session-worker.ts';
import type { Line, LineEvents } from './line.ts';
import { startWorker } from './start-worker.ts';

export function openWorkerLine({ onFrame, onAlive, onFailed }: LineEvents): Line {
  const worker = startWorker('gameday');
  worker.addEventListener('error', ({ message }) => onFailed(message || 'it could not be started'));
  const commands = new MessageChannel();
  const frames = listen((frame, port) => {
    // Acknowledged before it is looked at, so that a slow page does not slow the run as well.
    port.postMessage(null);
    onFrame(frame as Frame);
  });
  const failures = listen((why) => onFailed(String(why)));
  const life = listen(onAlive);
  const first: Connect = {
    commands: commands.port2,
    frames: frames.port2,
    failures: failures.port2,
    life: life.port2,
  };
  worker.postMessage(first, Object.values(first) as MessagePort[]);
  return {
    session: wrap<Session>(commands.port1) as Session,
    ping: () => life.port1.postMessage('alive?'),
    close: () => {
      worker.terminate();
      for (const { port1 } of [commands, frames, failures, life]) port1.close();
    },
  };
}

function listen(take: (message: unknown, port: MessagePort) => void): MessageChannel {
  const channel = new MessageChannel();
  channel.port1.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
    take(data, channel.port1),
  );
  channel.port1.start();
  return channel;
}
