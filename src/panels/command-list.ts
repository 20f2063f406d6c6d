/** Everything that can be done, as lines to choose from. */

import type { ParameterView } from '../protocol/inside.ts';
import type { Actions } from './actions.ts';
import { fuzzyScore } from './fuzzy.ts';
import { keyBindings } from './keys.ts';
import type { PageState } from './page-state.ts';
import { readTime, spokenTime } from './time-words.ts';
import { titleOf } from './words.ts';

export interface Command {
  readonly key: string;
  readonly text: string;
  /** Key that does the same, or a value; empty when there is none. */
  readonly note: string;
  readonly run: () => void;
}

const shownMax = 60;

/** The commands that fit what was typed, best first; without a query, all in their order. */
export function commandsFor(
  query: string,
  { state, actions, parameters }: CommandSources,
): readonly Command[] {
  const typed = typedCommands(query, actions);
  const all = [
    ...deeds(state, actions),
    ...nodes(state, actions),
    ...scenarios(state, actions),
    ...parameterCommands(parameters, actions),
  ];
  if (query.trim() === '') return all.slice(0, shownMax);
  const found = all
    .map((command) => ({ command, score: fuzzyScore(query, command.text) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => b.score! - a.score!);
  return [...typed, ...found.map(({ command }) => command)].slice(0, shownMax);
}

export interface CommandSources {
  readonly state: PageState;
  readonly actions: Actions;
  /** Of all components, as far as they are known. */
  readonly parameters: readonly ParameterView[];
}

function deeds(state: PageState, actions: Actions): Command[] {
  const seen = new Set<string>();
  return keyBindings
    .filter(({ does, label }) => label !== 'Ctrl+K' && !seen.has(does) && seen.add(does))
    .map(({ label, does, run }) => ({
      key: `key ${label}`,
      text: does,
      note: label,
      run: () => void run(actions, state),
    }));
}

function nodes({ view }: PageState, actions: Actions): Command[] {
  const boxes = view.value?.boxes.map(({ name }) => name) ?? [];
  const paths = view.value?.nodes.map(({ path }) => path) ?? [];
  return [...new Set([...boxes, ...paths])].map((path) => ({
    key: `node ${path}`,
    text: `Go to ${path}`,
    note: '',
    run: () => actions.select(path),
  }));
}

function scenarios(state: PageState, actions: Actions): Command[] {
  return state.scenarios.map(({ name }) => ({
    key: `scenario ${name}`,
    text: `Open ${titleOf(name)}`,
    note: 'scenario',
    run: () => void actions.openBundled(name),
  }));
}

function parameterCommands(parameters: readonly ParameterView[], actions: Actions): Command[] {
  return parameters.map(({ path, value }) => ({
    key: `parameter ${path}`,
    text: `Change ${path} …`,
    note: `now ${value}`,
    run: () => actions.openCommands(`${path} = `),
  }));
}

/** What the query itself says: a time, or a parameter and its value. */
function typedCommands(query: string, actions: Actions): Command[] {
  const change = /^\s*(?:change\s+)?([\w-]+(?:\.[\w-]+)+)\s*(?:=|\bto\b)\s*(\S.*?)\s*$/.exec(query);
  if (change !== null) {
    const [, path, value] = change as unknown as readonly [string, string, string];
    return (['now', 'start'] as const).map((from) => ({
      key: `change ${from}`,
      text: `Change ${path} to ${value} from ${from === 'now' ? 'now on' : 'the start'}`,
      note: '',
      run: () => void actions.change({ path, value, from }),
    }));
  }
  const seconds = readTime(query.replace(/^\s*(go\s+)?to\s+/i, ''));
  if (seconds === null) return [];
  const text = `Go to ${spokenTime(seconds)}`;
  return [{ key: 'time', text, note: 'time', run: () => void actions.seek(seconds) }];
}
