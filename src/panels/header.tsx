/** The top of the page: what is running, and the way to something else. */

import type { JSX } from 'preact';
import type { Actions } from './actions.ts';
import { Icon, Mark } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { firstSentence, titleOf } from './words.ts';

interface HeaderProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Header({ state, actions }: HeaderProps): JSX.Element {
  const view = state.view.value;
  return (
    <header class="header">
      <div class="brand">
        <Mark />
        <span class="brand-name">Gameday</span>
      </div>
      <div class="title">
        <h1>{view?.name ?? 'Loading …'}</h1>
        <p title={view?.about}>{firstSentence(view?.about ?? '')}</p>
      </div>
      <div class="tools">
        <Picker state={state} actions={actions} />
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
        <ThemeButton state={state} actions={actions} />
        <button
          type="button"
          class="button square"
          aria-label="Keys"
          title="Keys (?)"
          onClick={() => (state.helpOpen.value = true)}
        >
          <Icon name="help" />
        </button>
      </div>
    </header>
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
    <label
      class="button file-button"
      title="Open a scenario file; dropping one on the page works too"
    >
      <Icon name="open" />
      <span class="tool-word">Open</span>
      <input
        class="visually-hidden"
        type="file"
        accept=".yaml,.yml,text/yaml"
        aria-label="Open a scenario file"
        onChange={(event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file !== undefined) void actions.openFile(file);
          input.value = '';
        }}
      />
    </label>
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
