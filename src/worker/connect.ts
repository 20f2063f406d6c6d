/** The page's end of the worker: starts it and gives back its commands and its stream of frames. */

import { wrap } from 'comlink';
import type { Frame } from '../protocol/frame.ts';
import type { Session } from '../protocol/session.ts';
import type { Connect, Failure } from './session-worker.ts';
import workerUrl from './session-worker.ts?worker&url';

export interface Connection {
  readonly session: Session;
  stop(): void;
}

export interface Listeners {
  readonly onFrame: (frame: Frame) => void;
  /** The worker threw; what it was doing is lost. */
  readonly onFailure: (message: string) => void;
}

export function connect({ onFrame, onFailure }: Listeners): Connection {
  const worker = new Worker(trusted(workerUrl), { type: 'module', name: 'gameday' });
  const commands = new MessageChannel();
  const frames = new MessageChannel();
  worker.addEventListener('error', (event) => onFailure(event.message || 'it could not be started'));
  worker.addEventListener('message', ({ data }: MessageEvent<Failure>) => onFailure(data.message));
  frames.port1.addEventListener('message', ({ data }: MessageEvent<Frame>) => {
    frames.port1.postMessage(null);
    onFrame(data);
  });
  frames.port1.start();
  const first: Connect = { kind: 'connect', commands: commands.port2, frames: frames.port2 };
  worker.postMessage(first, [commands.port2, frames.port2]);
  return { session: wrap<Session>(commands.port1) as Session, stop: () => worker.terminate() };
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

/** The page's policy takes no bare strings as script addresses; this one was put in by the build. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return url;
  return trustedTypes
    .createPolicy('gameday-worker', { createScriptURL: () => url })
    .createScriptURL(url);
}
