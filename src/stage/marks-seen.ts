/** Which marks are on the stage at the moment, so that the legend explains these and no others. */

import { HopKind } from '../protocol/frame.ts';
import type { Reading } from '../protocol/node-reading.ts';
import { isStampede, type Traffic } from './traffic.ts';
import { hotFrom } from './glyphs/marks.ts';

/** In the order of the legend. */
export const marks = [
  'read',
  'write',
  'replication',
  'retry',
  'draining',
  'reply',
  'failed',
  'hit',
  'miss',
  'eviction',
  'swallowed',
  'probe',
  'failed-probe',
  'primary',
  'lag',
  'hot',
  'down',
  'slow',
  'cut',
  'ejected',
  'starting',
  'lossy',
  'stampede',
] as const;
export type Mark = (typeof marks)[number];

/** A mark that has not been seen for so long leaves the legend, ms. */
const keptMs = 4000;

const marksOfKinds: Readonly<Record<number, Mark>> = {
  [HopKind.read]: 'read',
  [HopKind.write]: 'write',
  [HopKind.replication]: 'replication',
  [HopKind.retry]: 'retry',
  [HopKind.replyOk]: 'reply',
  [HopKind.replyFailed]: 'failed',
  [HopKind.replyMiss]: 'miss',
  [HopKind.readAfterMiss]: 'miss',
  [HopKind.replyHit]: 'hit',
  [HopKind.probe]: 'probe',
  [HopKind.probeFailed]: 'failed-probe',
};

export class MarksSeen {
  private readonly lastMs = new Map<Mark, number>();

  see(mark: Mark, nowMs: number): void {
    this.lastMs.set(mark, nowMs);
  }

  seeHop(kind: number, fuel: number, isSwallowed: boolean, nowMs: number): void {
    const mark = marksOfKinds[kind];
    if (mark !== undefined) this.see(mark, nowMs);
    if (fuel < 0.84) this.see('draining', nowMs);
    if (isSwallowed) this.see('swallowed', nowMs);
  }

  seeNode(reading: Reading, nowMs: number): void {
    const { state, role } = reading;
    if (state === 'down' || state === 'slow' || state === 'cut' || state === 'starting') {
      this.see(state, nowMs);
    }
    if (role === 'primary') this.see('primary', nowMs);
    if (role === 'replica') this.see('lag', nowMs);
    if (reading.heat >= hotFrom) this.see('hot', nowMs);
    if (reading.ejected > 0) this.see('ejected', nowMs);
  }

  seeEdge(traffic: Traffic, nowMs: number): void {
    if (traffic.cut > 0) this.see('cut', nowMs);
    if (traffic.loss > 0) this.see('lossy', nowMs);
    if (isStampede(traffic)) this.see('stampede', nowMs);
  }

  /** In the order of the legend. */
  list(nowMs: number): readonly Mark[] {
    return marks.filter((mark) => nowMs - (this.lastMs.get(mark) ?? -Infinity) < keptMs);
  }

  clear(): void {
    this.lastMs.clear();
  }
}
