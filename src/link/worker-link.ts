/**
 * The page's end of a session. It outlives its worker: one that falls silent, fails or dies is
 * replaced, and because a run is decided by its text alone, replaying the text to the last time
 * seen gives the very state that was lost. The proxy that it hands out stays the same throughout.
 */

import type { RecoveryNote } from '../panels/recovery.tsx';
import type { Frame } from '../protocol/frame.ts';
import type { Session } from '../protocol/session.ts';
import { bringBack } from './bring-back.ts';
import { Heartbeat } from './heartbeat.ts';
import type { Line, OpenLine } from './line.ts';
import { Renumbering } from './renumbering.ts';
import { SessionMemory } from './session-memory.ts';

export interface LinkOptions {
  readonly open: OpenLine;
  readonly onFrame: (frame: Frame) => void;
  readonly onNote: (note: RecoveryNote | null) => void;
}

/** What a command is answered with that went down with its worker. */
export class CommandLost extends Error {}

interface Command {
  readonly name: keyof Session;
  readonly given: readonly unknown[];
  readonly resolve: (reply: unknown) => void;
  readonly reject: (reason: unknown) => void;
  /** It has been sent to a worker that was lost. */
  repeated: boolean;
}

/** Without a sign of life for so long, a worker is given up, ms. */
const patienceMs = 2000;
/** A worker that is still being fetched gets longer, ms. */
const firstPatienceMs = 30_000;
/** So does one that does something large in one go, ms. */
const longPatienceMs = 10_000;
/** Commands that a worker does in one go. */
const longCommands: ReadonlySet<string> = new Set(['load', 'finish', 'results', 'ask']);
/** Commands that may be given twice without another outcome than given once. */
const harmless: ReadonlySet<string> = new Set(
  'load play pause setSpeed seek follow setDotBudget ask results finish past'.split(' '),
);
/** Commands that add to what can be undone or redone. */
const acts: ReadonlySet<string> = new Set(['intervene', 'change', 'undo', 'redo']);
/** After so many replacements within the span, the next failure ends it. */
const replacementsMax = 3;
const spanMs = 30_000;

export class WorkerLink {
  /** Takes commands whatever becomes of the worker; one lost with it is refused in words. */
  readonly session: Session;
  private readonly options: LinkOptions;
  private readonly memory = new SessionMemory();
  private readonly numbers = new Renumbering();
  private readonly commands = new Set<Command>();
  private state: 'running' | 'returning' | 'stopped' | 'closed' = 'running';
  private line: Line | null = null;
  private heartbeat: Heartbeat | null = null;
  private hasAnswered = false;
  private replacedMs: number[] = [];
  /** Takes frames while the run is brought back, during which the page sees none. */
  private witness: ((frame: Frame) => void) | null = null;

  constructor(options: LinkOptions) {
    this.options = options;
    const proxy: object = new Proxy(
      {},
      {
        // Whatever has a `then` is taken for a promise.
        get: (_target, name) =>
          typeof name !== 'string' || name === 'then'
            ? undefined
            : (...given: unknown[]) => this.command(name as keyof Session, given),
      },
    );
    this.session = proxy as Session;
    this.start();
  }

  /** Ends the worker for good. */
  close(): void {
    this.drop();
    this.state = 'closed';
    this.rejectAll('This run has been closed.');
  }

