/**
 * The one table of keys: the handler obeys it, the help, the list of commands and the README print
 * it, and the tests go through it row by row.
 */

import type { Actions } from './actions.ts';
import type { PageState } from './page-state.ts';

type Deed = (actions: Actions, state: PageState) => void | Promise<void>;

export interface KeyBinding {
  /** Values of `KeyboardEvent.key` that mean it, letters in lower case. */
  readonly keys: readonly string[];
  /** Of `KeyboardEvent.code`, for signs that sit elsewhere on other keyboards. */
  readonly code?: string;
  /** Held down with it; without: neither Ctrl nor Shift where Shift would matter. */
  readonly ctrl?: true;
  readonly shift?: true;
  /** As printed on the key. */
  readonly label: string;
  readonly does: string;
  readonly run: Deed;
}

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}

/** A second, and the smallest step back: the event before the present cannot be asked for. */
const secondBack = -1;
const momentBack = -0.001;

const time: readonly KeyBinding[] = [
  row(' ', 'Space', 'Play or pause', (actions) => actions.togglePlay()),
  row('.', '.', 'One event on', (actions) => actions.step('event'), { code: 'Period' }),
  row(',', ',', 'One millisecond back', (actions) => actions.step(momentBack), { code: 'Comma' }),
  row('>', 'Shift+.', 'One second on', (actions) => actions.step(1), {
    code: 'Period',
    shift: true,
  }),
  row('<', 'Shift+,', 'One second back', (actions) => actions.step(secondBack), {
    code: 'Comma',
    shift: true,
  }),
  row('[', '[', 'Slower', (actions) => actions.stepSpeed(-1)),
  row(']', ']', 'Faster', (actions) => actions.stepSpeed(1)),
  row('home', 'Home', 'To the start', (actions) => actions.restart()),
  row('end', 'End', 'To the end', (actions) => actions.goToEnd()),
  row('b', 'B', 'Set a bookmark here', (actions) => actions.addBookmark()),
  row('b', 'Shift+B', 'Remove the nearest bookmark', (actions) => actions.removeBookmark(), {
    shift: true,
  }),
];

const places: readonly KeyBinding[] = [
  row('arrowleft', '←', 'Select the node to the left', (actions) =>
    actions.selectNeighbour('left'),
  ),
  row('arrowright', '→', 'Select the node to the right', (actions) =>
    actions.selectNeighbour('right'),
  ),
  row('arrowup', '↑', 'Select the node above', (actions) => actions.selectNeighbour('up')),
  row('arrowdown', '↓', 'Select the node below', (actions) => actions.selectNeighbour('down')),
  row('enter', 'Enter', 'Go into the selection', (actions) => actions.goIn()),
  row('escape', 'Esc', 'Close, go out, or let go of the selection', (actions) => actions.escape()),
  row('+', '+', 'Zoom in', (actions) => actions.stage?.zoomBy(1.25)),
  row('-', '−', 'Zoom out', (actions) => actions.stage?.zoomBy(0.8)),
  row('0', '0', 'Show everything', (actions) => actions.stage?.fit()),
];

const acts: readonly KeyBinding[] = [
  row('x', 'X', 'Crash the selection, or restart it', (actions) => actions.crashOrRestart()),
  row('g', 'G', 'Slow the selection down', (actions) => actions.interveneOnSelection('slow')),
  row('p', 'P', 'Cut the selection off the network', (actions) =>
    actions.interveneOnSelection('partition'),
  ),
  row('h', 'H', 'Heal the selection', (actions) => actions.interveneOnSelection('heal')),
  row('f', 'F', 'Flush the selected cache', (actions) => actions.flushSelection()),
  row('u', 'U', 'Undo the last act', (actions) => actions.undo()),
  row('z', 'Ctrl+Z', 'Undo the last act', (actions) => actions.undo(), { ctrl: true }),
  row('z', 'Ctrl+Shift+Z', 'Do it again', (actions) => actions.redo(), { ctrl: true, shift: true }),
];

