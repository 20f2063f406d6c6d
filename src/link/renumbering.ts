/**
 * A new worker counts its runs and branches from the start again. On the page they go on where the
 * lost one was, so that nothing there has to know that the worker is another.
 */

import type { Frame } from '../protocol/frame.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { Session } from '../protocol/session.ts';

/** What the page calls the run that is on screen. */
export interface Numbers {
  readonly run: number;
  readonly branch: number;
  readonly forkedAt: number;
}

export class Renumbering {
  private runs = 0;
  private branches = 0;
  /** The run to which `branches` and `known` apply. */
  private run = -1;
  private known: Numbers = { run: -1, branch: -1, forkedAt: 0 };

  /** From now on `frame` belongs to what the page knows as `known`. */
  match(frame: Frame, known: Numbers): void {
    this.runs = known.run - frame.run;
    this.branches = known.branch - frame.branch;
    this.run = frame.run;
    this.known = known;
  }

  frame(frame: Frame): Frame {
    if (this.run < 0) return frame;
    const run = frame.run + this.runs;
    if (frame.run !== this.run) return { ...frame, run };
    const branch = frame.branch + this.branches;
    const forkedAt = branch === this.known.branch ? this.known.forkedAt : frame.forkedAt;
    return { ...frame, run, branch, forkedAt };
  }

  /** The same for the view in the reply to a command. */
  reply(name: keyof Session, reply: unknown): unknown {
    if (!/^(load|intervene|change|undo|redo)$/.test(name)) return reply;
    const { view } = reply as { readonly view?: ScenarioView | null };
    if (!view || this.runs === 0) return reply;
    return { ...(reply as object), view: { ...view, run: view.run + this.runs } };
  }
}
