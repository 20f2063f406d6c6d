/** The top of the page: what is running, and the way to something else. */

import { useSignal } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent } from 'preact';
import type { Actions } from './actions.ts';
import { FileButton } from './file-button.tsx';
import { Icon, Mark, type IconName } from './icons.tsx';
import { More } from './more.tsx';
import type { Mode, PageState } from './page-state.ts';
import { firstSentence, titleOf } from './words.ts';

interface HeaderProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Header({ state, actions }: HeaderProps): JSX.Element {
  const view = state.view.value;
  /** Matters where there is too little room for all tools. */
  const areToolsOpen = useSignal(false);
  return (
    <header class={areToolsOpen.value ? 'header with-tools' : 'header'}>
      <div class="brand">
        <Mark />
        <span class="brand-name">Gameday</span>
      </div>
      <div class="title">
        <h1>{view?.name ?? 'Loading …'}</h1>
        <p title={view?.about}>{firstSentence(view?.about ?? '')}</p>
      </div>
      <ModeTabs state={state} actions={actions} />
      <div class="tools">
        <Picker state={state} actions={actions} />
        <More word="More tools" controls="tool-set" isOpen={areToolsOpen} />
        <div class="tool-set" id="tool-set">
          <OpenButton actions={actions} />
          <button
            type="button"
            class="button"
            aria-expanded={state.textOpen.value}
            aria-controls="scenario-pane"
            onClick={() => (state.textOpen.value = !state.textOpen.value)}
          >
            <Icon name="text" />
            <span class="tool-word">Text</span>
          </button>
          <Tool icon="save" word="Save" title={saveTitle} run={() => actions.save()} />
          <Tool
            icon="compare"
            word="Compare"
            title="Compare two futures side by side (C)"
            run={() => actions.comparison.toggle()}
          />
          <History state={state} actions={actions} />
          <Small
            icon="command"
            word="List all commands"
            hint="Ctrl+K"
            run={() => actions.openCommands()}
          />
          <ThemeButton state={state} actions={actions} />
          <Small
            icon="help"
            word="Keys"
            hint="?"
            run={() => {
              state.helpOpen.value = true;
            }}
          />
        </div>
      </div>
    </header>
  );
}

const saveTitle =
  'Save the session as a scenario file, acts included; on the command line it gives the same ' +
  'hash (S)';

interface ToolProps {
  readonly icon: IconName;
  readonly word: string;
  readonly title: string;
  readonly run: () => void;
}

function Tool({ icon, word, title, run }: ToolProps): JSX.Element {
  return (
    <button type="button" class="button" title={title} onClick={run}>
      <Icon name={icon} />
      <span class="tool-word">{word}</span>
    </button>
  );
}

interface SmallProps {
  readonly icon: IconName;
  readonly word: string;
  readonly hint: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

function Small({ icon, word, hint, disabled = false, run }: SmallProps): JSX.Element {
  return (
    <button
      type="button"
      class="button square"
      aria-label={word}
      title={`${word} (${hint})`}
      disabled={disabled}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Says what would be undone and done again. */
function History({ state, actions }: HeaderProps): JSX.Element {
  const last = state.undoable.value.at(-1);
  const next = state.redoable.value.at(-1);
  return (
    <>
      <Small
        icon="undo"
        word={last === undefined ? 'Nothing to undo' : `Undo: ${last}`}
        hint="U"
        disabled={last === undefined}
        run={() => void actions.undo()}
      />
      <Small
        icon="redo"
        word={next === undefined ? 'Nothing to redo' : `Redo: ${next}`}
        hint="Ctrl+Shift+Z"
        disabled={next === undefined}
        run={() => void actions.redo()}
      />
    </>
  );
}

const modes: readonly { readonly mode: Mode; readonly word: string; readonly key: string }[] = [
  { mode: 'watch', word: 'Watch', key: '1' },
  { mode: 'investigate', word: 'Investigate', key: '2' },
];

function ModeTabs({ state, actions }: HeaderProps): JSX.Element {
  const current = state.mode.value;
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = modes.findIndex(({ mode }) => mode === current);
    const next = (at + step + modes.length) % modes.length;
    actions.setMode(modes[next]!.mode);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div class="modes" role="tablist" aria-label="Mode" data-own-arrows onKeyDown={move}>
      {modes.map(({ mode, word, key }) => (
        <button
          key={mode}
          type="button"
          role="tab"
          id={`mode-${mode}`}
          class="mode"
          aria-selected={mode === current}
          aria-controls="mode-panel"
          tabIndex={mode === current ? 0 : -1}
          title={`${word} (${key})`}
          onClick={() => actions.setMode(mode)}
        >
          {word}
        </button>
      ))}
    </div>
  );
}

function Picker({ state, actions }: HeaderProps): JSX.Element {
  const current = state.file.value.replace(/\.yaml$/, '');
  const known = state.scenarios.some(({ name }) => name === current);
  return (
    <label class="picker">
      <span class="visually-hidden">Scenario</span>
      <select
        class="select"
        value={known ? current : ''}
        onChange={(event) => void actions.openBundled(event.currentTarget.value)}
      >
        {!known && <option value="">{state.file.value || 'Choose …'}</option>}
        {state.scenarios.map(({ name }) => (
          <option key={name} value={name}>
            {titleOf(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

function OpenButton({ actions }: { readonly actions: Actions }): JSX.Element {
  return (
    <FileButton
      word="Open"
      label="Open a scenario file"
      title="Open a scenario file; dropping one on the page works too"
      onFile={(file) => void actions.openFile(file)}
    />
  );
}

function ThemeButton({ state, actions }: HeaderProps): JSX.Element {
  const other = state.theme.value === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="button square"
      aria-label={`Switch to the ${other} theme`}
      title={`Switch to the ${other} theme`}
      onClick={() => actions.toggleTheme()}
    >
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </button>
  );
}
