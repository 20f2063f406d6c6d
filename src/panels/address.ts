/**
 * What the address of the page says, so that a link opens the same view: the scenario, the mode,
 * the time, what is selected, where the viewer stands, and a theme that is not the system's.
 */

import { effect, untracked } from '@preact/signals';
import type { ThemeName } from '../base/palette.ts';
import type { Actions } from './actions.ts';
import { selectedOf } from './inspector-selection.ts';
import type { Mode, PageState } from './page-state.ts';

export interface Address {
  readonly scenario: string | null;
  readonly mode: Mode;
  /** s; null: not said, so the run plays from its start. */
  readonly time: number | null;
  readonly selection: string | null;
  /** As the stage writes it; null: all is shown. */
  readonly place: string | null;
  readonly theme: ThemeName | null;
}

/** Some browsers allow a hundred changes of the address in half a minute. */
const writeAfterMs = 500;

export function readAddress(search: string): Address {
  const given = new URLSearchParams(search);
  const time = Number(given.get('t') || NaN);
  const theme = given.get('theme');
  return {
    scenario: given.get('scenario'),
    mode: given.get('mode') === 'investigate' ? 'investigate' : 'watch',
    time: Number.isFinite(time) && time >= 0 ? time : null,
    selection: given.get('select'),
    place: given.get('place'),
    theme: theme === 'dark' || theme === 'light' ? theme : null,
  };
}

/** Puts the address into a form that reads back the same; parameters of others stay. */
export function writeAddress(search: string, address: Address): string {
  const written = new URLSearchParams(search);
  const put = (name: string, value: string | null) => {
    if (value === null) written.delete(name);
    else written.set(name, value);
  };
  put('scenario', address.scenario);
  put('mode', address.mode === 'watch' ? null : address.mode);
  put('t', address.time === null ? null : String(Number(address.time.toFixed(6))));
  put('select', address.selection);
  put('place', address.place);
  put('theme', address.theme);
  const text = written.toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** Opens what the address names, or else `usual`, and keeps the address up to date from then on. */
export async function followAddress(
  state: PageState,
  actions: Actions,
  usual: string,
): Promise<void> {
  const given = readAddress(location.search);
  const names = state.scenarios.map(({ name }) => name);
  const name = [given.scenario, usual].find((one) => one !== null && names.includes(one));
  state.mode.value = given.mode;
  state.place.value = given.place;
  if (given.theme !== null) state.theme.value = given.theme;
  await actions.openBundled(name ?? names[0] ?? '', { at: given.time });
  const view = state.view.value;
  if (view !== null && selectedOf(view, given.selection, null) !== null) {
    state.selection.value = given.selection;
  }
  if (given.scenario !== null && given.scenario !== '' && given.scenario !== name) {
    state.notice.value = `There is no scenario “${given.scenario.slice(0, 40)}”; this is another.`;
  }
  keep(state);
}

function keep(state: PageState): void {
  const system = window.matchMedia('(prefers-color-scheme: light)');
  let timer = 0;
  let isFirst = true;
  const write = () => {
    timer = 0;
    const theme = state.theme.value;
    const file = state.file.value.replace(/\.yaml$/, '');
    const isPlaying = state.play.value === 'playing';
    const address: Address = {
      scenario: state.scenarios.some(({ name }) => name === file) ? file : null,
      mode: state.mode.value,
      time: isPlaying ? null : state.time.value,
      selection: state.selection.value,
      place: state.place.value,
      theme: theme === (system.matches ? 'light' : 'dark') ? null : theme,
    };
    const search = writeAddress(location.search, address);
    if (search !== location.search) {
      history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
    }
  };
  effect(() => {
    // Asked for, so that a change of any of them is heard.
    const isPlaying = state.play.value === 'playing';
    void [state.file.value, state.mode.value, state.selection.value];
    void [state.theme.value, state.place.value];
    if (!isPlaying) void state.time.value;
    // What the page opens with is in the address already, or is the usual.
    const wasFirst = isFirst;
    isFirst = false;
    if (!wasFirst && timer === 0) timer = window.setTimeout(() => untracked(write), writeAfterMs);
  });
}
