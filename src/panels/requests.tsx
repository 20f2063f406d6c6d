/** Single requests of the span that the charts show: the slowest, those at p99, failed, typical. */

import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { clock, shortMilliseconds } from '../base/measured.ts';
import type { RequestNote } from '../protocol/trace.ts';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import { spanWords, type Inquiry, type Which } from './inquiry.ts';
import type { PageState } from './page-state.ts';
import { Waterfall } from './waterfall.tsx';
import { Why } from './why.tsx';

interface RequestsProps {
  readonly state: PageState;
  readonly actions: Actions;
}

const choices: readonly { readonly which: Which; readonly word: string }[] = [
  { which: 'slowest', word: 'Slowest' },
  { which: 'p99', word: 'At p99' },
  { which: 'failed', word: 'Failed' },
  { which: 'typical', word: 'Typical' },
];

export function Requests({ state, actions }: RequestsProps): JSX.Element {
  const { inquiry } = actions;
  // A new choice or span is looked up at once; a run that plays on is looked at again on demand.
  useSignalEffect(() => {
    void [inquiry.which.value, inquiry.operation.value, state.range.value, state.view.value];
    void inquiry.list();
  });
  const trace = state.trace.value;
  const why = inquiry.why.value;
  const isWhy = inquiry.shown.value === 'why';
  return (
    <div class="requests">
      <section class="requests-list" aria-label="Requests">
        <Choice {...{ state, inquiry }} />
        <List {...{ state, inquiry }} />
      </section>
      <div class="requests-detail" aria-busy={inquiry.isBusy.value}>
        {isWhy && why !== null && <Why why={why} actions={actions} />}
        {!isWhy && trace !== null && <Waterfall {...{ state, actions, trace }} />}
        {(isWhy ? why : trace) === null && <Empty inquiry={inquiry} />}
      </div>
    </div>
  );
}

function Choice({
  state,
  inquiry,
}: {
  readonly state: PageState;
  readonly inquiry: Inquiry;
}): JSX.Element {
  return (
    <div class="requests-choice">
      <div class="segments" role="group" aria-label="Which requests">
        {choices.map(({ which, word }) => (
          <button
            key={which}
            type="button"
            class="segment"
            aria-pressed={inquiry.which.value === which}
            onClick={() => (inquiry.which.value = which)}
          >
            {word}
          </button>
        ))}
      </div>
      <div class="requests-row">
        <label>
          <span class="visually-hidden">Operation</span>
          <select
            class="select"
            value={inquiry.operation.value ?? ''}
            onChange={({ currentTarget: { value } }) =>
              (inquiry.operation.value = value === '' ? null : value)
            }
          >
            <option value="">all operations</option>
            {operationsOf(state).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="button square"
          aria-label="Look again"
          title="Look again"
          onClick={() => void inquiry.list()}
        >
          <Icon name="restart" />
        </button>
        <button type="button" class="button primary" onClick={() => void inquiry.openWhy()}>
          Why is p99 high?
        </button>
      </div>
    </div>
  );
}

function operationsOf({ view }: PageState): string[] {
  const labels = view.value?.series.filter(({ id }) => id.startsWith('p99:')) ?? [];
  return labels.map(({ id }) => id.slice('p99:'.length));
}

function List({
  state,
  inquiry,
}: {
  readonly state: PageState;
  readonly inquiry: Inquiry;
}): JSX.Element {
  const found = inquiry.found.value;
  if (found === null || found.notes.length === 0) {
    const words =
      found === null ? 'Looking for requests …' : `No such request ${spanWords(found.span)}.`;
    return (
      <p class="quiet requests-note" role="status">
        {words}
      </p>
    );
  }
  const longest = Math.max(...found.notes.map(({ latencyMs }) => latencyMs || 0), 0.001);
  return (
    <>
      <p class="quiet requests-note">{spanWords(found.span)}</p>
      <ul class="notes">
        {found.notes.map((note) => (
          <li key={note.request}>
            <Note {...{ state, inquiry, note, longest }} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface NoteProps {
  readonly state: PageState;
  readonly inquiry: Inquiry;
  readonly note: RequestNote;
  readonly longest: number;
}

function Note({ state, inquiry, note, longest }: NoteProps): JSX.Element {
  const isOpen = state.trace.value?.request === note.request;
  const isOk = note.outcome === 'ok';
  const word = isOk ? (note.late ? 'late' : '') : note.outcome;
  return (
    <button
      type="button"
      class="note"
      aria-pressed={isOpen}
      onClick={() => void inquiry.openTrace(note.request, note.start)}
    >
      <time>{clock(note.start).slice(0, -1)}</time>
      <span class="note-operation">{note.operation}</span>
      <span class="note-outcome" data-bad={word !== ''}>
        {word !== '' && <span aria-hidden="true">{isOk ? '◷ ' : '✕ '}</span>}
        {word}
      </span>
      <span class="note-latency">{shortMilliseconds(note.latencyMs)}</span>
      <span class="note-bar" aria-hidden="true">
        <span style={{ width: `${(100 * (note.latencyMs || 0)) / longest}%` }} />
      </span>
    </button>
  );
}

function Empty({ inquiry }: { readonly inquiry: Inquiry }): JSX.Element {
  const words = inquiry.isBusy.value
    ? 'Looking closer: that part of the run is played again …'
    : (inquiry.note.value ?? 'Choose a request to take it apart.');
  return (
    <p class="quiet requests-empty" role="status">
      {words}
    </p>
  );
}
