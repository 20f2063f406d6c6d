/**
 * What the worker needs of a simulator: load a text, advance, read. The page's run loop, layout
 * and frames are written against this interface only; `create-engine.ts` binds the real one.
 */

import type { Happening, VerdictView } from '../protocol/frame.ts';
import type {
  BoxView,
  DiagnosticView,
  EdgeView,
  NodeView,
  ScenarioView,
} from '../protocol/scenario-view.ts';
import type { Intervention } from '../protocol/session.ts';

export type StruckReply = { readonly ok: true } | { readonly ok: false; readonly why: string };

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
  /** Events executed so far. */
  readonly events: number;
  readonly ended: boolean;
  /** Why it ended, in words, once it has. */
  readonly ending: string | null;
  /**
   * Executes events up to and including `untilSeconds`, but no more than `eventsMax`. Afterwards
   * `time` is `untilSeconds` when nothing earlier is left, else the time of the last event.
   */
  advance(untilSeconds: number, eventsMax: number): void;
  /** Hash of the run up to `time`, 16 hex digits. */
  hash(): string;
  /** Reports the hops of one request in this many, chosen by its id; Infinity: none. */
  setSampling(requestsPerDot: number): void;
  /** Fills `NODE_STRIDE` numbers a node. */
  readNodes(target: Float32Array): void;
  /** Fills `EDGE_STRIDE` numbers an edge. */
  readEdges(target: Float32Array): void;
  /** `HOP_STRIDE` numbers for each hop noted since the last call; some depart a little later. */
  drainHops(): Float64Array<ArrayBuffer>;
  /** Rows of the windows that finished since the last call, see `Frame.windows`. */
  drainWindows(): Float64Array<ArrayBuffer>;
  drainHappenings(): readonly Happening[];
  /** In the order of `description.requirements`. */
  verdicts(): readonly VerdictView[];
  /** Applies a fault at the current time. */
  intervene(act: Intervention): StruckReply;
  /** The results so far, the object that the command line prints as JSON. */
  results(): unknown;
}

export type EngineReply =
  | { readonly ok: true; readonly engine: Engine }
  | { readonly ok: false; readonly diagnostics: readonly DiagnosticView[] };

/** `seed` replaces that of the text unless it is null. */
export type CreateEngine = (text: string, file: string, seed: string | null) => EngineReply;
