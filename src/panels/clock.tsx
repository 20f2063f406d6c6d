/** The present time; pressed, it becomes a field in which another time can be typed. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { clock, shortClock } from '../base/measured.ts';
import type { Actions } from './actions.ts';
import type { PageState } from './page-state.ts';
import { readTime } from './time-words.ts';

interface ClockProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Clock({ state, actions }: ClockProps): JSX.Element {
  const isTyping = useSignal(false);
  const total = shortClock(state.view.value?.durationSeconds ?? 0);
  const go = (text: string) => {
    const time = readTime(text);
    if (time === null) state.notice.value = `${text} is no time; write 1:30, 90s or 250ms.`;
    else void actions.seek(time);
    isTyping.value = false;
  };
  return (
    <div class="clock">
      {isTyping.value ? (
        <input
          class="clock-field"
          aria-label="Go to a time"
          defaultValue={clock(state.time.peek())}
          ref={(field) => field?.select()}
          onBlur={() => (isTyping.value = false)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(event.currentTarget.value);
            if (event.key === 'Escape') isTyping.value = false;
            event.stopPropagation();
          }}
        />
      ) : (
        <button
          type="button"
          class="clock-button"
          title="Go to a time"
          onClick={() => {
            // The clock should not run away while a time is typed.
            if (state.play.peek() === 'playing') void actions.session.pause();
            isTyping.value = true;
          }}
        >
          <span class="clock-now" data-testid="clock">
            {clock(state.time.value)}
          </span>
        </button>
      )}
      <span class="clock-total">/ {total}</span>
    </div>
  );
}
