/** What the page shows, as signals. Frames come in by frame-intake.ts, deeds by actions.ts. */

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ThemeName } from '../base/palette.ts';
import type { Happening, VerdictView } from '../protocol/frame.ts';
import type { DiagnosticView, ScenarioView } from '../protocol/scenario-view.ts';
import type { RequestTrace } from '../protocol/trace.ts';
import { History } from './history.ts';
import type { RecoveryNote } from './recovery.tsx';
import type { Rival } from './rival.ts';

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
  /** Marks that can be seen at the moment, see legend.tsx. */
  readonly marks: readonly string[];
  /** One falling square stands for this many evicted entries. */
  readonly evictionsPerSquare: number;
}

/** The future that an act has replaced, as far as it had been played. Its rows: `history.ghost`. */
export interface GhostStory {
  /** Until here it shares its past with the present, s. */
  readonly forkedAt: number;
  /** s */
  readonly frontier: number;
  /** After the fork, oldest first. */
  readonly happenings: readonly Happening[];
  /** As they were at its furthest point. */
  readonly verdicts: readonly VerdictView[];
}

/** What is shown below the stage while investigating. */
export type Bench = 'charts' | 'requests' | 'events' | 'laboratory';

/** Lines of the text that an act has written, from 1 on. */
export interface AddedLines {
  readonly first: number;
  readonly count: number;
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
  /** The future before the last act; null when there was none. */
  readonly ghost: Signal<GhostStory | null>;
  /** What the ghost is, such as "before your act". */
  readonly ghostName: Signal<string>;
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
  /** Where the viewer stands on the stage, as the stage writes it; null: all is shown. */
  readonly place: Signal<string | null>;
  /** Path of a node or box. */
  readonly selection: Signal<string | null>;
  /** Name of the file or bundled scenario in the text pane. */
  readonly file: Signal<string>;
  readonly text: Signal<string>;
  /** The text as it is being edited; null when it is that of the run. */
  readonly draft: Signal<string | null>;
  readonly diagnostics: Signal<readonly DiagnosticView[]>;
  /** The run on screen is not that of the text. */
  readonly stale: ReadonlySignal<boolean>;
  /** What the last act has added to the text; null when that was shown long ago. */
  readonly added: Signal<AddedLines | null>;
  readonly textOpen: Signal<boolean>;
  readonly helpOpen: Signal<boolean>;
  readonly numbersOpen: Signal<boolean>;
  readonly commandsOpen: Signal<boolean>;
  /** What the list of commands begins with when it opens, such as `redis.capacity = `. */
  readonly commandsText: Signal<string>;
  readonly bench: Signal<Bench>;
  readonly theme: Signal<ThemeName>;
  readonly reducedMotion: Signal<boolean>;
  /** The other run of a comparison; null when there is none. */
  readonly rival: Signal<Rival | null>;
  /** Present while a lost worker is replaced, and for a while afterwards. */
  readonly recovery: Signal<RecoveryNote | null>;
  /** Something went wrong, in words; null when all is well. */
  readonly trouble: Signal<string | null>;
  /** What came of the last deed, in words, such as the answer to "run until"; null when stale. */
  readonly notice: Signal<string | null>;
  /** The canvas is drawn in a lesser way, in words; null when all is well. */
  readonly canvasNote: Signal<string | null>;
  /** Why the canvas cannot be shown; null when it can. */
  readonly canvasTrouble: Signal<string | null>;
}

const stillTraffic: TrafficNote = {
  mode: 'dots',
  requestsPerDot: 1,
  crowded: false,
  marks: [],
  evictionsPerSquare: 1,
};

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
    ghost: signal<GhostStory | null>(null),
    ghostName: signal('before your act'),
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
    traffic: signal<TrafficNote>(stillTraffic),
    nodes: signal<Float32Array | null>(null),
    calmNodes: signal<Float32Array | null>(null),
    verdicts: signal<readonly VerdictView[]>([]),
    happenings: signal<readonly Happening[]>([]),
    history: new History(),
    place: signal<string | null>(null),
    selection: signal<string | null>(null),
    file: signal(''),
    text: signal(''),
    draft: signal<string | null>(null),
    diagnostics,
    stale: computed(() => view.value !== null && diagnostics.value.length > 0),
    added: signal<AddedLines | null>(null),
    textOpen: signal(false),
    helpOpen: signal(false),
    numbersOpen: signal(false),
    commandsOpen: signal(false),
    commandsText: signal(''),
    bench: signal<Bench>('charts'),
    theme: signal<ThemeName>('dark'),
    reducedMotion: signal(false),
    rival: signal<Rival | null>(null),
    recovery: signal<RecoveryNote | null>(null),
    trouble: signal<string | null>(null),
    notice: signal<string | null>(null),
    canvasNote: signal<string | null>(null),
    canvasTrouble: signal<string | null>(null),
  };
}