  private command(name: keyof Session, given: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const command = { name, given, resolve, reject, repeated: false };
      if (this.state === 'closed') {
        reject(new CommandLost('This run has been closed.'));
        return;
      }
      this.commands.add(command);
      if (name === 'load' && (this.state === 'stopped' || this.state === 'returning')) {
        // What is loaded now takes the place of what was lost.
        this.memory.loaded = null;
        this.again('');
      } else if (this.state === 'stopped') {
        this.commands.delete(command);
        reject(new CommandLost('The simulation has stopped; try it again first.'));
      } else if (this.state === 'running') void this.send(command);
    });
  }

  private async send(command: Command): Promise<void> {
    const { line, commands } = this;
    if (line === null) return;
    const { name, given } = command;
    try {
      const answered: unknown = Reflect.apply(line.session[name], line.session, given);
      const reply = this.numbers.reply(name, await answered);
      // The answer of a worker that has been given up in the meantime counts no longer.
      if (line !== this.line || !commands.delete(command)) return;
      this.memory.noteReply(name, given, reply);
      if (acts.has(name)) void this.notePast(line);
      command.resolve(reply);
    } catch (error) {
      if (line === this.line && commands.delete(command)) command.reject(error);
    }
  }

  private async notePast(line: Line): Promise<void> {
    const past = await line.session.past();
    if (line === this.line) this.memory.past = past;
  }

  private start(): void {
    this.hasAnswered = false;
    const line = this.options.open({
      onFrame: (frame) => line === this.line && this.take(frame),
      onAlive: () => line === this.line && this.heard(),
      onFailed: (why) => line === this.line && this.replace(`failed: ${why}`),
    });
    this.line = line;
    this.heartbeat = new Heartbeat({
      ping: () => line.ping(),
      patienceMs: () => this.patience(),
      onSilence: () => this.replace('stopped answering'),
    });
  }

  private patience(): number {
    if (!this.hasAnswered) return firstPatienceMs;
    if (this.state === 'returning') return longPatienceMs;
    const busy = [...this.commands].some(({ name }) => longCommands.has(name));
    return busy ? longPatienceMs : patienceMs;
  }

  private heard(): void {
    this.hasAnswered = true;
    this.heartbeat?.heard();
  }

  private take(frame: Frame): void {
    this.heard();
    if (this.witness !== null) {
      this.witness(frame);
      return;
    }
    const numbered = this.numbers.frame(frame);
    this.memory.noteFrame(numbered);
    this.options.onFrame(numbered);
  }

  private drop(): void {
    this.heartbeat?.stop();
    this.line?.close();
    this.line = null;
    this.witness = null;
  }

  /** `how` completes "The simulation …". */
  private replace(how: string): void {
    this.drop();
    const nowMs = performance.now();
    this.replacedMs = this.replacedMs.filter((ms) => nowMs - ms < spanMs);
    if (this.replacedMs.length >= replacementsMax) {
      this.state = 'stopped';
      this.rejectAll('The simulation has stopped.');
      this.options.onNote({ kind: 'stopped', how, again: () => this.again(how) });
      return;
    }
    this.replacedMs.push(nowMs);
    for (const command of this.commands) {
      if (harmless.has(command.name) && !command.repeated) command.repeated = true;
      else this.lose(command, 'The simulation had to be brought back; please do that again.');
    }
    this.start();
    void this.returnTo(how);
  }

  /** Starts anew after it had stopped. */
  private again(how: string): void {
    this.replacedMs = [];
    this.options.onNote(null);
    this.drop();
    this.start();
    void this.returnTo(how);
  }

  private async returnTo(how: string): Promise<void> {
    const { line, memory } = this;
    const { loaded, seen, run, playing } = memory;
    if (line !== null && loaded !== null) {
      this.state = 'returning';
      this.options.onNote({ kind: 'returning', how, seconds: seen.time });
      const frames = (witness: (frame: Frame) => void) => (this.witness = witness);
      const came = await bringBack(line.session, memory, frames).catch(String);
      if (line !== this.line) return;
      if (typeof came === 'string') {
        this.replace(`could not be brought back: ${came}`);
        return;
      }
      this.witness = null;
      this.numbers.match(came.frame, { run, branch: seen.branch, forkedAt: seen.forkedAt });
      this.options.onFrame(this.numbers.frame({ ...came.frame, ...nothingNew }));
      this.options.onNote({ kind: 'back', how, seconds: seen.time, same: came.same });
    }
    this.state = 'running';
    // Before the commands that had to wait, one of which may be a pause.
    if (playing && loaded !== null) void line?.session.play();
    for (const command of this.commands) void this.send(command);
  }

  private rejectAll(why: string): void {
    for (const command of this.commands) this.lose(command, why);
  }

  private lose(command: Command, why: string): void {
    this.commands.delete(command);
    command.reject(new CommandLost(why));
  }
}

/** What a frame brings besides the present; the page has had all of it before. */
const nothingNew = {
  hops: new Float64Array(),
  windows: new Float64Array(),
  heat: new Float32Array(),
  happenings: [],
};
