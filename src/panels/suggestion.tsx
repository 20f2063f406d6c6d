/** While nothing is selected: one obvious thing to do, and the estimates of the file. */

import type { JSX } from 'preact';
import { readNode } from '../protocol/node-reading.ts';
import type { NodeView } from '../protocol/scenario-view.ts';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { firstSentence } from './words.ts';

interface SuggestionProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Suggestion({ state, actions }: SuggestionProps): JSX.Element {
  const victim = victimOf(state);
  const about = state.view.value?.about ?? '';
  const more = about.slice(firstSentence(about).length).trim();
  return (
    <>
      {more !== '' && <p class="quiet">{more}</p>}
      <h2 id="inspector-title">Break something</h2>
      {victim !== null && (
        <>
          <p class="quiet">{victim.why} Or choose anything on the stage.</p>
          <button
            type="button"
            class="button wide danger"
            onClick={() => {
              actions.select(victim.node.path);
              void actions.intervene({ verb: 'crash', target: victim.node.path });
            }}
          >
            <Icon name="crash" />
            Crash {victim.node.path}
          </button>
        </>
      )}
      <Estimates state={state} />
    </>
  );
}

function Estimates({ state }: { readonly state: PageState }): JSX.Element | null {
  const estimates = state.view.value?.estimates ?? [];
  if (estimates.length === 0) return null;
  return (
    <details class="more">
      <summary>Estimated from the file</summary>
      <dl class="estimates">
        {estimates.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** A primary if there is one, else a cache node, else an instance of a service. */
function victimOf(state: PageState): { node: NodeView; why: string } | null {
  const view = state.view.value;
  const rows = state.calmNodes.value;
  if (view === null || rows === null) return null;
  const first = (glyph: string, fits: (node: NodeView) => boolean) =>
    view.nodes.find((node) => view.boxes[node.box]?.glyph === glyph && fits(node));
  const isUp = ({ id }: NodeView) => !['down', 'off'].includes(readNode(rows, id).state);
  const primary = first(
    'database',
    (node) => isUp(node) && readNode(rows, node.id).role === 'primary',
  );
  if (primary !== undefined) {
    return { node: primary, why: 'Take a primary down and watch who notices, and when.' };
  }
  const cache = first('cache', isUp);
  if (cache !== undefined)
    return { node: cache, why: 'Take a cache node down and watch the store.' };
  const service = first('service', isUp);
  return service === undefined
    ? null
    : { node: service, why: 'Take an instance down and watch the others.' };
}
