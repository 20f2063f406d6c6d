/**
 * One request taken apart: each attempt at a call is a row, time runs to the right. What is
 * outlined is the critical path, whose pieces add up to the latency.
 */

import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { clock, shortMilliseconds } from '../base/measured.ts';
import type { RequestTrace } from '../protocol/trace.ts';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { Bars, Hatch, KindLegend, kindWords, laneHeight } from './waterfall-bars.tsx';
import { axisMarks, extentOf, waterfallRows, type WaterfallRow } from './waterfall-rows.ts';
import { SpanTable } from './waterfall-table.tsx';

interface WaterfallProps {
  readonly state: PageState;
  readonly actions: Actions;
  readonly trace: RequestTrace;
  /** Which of two runs it is from, such as " in run B". */
  readonly of?: string;
  /** What closing it means, when it is not the one that the page has open. */
  readonly onClose?: () => void;
}

/** Room for the last mark of the axis and for outlines, px. */
const edgeRoom = 14;
const inset = 3;

export function Waterfall(props: WaterfallProps): JSX.Element {
  const { state, actions, trace, of = '', onClose } = props;
  const asTable = useSignal(false);
  const isFollowed = state.followed.value === trace.request;
  return (
    <section class="waterfall" aria-label={`Request ${trace.request}${of}`}>
      <header class="waterfall-head">
        <div>
          <h2>
            {trace.operation} <span class="quiet">request {trace.request}</span>
          </h2>
          <p>{trace.sentence}</p>
          <p class="quiet">{storyOf(trace)}</p>
        </div>
        <div class="waterfall-deeds">
          <button
            type="button"
            class="button"
            aria-pressed={isFollowed}
            onClick={() => (state.followed.value = isFollowed ? null : trace.request)}
          >
            Follow on the stage
          </button>
          <button type="button" class="button" onClick={() => void actions.seek(trace.start)}>
            Go to its start
          </button>
          <button
            type="button"
            class="button"
            aria-pressed={asTable.value}
            onClick={() => (asTable.value = !asTable.value)}
          >
            <Icon name="table" />
            As a table
          </button>
          <button
            type="button"
            class="button square"
            aria-label="Close the waterfall"
            onClick={onClose ?? (() => (state.trace.value = null))}
          >
            <Icon name="close" />
          </button>
        </div>
      </header>
      {asTable.value ? <SpanTable trace={trace} /> : <Rows trace={trace} actions={actions} />}
    </section>
  );
}

function storyOf({ client, start, end, outcome, late, attempts, deadline }: RequestTrace): string {
  const words = [`from ${client} at ${clock(start)}`];
  if (end === null) words.push('not over yet');
  else words.push(`${shortMilliseconds((end - start) * 1000)}, ${outcome ?? 'no outcome'}`);
  if (late) words.push('late');
  if (attempts > 1) words.push(`${attempts} attempts`);
  if (deadline !== null) words.push(`deadline ${shortMilliseconds((deadline - start) * 1000)}`);
  return words.join(', ');
}

function Rows({
  trace,
  actions,
}: {
  readonly trace: RequestTrace;
  readonly actions: Actions;
}): JSX.Element {
  const rows = useMemo(() => waterfallRows(trace), [trace]);
  const chosen = useSignal(0);
  const width = useSignal(0);
  const track = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    chosen.value = 0;
    list.current?.closest('.requests-detail')?.scrollTo(0, 0);
  }, [trace]);
  useEffect(() => {
    const host = track.current;
    if (host === null) return undefined;
    const sizes = new ResizeObserver(() => (width.value = host.clientWidth));
    sizes.observe(host);
    return () => sizes.disconnect();
  }, []);
  const { from, until } = extentOf(trace);
  const room = Math.max(60, width.value - edgeRoom);
  const x = (seconds: number) =>
    Math.max(0, Math.min(room, ((seconds - from) / (until - from)) * room)) + inset;
  const move = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };
    const ends: Readonly<Record<string, number>> = { Home: 0, End: rows.length - 1 };
    const next = ends[event.key] ?? chosen.value + (steps[event.key] ?? NaN);
    if (Number.isNaN(next)) return;
    event.preventDefault();
    event.stopPropagation();
    chosen.value = Math.max(0, Math.min(rows.length - 1, next));
    list.current?.querySelectorAll<HTMLElement>('[role=option]')[chosen.value]?.focus();
  };
  return (
    <>
      <Hatch />
      <Axis {...{ from, until, x, room, track }} />
      <ul
        class="waterfall-rows"
        role="listbox"
        aria-label="Calls, the outermost first"
        data-own-arrows
        ref={list}
        onKeyDown={move}
      >
        {rows.map((row, place) => (
          <Row
            key={row.span ?? 'request'}
            isChosen={place === chosen.value}
            onChoose={() => (chosen.value = place)}
            {...{ row, trace, x, until, width: Math.max(1, width.value) }}
          />
        ))}
      </ul>
      <Card row={rows[chosen.value] ?? rows[0]!} trace={trace} actions={actions} />
      <KindLegend />
    </>
  );
}

