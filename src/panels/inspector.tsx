/** The selected node or box in numbers, and what can be done to it. */

import type { ComponentChildren, JSX } from 'preact';
import { shortMilliseconds, shortNumber, shortShare } from '../base/measured.ts';
import { readNode, type Reading } from '../protocol/node-reading.ts';
import type { BoxView, NodeView, ScenarioView } from '../protocol/scenario-view.ts';
import type { Intervention } from '../protocol/session.ts';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { StateSign } from './state-sign.tsx';
import { Suggestion } from './suggestion.tsx';
import { stateWords } from './words.ts';

interface InspectorProps {
  readonly state: PageState;
  readonly actions: Actions;
}

interface Selected {
  readonly path: string;
  readonly box: BoxView;
  readonly nodes: readonly NodeView[];
  readonly readings: readonly Reading[];
}

export function Inspector({ state, actions }: InspectorProps): JSX.Element {
  const view = state.view.value;
  const selected = view === null ? null : find(view, state.selection.value, state.nodes.value);
  return (
    <section class="panel inspector" aria-labelledby="inspector-title">
      {selected === null ? (
        <Suggestion state={state} actions={actions} />
      ) : (
        <>
          <h2 id="inspector-title">
            <span class="inspector-kind">{selected.box.kind}</span>
            <span class="inspector-path">{selected.path}</span>
          </h2>
          <Condition selected={selected} />
          <Numbers selected={selected} />
          <Deeds selected={selected} actions={actions} />
        </>
      )}
    </section>
  );
}

function find(view: ScenarioView, path: string | null, rows: Float32Array | null): Selected | null {
  if (path === null) return null;
  const nodes = view.nodes.filter((node) => node.path === path || node.path.startsWith(`${path}/`));
  const box = view.boxes.find(({ id }) => id === nodes[0]?.box);
  if (box === undefined) return null;
  const readings = nodes.map(({ id }) => readNode(rows ?? new Float32Array(), id));
  return { path, box, nodes, readings };
}

function Condition({ selected: { nodes, readings } }: { readonly selected: Selected }) {
  const worst = readings.find(({ state }) => state !== 'up') ?? readings[0]!;
  const count = readings.filter(({ state }) => state === worst.state).length;
  const words =
    nodes.length === 1
      ? stateWords[worst.state]
      : `${count} of ${nodes.length} ${stateWords[worst.state]}`;
  const role = nodes.length === 1 && worst.role !== 'none' ? `, ${worst.role}` : '';
  return (
    <p class="condition" data-state={worst.state}>
      <StateSign state={worst.state} />
      {words}
      {role}
    </p>
  );
}

function Numbers({ selected }: { readonly selected: Selected }): JSX.Element {
  const { box, nodes, readings } = selected;
  const sum = (value: (reading: Reading) => number) =>
    readings.reduce((all, one) => all + value(one), 0);
  const workers = nodes.reduce((all, { workers: own }) => all + own, 0);
  const capacity = nodes.reduce((all, { queueCapacity }) => all + queueCapacity, 0);
  const only = nodes.length === 1 ? nodes[0]! : null;
  const reading = readings[0]!;
  const hits = readings.filter(({ hitRatio }) => !Number.isNaN(hitRatio));
  const isQueueing = box.glyph !== 'clients' && box.glyph !== 'balancer';
  return (
    <dl class="numbers">
      <Row name="Requests">{shortNumber(sum(({ rate }) => rate))}/s</Row>
      {Number.isFinite(workers) && (
        <Row name="Busy" share={sum(({ busy }) => busy) / workers}>
          {sum(({ busy }) => busy)} of {workers}
        </Row>
      )}
      {isQueueing && (
        <Row
          name="Queue"
          share={Number.isFinite(capacity) ? sum(({ queue }) => queue) / capacity : 0}
        >
          {sum(({ queue }) => queue)}
          {Number.isFinite(capacity) ? ` of ${capacity}` : ', no limit'}
        </Row>
      )}
      {box.glyph === 'cache' && (
        <>
          <Row name="Hits">
            {shortShare(hits.reduce((all, { hitRatio }) => all + hitRatio, 0) / hits.length)}
          </Row>
          <Row name="Full" share={sum(({ fill }) => fill) / nodes.length}>
            {shortShare(sum(({ fill }) => fill) / nodes.length)}
          </Row>
        </>
      )}
      {only !== null && reading.role === 'replica' && (
        <Row name="Behind its primary">{shortMilliseconds(reading.lag * 1000)}</Row>
      )}
      {reading.healthy < 0.995 && only !== null && (
        <Row name="Held healthy by">{shortShare(reading.healthy)} of its callers</Row>
      )}
      {only !== null && only.zone !== '' && <Row name="Zone">{only.zone}</Row>}
    </dl>
  );
}

interface RowProps {
  readonly name: string;
  /** Drawn as a bar under the value; amber from 80 %. */
  readonly share?: number;
  readonly children: ComponentChildren;
}

function Row({ name, share, children }: RowProps): JSX.Element {
  return (
    <div class="number">
      <dt>{name}</dt>
      <dd>
        {children}
        {share !== undefined && (
          <span class="bar" data-high={share >= 0.8}>
            <span style={{ width: `${Math.min(100, share * 100)}%` }} />
          </span>
        )}
      </dd>
    </div>
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

function Deeds({
  selected,
  actions,
}: {
  readonly selected: Selected;
  readonly actions: Actions;
}): JSX.Element | null {
  const { box, path: target, readings } = selected;
  if (box.glyph === 'clients') return null;
  const there = readings.filter(({ state }) => state !== 'off');
  const down = there.length > 0 && there.every(({ state }) => state === 'down');
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
      {milderDeeds.map(({ verb, word, key }) => (
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
