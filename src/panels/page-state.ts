/**
 * What the page shows, as signals. Frames are poured in at up to 30 a second; what only readers of
 * text need is passed on more slowly, so that words stand still long enough to be read.
 */

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ThemeName } from '../base/palette.ts';
import type { Frame, Happening, VerdictView } from '../protocol/frame.ts';
import type { DiagnosticView, ScenarioView } from '../protocol/scenario-view.ts';
import type { RequestTrace } from '../protocol/trace.ts';
import { History } from './history.ts';

type PlayState = 'empty' | 'playing' | 'paused' | 'seeking' | 'ended';

/** How much the page shows; part of its address. */
export type Mode = 'watch' | 'investigate';

/** Simulated seconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** How traffic is drawn right now; the legend explains it. */
export interface TrafficNote {
  readonly mode: 'dots' | 'flow' | 'still';
  readonly requestsPerDot: number;
  readonly crowded: boolean;
}

/** One entry of the scenario picker. */
export interface BundledScenario {
  readonly name: string;
  readonly load: () => Promise<string>;
}

export interface PageState {
  readonly scenarios: readonly BundledScenario[];
  readonly view: Signal<ScenarioView | null>;
  readonly play: Signal<PlayState>;
  readonly mode: Signal<Mode>;
  /** Simulated time, s. */
  readonly time: Signal<number>;
  /** The furthest time that has been played on this branch, s. */
  readonly frontier: Signal<number>;
  /** Where the run is going while it seeks, s; null otherwise. */
  readonly seekTarget: Signal<number | null>;
  /** Where the present future parted from the one before, s; null when there is only one. */
  readonly forkedAt: Signal<number | null>;
  /** Acts that can be taken back and done again, the latest last. */
  readonly undoable: Signal<readonly string[]>;
  readonly redoable: Signal<readonly string[]>;
  /** Times that the reader has marked, ascending, s. */
  readonly bookmarks: Signal<readonly number[]>;
  /** Time under the crosshair that all charts share, s; null when the pointer is elsewhere. */
  readonly crosshair: Signal<number | null>;
  /** The span that all charts show, s; null: all of the run. */
  readonly range: Signal<TimeRange | null>;
  /** The request whose waterfall is open. */
  readonly trace: Signal<RequestTrace | null>;
  /** The request that the stage follows while others are dimmed. */
  readonly followed: Signal<number | null>;
  /** Such as "api is offered 1.3 times what it can serve". */
  readonly warning: Signal<string | null>;
  /** Simulated seconds per wall second that were asked for. */
  readonly speed: Signal<number>;
  readonly speedReached: Signal<number>;
  readonly hash: Signal<string>;
  readonly ending: Signal<string | null>;
  readonly traffic: Signal<TrafficNote>;
  /** Rows of `Frame.nodes`, a few times a second. */
  readonly nodes: Signal<Float32Array | null>;
  /** The same, twice a second at most. */
  readonly calmNodes: Signal<Float32Array | null>;
  readonly verdicts: Signal<readonly VerdictView[]>;
  /** Oldest first. */
  readonly happenings: Signal<readonly Happening[]>;
  readonly history: History;
  /** Path of a node or box. */
  readonly selection: Signal<string | null>;
  /** Name of the file or bundled scenario in the text pane. */
  readonly file: Signal<string>;
  readonly text: Signal<string>;
  readonly diagnostics: Signal<readonly DiagnosticView[]>;
  /** The run on screen is not that of the text. */
  readonly stale: ReadonlySignal<boolean>;
  readonly textOpen: Signal<boolean>;
  readonly helpOpen: Signal<boolean>;
  readonly numbersOpen: Signal<boolean>;
  readonly theme: Signal<ThemeName>;
  readonly reducedMotion: Signal<boolean>;
  /** Something went wrong, in words; null when all is well. */
  readonly trouble: Signal<string | null>;
  /** Why the canvas cannot be shown; null when it can. */
  readonly canvasTrouble: Signal<string | null>;
}

/** A moving clock at the foot of the page makes the browser compose all of it anew. */
const clockEveryMs = 100;
const nodesEveryMs = 250;
const calmEveryMs = 500;
const happeningsMax = 400;

