import { beforeEach, describe, expect, test } from 'vitest';
import { FrameIntake } from '../../src/panels/frame-intake.ts';
import { createPageState, type PageState } from '../../src/panels/page-state.ts';
import type { Frame, Happening } from '../../src/protocol/frame.ts';
import type { ScenarioView } from '../../src/protocol/scenario-view.ts';
import { viewOf } from '../../src/worker/view.ts';
import { description } from '../browser/mock-system.ts';

let state: PageState;
let intake: FrameIntake;
let nowMs = 0;

const view = viewOf(description, 1);
const columns = 1 + view.series.length;

beforeEach(() => {
  state = createPageState([]);
  intake = new FrameIntake(state);
  nowMs = 0;
});

function frame(changes: Partial<Frame>): Frame {
  return {
    run: 1,
    branch: 0,
    forkedAt: 0,
    frontier: changes.time ?? 0,
    time: 0,
    state: 'paused',
    seekTarget: null,
    speedReached: 1,
    events: 0,
    hash: '',
    requestsPerDot: 1,
    nodes: new Float32Array(),
    edges: new Float32Array(),
    hops: new Float64Array(),
    windows: new Float64Array(),
    heat: new Float32Array(),
    happenings: [],
    verdicts: null,
    warning: null,
    ending: null,
    ...changes,
  };
}

/** A window that ends then, with the same value in every column. */
function row(end: number, value: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => (column === 0 ? end : value));
}

function take(changes: Partial<Frame>): boolean {
  nowMs += 1000;
  return intake.take(frame(changes), nowMs);
}

const happening = (time: number, text: string): Happening => ({
  time,
  kind: 'fault',
  target: 'redis',
  text,
});

const verdict = (measured: string) => [
  { text: 'p99 of view < 120ms', verdict: 'PASS' as const, measured, cause: null },
];

describe('frames', () => {
  test('of a run that the page knows nothing of wait for its view', () => {
    const released: number[] = [];
    intake.onReleased = ({ time }) => released.push(time);
    expect(take({ time: 1, windows: row(1, 5) })).toBe(false);
    expect(state.history.length).toBe(0);
    intake.begin(view);
    expect(released).toEqual([1]);
    expect(state.history.times).toEqual([1]);
  });

  test('of an earlier run or branch are let go', () => {
    intake.begin({ ...view, run: 2 });
    expect(take({ run: 1, time: 9 })).toBe(false);
    expect(take({ run: 2, branch: 3, time: 2 })).toBe(true);
    expect(take({ run: 2, branch: 2, time: 9 })).toBe(false);
    expect(state.time.value).toBe(2);
  });

  test('going back in time moves the clock and keeps the rows', () => {
    intake.begin(view);
    take({ time: 2, windows: row(1, 5) });
    take({ time: 3, windows: row(2, 5), frontier: 3 });
    take({ time: 0.5, frontier: 3, happenings: [] });
    expect(state.time.value).toBe(0.5);
    expect(state.frontier.value).toBe(3);
    expect(state.history.times).toEqual([1, 2]);
  });

  test('happenings that come out of order stand in the order of time, and once', () => {
    intake.begin(view);
    take({ happenings: [happening(2, 'second')] });
    take({ happenings: [happening(1, 'first'), happening(2, 'second')] });
    expect(state.happenings.value.map(({ text }) => text)).toEqual(['first', 'second']);
  });
});

describe('an act', () => {
  test('leaves rows, happenings and verdicts of the old future as the ghost', () => {
    intake.begin(view);
    for (let end = 1; end <= 5; end += 1) take({ time: end, windows: row(end, 1) });
    take({ time: 5, happenings: [happening(1.5, 'early'), happening(4.5, 'late')] });
    take({ time: 5, verdicts: verdict('98 ms') });
    // Back to the place of the act, where the verdict was another.
    take({ time: 2, frontier: 5, verdicts: verdict('40 ms') });
    take({ time: 2, branch: 1, forkedAt: 2, frontier: 2 });
    expect(state.history.times).toEqual([1, 2]);
    expect(state.history.ghost?.times).toEqual([3, 4, 5]);
    expect(state.happenings.value.map(({ text }) => text)).toEqual(['early']);
    expect(state.ghost.value).toMatchObject({ forkedAt: 2, frontier: 5 });
    expect(state.ghost.value?.happenings.map(({ text }) => text)).toEqual(['late']);
    expect(state.ghost.value?.verdicts[0]?.measured).toBe('98 ms');
    expect(state.forkedAt.value).toBe(2);
  });

  test('that builds the run anew keeps what can be compared', () => {
    intake.begin(view);
    take({ time: 1, windows: row(1, 1) });
    take({ time: 2, windows: row(2, 1) });
    const fresh = frame({ run: 2, branch: 7, forkedAt: 1, time: 1, windows: row(1, 3) });
    expect(intake.take(fresh, 0)).toBe(false);
    intake.rebuild({ ...view, run: 2 }, 1);
    expect(state.history.times).toEqual([1]);
    expect(state.history.series(0)).toEqual([3]);
    expect(state.history.ghost?.times).toEqual([2]);
  });

  test('that changes the columns begins from nothing', () => {
    intake.begin(view);
    take({ time: 1, windows: row(1, 1) });
    const other: ScenarioView = { ...view, run: 2, series: view.series.slice(1) };
    intake.rebuild(other, 1);
    expect(state.history.length).toBe(0);
    expect(state.ghost.value).toBeNull();
    expect(state.forkedAt.value).toBeNull();
  });
});
