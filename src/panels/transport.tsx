/** The bottom of the page: time, and everything that moves it. */

import type { JSX } from 'preact';
import { clock, shortClock, shortNumber } from '../base/measured.ts';
import { speeds, type Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { Timeline } from './timeline.tsx';

interface TransportProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Transport({ state, actions }: TransportProps): JSX.Element {
  return (
    <footer class="transport" aria-label="Time">
      <div class="transport-buttons">
        <button
          type="button"
          class="button square"
          aria-label="Start again at zero"
          title="Start again at zero (Home)"
          onClick={() => void actions.restart()}
        >
          <Icon name="restart" />
        </button>
        <PlayButton state={state} actions={actions} />
        <SpeedSelect state={state} actions={actions} />
      </div>
      <Clock state={state} />
      <Timeline state={state} />
      <Identity state={state} />
    </footer>
  );
}

function PlayButton({ state, actions }: TransportProps): JSX.Element {
  const play = state.play.value;
  const word = play === 'playing' ? 'Pause' : play === 'ended' ? 'Play again' : 'Play';
  return (
    <button
      type="button"
      class="button play"
      aria-label={word}
      title={`${word} (Space)`}
      onClick={() => void actions.togglePlay()}
    >
      <Icon name={play === 'playing' ? 'pause' : play === 'ended' ? 'restart' : 'play'} />
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
    </label>
  );
}

function Clock({ state }: { readonly state: PageState }): JSX.Element {
  const total = state.view.value?.durationSeconds ?? 0;
  return (
    <div class="clock">
      <span class="clock-now" data-testid="clock">
        {clock(state.time.value)}
      </span>
      <span class="clock-total">
        / {shortClock(total)}
        <SpeedNote state={state} />
      </span>
    </div>
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
