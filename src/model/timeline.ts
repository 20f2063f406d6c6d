/** The timeline lists what happened, in order: faults, detections, elections, recoveries. */

export type HappeningKind =
  | 'fault'
  | 'recovery'
  | 'detection'
  | 'election'
  | 'promotion'
  | 'redirection'
  | 'health'
  | 'scaling'
  | 'loss'
  | 'budget';

export interface TimelineEntry {
  /** ns */
  readonly time: number;
  readonly kind: HappeningKind;
  /** Path of the component or node. */
  readonly target: string;
  /** A sentence without a full stop. */
  readonly text: string;
}

/** Entries beyond this many are counted, not kept. */
const ENTRIES_MAX = 5_000;

export class Timeline {
  readonly entries: TimelineEntry[] = [];
  /** Happenings that were not kept. */
  dropped = 0;

  add(time: number, kind: HappeningKind, target: string, text: string): void {
    if (this.entries.length < ENTRIES_MAX) {
      this.entries.push(Object.freeze({ time, kind, target, text }));
    } else {
      this.dropped++;
    }
  }
}
