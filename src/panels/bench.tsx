/** Below the stage while investigating: charts, requests, events, the laboratory, one at a time. */

import { useSignal } from '@preact/signals';
import type { FunctionComponent, JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Actions } from './actions.ts';
import { Charts } from './charts.tsx';
import { EventLog } from './event-log.tsx';
import type { Bench as Place, PageState } from './page-state.ts';
import { Requests } from './requests.tsx';
import { spokenTime } from './time-words.ts';

interface BenchProps {
  readonly state: PageState;
  readonly actions: Actions;
}

const tabs: readonly { readonly place: Place; readonly word: string }[] = [
  { place: 'charts', word: 'Charts' },
  { place: 'requests', word: 'Requests' },
  { place: 'events', word: 'Events' },
  { place: 'laboratory', word: 'Cache laboratory' },
];

export function Bench({ state, actions }: BenchProps): JSX.Element {
  const current = state.bench.value;
  const trace = state.trace.value;
  useEffect(() => {
    if (trace !== null) state.bench.value = 'requests';
  }, [trace]);
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(({ place }) => place === current);
    const next = (at + step + tabs.length) % tabs.length;
    state.bench.value = tabs[next]!.place;
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <section class="bench" aria-label="Investigate">
      <div class="bench-tabs" role="tablist" aria-label="Show" data-own-arrows onKeyDown={move}>
        {tabs.map(({ place, word }) => (
          <button
            key={place}
            type="button"
            role="tab"
            class="bench-tab"
            id={`bench-tab-${place}`}
            aria-selected={place === current}
            aria-controls="bench-panel"
            tabIndex={place === current ? 0 : -1}
            onClick={() => (state.bench.value = place)}
          >
            {word}
          </button>
        ))}
        <Span state={state} />
      </div>
      <div
        class="bench-panel"
        id="bench-panel"
        role="tabpanel"
        aria-labelledby={`bench-tab-${current}`}
      >
        {current === 'charts' && <Charts state={state} actions={actions} />}
        {current === 'requests' && <Requests state={state} actions={actions} />}
        {current === 'events' && <EventLog state={state} actions={actions} />}
        {current === 'laboratory' && <LaboratoryDoor state={state} actions={actions} />}
      </div>
    </section>
  );
}

/** The laboratory is fetched when it is first entered. */
function LaboratoryDoor({ state, actions }: BenchProps): JSX.Element {
  const room = useSignal<{ Room: FunctionComponent<BenchProps> } | 'missing' | null>(null);
  useEffect(() => {
    import('./laboratory/laboratory-bench.tsx').then(
      ({ LaboratoryBench }) => (room.value = { Room: LaboratoryBench }),
      () => (room.value = 'missing'),
    );
  }, []);
  const found = room.value;
  if (found === null) return <p class="quiet requests-empty">Opening the laboratory …</p>;
  if (found === 'missing') {
    return <p class="quiet requests-empty">The laboratory could not be fetched.</p>;
  }
  return <found.Room state={state} actions={actions} />;
}

/** The span that charts show, when it is not all of the run. */
function Span({ state }: { readonly state: PageState }): JSX.Element | null {
  const range = state.range.value;
  if (range === null) return null;
  const words = `${spokenTime(range.from)} to ${spokenTime(range.to)}`;
  return (
    <button
      type="button"
      class="button bench-span"
      title="Show all of the run"
      onClick={() => (state.range.value = null)}
    >
      {words} ✕
    </button>
  );
}
