/**
 * The run from its start to its end as a strip that can be walked on: what was answered and what
 * was not, with the worst p99 over it. A click or a drag goes there, Shift and a drag chooses the
 * span that all charts show. Places on it are shares of the duration.
 */

import { useSignal, type Signal } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { shortClock } from '../base/measured.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { Actions } from './actions.ts';
import type { PageState } from './page-state.ts';
import { stripShapes } from './strip-shapes.ts';
import { Flags, percent } from './timeline-flags.tsx';
import { timeInWords } from './time-words.ts';

// The charts tell good answers from bad ones by the same rule.
export { isBad } from './strip-shapes.ts';

interface TimelineProps {
  readonly state: PageState;
  readonly actions: Actions;
}

interface StripProps extends TimelineProps {
  readonly view: ScenarioView;
}

/** Steps of the marks below the strip, s. */
const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800];
const ticksMax = 10;
/** A drag shorter than this chooses no span, as a share of the strip. */
const rangeMin = 0.004;

export function Timeline({ state, actions }: TimelineProps): JSX.Element {
  const view = state.view.value;
  if (view === null) return <div class="timeline" />;
  return (
    <div class="timeline">
      <Flags state={state} actions={actions} durationSeconds={view.durationSeconds} />
      <Strip state={state} actions={actions} view={view} />
      <Ticks durationSeconds={view.durationSeconds} />
    </div>
  );
}

function Strip({ state, actions, view }: StripProps): JSX.Element {
  /** Where the pointer drags the playhead to, s. */
  const dragged = useSignal<number | null>(null);
  const pointer = usePointer({ state, actions, view }, dragged);
  const { durationSeconds } = view;
  const time = dragged.value ?? state.time.value;
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowDown: -1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    void actions.seek(state.time.value + step * Math.max(0.1, durationSeconds / 100));
  };
  return (
    <div
      class="timeline-strip"
      role="slider"
      tabIndex={0}
      aria-label="Time"
      aria-valuemin={0}
      aria-valuemax={durationSeconds}
      aria-valuenow={Number(time.toFixed(1))}
      aria-valuetext={`${timeInWords(time)} of ${timeInWords(durationSeconds)}`}
      title="Click or drag: go there. Shift and drag: show this span in the charts."
      data-own-arrows
      onKeyDown={move}
      {...pointer}
    >
      <div
        class="timeline-warm-up"
        style={{ width: percent(view.warmUpSeconds / durationSeconds) }}
      />
      <Shapes state={state} view={view} />
      <Range state={state} durationSeconds={durationSeconds} />
      <Marks state={state} durationSeconds={durationSeconds} />
      <div
        class="timeline-playhead"
        data-testid="playhead"
        style={{ transform: `translateX(${percent(time / durationSeconds)})` }}
      />
    </div>
  );
}

/** Walking, previewing and choosing a span with mouse, pen or finger. */
function usePointer({ state, actions, view }: StripProps, dragged: Signal<number | null>) {
  const gesture = useRef<{ kind: 'walk' | 'span'; from: number; wasPlaying: boolean } | null>(null);
  const timeAt = (event: TargetedPointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    return share * view.durationSeconds;
  };
  const finish = async (time: number) => {
    const before = gesture.current;
    gesture.current = null;
    if (before?.kind !== 'walk') return;
    await actions.seek(time);
    dragged.value = null;
    if (before.wasPlaying) await actions.session.play();
  };
  return {
    onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const from = timeAt(event);
      const wasPlaying = state.play.value === 'playing';
      gesture.current = { kind: event.shiftKey ? 'span' : 'walk', from, wasPlaying };
      if (event.shiftKey) return;
      if (wasPlaying) void actions.session.pause();
      dragged.value = from;
      void actions.seek(from);
    },
    onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => {
      const time = timeAt(event);
      state.crosshair.value = time;
      const { current } = gesture;
      if (current === null) return;
      if (current.kind === 'walk') {
        dragged.value = time;
        void actions.seek(time);
        return;
      }
      const [from, to] = [current.from, time].sort((a, b) => a - b) as [number, number];
      const isWide = to - from >= rangeMin * view.durationSeconds;
      if (isWide) state.range.value = { from, to };
    },
    onPointerUp: (event: TargetedPointerEvent<HTMLElement>) => void finish(timeAt(event)),
    onPointerCancel: () => void finish(state.time.value),
    onPointerLeave: () => (state.crosshair.value = null),
    onDblClick: () => (state.range.value = null),
  };
}

/** Drawn from the rows, so only when there are new ones. */
function Shapes({ state, view }: { readonly state: PageState; readonly view: ScenarioView }) {
  const version = state.history.version.value;
  const shapes = useMemo(() => stripShapes(view, state.history), [version, view]);
  return (
    <svg
      class="timeline-answers"
      viewBox="0 0 1000 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="answers-good" d={shapes.good} />
      <path class="answers-bad" d={shapes.bad} />
      <path class="ghost-bad" d={shapes.ghostBad} />
      <path class="ghost-p99" d={shapes.ghostP99} />
      <path class="strip-p99" d={shapes.p99} />
    </svg>
  );
}

interface MarksProps {
  readonly state: PageState;
  readonly durationSeconds: number;
}

/** The span that all charts show; what is outside of it is shaded. */
function Range({ state, durationSeconds }: MarksProps): JSX.Element | null {
  const range = state.range.value;
  if (range === null) return null;
  return (
    <div
      class="timeline-range"
      style={{
        left: percent(range.from / durationSeconds),
        width: percent((range.to - range.from) / durationSeconds),
      }}
    />
  );
}

/** Hairlines: the fork, where a journey goes, and the time that all charts point at. */
function Marks({ state, durationSeconds }: MarksProps): JSX.Element {
  const hasParted = state.ghost.value !== null || state.undoable.value.length > 0;
  const marks = [
    { name: 'fork', at: hasParted ? state.forkedAt.value : null },
    { name: 'target', at: state.seekTarget.value },
    { name: 'crosshair', at: state.crosshair.value },
  ];
  return (
    <>
      {marks.map(
        ({ name, at }) =>
          at !== null &&
          Number.isFinite(at) && (
            <div
              key={name}
              class={`timeline-mark ${name}`}
              style={{ transform: `translateX(${percent(at / durationSeconds)})` }}
            />
          ),
      )}
    </>
  );
}

function Ticks({ durationSeconds }: { readonly durationSeconds: number }): JSX.Element {
  const step = tickSteps.find((one) => durationSeconds / one <= ticksMax) ?? durationSeconds;
  const count = Math.floor(durationSeconds / step + 1e-9);
  const times = Array.from({ length: count + 1 }, (_, index) => index * step);
  return (
    <div class="timeline-ticks" aria-hidden="true">
      {times.map((time) => (
        <span key={time} style={{ left: percent(time / durationSeconds) }}>
          {shortClock(time)}
        </span>
      ))}
    </div>
  );
}
