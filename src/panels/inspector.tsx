/** What is selected: how it is, its numbers, what can be done to it, what goes on inside. */

import type { JSX } from 'preact';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { Intervention } from '../protocol/session.ts';
import type { Actions } from './actions.ts';
import { CacheReasons } from './cache-reasons.tsx';
import { Icon } from './icons.tsx';
import { Inside } from './inspector-inside.tsx';
import { Condition, Numbers } from './inspector-numbers.tsx';
import { Parameters } from './inspector-parameters.tsx';
import { edgesAt, selectedOf, type Selected, type SelectedNodes } from './inspector-selection.ts';
import type { PageState } from './page-state.ts';
import { Sparkline } from './sparkline.tsx';
import { Suggestion } from './suggestion.tsx';

interface InspectorProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Inspector({ state, actions }: InspectorProps): JSX.Element {
  const view = state.view.value;
  const selected =
    view === null ? null : selectedOf(view, state.selection.value, state.nodes.value);
  return (
    <section class="panel inspector" aria-labelledby="inspector-title">
      {view === null || selected === null ? (
        <Suggestion state={state} actions={actions} />
      ) : (
        <>
          <Title selected={selected} view={view} actions={actions} />
          {selected.kind === 'nodes' && (
            <>
              <Condition selected={selected} />
              <Numbers selected={selected} windowSeconds={view.windowSeconds} />
              <Deeds selected={selected} actions={actions} />
            </>
          )}
          <Closer {...{ state, actions, view, selected }} />
        </>
      )}
    </section>
  );
}

interface TitleProps {
  readonly selected: Selected;
  readonly view: ScenarioView;
  readonly actions: Actions;
}

/** The path, each part of which can be chosen. */
function Title({ selected, view, actions }: TitleProps): JSX.Element {
  if (selected.kind === 'edge') {
    const { from, to } = selected;
    return (
      <h2 id="inspector-title">
        <span class="inspector-kind">calls</span>
        <span class="inspector-path">
          <Part path={from.name} word={from.name} actions={actions} /> to{' '}
          <Part path={to.name} word={to.name} actions={actions} />
        </span>
      </h2>
    );
  }
  const { box, path } = selected;
  const parts = path.split('/');
  const known = (upTo: string) => view.nodes.some((node) => node.path.startsWith(`${upTo}/`));
  return (
    <h2 id="inspector-title">
      <span class="inspector-kind">{box.kind}</span>
      <span class="inspector-path">
        {parts.map((word, place) => {
          const upTo = parts.slice(0, place + 1).join('/');
          const isWay = place < parts.length - 1 && known(upTo);
          return (
            <span key={upTo}>
              {place > 0 && '/'}
              {isWay ? <Part path={upTo} word={word} actions={actions} /> : word}
            </span>
          );
        })}
      </span>
    </h2>
  );
}

function Part(props: { readonly path: string; readonly word: string; readonly actions: Actions }) {
  return (
    <button
      type="button"
      class="way"
      title={`Select ${props.path}`}
      onClick={() => props.actions.select(props.path)}
    >
      {props.word}
    </button>
  );
}

interface CloserProps extends InspectorProps {
  readonly view: ScenarioView;
  readonly selected: Selected;
}

/** What those who investigate want to know beyond the numbers. */
function Closer({ state, actions, view, selected }: CloserProps): JSX.Element | null {
  if (state.mode.value !== 'investigate') return null;
  const { path } = selected;
  return (
    <>
      {selected.kind === 'nodes' && (
        <>
          <CacheReasons state={state} cache={selected.box.name} />
          <Sparks state={state} selected={selected} />
          <Calls {...{ view, selected, actions }} />
        </>
      )}
      <Inside key={`inside ${path}`} {...{ state, actions, path }} />
      <Parameters key={`parameters ${path}`} {...{ state, actions, path }} />
    </>
  );
}

/** Series are kept of components and shards, not of every instance. */
function Sparks(props: { readonly state: PageState; readonly selected: SelectedNodes }) {
  const { state, selected } = props;
  const { box, nodes } = selected;
  const shards = [...new Set(nodes.map(({ path }) => path.split('/').slice(0, 2).join('/')))];
  const part = shards.length === 1 ? shards[0]! : null;
  const sparks = [
    { id: `queue:${box.name}`, word: `Queue of ${box.name}` },
    { id: `hits:${box.name}`, word: `Hits of ${box.name}` },
    { id: `shard:${part ?? ''}`, word: `Requests at ${part ?? ''}` },
    { id: `lag:${part ?? ''}`, word: `Lag of ${part ?? ''}` },
  ];
  return (
    <div class="sparks">
      {sparks.map((spark) => (
        <Sparkline key={spark.id} state={state} {...spark} />
      ))}
    </div>
  );
}

function Calls(props: {
  readonly view: ScenarioView;
  readonly selected: SelectedNodes;
  readonly actions: Actions;
}): JSX.Element | null {
  const edges = edgesAt(props.view, props.selected.box);
  if (edges.length === 0) return null;
  return (
    <p class="calls">
      <span class="quiet">Calls</span>{' '}
      {edges.map(({ path, words }) => (
        <button
          key={path}
          type="button"
          class="way"
          title={`Select ${path}`}
          onClick={() => props.actions.select(path)}
        >
          {words}
        </button>
      ))}
    </p>
  );
}

interface Deed {
  readonly verb: Intervention['verb'];
  readonly word: string;
  readonly key: string;
}

const milderDeeds: readonly Deed[] = [
  { verb: 'slow', word: 'Slow', key: 'G' },
  { verb: 'partition', word: 'Partition', key: 'P' },
  { verb: 'heal', word: 'Heal', key: 'H' },
];

const flush: Deed = { verb: 'restart-cold', word: 'Flush', key: 'F' };

function Deeds({
  selected,
  actions,
}: {
  readonly selected: SelectedNodes;
  readonly actions: Actions;
}): JSX.Element | null {
  const { box, path: target, readings } = selected;
  if (box.glyph === 'clients') return null;
  const there = readings.filter(({ state }) => state !== 'off');
  const down = there.length > 0 && there.every(({ state }) => state === 'down');
  const deeds = box.glyph === 'cache' ? [...milderDeeds, flush] : milderDeeds;
  return (
    <div class="deeds">
      <button
        type="button"
        class={down ? 'button wide primary' : 'button wide danger'}
        aria-keyshortcuts="x"
        onClick={() => void actions.intervene({ verb: down ? 'restart' : 'crash', target })}
      >
        <Icon name={down ? 'play' : 'crash'} />
        {down ? 'Restart' : 'Crash'}
        <kbd>X</kbd>
      </button>
      {deeds.map(({ verb, word, key }) => (
        <button
          key={verb}
          type="button"
          class="button"
          aria-keyshortcuts={key.toLowerCase()}
          onClick={() => void actions.intervene({ verb, target })}
        >
          {word}
          <kbd>{key}</kbd>
        </button>
      ))}
    </div>
  );
}