interface AxisProps {
  /** s */
  readonly from: number;
  readonly until: number;
  readonly x: (seconds: number) => number;
  /** Width of the axis, px. */
  readonly room: number;
  readonly track: RefObject<HTMLDivElement | null>;
}

function Axis({ from, until, x, room, track }: AxisProps): JSX.Element {
  const marks = axisMarks((until - from) * 1000, room / 84);
  return (
    <div class="waterfall-axis" aria-hidden="true">
      <span>of {shortMilliseconds((until - from) * 1000)}</span>
      <div ref={track}>
        {marks.map((mark) => (
          <span key={mark} style={{ transform: `translateX(${x(from + mark / 1000)}px)` }}>
            {mark === 0 ? '0' : axisText(mark)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: WaterfallRow;
  readonly trace: RequestTrace;
  readonly x: (seconds: number) => number;
  readonly width: number;
  /** End of what is drawn, s. */
  readonly until: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ row, trace, x, width, until, isChosen, onChoose }: RowProps): JSX.Element {
  const { deadline } = trace;
  return (
    <li
      role="option"
      aria-selected={isChosen}
      tabIndex={isChosen ? 0 : -1}
      class="waterfall-row"
      aria-label={rowSentence(row, trace)}
      onFocus={onChoose}
      onMouseEnter={onChoose}
    >
      <span class="waterfall-name" style={{ paddingLeft: `${8 + 12 * Math.min(6, row.depth)}px` }}>
        <span class="waterfall-where" title={row.where}>
          {row.node}
        </span>{' '}
        {row.attempt > 1 && <span class="waterfall-attempt">try {row.attempt}</span>}{' '}
        <span class="waterfall-ms">{lengthText(row)}</span>
      </span>
      <span class="waterfall-track" style={{ height: `${row.lanes * laneHeight}px` }}>
        <Bars
          {...{ row, x, width }}
          requestEnd={trace.end}
          deadline={deadline !== null && deadline <= until ? deadline : null}
        />
      </span>
    </li>
  );
}

/** The row that is pointed at or focused, in words and numbers. */
function Card(props: {
  readonly row: WaterfallRow;
  readonly trace: RequestTrace;
  readonly actions: Actions;
}): JSX.Element {
  const { row, trace, actions } = props;
  const { node } = row;
  return (
    <div class="waterfall-card">
      <p>
        <b>{row.label}</b>{' '}
        <span class="quiet">
          {row.where}, {fromWords(row, trace)}, {lengthText(row)}
          {row.outcome === null ? '' : `, ${row.outcome}`}
        </span>
        {row.span !== null && (
          <button type="button" class="button" onClick={() => actions.select(node)}>
            Select {node}
          </button>
        )}
      </p>
      <ol>
        {row.pieces.map((piece) => (
          <li key={piece.span}>
            <span>{shortMilliseconds((piece.start - trace.start) * 1000)}</span>
            <b>{shortMilliseconds((piece.end - piece.start) * 1000)}</b>
            <span>
              {kindWords[piece.kind]}, {trace.spans[piece.span]!.where}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Begins with the words that stand in the row. */
function rowSentence(row: WaterfallRow, trace: RequestTrace): string {
  const attempt = row.attempt > 1 ? ` try ${row.attempt}` : '';
  const critical = row.critical.reduce((sum, { start, end }) => sum + end - start, 0);
  const path = critical > 0 ? `, ${shortMilliseconds(critical * 1000)} on the critical path` : '';
  const outcome = row.outcome === null ? '' : `, ${row.outcome}`;
  const name = `${row.node}${attempt} ${lengthText(row)}`;
  return `${name}, ${row.label}, ${fromWords(row, trace)}${outcome}${path}`;
}

function fromWords(row: WaterfallRow, trace: RequestTrace): string {
  return `from ${shortMilliseconds((row.start - trace.start) * 1000)}`;
}

function lengthText({ start, end, isOpen }: WaterfallRow): string {
  const length = shortMilliseconds((end - start) * 1000);
  return isOpen ? `${length} so far` : length;
}

function axisText(ms: number): string {
  if (ms >= 1000) return `${Number((ms / 1000).toPrecision(4))} s`;
  return `${Number(ms.toPrecision(4))} ms`;
}