export function createPageState(scenarios: readonly BundledScenario[]): PageState {
  const diagnostics = signal<readonly DiagnosticView[]>([]);
  const view = signal<ScenarioView | null>(null);
  return {
    scenarios,
    view,
    play: signal<PlayState>('empty'),
    mode: signal<Mode>('watch'),
    time: signal(0),
    frontier: signal(0),
    seekTarget: signal<number | null>(null),
    forkedAt: signal<number | null>(null),
    undoable: signal<readonly string[]>([]),
    redoable: signal<readonly string[]>([]),
    bookmarks: signal<readonly number[]>([]),
    crosshair: signal<number | null>(null),
    range: signal<TimeRange | null>(null),
    trace: signal<RequestTrace | null>(null),
    followed: signal<number | null>(null),
    warning: signal<string | null>(null),
    speed: signal(1),
    speedReached: signal(0),
    hash: signal(''),
    ending: signal<string | null>(null),
    traffic: signal<TrafficNote>({ mode: 'dots', requestsPerDot: 1, crowded: false }),
    nodes: signal<Float32Array | null>(null),
    calmNodes: signal<Float32Array | null>(null),
    verdicts: signal<readonly VerdictView[]>([]),
    happenings: signal<readonly Happening[]>([]),
    history: new History(),
    selection: signal<string | null>(null),
    file: signal(''),
    text: signal(''),
    diagnostics,
    stale: computed(() => view.value !== null && diagnostics.value.length > 0),
    textOpen: signal(false),
    helpOpen: signal(false),
    numbersOpen: signal(false),
    theme: signal<ThemeName>('dark'),
    reducedMotion: signal(false),
    trouble: signal<string | null>(null),
    canvasTrouble: signal<string | null>(null),
  };
}

/** Pours frames of the current run into the state; frames of earlier runs are let go. */
export class FrameIntake {
  private readonly state: PageState;
  private run = 0;
  private clockMs = -Infinity;
  private nodesMs = -Infinity;
  private calmMs = -Infinity;

  constructor(state: PageState) {
    this.state = state;
  }

  /** A scenario has been loaded. */
  begin(view: ScenarioView): void {
    this.run = view.run;
    this.state.view.value = view;
    this.clear();
  }

  /** False when the frame is out of date and nobody should look at it. */
  take(frame: Frame, nowMs: number): boolean {
    const { state } = this;
    if (state.view.value === null || frame.run < this.run) return false;
    if (frame.run > this.run) {
      this.run = frame.run;
      this.clear();
    }
    state.play.value = frame.state;
    if (frame.state !== 'playing' || nowMs - this.clockMs >= clockEveryMs) {
      this.clockMs = nowMs;
      state.time.value = frame.time;
    }
    state.ending.value = frame.ending;
    if (frame.verdicts !== null) state.verdicts.value = frame.verdicts;
    if (frame.windows.length > 0) state.history.append(frame.windows);
    if (frame.happenings.length > 0) {
      const all = [...state.happenings.value, ...frame.happenings];
      state.happenings.value = all.slice(-happeningsMax);
    }
    const still = frame.state !== 'playing' || frame.happenings.length > 0;
    if (still || nowMs - this.nodesMs >= nodesEveryMs) {
      this.nodesMs = nowMs;
      state.nodes.value = frame.nodes;
      state.hash.value = frame.hash;
      state.speedReached.value = frame.speedReached;
    }
    if (still || nowMs - this.calmMs >= calmEveryMs) {
      this.calmMs = nowMs;
      state.history.announce();
      state.calmNodes.value = frame.nodes;
    }
    return true;
  }

  private clear(): void {
    const { state } = this;
    this.nodesMs = -Infinity;
    this.calmMs = -Infinity;
    state.history.begin(1 + (state.view.value?.series.length ?? 0));
    state.happenings.value = [];
    state.verdicts.value = [];
    state.time.value = 0;
    state.ending.value = null;
    state.nodes.value = null;
    state.calmNodes.value = null;
  }
}
