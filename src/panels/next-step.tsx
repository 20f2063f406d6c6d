/** After an act: what it was, and the good next things to do. */

import type { JSX } from 'preact';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { spokenTime } from './time-words.ts';

/** How long before the act one goes back to try another, s. */
const backSeconds = 10;

interface NextStepProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function NextStep({ state, actions }: NextStepProps): JSX.Element | null {
  const last = state.undoable.value.at(-1);
  const forkedAt = state.forkedAt.value;
  if (last === undefined || forkedAt === null) return null;
  const ghost = state.ghost.value;
  const back = Math.max(0, Math.floor(forkedAt - backSeconds));
  return (
    <section class="panel next-step" aria-labelledby="next-step-title">
      <h2 id="next-step-title">You changed the future</h2>
      <p class="quiet">
        {sentenceOf(last)}.{' '}
        {ghost === null
          ? 'Watch who notices, and when.'
          : 'The old future is the dashed line on the strip of time.'}
      </p>
      <div class="next-deeds">
        <button type="button" class="button" onClick={() => void actions.seek(back)}>
          <Icon name="back" />
          Go back to {spokenTime(back)} and try another
        </button>
        <button type="button" class="button" onClick={() => actions.comparison.toggle()}>
          <Icon name="compare" />
          Compare with the old future
        </button>
        <button type="button" class="button" onClick={() => void actions.undo()}>
          <Icon name="undo" />
          Undo
        </button>
      </div>
    </section>
  );
}

function sentenceOf(act: string): string {
  return act.charAt(0).toUpperCase() + act.slice(1);
}
