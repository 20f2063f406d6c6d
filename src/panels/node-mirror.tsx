/**
 * The stage in words: every node as a button, for keyboards, screen readers and tests. Hidden from
 * sight while the canvas shows the same, except for the button that has the focus.
 */

import type { JSX } from 'preact';
import { readNode } from '../protocol/node-reading.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { Actions } from './actions.ts';
import type { PageState } from './page-state.ts';
import { StateSign } from './state-sign.tsx';
import { nodeSentence, stateWords } from './words.ts';

interface MirrorProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function NodeMirror({ state, actions }: MirrorProps): JSX.Element {
  const view = state.view.value;
  const rows = state.calmNodes.value;
  const visible = state.canvasTrouble.value !== null;
  return (
    <>
      <ul class={visible ? 'mirror shown' : 'mirror'} aria-label="Nodes">
        {view?.nodes.map((node) => {
          const reading = readNode(rows ?? new Float32Array(), node.id);
          return (
            <li key={node.path}>
              <button
                type="button"
                class="mirror-node"
                data-path={node.path}
                data-state={reading.state}
                data-role={reading.role}
                aria-pressed={state.selection.value === node.path}
                onClick={() => actions.select(node.path)}
              >
                <StateSign state={reading.state} />
                {nodeSentence(view.boxes[node.box]!, node, reading)}
              </button>
            </li>
          );
        })}
      </ul>
      <p class="visually-hidden" role="status" aria-live="polite">
        {view === null ? '' : troubles(view, rows)}
      </p>
    </>
  );
}

/** Names the nodes that are not well; the text changes only when a state does. */
function troubles(view: ScenarioView, rows: Float32Array | null): string {
  if (rows === null) return '';
  const unwell = view.nodes
    .map((node) => ({ path: node.path, state: readNode(rows, node.id).state }))
    .filter(({ state }) => state !== 'up');
  if (unwell.length === 0) return 'All nodes are up.';
  const named = unwell.slice(0, 5).map(({ path, state }) => `${path} ${stateWords[state]}`);
  const more = unwell.length > 5 ? ` and ${unwell.length - 5} more` : '';
  return `${named.join(', ')}${more}.`;
}
