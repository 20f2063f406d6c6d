/** The latest happenings, newest first; choosing one selects what it happened to. */

import type { JSX } from 'preact';
import { clock } from '../base/measured.ts';
import type { Actions } from './actions.ts';
import { HappeningSign } from './happening-sign.tsx';
import type { PageState } from './page-state.ts';

const shownMax = 60;

interface HappeningsProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Happenings({ state, actions }: HappeningsProps): JSX.Element {
  const all = state.happenings.value;
  const latest = all.slice(-shownMax).reverse();
  return (
    <section class="panel happenings" aria-labelledby="happenings-title">
      <h2 id="happenings-title">What happened</h2>
      {latest.length === 0 ? (
        <Next state={state} />
      ) : (
        <ol>
          {latest.map(({ time, kind, target, text }, index) => (
            <li key={all.length - index}>
              <button type="button" class="happening" onClick={() => actions.select(target)}>
                <HappeningSign kind={kind} />
                <time>{clock(time).slice(0, -2)}</time>
                <span>{text}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Until something happens: what the file plans next. */
function Next({ state }: { readonly state: PageState }): JSX.Element {
  const faults = state.view.value?.faults ?? [];
  if (faults.length === 0) return <p class="quiet">Nothing yet, and the file plans no fault.</p>;
  return (
    <>
      <p class="quiet">Nothing yet. The file plans:</p>
      <ol>
        {faults.map(({ atSeconds, text }) => (
          <li key={`${atSeconds}${text}`} class="happening planned-fault">
            <span class="planned-sign" aria-hidden="true" />
            <time>{clock(atSeconds).slice(0, -2)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
