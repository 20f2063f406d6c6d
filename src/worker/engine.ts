/**
 * What the worker needs of a simulator: load a text, advance, read. The page's run loop, layout
 * and frames are written against this interface only; `create-engine.ts` binds the real one.
 */

import type { Recording } from '../experiment/recording.ts';
import type { Happening, VerdictView } from '../protocol/frame.ts';
import type {
  BoxView,
  DiagnosticView,
  EdgeView,
  NodeView,
  ScenarioView,
} from '../protocol/scenario-view.ts';
import type { Until } from '../protocol/session.ts';
import type { Lookout } from './run-until.ts';

/**
 * Whether a text could take the place of the present one; if not, why in words, or null when it is
 * sound but takes an engine of its own.
 */
export type ReplanReply =
  { readonly ok: true } | { readonly ok: false; readonly why: string | null };

/** Everything about a loaded scenario that does not change while it runs, except its layout. */
export interface EngineDescription extends Omit<
  ScenarioView,
  'run' | 'boxes' | 'nodes' | 'edges' | 'tall'
> {
  readonly boxes: readonly BoxDescription[];
  /** In the order of the rows that `readNodes` fills; instances of a box are neighbours. */
  readonly nodes: readonly NodeView[];
  readonly edges: readonly Omit<EdgeView, 'points'>[];
}

export interface BoxDescription extends Omit<BoxView, 'x' | 'y' | 'width' | 'height'> {
  /** Centre that the file asks for, in layout units, or null to be laid out. */
  readonly position: { readonly x: number; readonly y: number } | null;
}

export interface Engine {
  readonly description: EngineDescription;
  /** Simulated time reached, s. */
  readonly time: number;
  /** The furthest time that has been played with the present faults, s. */
  readonly frontier: number;
  /** Events executed so far. */
  readonly events: number;
  readonly ended: boolean;
  /** Why it ended, in words, once it has. */
  readonly ending: string | null;
  /**
   * Executes the events before `untilSeconds`, and none at it. It may stop earlier, when there have
   * been `eventsMax` and the nanosecond of the last one is over. Either way all events before
   * `time` have then been handled and none at it: at the same time a run has the same hash, however
   * it came there.
   */
  advance(untilSeconds: number, eventsMax: number): void;
  /** Executes one event. Other events of its nanosecond may still be to come, see `isWhole`. */
  step(): void;
  /** False within a nanosecond: after a step, when some of its events are still to come. */
  readonly isWhole: boolean;
  /**
   * Goes to where the least is left to play to a time; `advance` leads there. When it goes
   * anywhere, hops noted before are gone.
   */
  approach(seconds: number): void;
  /**
   * Takes the list of faults from a text that differs from the present one in nothing else, and in
   * nothing before `fromSeconds`. Windows and happenings after that are given anew. The present is
   * afterwards before `fromSeconds`, or where it was when that is earlier.
   */
  replan(text: string, fromSeconds: number): ReplanReply;
  /** Looks out for something from the present time on. */
  lookout(until: Until): Lookout;
  /** For answering questions about the run. */
  readonly recording: Recording;
  /** Hash of the run up to `time`, 16 hex digits. */
  hash(): string;
  /** Reports the hops of one request in this many, chosen by its id; Infinity: none. */
  setSampling(requestsPerDot: number): void;
  /** Since when hops are noted without a gap, s; Infinity when they are not. */
  readonly seenSince: number;
  /** Fills `NODE_STRIDE` numbers a node. */
  readNodes(target: Float32Array): void;
  /** Fills `EDGE_STRIDE` numbers an edge. */
  readEdges(target: Float32Array): void;
  /** `HOP_STRIDE` numbers for each hop noted since the last call; some depart a little later. */
  drainHops(): Float64Array<ArrayBuffer>;
  /** Rows of the windows that finished since the last call, see `Frame.windows`. */
  drainWindows(): Float64Array<ArrayBuffer>;
  /** For the same windows, see `Frame.heat`. */
  drainHeat(): Float32Array<ArrayBuffer>;
  drainHappenings(): readonly Happening[];
  /** In the order of `description.requirements`. */
  verdicts(): readonly VerdictView[];
  /** What is wrong with the design as a whole, in words; null when all is well. */
  warning(): string | null;
  /** The results so far, the object that the command line prints as JSON. */
  results(): unknown;
}

export type EngineReply =
  | { readonly ok: true; readonly engine: Engine }
  | { readonly ok: false; readonly diagnostics: readonly DiagnosticView[] };

/** `seed` replaces that of the text unless it is null. */
export type CreateEngine = (text: string, file: string, seed: string | null) => EngineReply;

interface Problem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string | null;
}

/** Why a text will not do, from what is wrong with it: the first error as a sentence. */
export function whyNot(problems: readonly Problem[]): string {
  const error = problems.find(({ severity }) => severity === 'error');
  if (error === undefined) return 'The text of the session would not load.';
  const sentence = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  return error.hint === null ? `${sentence}.` : `${sentence}; ${error.hint}.`;
}
