/**
 * What has to be known of a session to bring it back in another worker. It is gathered on the page
 * from commands, their replies and frames, so that it survives the worker that it tells of.
 */

import type { Frame } from '../protocol/frame.ts';
import type { ActReply, LoadReply, Past, Session } from '../protocol/session.ts';

/** What was seen of the run last. */
export interface Seen {
  /** s */
  readonly time: number;
  /** s */
  readonly frontier: number;
  readonly events: number;
  /** Null: this run has not been seen yet, only one before it. */
  readonly hash: string | null;
  readonly branch: number;
  readonly forkedAt: number;
}

export interface Loaded {
  readonly text: string;
  readonly file: string;
  readonly seed: string | null;
}

const unseen: Seen = { time: 0, frontier: 0, events: 0, hash: null, branch: 0, forkedAt: 0 };

export class SessionMemory {
  loaded: Loaded | null = null;
  /** What can be undone and redone; null when nothing has been done. */
  past: Past | null = null;
  playing = false;
  speed: number | null = null;
  dotBudget: number | null = null;
  seen: Seen = unseen;
  /** Of the frames that belong to what is loaded, see `Frame.run`. */
  run = 0;

  noteFrame(frame: Frame): void {
    if (frame.run < this.run) return;
    const { time, frontier, events, hash, branch, forkedAt } = frame;
    this.run = frame.run;
    this.seen = { time, frontier, events, hash, branch, forkedAt };
    if (frame.state !== 'seeking') this.playing = frame.state === 'playing';
  }

  /** A command has been answered. */
  noteReply(name: keyof Session, given: readonly unknown[], reply: unknown): void {
    switch (name) {
      case 'load':
        this.noteLoad(given as Parameters<Session['load']>, reply as LoadReply);
        break;
      case 'intervene':
      case 'change':
      case 'undo':
      case 'redo':
        this.noteAct(reply as ActReply);
        break;
      case 'play':
        this.playing = true;
        break;
      case 'pause':
      case 'step':
      case 'runUntil':
      case 'finish':
        this.playing = false;
        break;
      case 'setSpeed':
        this.speed = given[0] as number;
        break;
      case 'setDotBudget':
        this.dotBudget = given[0] as number;
        break;
      default:
    }
  }

  /** The past that led to the present text; null when it is not known. */
  get knownPast(): Past | null {
    const text = this.loaded?.text;
    const { past } = this;
    const leads = past?.done.at(-1)?.after === text || past?.undone.at(-1)?.before === text;
    return leads ? past : null;
  }

  private noteLoad([text, file, seed]: Parameters<Session['load']>, reply: LoadReply): void {
    if (!reply.ok) return;
    this.loaded = { text, file, seed };
    this.run = reply.view.run;
    this.seen = unseen;
    this.past = null;
    this.playing = false;
  }

  private noteAct(reply: ActReply): void {
    if (!reply.ok || this.loaded === null) return;
    this.loaded = { ...this.loaded, text: reply.text };
    if (reply.view === null) return;
    // What was built anew is another run, of which nothing has been seen.
    this.run = reply.view.run;
    this.seen = { ...this.seen, hash: null };
  }
}
