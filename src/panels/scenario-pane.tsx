/** The scenario as text: edit and run. What is wrong with it is listed where it is wrong. */

import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DiagnosticView } from '../protocol/scenario-view.ts';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';

/** Of the field, as its style has them, px. */
const lineHeight = 19;
const textTop = 11;

interface PaneProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function ScenarioPane({ state, actions }: PaneProps): JSX.Element | null {
  const field = useRef<HTMLTextAreaElement>(null);
  if (!state.textOpen.value) return null;
  const { draft } = state;
  const shown = draft.value ?? state.text.value;
  const run = () => void actions.run(shown, state.file.value);
  return (
    <section class="panel scenario-pane" id="scenario-pane" aria-label="Scenario text">
      <div class="pane-head">
        <h2>{state.file.value}</h2>
        <button type="button" class="button primary" title="Run (Ctrl+Enter)" onClick={run}>
          <Icon name="play" />
          Run
        </button>
        <button
          type="button"
          class="button square"
          aria-label="Close the text"
          onClick={() => (state.textOpen.value = false)}
        >
          <Icon name="close" />
        </button>
      </div>
      <Status state={state} />
      <TextField state={state} shown={shown} field={field} onRun={run} />
      <Diagnostics
        diagnostics={state.diagnostics.value}
        onChoose={(diagnostic) => field.current !== null && goTo(field.current, diagnostic)}
      />
    </section>
  );
}

/** Whose text it is: that of the run, that of the run with an act, or one that is being edited. */
function Status({ state }: { readonly state: PageState }): JSX.Element {
  const { draft, added } = state;
  const lines = added.value;
  return (
    <p class="pane-status quiet" role="status">
      {draft.value !== null ? (
        <>
          Edited, not run yet.{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              draft.value = null;
              state.diagnostics.value = [];
            }}
          >
            Back to the text of the run
          </button>
        </>
      ) : lines !== null ? (
        `Your act stands in line ${lines.first}. Saved, this text plays the same run.`
      ) : (
        ''
      )}
    </p>
  );
}

interface TextFieldProps {
  readonly state: PageState;
  readonly shown: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onRun: () => void;
}

/** A field cannot colour single lines, so what an act has added is marked behind it. */
function TextField({ state, shown, field, onRun }: TextFieldProps): JSX.Element {
  const scrolled = useSignal(0);
  const { draft } = state;
  const added = draft.value === null ? state.added.value : null;
  useEffect(() => {
    if (field.current !== null && added !== null) showLine(field.current, added.first);
  }, [added]);
  return (
    <div class="text-frame">
      {added !== null && (
        <div
          class="text-mark"
          style={{
            top: `${textTop + (added.first - 1) * lineHeight - scrolled.value}px`,
            height: `${added.count * lineHeight}px`,
          }}
        />
      )}
      <textarea
        ref={field}
        class="scenario-text"
        aria-label="Text of the scenario"
        spellcheck={false}
        wrap="off"
        value={shown}
        onScroll={(event) => (scrolled.value = event.currentTarget.scrollTop)}
        onInput={(event) => {
          const text = event.currentTarget.value;
          draft.value = text === state.text.value ? null : text;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onRun();
        }}
      />
    </div>
  );
}

interface DiagnosticsProps {
  readonly diagnostics: readonly DiagnosticView[];
  readonly onChoose: (diagnostic: DiagnosticView) => void;
}

function Diagnostics({ diagnostics, onChoose }: DiagnosticsProps): JSX.Element | null {
  if (diagnostics.length === 0) return null;
  const count = diagnostics.length === 1 ? '1 error' : `${diagnostics.length} errors`;
  return (
    <div class="diagnostics" role="alert">
      <h3>{count}; the run on screen is the last good one</h3>
      <ol>
        {diagnostics.map((diagnostic, index) => (
          <li key={index}>
            <button type="button" class="diagnostic" onClick={() => onChoose(diagnostic)}>
              <span class="diagnostic-head">
                <b>
                  {diagnostic.line}:{diagnostic.column}
                </b>{' '}
                {diagnostic.message}
              </span>
              <code class="diagnostic-line">{pointed(diagnostic)}</code>
              {diagnostic.hint !== null && <span class="diagnostic-hint">{diagnostic.hint}</span>}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Letters of a line in front of its mark that surely fit into the pane. */
const lettersBefore = 28;

/** The offending line without its indentation, with a mark under the column. */
function pointed({ excerpt, column }: DiagnosticView): string {
  const text = excerpt.trimStart();
  const at = Math.max(0, column - 1 - (excerpt.length - text.length));
  const cut = Math.max(0, at - lettersBefore);
  const shown = cut === 0 ? text : `…${text.slice(cut + 1)}`;
  return `${shown}\n${' '.repeat(at - cut)}^`;
}

function goTo(field: HTMLTextAreaElement, { line, column }: DiagnosticView): void {
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  field.focus();
  field.setSelectionRange(start + column - 1, start + (lines[line - 1]?.length ?? 0));
  showLine(field, line);
}

function showLine(field: HTMLTextAreaElement, line: number): void {
  field.scrollTop = Math.max(0, (line - 4) * lineHeight);
}
