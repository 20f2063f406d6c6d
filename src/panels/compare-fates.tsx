/** The requests whose fate is another in run B, and the waterfalls of one of them in both runs. */

import type { JSX } from 'preact';
import { clock, shortClock, shortMilliseconds } from '../base/measured.ts';
import type { RequestTrace } from '../protocol/trace.ts';
import type { Actions } from './actions.ts';
import type { ChangedFate, FateChange } from './changed-fates.ts';
import type { FoundFates } from './comparison.ts';
import { Icon } from './icons.tsx';
import type { Lane } from './lane.ts';
import type { PageState } from './page-state.ts';
import { Waterfall } from './waterfall.tsx';

interface FatesProps {
  readonly state: PageState;
  readonly actions: Actions;
  readonly lane: Lane;
}

const changes: readonly { readonly change: FateChange; readonly words: string }[] = [
  { change: 'lost', words: 'answered in A, failed in B' },
  { change: 'saved', words: 'failed in A, answered in B' },
  { change: 'slower', words: 'more than twice as slow in B' },
  { change: 'faster', words: 'more than twice as fast in B' },
];

export function CompareFates({ state, actions, lane }: FatesProps): JSX.Element | null {
  const { comparison } = actions;
  const found = comparison.fates.value;
  const traces = comparison.traces.value;
  if (found === null && traces === null) return null;
  return (
    <div class="fates">
      <div class="fates-head">
        <h2>{found === null ? 'One request in both runs' : 'Whose fate changed'}</h2>
        {found !== null && <span class="quiet">{summary(found)}</span>}
        <button
          type="button"
          class="button square"
          aria-label="Close the changed requests"
          onClick={() => {
            comparison.fates.value = null;
            comparison.traces.value = null;
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      {found !== null && <Counts found={found} />}
      {traces !== null && (
        <div class="fates-traces">
          <Trace lane="A" trace={traces.a} state={state} actions={actions} />
          <Trace lane="B" trace={traces.b} state={lane.state} actions={actions} />
        </div>
      )}
      {found !== null && (
        <Largest
          found={found}
          onChoose={({ request, start }) => void comparison.openBoth(request, start)}
        />
      )}
    </div>
  );
}

function Counts({ found }: { readonly found: FoundFates }): JSX.Element {
  return (
    <dl class="fates-counts">
      {changes.map(({ change, words }) => (
        <div key={change} data-change={change}>
          <dt>{words}</dt>
          <dd>{found.counts[change].toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}

function summary({ joined, alone, span }: FoundFates): string {
  const where = `${shortClock(span.from)} to ${shortClock(span.to)}`;
  const only = alone === 0 ? '' : `; ${alone.toLocaleString('en')} are in one run only`;
  return `of ${joined.toLocaleString('en')} requests from ${where}${only}`;
}

function Largest({
  found,
  onChoose,
}: {
  readonly found: FoundFates;
  readonly onChoose: (fate: ChangedFate) => void;
}): JSX.Element | null {
  if (found.largest.length === 0) return <p class="quiet">No request ended otherwise.</p>;
  return (
    <div class="table-frame fates-table" tabIndex={0} role="region" aria-label="Largest changes">
      <table>
        <thead>
          <tr>
            <th scope="col">request</th>
            <th scope="col">started</th>
            <th scope="col">in A</th>
            <th scope="col">in B</th>
            <th scope="col">what changed</th>
          </tr>
        </thead>
        <tbody>
          {found.largest.map((fate) => (
            <tr key={`${fate.change}${fate.request}`}>
              <th scope="row">
                <button type="button" class="fate" onClick={() => onChoose(fate)}>
                  {fate.operation} {fate.request}
                </button>
              </th>
              <td>{clock(fate.start)}</td>
              <td>{endWords(fate.a)}</td>
              <td>{endWords(fate.b)}</td>
              <td>{changes.find(({ change }) => change === fate.change)?.words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function endWords({ outcome, latencyMs }: ChangedFate['a']): string {
  return Number.isNaN(latencyMs) ? outcome : `${outcome}, ${shortMilliseconds(latencyMs)}`;
}

function Trace(props: {
  readonly lane: 'A' | 'B';
  readonly trace: RequestTrace | null;
  readonly state: PageState;
  readonly actions: Actions;
}): JSX.Element {
  const { lane, trace, state, actions } = props;
  return (
    <div class="fates-trace" role="group" aria-label={`In run ${lane}`}>
      <span class="lane-letter" data-lane={lane}>
        {lane}
      </span>
      {trace === null ? (
        <p class="quiet">Not found in this run.</p>
      ) : (
        <Waterfall
          state={state}
          actions={actions}
          trace={trace}
          of={` in run ${lane}`}
          onClose={() => (actions.comparison.traces.value = null)}
        />
      )}
    </div>
  );
}
