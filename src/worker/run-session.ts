/**
 * One session: a text, the run of it, and what a person does to both. Every act is a change of the
 * text; the run is then brought to where it was, as if the text had been so from the start. The
 * clock, the scheduling and the channel are handed in, so it runs anywhere.
 */

import type { FaultPlan } from '../model/plan.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type {
  ActReply,
  Change,
  Intervention,
  LoadReply,
  Past,
  Questions,
  Session,
  Until,
  UntilReply,
} from '../protocol/session.ts';
import { appendFault, withValue } from '../scenario/print.ts';
import { Acts, changeFault, faultOf, strikeAfter, wordsOfChange, wordsOfFault } from './acts.ts';
import type { Act } from './acts.ts';
import { whyNot, type CreateEngine, type ReplanReply } from './engine.ts';
import { questions } from './questions.ts';
import { RunLoop, type LoopSurroundings } from './run-loop.ts';
import { viewOf } from './view.ts';

export interface Surroundings extends LoopSurroundings {
  readonly createEngine: CreateEngine;
}

interface Source {
  readonly text: string;
  readonly file: string;
  readonly seed: string | null;
}

type Became =
  | { readonly ok: true; readonly view: ScenarioView | null }
  | { readonly ok: false; readonly why: string };

const anew: ReplanReply = { ok: false, why: null };
const nothingLoaded = { ok: false, why: 'No scenario is loaded.' } as const;

export class RunSession implements Session {
  private source: Source = { text: '', file: '', seed: null };
  private acts = new Acts();
  private readonly loop: RunLoop;
  private readonly createEngine: CreateEngine;

  constructor({ createEngine, ...surroundings }: Surroundings) {
    this.createEngine = createEngine;
    this.loop = new RunLoop(surroundings);
  }

  async load(text: string, file: string, seed: string | null): Promise<LoadReply> {
    const reply = this.createEngine(text, file, seed);
    if (!reply.ok) return { ok: false, diagnostics: reply.diagnostics };
    this.source = { text, file, seed };
    this.acts = new Acts();
    const run = this.loop.load(reply.engine);
    return { ok: true, view: viewOf(reply.engine.description, run) };
  }

  async play(): Promise<void> {
    this.loop.play();
  }

  async pause(): Promise<void> {
    this.loop.pause();
  }

  async setSpeed(speed: number): Promise<void> {
    this.loop.setSpeed(speed);
  }

  async seek(seconds: number): Promise<void> {
    await this.loop.travel('seek', seconds);
  }

  async step(by: 'event' | number): Promise<void> {
    const { destination } = this.loop;
    this.loop.stop();
    if (by === 'event') this.loop.stepEvent();
    else await this.loop.travel('seek', destination + by);
  }

  async runUntil(until: Until): Promise<UntilReply> {
    const { engine } = this.loop;
    if (engine === null) return { met: false, text: nothingLoaded.why };
    const found = await this.loop.searchFor(engine.lookout(until));
    if (found !== null) return { met: true, text: found.text };
    const text = engine.ended ? 'The run ended before it was so.' : 'Something else came first.';
    return { met: false, text };
  }

  async intervene(act: Intervention): Promise<ActReply> {
    return this.strike((atNs) => {
      const fault = faultOf(act, atNs);
      return { fault, words: wordsOfFault(fault) };
    });
  }

  async change(change: Change): Promise<ActReply> {
    if (change.from === 'now') {
      return this.strike((atNs) => {
        const fault = changeFault(change, atNs);
        return { fault, words: wordsOfChange(change, atNs) };
      });
    }
    if (this.loop.engine === null) return nothingLoaded;
    const before = this.source.text;
    const after = withValue(before, change.path, change.value);
    if (after === null) return { ok: false, why: `There is no ${change.path} to change.` };
    const words = wordsOfChange(change, null);
    return this.act({ words, before, after, fromNs: 0, rebuilds: true });
  }

