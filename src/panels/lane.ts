/**
 * Run B of a comparison: a worker and a state of its own. It has no clock; it goes where run A is,
 * and when A has gone on meanwhile it goes after it.
 */

import { signal, type Signal } from '@preact/signals';
import type { Frame } from '../protocol/frame.ts';
import type { LoadReply, Session } from '../protocol/session.ts';
import { FrameIntake } from './frame-intake.ts';
import { createPageState, type PageState } from './page-state.ts';
import type { RecoveryNote } from './recovery.tsx';

/** A session in a worker of its own. */
export interface OwnSession {
  readonly session: Session;
  close(): void;
}

export type OpenSession = (
  onFrame: (frame: Frame) => void,
  onNote: (note: RecoveryNote | null) => void,
) => OwnSession;

/** The picture of run B. */
export interface LaneStage {
  take(frame: Frame): void;
  destroy(): void;
}

/** Where run A is, and how many requests a dot of it stands for. */
export type Place = Pick<Frame, 'time' | 'requestsPerDot'>;

export class Lane {
  /** Selection, speed and looks are those of run A: it is the same reader who watches both. */
  readonly state: PageState;
  readonly session: Session;
  /** The time that has been reached, s. */
  readonly reached: Signal<number> = signal(0);
  private readonly intake: FrameIntake;
  private readonly own: OwnSession;
  private stage: LaneStage | null = null;
  private last: Frame | null = null;
  private wanted = 0;
  private requestsPerDot = 1;
  private isGoing = false;
  private isClosed = false;

  constructor(a: PageState, open: OpenSession) {
    const { selection, followed, speed, theme, reducedMotion, range, crosshair } = a;
    const shared = { selection, followed, speed, theme, reducedMotion, range, crosshair };
    this.state = { ...createPageState([]), ...shared };
    this.intake = new FrameIntake(this.state);
    this.intake.onReleased = (frame) => this.show(frame);
    this.own = open(
      (frame) => {
        if (this.intake.take(frame, performance.now())) this.show(frame);
      },
      (note) => (this.state.recovery.value = note),
    );
    this.session = this.own.session;
  }

  async load(text: string, file: string): Promise<LoadReply> {
    const reply = await this.session.load(text, file, null);
    if (!reply.ok) return reply;
    this.state.text.value = text;
    this.state.file.value = file;
    this.intake.begin(reply.view);
    return reply;
  }

  /** Goes to a place; of several that come while it is under way, to the last one. */
  async follow({ time, requestsPerDot }: Place): Promise<void> {
    this.wanted = time;
    this.requestsPerDot = requestsPerDot;
    if (this.isGoing) return;
    this.isGoing = true;
    try {
      let gone = NaN;
      while (gone !== this.wanted && !this.isClosed) {
        gone = this.wanted;
        await this.session.follow(gone, this.requestsPerDot);
        this.reached.value = gone;
      }
    } catch {
      // The worker was lost; the next frame of run A calls again.
    } finally {
      this.isGoing = false;
    }
  }

  /** From now on the picture shows what comes. */
  set picture(stage: LaneStage | null) {
    this.stage = stage;
    if (stage !== null && this.last !== null) stage.take(this.last);
  }

  close(): void {
    this.isClosed = true;
    this.stage?.destroy();
    this.stage = null;
    this.own.close();
  }

  private show(frame: Frame): void {
    this.last = frame;
    this.stage?.take(frame);
  }
}
