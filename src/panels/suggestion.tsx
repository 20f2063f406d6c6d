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
  const target = victim?.node.path;
  return (
    <>
      <h2 id="inspector-title">{victim?.title ?? 'Choose something'}</h2>
      {victim === null || target === undefined ? (
        <p class="quiet">Choose anything on the stage to see its numbers.</p>
      ) : (
        <>
          <p class="quiet">{victim.why} Or choose anything on the stage.</p>
          <button
            type="button"
            class="button wide danger"
            onClick={() => {
              actions.select(target);
              void actions.intervene({ verb: 'crash', target });
            }}
          >
            <Icon name="crash" />
            Crash {target}
          </button>
        </>
      )}
      {more !== '' && (
        <details class="more">
          <summary>More about this scenario</summary>
          <p class="quiet">{more}</p>
        </details>
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

interface Victim {
  readonly node: NodeView;
  readonly title: string;
  readonly why: string;
}

/** A primary if there is one, else a cache node, else an instance of a service. */
function victimOf(state: PageState): Victim | null {
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
    const why = 'See who notices, when, and what it costs.';
    return { node: primary, title: 'Kill the primary', why };
  }
  const cache = first('cache', isUp);
  if (cache !== undefined) {
    const why = 'See what the store behind it makes of it.';
    return { node: cache, title: 'Kill a cache node', why };
  }
  const service = first('service', isUp);
  if (service === undefined) return null;
  const why = 'See whether the others can carry its load.';
  return { node: service, title: 'Kill an instance', why };
}
