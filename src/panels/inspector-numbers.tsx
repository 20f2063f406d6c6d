/** The numbers of the selected nodes, with the span that each is measured over. */

import type { ComponentChildren, JSX } from 'preact';
import { shortMilliseconds, shortNumber, shortShare } from '../base/measured.ts';
import type { Reading } from '../protocol/node-reading.ts';
import type { SelectedNodes } from './inspector-selection.ts';
import { StateSign } from './state-sign.tsx';
import { stateWords } from './words.ts';

interface NumbersProps {
  readonly selected: SelectedNodes;
  /** Width of a window, s. */
  readonly windowSeconds: number;
}

export function Condition({ selected }: { readonly selected: SelectedNodes }): JSX.Element {
  const { nodes, readings } = selected;
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

export function Numbers({ selected, windowSeconds }: NumbersProps): JSX.Element {
  const { box, nodes, readings } = selected;
  const sum = (value: (reading: Reading) => number) =>
    readings.reduce((all, one) => all + value(one), 0);
  const workers = nodes.reduce((all, { workers: own }) => all + own, 0);
  const capacity = nodes.reduce((all, { queueCapacity }) => all + queueCapacity, 0);
  const isQueueing = box.glyph !== 'clients' && box.glyph !== 'balancer';
  const over = `over the last ${Number(windowSeconds.toPrecision(3))} s`;
  return (
    <dl class="numbers">
      <Row name="Requests" over={over}>
        {shortNumber(sum(({ rate }) => rate))}/s
      </Row>
      {Number.isFinite(workers) && (
        <Row name="Busy" over="now" share={sum(({ busy }) => busy) / workers}>
          {sum(({ busy }) => busy)} of {workers}
        </Row>
      )}
      {isQueueing && (
        <Row
          name="Queue"
          over="now"
          share={Number.isFinite(capacity) ? sum(({ queue }) => queue) / capacity : 0}
        >
          {sum(({ queue }) => queue)}
          {Number.isFinite(capacity) ? ` of ${capacity}` : ', no limit'}
        </Row>
      )}
      {(box.glyph === 'cache' || box.glyph === 'cdn') && (
        <CacheRows selected={selected} over={over} />
      )}
      <SingleRows selected={selected} />
    </dl>
  );
}

function CacheRows({
  selected: { nodes, readings },
  over,
}: {
  readonly selected: SelectedNodes;
  readonly over: string;
}): JSX.Element {
  const asked = readings.filter(({ hitRatio, rate }) => !Number.isNaN(hitRatio) && rate > 0);
  const rate = asked.reduce((all, one) => all + one.rate, 0);
  const hits = asked.reduce((all, one) => all + one.hitRatio * one.rate, 0) / rate;
  const fill = readings.reduce((all, one) => all + one.fill, 0) / nodes.length;
  return (
    <>
      <Row name="Hits" over={over}>
        {shortShare(hits)}
      </Row>
      <Row name="Full" over="now" share={fill} isFine>
        {shortShare(fill)}
      </Row>
    </>
  );
}

/** What can only be said of one node. */
function SingleRows({ selected: { nodes, readings } }: { readonly selected: SelectedNodes }) {
  const [only] = nodes;
  const [reading] = readings;
  if (nodes.length !== 1 || only === undefined || reading === undefined) return null;
  return (
    <>
      {reading.role === 'replica' && (
        <Row name="Behind its primary" over="now">
          {shortMilliseconds(reading.lag * 1000)}
        </Row>
      )}
      {reading.healthy < 0.995 && (
        <Row name="Held healthy by">{shortShare(reading.healthy)} of its callers</Row>
      )}
      {only.zone !== '' && <Row name="Zone">{only.zone}</Row>}
    </>
  );
}

interface RowProps {
  readonly name: string;
  /** What the value is measured over. */
  readonly over?: string;
  /** Drawn as a bar under the value; amber from 80 %. */
  readonly share?: number;
  /** True: a high share is nothing to worry about. */
  readonly isFine?: boolean;
  readonly children: ComponentChildren;
}

function Row({ name, over, share, isFine = false, children }: RowProps): JSX.Element {
  return (
    <div class="number">
      <dt>
        {name}
        {over !== undefined && <span class="number-over">{over}</span>}
      </dt>
      <dd>
        {children}
        {share !== undefined && (
          <span class="bar" data-high={share >= 0.8 && !isFine}>
            <span style={{ width: `${Math.min(100, share * 100)}%` }} />
          </span>
        )}
      </dd>
    </div>
  );
}
