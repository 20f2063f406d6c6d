/**
 * Pours frames into the state of the page. A frame of another branch leaves the old future behind
 * as a ghost; one of a run that the page has not been told of waits until it has been.
 */

import type { Frame, Happening, VerdictView } from '../protocol/frame.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { PageState } from './page-state.ts';

/** A moving clock at the foot of the page makes the browser compose all of it anew. */
const clockEveryMs = 100;
const nodesEveryMs = 250;
const calmEveryMs = 500;
const happeningsMax = 400;
/** A run whose view never comes must not fill the memory with its frames. */
const heldMax = 600;

interface Furthest {
  readonly time: number;
  readonly verdicts: readonly VerdictView[];
}

const nowhere: Furthest = { time: 0, verdicts: [] };

export class FrameIntake {
  /** Told of frames that had to wait, once they have been taken. */
  onReleased: ((frame: Frame) => void) | null = null;
  private readonly state: PageState;
  private run = 0;
  private branch: number | null = null;
  private furthest = nowhere;
  private held: Frame[] = [];
  private clockMs = -Infinity;
  private nodesMs = -Infinity;
  private calmMs = -Infinity;

  constructor(state: PageState) {
    this.state = state;
  }

  /** A scenario has been loaded. */
  begin(view: ScenarioView): void {
    this.clear(view);
    this.state.history.begin(1 + view.series.length);
    this.state.ghost.value = null;
    this.state.forkedAt.value = null;
    this.state.happenings.value = [];
    this.state.frontier.value = 0;
    this.state.time.value = 0;
    this.release();
  }

  /**
   * The run had to be built anew, and is another one from `forkedAt` on. What was known becomes
   * the ghost when both runs are told in the same columns over the same time.
   */
  rebuild(view: ScenarioView, forkedAt: number): void {
    const before = this.state.view.value;
    if (before === null || !areComparable(before, view)) {
      this.begin(view);
      return;
    }
    this.leave(forkedAt);
    this.clear(view);
    this.release();
  }

  /** False when nobody should look at the frame, because it is out of date or has to wait. */
  take(frame: Frame, nowMs: number): boolean {
    const { state } = this;
    if (frame.run > this.run) {
      this.held.push(frame);
      if (this.held.length > heldMax) this.held.shift();
      return false;
    }
    if (state.view.value === null || frame.run < this.run) return false;
    if (this.branch !== null && frame.branch < this.branch) return false;
    if (this.branch !== null && frame.branch > this.branch) this.leave(frame.forkedAt);
    this.branch = frame.branch;
    this.pour(frame, nowMs);
    return true;
  }

  /** The ghost is of no interest any longer. */
  forgetGhost(): void {
    this.state.history.forgetGhost();
    this.state.ghost.value = null;
    this.state.forkedAt.value = null;
  }

  private pour(frame: Frame, nowMs: number): void {
    const { state } = this;
    const isMoving = frame.state === 'playing' || frame.state === 'seeking';
    state.play.value = frame.state;
    if (!isMoving || nowMs - this.clockMs >= clockEveryMs) {
      this.clockMs = nowMs;
      state.time.value = frame.time;
      state.frontier.value = frame.frontier;
    }
    state.seekTarget.value = frame.seekTarget;
    state.ending.value = frame.ending;
    if (frame.verdicts !== null) this.judge(frame, frame.verdicts);
    if (frame.windows.length > 0) state.history.append(frame.windows, frame.heat);
    if (frame.happenings.length > 0) {
      state.happenings.value = merged(state.happenings.value, frame.happenings);
    }
    const isStill = !isMoving || frame.happenings.length > 0;
    if (isStill || nowMs - this.nodesMs >= nodesEveryMs) {
      this.nodesMs = nowMs;
      state.nodes.value = frame.nodes;
      state.hash.value = frame.hash;
      state.speedReached.value = frame.speedReached;
    }
    if (isStill || nowMs - this.calmMs >= calmEveryMs) {
      this.calmMs = nowMs;
      state.history.announce();
      state.calmNodes.value = frame.nodes;
    }
  }

  private judge(frame: Frame, verdicts: readonly VerdictView[]): void {
    const { state } = this;
    state.verdicts.value = verdicts;
    if (state.warning.value !== frame.warning) state.warning.value = frame.warning;
    if (frame.time >= this.furthest.time) this.furthest = { time: frame.time, verdicts };
  }

  /** The future from there on is given up, and stays as a ghost. */
  private leave(forkedAt: number): void {
    const { state } = this;
    const before = state.ghost.value;
    const frontier = Math.max(state.frontier.value, state.history.times.at(-1) ?? 0);
    const forked = state.history.fork(forkedAt);
    const left = state.happenings.value.filter(({ time }) => time >= forkedAt);
    state.happenings.value = state.happenings.value.filter(({ time }) => time < forkedAt);
    if (state.history.ghost === null) state.ghost.value = null;
    else if (forked === 'replaced') {
      state.ghost.value = { forkedAt, frontier, happenings: left, ...this.lastVerdicts() };
    } else if (forked === 'joined' && before !== null) {
      const happenings = [...left, ...before.happenings];
      state.ghost.value = { ...before, forkedAt: state.history.ghost.forkedAt, happenings };
    }
    state.forkedAt.value = state.ghost.value?.forkedAt ?? forkedAt;
    state.frontier.value = Math.min(state.frontier.value, forkedAt);
    this.furthest = nowhere;
  }

  private lastVerdicts(): { readonly verdicts: readonly VerdictView[] } {
    return { verdicts: this.furthest.verdicts };
  }

  private clear(view: ScenarioView): void {
    const { state } = this;
    this.run = view.run;
    this.branch = null;
    this.furthest = nowhere;
    this.nodesMs = -Infinity;
    this.calmMs = -Infinity;
    state.view.value = view;
    state.verdicts.value = [];
    state.warning.value = null;
    state.ending.value = null;
    state.seekTarget.value = null;
    state.nodes.value = null;
    state.calmNodes.value = null;
  }

  /** Takes the frames that have been waiting for this view; those of earlier runs are let go. */
  private release(): void {
    const frames = this.held.filter(({ run }) => run === this.run);
    this.held = this.held.filter(({ run }) => run > this.run);
    for (const frame of frames) {
      if (this.take(frame, -Infinity)) this.onReleased?.(frame);
    }
  }
}

/** The same columns over the same time; whatever else differs can be drawn over each other. */
function areComparable(one: ScenarioView, other: ScenarioView): boolean {
  return (
    one.durationSeconds === other.durationSeconds &&
    one.windowSeconds === other.windowSeconds &&
    one.series.map(({ id }) => id).join('\n') === other.series.map(({ id }) => id).join('\n')
  );
}

/** Oldest first; one that is known already is not told twice. */
function merged(known: readonly Happening[], fresh: readonly Happening[]): readonly Happening[] {
  const last = known.at(-1)?.time ?? -Infinity;
  const isLater = fresh.every(({ time }) => time > last);
  if (isLater) return [...known, ...fresh].slice(-happeningsMax);
  const keys = new Set(known.map(keyOf));
  const all = [...known, ...fresh.filter((one) => !keys.has(keyOf(one)))];
  return all.sort((a, b) => a.time - b.time).slice(-happeningsMax);
}

function keyOf({ time, kind, target, text }: Happening): string {
  return `${time} ${kind} ${target} ${text}`;
}