const views: readonly KeyBinding[] = [
  row('c', 'C', 'Compare two futures side by side', (actions) => actions.comparison.toggle()),
  row('t', 'T', 'Follow the chosen request', (actions) => actions.toggleFollow()),
  row('1', '1', 'Watch', (actions) => actions.setMode('watch')),
  row('2', '2', 'Investigate', (actions) => actions.setMode('investigate')),
  row('s', 'S', 'Save what was played as a scenario', (actions) => actions.save()),
  row('?', '?', 'Show these keys', (_actions, state) => {
    state.helpOpen.value = !state.helpOpen.value;
  }),
  row('k', 'Ctrl+K', 'List all commands', (actions) => actions.openCommands(), { ctrl: true }),
];

export const keyGroups: readonly KeyGroup[] = [
  { title: 'Time', bindings: time },
  { title: 'Places', bindings: places },
  { title: 'Acts', bindings: acts },
  { title: 'Views', bindings: views },
];

export const keyBindings: readonly KeyBinding[] = keyGroups.flatMap(({ bindings }) => bindings);

function row(
  key: string,
  label: string,
  does: string,
  run: Deed,
  more: Pick<KeyBinding, 'code' | 'ctrl' | 'shift'> = {},
): KeyBinding {
  // Without Shift, the key of + writes = on most keyboards.
  return { keys: key === '+' ? ['+', '='] : [key], label, does, run, ...more };
}

/** What of a `KeyboardEvent` matters. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The row that a pressed key means, if any. */
export function bindingOf(pressed: Pressed): KeyBinding | undefined {
  const hasCtrl = pressed.ctrlKey || pressed.metaKey;
  if (pressed.altKey) return undefined;
  const key = pressed.key.toLowerCase();
  const able = keyBindings.filter(({ ctrl }) => (ctrl ?? false) === hasCtrl);
  const meant = ({ shift }: KeyBinding) => (shift ?? false) === pressed.shiftKey;
  return (
    able.find((one) => one.keys.includes(key) && meant(one)) ??
    able.find((one) => one.code === pressed.code && meant(one)) ??
    // Signs need Shift on one keyboard and not on the next, and capitals mean the same.
    (hasCtrl ? undefined : able.find((one) => one.keys.includes(key)))
  );
}

/** The table as Markdown, for the README. */
export function keyTable(): string {
  const rows = keyBindings.map(({ label, does }) => `| \`${label}\` | ${does} |`);
  return ['| key | what it does |', '| --- | --- |', ...rows].join('\n');
}

/** Listens for the whole page; keys typed into a field are the field's own. */
export function listenForKeys(actions: Actions, state: PageState): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const binding = bindingOf(event);
    if (binding === undefined) return;
    const isForPage = binding.label === 'Ctrl+K';
    if (!isForPage && target !== null && keepsKey(target, event.key)) return;
    event.preventDefault();
    // Some browsers press a focused button when Space is let go, whatever happened to the keydown.
    if (event.key === ' ' && target instanceof HTMLButtonElement) target.blur();
    void binding.run(actions, state);
  });
}

function keepsKey(target: Element, key: string): boolean {
  if (target.closest('dialog[open]') !== null) return true;
  if (target.matches('textarea, input:not([type=button]), [contenteditable]'))
    return key !== 'Escape';
  if (target.matches('select')) return key !== 'Escape' && key !== '?';
  // Sliders, tabs and lists of flags move by these keys themselves.
  const isMove = /^(Arrow|Home|End|Page|Delete)/.test(key);
  if (isMove && target.closest('[data-own-arrows]') !== null) return true;
  // Whoever came to a button by keyboard means the button; a mouse leaves its focus by accident.
  const presses = key === ' ' || key === 'Enter';
  const pressesButton = presses && target.matches('button, summary, a, [role=option]');
  return pressesButton && target.matches(':focus-visible');
}
