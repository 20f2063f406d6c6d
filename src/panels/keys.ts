/** The one table of keys: the handler obeys it and the help prints it. */

import type { Actions } from './actions.ts';
import type { PageState } from './page-state.ts';

export interface KeyBinding {
  /** Values of `KeyboardEvent.key` that mean it. */
  readonly keys: readonly string[];
  /** As printed on the key. */
  readonly label: string;
  readonly does: string;
  readonly run: (actions: Actions, state: PageState) => void | Promise<void>;
}

export const keyBindings: readonly KeyBinding[] = [
  { keys: [' '], label: 'Space', does: 'Play or pause', run: (actions) => actions.togglePlay() },
  { keys: ['['], label: '[', does: 'Slower', run: (actions) => actions.stepSpeed(-1) },
  { keys: [']'], label: ']', does: 'Faster', run: (actions) => actions.stepSpeed(1) },
  {
    keys: ['Home'],
    label: 'Home',
    does: 'Start again at zero',
    run: (actions) => actions.restart(),
  },
  {
    keys: ['ArrowLeft'],
    label: '←',
    does: 'Select the node to the left',
    run: (actions) => actions.selectNeighbour('left'),
  },
  {
    keys: ['ArrowRight'],
    label: '→',
    does: 'Select the node to the right',
    run: (actions) => actions.selectNeighbour('right'),
  },
  {
    keys: ['ArrowUp'],
    label: '↑',
    does: 'Select the node above',
    run: (actions) => actions.selectNeighbour('up'),
  },
  {
    keys: ['ArrowDown'],
    label: '↓',
    does: 'Select the node below',
    run: (actions) => actions.selectNeighbour('down'),
  },
  {
    keys: ['x', 'X'],
    label: 'X',
    does: 'Crash the selection, or restart it',
    run: (actions) => actions.crashOrRestart(),
  },
  {
    keys: ['g', 'G'],
    label: 'G',
    does: 'Slow the selection down',
    run: (actions) => actions.interveneOnSelection('slow'),
  },
  {
    keys: ['p', 'P'],
    label: 'P',
    does: 'Cut the selection off the network',
    run: (actions) => actions.interveneOnSelection('partition'),
  },
  {
    keys: ['h', 'H'],
    label: 'H',
    does: 'Heal the selection',
    run: (actions) => actions.interveneOnSelection('heal'),
  },
  { keys: ['+', '='], label: '+', does: 'Zoom in', run: (actions) => actions.stage?.zoomBy(1.25) },
  { keys: ['-'], label: '−', does: 'Zoom out', run: (actions) => actions.stage?.zoomBy(0.8) },
  { keys: ['0'], label: '0', does: 'Show everything', run: (actions) => actions.stage?.fit() },
  {
    keys: ['Escape'],
    label: 'Esc',
    does: 'Close, or let go of the selection',
    run: (actions) => actions.escape(),
  },
  {
    keys: ['?'],
    label: '?',
    does: 'Show these keys',
    run: (_actions, state) => {
      state.helpOpen.value = !state.helpOpen.value;
    },
  },
];

/** Listens for the whole page; keys typed into a field are the field's own. */
export function listenForKeys(actions: Actions, state: PageState): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target !== null && keepsKey(target, event.key)) return;
    const binding = keyBindings.find(({ keys }) => keys.includes(event.key));
    if (binding === undefined) return;
    event.preventDefault();
    // Some browsers press a focused button when Space is let go, whatever happened to the keydown.
    if (event.key === ' ' && target instanceof HTMLButtonElement) target.blur();
    void binding.run(actions, state);
  });
}

function keepsKey(target: Element, key: string): boolean {
  if (target.matches('textarea, input:not([type=button]), [contenteditable]'))
    return key !== 'Escape';
  if (target.matches('select')) return key !== 'Escape' && key !== '?';
  // Whoever came to a button by keyboard means the button; a mouse leaves its focus by accident.
  const pressesButton = key === ' ' && target.matches('button, summary, a');
  return pressesButton && target.matches(':focus-visible');
}
