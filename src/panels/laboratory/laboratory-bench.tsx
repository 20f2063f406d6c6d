/** The cache laboratory: what other policies and sizes would do with the same traffic. */

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useSignalEffect } from '@preact/signals';
import type { Actions } from '../actions.ts';
import { FileButton } from '../file-button.tsx';
import { Icon } from '../icons.tsx';
import type { PageState } from '../page-state.ts';
import { ChainView } from './chain-view.tsx';
import { CurveView } from './curve-view.tsx';
import type { Laboratory } from './laboratory.ts';
import '../styles/laboratory.css';

interface LaboratoryProps {
  readonly state: PageState;
  readonly actions: Actions;
}

/** Endings of trace files; others are taken as well, their contents decide. */
const traceEndings = '.csv,.tsv,.txt,.log,.gz,.bin,.trace,.oracleGeneral';

export function LaboratoryBench({ state, actions }: LaboratoryProps): JSX.Element {
  const { laboratory } = actions;
  const { text, view } = state;
  useEffect(() => {
    void laboratory.look();
  }, [text.value, view.value]);
  useSignalEffect(() => laboratory.chooseCache(state.selection.value));
  const subject = laboratory.subject.value;
  const isChain = laboratory.view.value === 'chain';
  return (
    <section class="laboratory" aria-label="Cache laboratory">
      <div class="lab-head">
        <SubjectChoice laboratory={laboratory} actions={actions} />
        {subject?.kind === 'cache' && <ViewChoice laboratory={laboratory} />}
      </div>
      {subject === null && (
        <p class="lab-empty quiet" role="status">
          {laboratory.subjects.value === null
            ? 'Looking for caches …'
            : 'This scenario has no cache. Open a trace, or a scenario with one.'}
        </p>
      )}
      {subject !== null && !isChain && <CurveView {...{ state, actions }} />}
      {subject?.kind === 'cache' && isChain && <ChainView {...{ state, actions }} />}
    </section>
  );
}

function SubjectChoice(props: {
  readonly laboratory: Laboratory;
  readonly actions: Actions;
}): JSX.Element {
  const { laboratory, actions } = props;
  const subject = laboratory.subject.value;
  const caches = laboratory.subjects.value?.caches ?? [];
  return (
    <div class="lab-subject">
      {subject?.kind === 'trace' ? (
        <>
          <b class="lab-file">{subject.file.name}</b>
          <button
            type="button"
            class="button square"
            aria-label="Close the trace"
            title="Close the trace"
            onClick={() => laboratory.closeTrace()}
          >
            <Icon name="close" />
          </button>
        </>
      ) : (
        caches.length > 0 && (
          <label>
            <span class="quiet">Cache</span>
            <select
              class="select"
              aria-label="Cache"
              value={subject?.name ?? ''}
              onChange={({ currentTarget }) => actions.select(currentTarget.value)}
            >
              {caches.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )
      )}
      <FileButton
        word="Open a trace …"
        label="Open a trace …"
        title="Look-ups of a real cache: CSV, access logs, libCacheSim, Twitter; gzip too"
        accept={traceEndings}
        onFile={(file) => laboratory.openTrace(file)}
      />
    </div>
  );
}

function ViewChoice({ laboratory }: { readonly laboratory: Laboratory }): JSX.Element {
  const views = [
    { view: 'curves', word: 'Policies and sizes' },
    { view: 'chain', word: 'From size to money' },
  ] as const;
  return (
    <div class="segments lab-views" role="group" aria-label="What to look at">
      {views.map(({ view, word }) => (
        <button
          key={view}
          type="button"
          class="segment"
          aria-pressed={laboratory.view.value === view}
          onClick={() => {
            laboratory.choice.value = null;
            laboratory.view.value = view;
          }}
        >
          {word}
        </button>
      ))}
    </div>
  );
}