  async undo(): Promise<ActReply> {
    const act = this.acts.last;
    if (act === null) return { ok: false, why: 'There is nothing to undo.' };
    const became = this.become(act, act.before, this.loop.destination);
    if (!became.ok) return became;
    this.acts.undo();
    return this.actReply(act, became.view);
  }

  async redo(): Promise<ActReply> {
    const act = this.acts.next;
    if (act === null) return { ok: false, why: 'There is nothing to redo.' };
    const became = this.become(act, act.after, this.loop.destination);
    if (!became.ok) return became;
    this.acts.redo();
    return this.actReply(act, became.view);
  }

  async follow(seconds: number, requestsPerDot?: number): Promise<void> {
    await this.loop.follow(seconds, requestsPerDot);
  }

  async past(): Promise<Past> {
    return this.acts.past;
  }

  async resume(past: Past): Promise<void> {
    this.acts = new Acts(past);
  }

  async setDotBudget(dots: number): Promise<void> {
    this.loop.setDotBudget(dots);
  }

  async ask<Name extends keyof Questions>(
    name: Name,
    question: Questions[Name]['question'],
  ): Promise<Questions[Name]['answer']> {
    const { engine } = this.loop;
    if (engine === null) throw new Error(nothingLoaded.why);
    const { recording, frontier } = engine;
    return questions[name]({ recording, text: this.source.text, frontier }, question);
  }

  async results(): Promise<unknown> {
    return this.loop.engine?.results() ?? null;
  }

  async finish(): Promise<string> {
    await this.loop.finish();
    return this.loop.engine?.hash() ?? '';
  }

  /** The page has taken a frame; the next may be sent. */
  frameTaken(): void {
    this.loop.frameTaken();
  }

  /** A fault in the next millisecond. */
  private strike(
    made: (atNs: number) => { readonly fault: FaultPlan; readonly words: string },
  ): ActReply {
    const { engine } = this.loop;
    if (engine === null) return nothingLoaded;
    const fromNs = strikeAfter(Math.round(this.loop.destination * 1e9));
    const isPast = fromNs / 1e9 >= engine.description.durationSeconds;
    if (isPast || this.loop.isOver) {
      return { ok: false, why: 'The run is over; go back in time to change it.' };
    }
    const { fault, words } = made(fromNs);
    const before = this.source.text;
    const after = appendFault(before, fault);
    if (after === null) return { ok: false, why: 'The text has no place for another fault.' };
    return this.act({ words, before, after, fromNs, rebuilds: false });
  }

  private act(act: Act): ActReply {
    // A nanosecond later it has struck, so that a picture that stands still shows it.
    const struck = act.fromNs === 0 ? 0 : (act.fromNs + 1) / 1e9;
    const became = this.become(act, act.after, Math.max(this.loop.destination, struck));
    if (!became.ok) return became;
    this.acts.add(act);
    return this.actReply(act, became.view);
  }

  /** Gives the session another text and brings its run to a time, s. */
  private become({ fromNs, rebuilds }: Act, text: string, present: number): Became {
    const { file, seed } = this.source;
    const { engine } = this.loop;
    if (engine === null) return nothingLoaded;
    const from = fromNs / 1e9;
    const replanned = rebuilds ? anew : engine.replan(text, from);
    let view: ScenarioView | null = null;
    if (!replanned.ok) {
      if (replanned.why !== null) return { ok: false, why: replanned.why };
      const reply = this.createEngine(text, file, seed);
      if (!reply.ok) return { ok: false, why: whyNot(reply.diagnostics) };
      view = viewOf(reply.engine.description, this.loop.replace(reply.engine));
    }
    this.source = { text, file, seed };
    this.loop.fork(from);
    // Whoever is told of a new view has to know it before the first frame of it comes.
    void this.loop.travel('restore', present, view !== null);
    return { ok: true, view };
  }

  private actReply({ fromNs }: Act, view: ScenarioView | null): ActReply {
    const { undoable, redoable } = this.acts;
    const { text } = this.source;
    return { ok: true, text, forkedAt: fromNs / 1e9, view, undoable, redoable };
  }
}
