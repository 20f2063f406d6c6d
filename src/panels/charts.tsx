/** Four charts with one crosshair: latency, answers, hit ratio, queues. */

import { effect, useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { palettes, type Palette } from '../base/palette.ts';
import type { ScenarioView, SeriesView } from '../protocol/scenario-view.ts';
import { createChart, seriesStyle, valueText, type SeriesStyle, type Target } from './chart.ts';
import type uPlot from 'uplot';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { isBad } from './timeline.tsx';
import 'uplot/dist/uPlot.min.css';

/** Charts are drawn again at most this often, ms. */
const redrawEveryMs = 250;

const kinds: readonly { readonly kind: SeriesView['chart']; readonly title: string }[] = [
  { kind: 'latency', title: 'Latency' },
  { kind: 'throughput', title: 'Answers' },
  { kind: 'hit-ratio', title: 'Hit ratio' },
  { kind: 'queue', title: 'Queue' },
];

export function Charts({ state }: { readonly state: PageState }): JSX.Element {
  const view = state.view.value;
  const theme = state.theme.value;
  return (
    <section class="charts" aria-label="Charts">
      {view !== null &&
        kinds
          .filter(({ kind }) => view.series.some(({ chart }) => chart === kind))
          .map(({ kind, title }) => (
            <Chart key={`${view.run}${kind}${theme}`} {...{ state, view, kind, title }} />
          ))}
      <button
        type="button"
        class="button square charts-table"
        aria-label="The charts as a table"
        title="The charts as a table"
        onClick={() => (state.numbersOpen.value = true)}
      >
        <Icon name="table" />
      </button>
    </section>
  );
}

interface ChartProps {
  readonly state: PageState;
  readonly view: ScenarioView;
  readonly kind: SeriesView['chart'];
  readonly title: string;
}

interface Column {
  readonly series: SeriesView;
  /** Its place in `ScenarioView.series`. */
  readonly index: number;
}

function Chart({ state, view, kind, title }: ChartProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const cursor = useSignal<number | null>(null);
  const palette = palettes[state.theme.peek()];
  const columns = view.series
    .map((series, index) => ({ series, index }))
    .filter(({ series }) => series.chart === kind);
  useEffect(() => {
    if (host.current === null) return undefined;
    return keepChart(host.current, { state, view, kind, columns, palette, cursor });
  }, []);
  return (
    <figure class="chart" aria-label={title}>
      <figcaption>
        <b>{title}</b>
        <span class="chart-window">{windowWords(view)}</span>
        <Readout {...{ state, columns, cursor, palette }} />
      </figcaption>
      <div class="chart-host" ref={host} />
    </figure>
  );
}

interface Kept {
  readonly state: PageState;
  readonly view: ScenarioView;
  readonly kind: SeriesView['chart'];
  readonly columns: readonly Column[];
  readonly palette: Palette;
  readonly cursor: Signal<number | null>;
}

function windowWords({ windowSeconds }: ScenarioView): string {
  return `each ${Number(windowSeconds.toPrecision(3))} s`;
}

/** Makes the chart and keeps it fed and fitted; gives back what takes it down. */
function keepChart(host: HTMLElement, kept: Kept): () => void {
  const { state, view, kind, columns, palette, cursor } = kept;
  const { history } = state;
  const chart = createChart(
    {
      kind,
      palette,
      series: columns.map(({ series }) => series),
      targets: kind === 'latency' ? targetsOf(view) : [],
      faults: () => {
        const happened = state.happenings.peek().filter((one) => one.kind === 'fault');
        return happened.map(({ time }) => time);
      },
      onCursor: (index) => (cursor.value = index),
    },
    host,
  );
  let timer = 0;
  const feed = () => {
    timer = 0;
    const rows = columns.map(({ series, index }) =>
      isBad(series.label) ? spikes(history.series(index)) : history.series(index).map(gap),
    );
    chart.setData([[...history.times], ...rows] as uPlot.AlignedData);
  };
  const stopFeeding = effect(() => {
    void history.version.value;
    if (timer === 0) timer = window.setTimeout(feed, redrawEveryMs);
  });
  const sizes = new ResizeObserver(() => {
    if (host.clientWidth > 0) chart.setSize({ width: host.clientWidth, height: host.clientHeight });
  });
  sizes.observe(host);
  return () => {
    stopFeeding();
    window.clearTimeout(timer);
    sizes.disconnect();
    chart.destroy();
  };
}

/** Without the stretches of zero, where nothing went wrong and nothing need be drawn. */
function spikes(values: readonly number[]): (number | null)[] {
  return values.map((value, row) => {
    const quiet = !(value > 0) && !(values[row - 1]! > 0) && !(values[row + 1]! > 0);
    return quiet ? null : gap(value);
  });
}

function gap(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** One line for each bound, in the words of its requirement when it is the only one. */
function targetsOf({ requirements }: ScenarioView): Target[] {
  const bounds = requirements.map(({ targetMs }) => targetMs).filter((bound) => bound !== null);
  return [...new Set(bounds)].map((bound) => {
    const own = requirements.filter(({ targetMs }) => targetMs === bound);
    const [first] = own;
    const words = own.length === 1 && first !== undefined ? first.text : `${own.length} latencies`;
    return { bound, text: `wanted: ${words}` };
  });
}

interface ReadoutProps {
  readonly state: PageState;
  readonly columns: readonly Column[];
  readonly cursor: Signal<number | null>;
  readonly palette: Palette;
}

/** Legend and values in one: those under the crosshair, else the latest. */
function Readout({ state, columns, cursor, palette }: ReadoutProps): JSX.Element {
  void state.history.version.value;
  const { history } = state;
  const row = cursor.value ?? history.length - 1;
  const lines = columns.map((column, place) => ({ ...column, place, ...wordsOf(column.series) }));
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
                <span class="readout-value">{valueText(series, history.series(index)[row])}</span>
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}

/** "p99 view-photo" is the p99 of view-photo, and stands in one row with its p50. */
function wordsOf({ chart, label }: SeriesView): { subject: string; word: string } {
  const space = label.indexOf(' ');
  if (chart !== 'latency' || space < 0) return { subject: '', word: label };
  return { subject: label.slice(space + 1), word: label.slice(0, space) };
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
