/**
 * Replays a session in a fresh worker up to the event that was seen last. A time alone leads to one
 * state, with all events before it and none at it; only a single step, or a budget that was met,
 * leaves a run within a nanosecond, and so does this.
 */

import type { Frame } from '../protocol/frame.ts';
import type { Session } from '../protocol/session.ts';
import type { SessionMemory } from './session-memory.ts';

export interface BroughtBack {
  readonly frame: Frame;
  /** The hash is that of the lost run; null when there was none to compare with. */
  readonly same: boolean | null;
}

/** Events in one nanosecond beyond which the exact one is not looked for. */
const stepsMax = 1000;
const frameWithinMs = 5000;
/** Times are whole nanoseconds, given as seconds; nearer than this they are the same one. */
const instant = 0.6e-9;

export async function bringBack(
  session: Session,
  { loaded, seen, speed, dotBudget, knownPast }: SessionMemory,
  listen: (witness: (frame: Frame) => void) => void,
): Promise<BroughtBack> {
  const { text, file, seed } = loaded!;
  let awaited: ((frame: Frame) => void) | null = null;
  listen((frame) => awaited?.(frame));
  // Frames and answers take different ways, so the frame of an answer may come before or after it.
  const after = async (command: () => Promise<void>, is: (frame: Frame) => boolean) => {
    let timer: ReturnType<typeof setTimeout>;
    const came = new Promise<Frame>((done, fail) => {
      awaited = (frame) => {
        if (frame.state !== 'seeking' && is(frame)) done(frame);
      };
      void command().then(() => {
        timer = setTimeout(() => fail(new Error('it showed no picture')), frameWithinMs);
      }, fail);
    });
    return came.finally(() => clearTimeout(timer));
  };
  const seek = (seconds: number) =>
    after(
      () => session.seek(seconds),
      ({ time, state }) => Math.abs(time - seconds) < instant || state === 'ended',
    );
  const reply = await session.load(text, file, seed);
  if (!reply.ok) throw new Error(reply.diagnostics[0]?.message ?? 'its text has errors');
  if (knownPast !== null) await session.resume(knownPast);
  if (speed !== null) await session.setSpeed(speed);
  if (dotBudget !== null) await session.setDotBudget(dotBudget);
  // First as far as it had been played, so that the page, which has seen all of that, need not
  // be told of it again when the run goes on.
  if (seen.frontier > seen.time) await seek(seen.frontier);
  let last = await seek(seen.time);
  if (seen.hash === null) return { frame: last, same: null };
  for (let step = 0; last.events < seen.events && step < stepsMax; step += 1) {
    const { events } = last;
    last = await after(
      () => session.step('event'),
      (frame) => frame.events > events,
    );
  }
  return { frame: last, same: last.hash === seen.hash };
}
