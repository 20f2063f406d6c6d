/** One chart with its words, its values under the crosshair and its table. */

import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { clock, shortNumber } from '../base/measured.ts';
import { palettes, type Palette } from '../base/palette.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import { keepChart } from './chart-keeper.ts';
import { presentOf, rowAt, rowBefore, rowsWithin } from './chart-rows.ts';
import { chartSentence } from './chart-sentence.ts';
import {
  partName,
  seriesStyle,
  valueText,
  wordsOf,
  type ChartPlan,
  type SeriesStyle,
} from './chart-series.ts';
import { ChartTable } from './chart-table.tsx';
import { fairShare } from './heat-map.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import type { Plot } from './uplot-door.ts';

interface ChartProps {
  readonly state: PageState;
  readonly view: ScenarioView;
  readonly plan: ChartPlan;
  /** Null while it is loaded; `missing` when there is none. */
  readonly plot: Plot | 'missing' | null;
}

/** Height under the pointer, in the unit of the chart. */
type Pointed = Signal<number | null>;

export function ChartFigure(props: ChartProps): JSX.Element {
  const { state, view, plan, plot } = props;
  const host = useRef<HTMLDivElement>(null);
  const pointed = useSignal<number | null>(null);
  const tableOpen = useSignal(false);
  const palette = palettes[state.theme.value];
  useEffect(() => {
    if (host.current === null || plot === null || plot === 'missing') return undefined;
    return keepChart(plot, host.current, { state, view, plan, palette, pointed });
  }, [plot, palette]);
  const sentence = sentenceOf(state, view, plan);
  return (
    <figure class="chart" data-chart={plan.kind} aria-label={plan.title}>
      <figcaption>
        <b>{plan.title}</b>
        <span class="chart-window">{windowWords(view)}</span>
        <button
          type="button"
          class="button square chart-table-button"
          aria-label={`${plan.title} as a table`}
          title={`${plan.title} as a table`}
          onClick={() => (tableOpen.value = true)}
        >
          <Icon name="table" />
        </button>
        {plan.kind === 'shard' ? (
          <ShareReadout {...{ state, plan, pointed }} />
        ) : (
          <Readout {...{ state, plan, palette }} />
        )}
        <span class="chart-sentence">{sentence}</span>
      </figcaption>
      {plot === 'missing' ? (
        <p class="quiet">This browser cannot draw the chart; its table has all the numbers.</p>
      ) : (
        <div
          class="chart-host"
          ref={host}
          tabIndex={0}
          role="group"
          aria-label={`${plan.title}: arrow keys move the crosshair, Shift with them marks a span`}
          onKeyDown={(event) => moveCrosshair(event, state, view)}
          onBlur={() => (state.crosshair.value = null)}
        />
      )}
      <ChartTable {...{ state, view, plan, open: tableOpen }} />
    </figure>
  );
}

function windowWords({ windowSeconds }: ScenarioView): string {
  return `each ${Number(windowSeconds.toPrecision(3))} s`;
}

function sentenceOf(state: PageState, view: ScenarioView, plan: ChartPlan): string {
  void state.history.version.value;
  const { history } = state;
  const { from, to } = rowsWithin(history.times, state.range.value);
  const values = plan.columns.map(({ index }) => history.series(index).slice(from, to));
  return chartSentence(plan, { times: history.times.slice(from, to), values }, view.requirements);
}

function moveCrosshair(event: KeyboardEvent, state: PageState, view: ScenarioView): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const { crosshair, range } = state;
  const last = state.history.times.at(-1) ?? 0;
  const before = crosshair.value ?? Math.min(state.time.value, last);
  const now = Math.min(last, Math.max(0, before + step * view.windowSeconds));
  crosshair.value = now;
  if (!event.shiftKey) return;
  // The end that the crosshair stands at is the one that moves.
  const marked = range.value;
  const isAtStart = marked !== null && Math.abs(marked.from - before) < 1e-9;
  const fixed = marked === null ? before : isAtStart ? marked.to : marked.from;
  if (fixed === now) range.value = null;
  else range.value = { from: Math.min(fixed, now), to: Math.max(fixed, now) };
}

/** Legend and values in one: those under the crosshair, else the latest before the playhead. */
function Readout(props: {
  readonly state: PageState;
  readonly plan: ChartPlan;
  readonly palette: Palette;
}): JSX.Element {
  const { state, plan, palette } = props;
  const row = shownRow(state);
  const lines = plan.columns.map((column, place) => ({
    ...column,
    place,
    ...wordsOf(column.series),
  }));
  const subjects = [...new Set(lines.map(({ subject }) => subject))];
  return (
    <ul class="readout">
      {subjects.map((subject) => (
        <li key={subject}>
          {subject !== '' && <span class="readout-subject">{subject}</span>}
          {lines
            .filter((line) => line.subject === subject)
            .map(({ series, index, place, word }) => (
              <span class="readout-item" key={series.id}>
                <Swatch {...seriesStyle(series, place, palette)} />
                <span class="readout-label">{word}</span>
                <span class="readout-value">
                  {valueText(series, state.history.series(index)[row])}
                </span>
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}

/** The part under the pointer, else the one that carries the most. */
function ShareReadout(props: {
  readonly state: PageState;
  readonly plan: ChartPlan;
  readonly pointed: Pointed;
}): JSX.Element {
  const { state, plan, pointed } = props;
  const row = shownRow(state);
  const parts = plan.columns.map(({ index }) => state.history.series(index));
  const shares = parts.map((_, part) => fairShare(parts, part, row) ?? 0);
  const under = pointed.value === null ? -1 : plan.columns.length - 1 - Math.floor(pointed.value);
  const part = plan.columns[under] === undefined ? shares.indexOf(Math.max(...shares)) : under;
  const { series, index } = plan.columns[part] ?? plan.columns[0]!;
  const time = state.history.times[row];
  return (
    <ul class="readout">
      <li>
        <span class="readout-subject">{partName(series)}</span>
        <span class="readout-value">{valueText(series, state.history.series(index)[row])}</span>
        <span class="readout-label">
          {shortNumber(shares[part] ?? 0)}× its fair share
          {time === undefined ? '' : ` at ${clock(time).slice(0, -4)}`}
        </span>
      </li>
    </ul>
  );
}

/** The window under the crosshair, else the last one before the present. */
function shownRow(state: PageState): number {
  void state.history.version.value;
  const at = state.crosshair.value;
  const { times } = state.history;
  return at === null ? rowBefore(times, presentOf(state)) : rowAt(times, at);
}

function Swatch({ color, dash, width }: SeriesStyle): JSX.Element {
  return (
    <svg width="16" height="8" viewBox="0 0 16 8" aria-hidden="true">
      <path
        d="M0 4h16"
        stroke={color}
        stroke-width={width + 0.5}
        stroke-dasharray={dash.join(' ')}
      />
    </svg>
  );
}
