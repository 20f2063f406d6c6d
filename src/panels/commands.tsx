/** The list of all commands: type some letters, choose with the arrow keys, Enter does it. */

import { useSignal } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ParameterView } from '../protocol/inside.ts';
import type { Actions } from './actions.ts';
import { commandsFor, type Command } from './command-list.ts';
import type { PageState } from './page-state.ts';

interface CommandsProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Commands({ state, actions }: CommandsProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = state.commandsOpen.value;
  // Before the next key is pressed, or the page would take it for one of its own.
  useLayoutEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="dialog commands"
      aria-label="Commands"
      onClose={() => {
        // Heard a little late: it may be open again.
        if (dialog.current?.open !== true) state.commandsOpen.value = false;
      }}
      onClick={(event) => {
        // The backdrop belongs to the dialog; what lies inside of it does not reach here as itself.
        if (event.target === event.currentTarget) state.commandsOpen.value = false;
      }}
    >
      {isOpen && <Finder state={state} actions={actions} />}
    </dialog>
  );
}

function Finder({ state, actions }: CommandsProps): JSX.Element {
  const query = useSignal(state.commandsText.peek());
  const chosen = useSignal(0);
  const parameters = useParameters(state, actions);
  const given = state.commandsText.value;
  const taken = useRef(given);
  useLayoutEffect(() => {
    // Only when another text is given: what has been typed meanwhile must not be lost.
    if (taken.current !== given) query.value = given;
    taken.current = given;
  }, [given]);
  const found = commandsFor(query.value, { state, actions, parameters });
  const at = Math.min(chosen.value, found.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    state.commandsOpen.value = false;
    state.commandsText.value = '';
    command.run();
  };
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) chosen.value = Math.min(found.length - 1, Math.max(0, at + step));
    else if (event.key === 'Enter') run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div onKeyDown={move}>
      <input
        class="commands-field"
        role="combobox"
        aria-label="Find a command, a place, a time or a parameter"
        aria-expanded="true"
        aria-controls="commands-list"
        aria-autocomplete="list"
        aria-activedescendant={found.length === 0 ? undefined : `command-${at}`}
        placeholder="Find a command, a node, a time, redis.capacity = 5% …"
        autocomplete="off"
        spellcheck={false}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
          chosen.value = 0;
        }}
      />
      <ul class="commands-list" id="commands-list" role="listbox" aria-label="Commands">
        {found.map((command, index) => (
          <Option
            key={command.key}
            command={command}
            index={index}
            isChosen={index === at}
            onRun={() => run(command)}
          />
        ))}
      </ul>
      {found.length === 0 && <p class="quiet commands-none">Nothing fits these letters.</p>}
      <p class="visually-hidden" role="status">
        {found.length === 1 ? '1 command' : `${found.length} commands`}
      </p>
    </div>
  );
}

interface OptionProps {
  readonly command: Command;
  readonly index: number;
  readonly isChosen: boolean;
  readonly onRun: () => void;
}

function Option({ command, index, isChosen, onRun }: OptionProps): JSX.Element {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <li
      ref={place}
      id={`command-${index}`}
      class="command"
      role="option"
      aria-selected={isChosen}
      onClick={onRun}
    >
      <span>{command.text}</span>
      {command.note !== '' && <kbd>{command.note}</kbd>}
    </li>
  );
}

/** Asked of the run when the list opens; until the answers are there, parameters can be typed. */
function useParameters(state: PageState, actions: Actions): readonly ParameterView[] {
  const known = useSignal<readonly ParameterView[]>([]);
  useEffect(() => {
    const boxes = state.view.peek()?.boxes ?? [];
    const asked = boxes.map(({ name }) =>
      actions.session.ask('sheet', { path: name }).catch(() => null),
    );
    void Promise.all(asked).then((sheets) => {
      known.value = sheets.flatMap((sheet) => sheet?.parameters ?? []);
    });
  }, []);
  return known.value;
}
