/** What the file and the catalogue say of the selection, and other values for it. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ParameterView, Sheet } from '../protocol/inside.ts';
import type { Actions } from './actions.ts';
import type { PageState } from './page-state.ts';
import { showLine } from './show-line.ts';

interface ParametersProps {
  readonly state: PageState;
  readonly actions: Actions;
  readonly path: string;
}

export function Parameters({ state, actions, path }: ParametersProps): JSX.Element | null {
  const sheet = useSignal<Sheet | null>(null);
  const text = state.text.value;
  // Wherever the run is put, other changes may be in force.
  const moment = `${state.play.value}${state.seekTarget.value ?? ''}`;
  useEffect(() => {
    let isOver = false;
    void actions.inquiry.sheet(path).then((answer) => {
      if (!isOver) sheet.value = answer;
    });
    return () => {
      isOver = true;
    };
  }, [path, text, moment]);
  const found = sheet.value;
  if (found === null) return null;
  const given = found.parameters.filter((one) => one.given);
  const others = found.parameters.filter((one) => !one.given);
  const { line } = found;
  return (
    <section class="parameters" aria-label="Parameters">
      <h3>Parameters</h3>
      <p class="quiet">{found.summary}</p>
      {line !== null && (
        <button type="button" class="button" onClick={() => showLine(state, line)}>
          Line {line} of the file
        </button>
      )}
      <List {...{ actions, views: given }} />
      {others.length > 0 && (
        <details class="more">
          <summary>
            {others.length} {others.length === 1 ? 'holds' : 'hold'} by default
          </summary>
          <List {...{ actions, views: others }} />
        </details>
      )}
    </section>
  );
}

function List(props: { readonly actions: Actions; readonly views: readonly ParameterView[] }) {
  return (
    <ul class="parameter-list">
      {props.views.map((view) => (
        <li key={view.path}>
          <Parameter view={view} actions={props.actions} />
        </li>
      ))}
    </ul>
  );
}

interface ParameterProps {
  readonly view: ParameterView;
  readonly actions: Actions;
}

/** A line that opens: what the value means, where it comes from, and a field for another one. */
function Parameter({ view, actions }: ParameterProps): JSX.Element {
  const isOpen = useSignal(false);
  const name = view.name;
  return (
    <div class="parameter" data-open={isOpen.value}>
      <button
        type="button"
        class="parameter-head"
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <span class="parameter-name">{name}</span>
        <span class="parameter-value">{view.value}</span>
      </button>
      {isOpen.value && (
        <div class="parameter-body">
          <p>{view.description}</p>
          <p class="quiet">
            {view.form}
            {view.given ? '' : `; the default${view.source === '' ? '' : `, from ${view.source}`}`}
          </p>
          <ChangeForm view={view} actions={actions} />
        </div>
      )}
    </div>
  );
}

function ChangeForm({ view, actions }: ParameterProps): JSX.Element {
  const value = useSignal(view.value);
  const change = (from: 'now' | 'start') =>
    void actions.change({ path: view.path, value: value.value.trim(), from });
  const shared = {
    class: view.choices === null ? 'field' : 'select',
    'aria-label': `Another value of ${view.path}`,
    value: value.value,
  };
  return (
    <form
      class="change-form"
      onSubmit={(event) => {
        event.preventDefault();
        change(view.live ? 'now' : 'start');
      }}
    >
      {view.choices === null ? (
        <input
          {...shared}
          type="text"
          spellcheck={false}
          onInput={({ currentTarget }) => (value.value = currentTarget.value)}
        />
      ) : (
        <select {...shared} onChange={({ currentTarget }) => (value.value = currentTarget.value)}>
          {view.choices.map((word) => (
            <option key={word} value={word}>
              {word}
            </option>
          ))}
        </select>
      )}
      <div class="change-deeds">
        {view.live && (
          <button type="submit" class="button primary">
            From now
          </button>
        )}
        <button
          type={view.live ? 'button' : 'submit'}
          class="button"
          onClick={view.live ? () => change('start') : undefined}
        >
          From the start
        </button>
      </div>
      {!view.live && <p class="quiet">It cannot change while a run goes on.</p>}
    </form>
  );
}
