/** The scenario as text: edit and run. What is wrong with it is listed where it is wrong. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { DiagnosticView } from '../protocol/scenario-view.ts';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';

interface PaneProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function ScenarioPane({ state, actions }: PaneProps): JSX.Element | null {
  const field = useRef<HTMLTextAreaElement>(null);
  const edited = useSignal<string | null>(null);
  const loaded = useSignal('');
  if (!state.textOpen.value) return null;
  const text = state.text.value;
  if (loaded.peek() !== text) {
    loaded.value = text;
    edited.value = null;
  }
  const shown = edited.value ?? text;
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
      <textarea
        ref={field}
        class="scenario-text"
        aria-label="Text of the scenario"
        spellcheck={false}
        wrap="off"
        value={shown}
        onInput={(event) => (edited.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
        }}
      />
      <Diagnostics
        diagnostics={state.diagnostics.value}
        onChoose={(diagnostic) => field.current !== null && goTo(field.current, diagnostic)}
      />
    </section>
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

/** The offending line without its indentation, with a mark under the column. */
function pointed({ excerpt, column }: DiagnosticView): string {
  const text = excerpt.trimStart();
  const indent = excerpt.length - text.length;
  return `${text}\n${' '.repeat(Math.max(0, column - 1 - indent))}^`;
}

function goTo(field: HTMLTextAreaElement, { line, column }: DiagnosticView): void {
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  field.focus();
  field.setSelectionRange(start + column - 1, start + (lines[line - 1]?.length ?? 0));
  const lineHeight = field.scrollHeight / Math.max(1, lines.length);
  field.scrollTop = Math.max(0, (line - 4) * lineHeight);
}
