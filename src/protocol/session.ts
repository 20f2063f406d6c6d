/** The commands that the page gives the worker. Everything else flows back as frames. */

import type { DiagnosticView, ScenarioView } from './scenario-view.ts';

export interface Session {
  /** Parses and builds; on errors the run on screen stays as it is. */
  load(text: string, file: string, seed: string | null): Promise<LoadReply>;
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Simulated seconds per wall second, 0.01–1000; Infinity: as fast as the machine can. */
  setSpeed(speed: number): Promise<void>;
  /** Back to time zero with the same seed. */
  restart(): Promise<void>;
  /** Applies a fault now; it enters the run's hash and timeline like one from the file. */
  intervene(act: Intervention): Promise<InterventionReply>;
  /** How many dots the stage can draw; the worker samples requests accordingly. */
  setDotBudget(dots: number): Promise<void>;
  /** The results so far, the very object that the command line prints as JSON. */
  results(): Promise<unknown>;
  /** Runs to the end without frames in between and gives the hash (tests, and "finish"). */
  finish(): Promise<string>;
}

export interface Intervention {
  readonly verb: 'crash' | 'restart' | 'restart-cold' | 'slow' | 'partition' | 'heal';
  /** Path of a component or node. */
  readonly target: string;
}

export type InterventionReply =
  { readonly ok: true } | { readonly ok: false; readonly why: string };

export type LoadReply =
  | { readonly ok: true; readonly view: ScenarioView }
  | { readonly ok: false; readonly diagnostics: readonly DiagnosticView[] };
