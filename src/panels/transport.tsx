/** The bottom of the page: time, and everything that moves it. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { shortNumber } from '../base/measured.ts';
import { speeds, type Actions } from './actions.ts';
import { Clock } from './clock.tsx';
import { Icon, type IconName } from './icons.tsx';
import { More } from './more.tsx';
import type { PageState } from './page-state.ts';
import { Timeline } from './timeline.tsx';
import { spokenTime } from './time-words.ts';
import { UntilMenu } from './until-menu.tsx';

interface TransportProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Transport({ state, actions }: TransportProps): JSX.Element {
  /** Matters where there is too little room for all of them. */
  const isAllShown = useSignal(false);
  return (
    <footer class={isAllShown.value ? 'transport with-all' : 'transport'} aria-label="Time">
      <Timeline state={state} actions={actions} />
      <div class="transport-row" id="transport-row">
        <div class="transport-buttons" role="group" aria-label="Play">
          <Move icon="start" word="To the start" hint="Home" run={() => actions.restart()} />
          <Move icon="back" word="One second back" hint="Shift+," run={() => actions.step(-1)} />
          <PlayButton state={state} actions={actions} />
          <Move icon="on" word="One second on" hint="Shift+." run={() => actions.step(1)} />
          <Move icon="end" word="To the end" hint="End" run={() => actions.goToEnd()} />
        </div>
        <Clock state={state} actions={actions} />
        <More word="More ways through time" controls="transport-row" isOpen={isAllShown} />
        <SpeedSelect state={state} actions={actions} />
        <div class="transport-steps" role="group" aria-label="Small steps">
          <Step
            word="−1 ms"
            does="One millisecond back"
            hint=","
            run={() => actions.step(-0.001)}
          />
          <Step word="+1 ms" does="One millisecond on" run={() => actions.step(0.001)} />
          <Step word="+1 event" does="One event on" hint="." run={() => actions.step('event')} />
        </div>
        <UntilMenu state={state} actions={actions} />
        <Move
          icon="bookmark"
          word="Set a bookmark here"
          hint="B"
          run={() => actions.addBookmark()}
        />
        <Notice state={state} actions={actions} />
        <Identity state={state} />
      </div>
    </footer>
  );
}

interface MoveProps {
  readonly icon: IconName;
  readonly word: string;
  readonly hint: string;
  readonly run: () => void | Promise<void>;
}

function Move({ icon, word, hint, run }: MoveProps): JSX.Element {
  return (
    <button
      type="button"
      class="button square"
      aria-label={word}
      title={`${word} (${hint})`}
      onClick={() => void run()}
    >
      <Icon name={icon} />
    </button>
  );
}

interface StepProps {
  readonly word: string;
  readonly does: string;
  readonly hint?: string;
  readonly run: () => Promise<void>;
}

function Step({ word, does, hint, run }: StepProps): JSX.Element {
  return (
    <button
      type="button"
      class="button step"
      title={hint === undefined ? does : `${does} (${hint})`}
      onClick={() => void run()}
    >
      {word}
    </button>
  );
}

function PlayButton({ state, actions }: TransportProps): JSX.Element {
  const play = state.play.value;
  const isMoving = play === 'playing' || play === 'seeking';
  const word = isMoving ? 'Pause' : play === 'ended' ? 'Play again' : 'Play';
  return (
    <button
      type="button"
      class="button play"
      aria-label={word}
      title={`${word} (Space)`}
      onClick={() => void actions.togglePlay()}
    >
      <Icon name={isMoving ? 'pause' : play === 'ended' ? 'restart' : 'play'} />
    </button>
  );
}

function SpeedSelect({ state, actions }: TransportProps): JSX.Element {
  return (
    <label class="speed">
      <span class="visually-hidden">Speed, simulated seconds per second</span>
      <select
        class="select"
        title="Speed ([ slower, ] faster)"
        value={String(state.speed.value)}
        onChange={(event) => void actions.setSpeed(Number(event.currentTarget.value))}
      >
        {speeds.map((speed) => (
          <option key={speed} value={String(speed)}>
            {speed === Infinity ? 'max' : `${speed}×`}
          </option>
        ))}
      </select>
      <SpeedNote state={state} />
    </label>
  );
}

/** Says so when the machine cannot keep the speed that was asked for. */
function SpeedNote({ state }: { readonly state: PageState }): JSX.Element | null {
  const wanted = state.speed.value;
  const reached = state.speedReached.value;
  if (state.play.value !== 'playing' || !(reached > 0)) return null;
  if (wanted !== Infinity && reached > wanted * 0.8) return null;
  return (
    <span class="speed-note" title="The speed that this machine reaches">
      at {reached < 10 ? Number(reached.toPrecision(2)) : shortNumber(reached)}×
    </span>
  );
}

/** What came of the last deed; while the run goes somewhere, how far it is. */
function Notice({ state, actions }: TransportProps): JSX.Element {
  const isSeeking = state.play.value === 'seeking';
  const target = state.seekTarget.value;
  const notice = state.notice.value ?? '';
  const going = target !== null && Number.isFinite(target) ? `Going to ${spokenTime(target)}` : '';
  return (
    <div class="transport-notice">
      <p role="status" title={notice}>
        {notice}
      </p>
      {isSeeking && (
        <>
          {notice === '' && <span>{going}</span>}
          {target !== null && Number.isFinite(target) && target > 0 && (
            <progress max={target} value={Math.min(target, state.time.value)} aria-label={going} />
          )}
          <button type="button" class="button" onClick={() => void actions.session.pause()}>
            Stop
          </button>
        </>
      )}
    </div>
  );
}

function Identity({ state }: { readonly state: PageState }): JSX.Element {
  return (
    <dl
      class="identity"
      data-play={state.play.value}
      title="The same scenario and seed give the same hash everywhere"
    >
      <div>
        <dt>seed</dt>
        <dd>{state.view.value?.seed ?? '–'}</dd>
      </div>
      <div>
        <dt>hash</dt>
        <dd data-testid="hash" title={state.hash.value}>
          {state.hash.value.slice(0, 8) || '–'}
        </dd>
      </div>
    </dl>
  );
}
