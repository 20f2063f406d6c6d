/**
 * The commands that the page gives the worker. Everything else flows back as frames.
 *
 * A session is a text: each act of a person is written into it, at the moment at which it strikes,
 * so that the text of a session that was played gives the same run, hash and all, anywhere.
 */

import type { Happening } from './frame.ts';
import type { Inside, Origin, Sheet } from './inside.ts';
import type { DiagnosticView, ScenarioView } from './scenario-view.ts';
import type {
  Attribution,
  Fates,
  RequestNote,
  RequestsAsked,
  RequestTrace,
  WhyAsked,
} from './trace.ts';

export interface Session {
  /** Parses and builds; on errors the run on screen stays as it is. */
  load(text: string, file: string, seed: string | null): Promise<LoadReply>;
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Simulated seconds per wall second, 0.01–1000; Infinity: as fast as the machine can. */
  setSpeed(speed: number): Promise<void>;
  /**
   * Goes to a time, back or forth, and stays paused or goes on playing as before. Resolves when it
   * is there, or when another command has put something else in its place.
   */
  seek(seconds: number): Promise<void>;
  /** Pauses, then one event or some seconds further. */
  step(by: 'event' | number): Promise<void>;
  /** Runs on as fast as possible until it is true, then pauses. */
  runUntil(until: Until): Promise<UntilReply>;
  /** A fault now, that is within the next millisecond. */
  intervene(act: Intervention): Promise<ActReply>;
  /** Another value of a parameter, from now on or from the start of the run. */
  change(act: Change): Promise<ActReply>;
  /** Takes the last act back: the future is again what it was before. */
  undo(): Promise<ActReply>;
  redo(): Promise<ActReply>;
  /**
   * Goes where another run is, s, without a clock of its own; for comparing side by side. With its
   * ratio of dots, see `Frame.requestsPerDot`, the same requests are shown.
   */
  follow(seconds: number, requestsPerDot?: number): Promise<void>;
  /** What has been done and undone, for another worker to go on with. */
  past(): Promise<Past>;
  /** Takes over what was done elsewhere, and led to the text that is loaded. */
  resume(past: Past): Promise<void>;
  /** How many dots the stage can draw; the worker samples requests accordingly. */
  setDotBudget(dots: number): Promise<void>;
  /** Answers a question about the run, at its present place; the run stays where it is. */
  ask<Name extends keyof Questions>(
    name: Name,
    question: Questions[Name]['question'],
  ): Promise<Questions[Name]['answer']>;
  /** The results so far, the very object that the command line prints as JSON. */
  results(): Promise<unknown>;
  /** Runs to the end without frames in between and gives the hash (tests, and "finish"). */
  finish(): Promise<string>;
}

/** Everything that can be asked. */
export interface Questions {
  /** By its number and a time at which it was under way, s. */
  readonly trace: {
    readonly question: { readonly request: number; readonly near: number };
    readonly answer: RequestTrace | null;
  };
  /** The number of a request; null when none came from there. */
  readonly number: { readonly question: Origin; readonly answer: number | null };
  readonly requests: {
    readonly question: RequestsAsked;
    readonly answer: readonly RequestNote[];
  };
  readonly why: { readonly question: WhyAsked; readonly answer: Attribution | null };
  readonly fates: {
    readonly question: { readonly from: number; readonly to: number };
    readonly answer: Fates;
  };
  /** A path of a component, a node, or an edge such as `api>redis`. */
  readonly sheet: { readonly question: { readonly path: string }; readonly answer: Sheet | null };
  readonly inside: { readonly question: { readonly path: string }; readonly answer: Inside | null };
  /** Those that the text names, each as a text of its own. */
  readonly alternatives: {
    readonly question: Readonly<Record<string, never>>;
    readonly answer: readonly AlternativeView[];
  };
  /** The text of the session with other values; null when they cannot be put in. */
  readonly variant: {
    readonly question: {
      readonly settings: readonly { readonly path: string; readonly value: string }[];
    };
    readonly answer: string | null;
  };
  /** What the cache laboratory can be asked about. */
  readonly laboratory: {
    readonly question: Readonly<Record<string, never>>;
    readonly answer: LaboratorySubjects;
  };
}

export interface LaboratorySubjects {
  readonly caches: readonly CacheSubject[];
  /** All policies of eviction. */
  readonly policies: readonly { readonly name: string; readonly summary: string }[];
}

export interface CacheSubject {
  readonly name: string;
  /** Its policy. */
  readonly eviction: string;
}

export interface AlternativeView {
  readonly name: string;
  /** What differs, such as "redis.eviction: fifo". */
  readonly words: string;
  readonly text: string;
}

export interface Intervention {
  readonly verb: 'crash' | 'restart' | 'restart-cold' | 'slow' | 'partition' | 'heal';
  /** Path of a component or node. */
  readonly target: string;
  /** How many times as long work takes, for `slow`; 5 when left out. */
  readonly factor?: number;
}

export interface Change {
  /** Such as `redis.capacity`. */
  readonly path: string;
  /** As it would stand in the file. */
  readonly value: string;
  readonly from: 'now' | 'start';
}

/** Something that was done to a session. */
export interface PastAct {
  /** Such as `crash redis/2 at 12.3s`. */
  readonly words: string;
  /** Text of the session before it and after it. */
  readonly before: string;
  readonly after: string;
  /** From here on the run is another one, ns. */
  readonly fromNs: number;
  /** True when more than the list of faults is different, so that the run must be built anew. */
  readonly rebuilds: boolean;
}

/** The latest last. */
export interface Past {
  readonly done: readonly PastAct[];
  readonly undone: readonly PastAct[];
}

export type ActReply =
  | {
      readonly ok: true;
      /** The text of the session with the act in it (or, after `undo`, without). */
      readonly text: string;
      /** From here on the future is another one, s. */
      readonly forkedAt: number;
      /** Present when the run had to be built anew; frames with its `run` belong to it. */
      readonly view: ScenarioView | null;
      /** What can be undone and redone now, the latest last; such as `crash redis/2 at 12.3 s`. */
      readonly undoable: readonly string[];
      readonly redoable: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

/** When to stop running on. */
export type Until =
  | { readonly kind: 'time'; readonly seconds: number }
  /** The next happening of a kind; null: of any. */
  | { readonly kind: 'happening'; readonly of: Happening['kind'] | null }
  /** p99 over a window, of one operation or (null) of any. */
  | { readonly kind: 'p99'; readonly operation: string | null; readonly aboveMs: number }
  /** Requests waiting at a component, or (null) at any, at the end of a window. */
  | { readonly kind: 'queue'; readonly component: string | null; readonly above: number }
  /** The first request of a client that fails. */
  | { readonly kind: 'failure' };

/** `met`: false when the run ended, or another command came, before it was true. */
export interface UntilReply {
  readonly met: boolean;
  /** What was found, in words. */
  readonly text: string;
}

export type LoadReply =
  | { readonly ok: true; readonly view: ScenarioView }
  | { readonly ok: false; readonly diagnostics: readonly DiagnosticView[] };
