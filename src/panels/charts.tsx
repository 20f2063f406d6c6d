/** Four charts with one crosshair: latency, answers, hit ratio, queues. */

import { effect, useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { palettes, type Palette } from '../base/palette.ts';
import type { ScenarioView, SeriesView } from '../protocol/scenario-view.ts';
import { createChart, seriesStyle, valueText } from './chart.ts';
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
        kinds.map(({ kind, title }) => (
          <Chart
            key={`${view.run}${kind}${theme}`}
            state={state}
            view={view}
            kind={kind}
            title={title}
          />
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
  const common = commonEnding(columns.map(({ series }) => series.label));
  useEffect(() => {
    if (host.current === null || columns.length === 0) return undefined;
    return keepChart(host.current, { state, view, kind, columns, palette, cursor });
  }, []);
  return (
    <figure class="chart" aria-label={title}>
      <figcaption>
        <b>{common === '' ? title : `${title} of ${common}`}</b>
        <span class="chart-window">{windowWords(view)}</span>
        <Readout {...{ state, columns, cursor, palette, common }} />
      </figcaption>
      {columns.length === 0 ? (
        <p class="quiet chart-empty">Nothing of this kind in the file.</p>
      ) : (
        <div class="chart-host" ref={host} />
      )}
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

/** Such as "view-photo" of "p50 view-photo" and "p99 view-photo": whole words only. */
function commonEnding(labels: readonly string[]): string {
  const ending = labels[0]?.split(' ').slice(1).join(' ') ?? '';
  const shared = labels.length > 1 && labels.every((label) => label.endsWith(` ${ending}`));
  return ending !== '' && shared ? ending : '';
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

function targetsOf(view: ScenarioView): number[] {
  const bounds = view.requirements
    .map(({ targetMs }) => targetMs)
    .filter((bound) => bound !== null);
  return [...new Set(bounds)];
}

interface ReadoutProps {
  readonly state: PageState;
  readonly columns: readonly Column[];
  readonly cursor: Signal<number | null>;
  readonly palette: Palette;
  /** Ending that all labels share; it stands in the title instead. */
  readonly common: string;
}

/** Legend and values in one: those under the crosshair, else the latest. */
function Readout({ state, columns, cursor, palette, common }: ReadoutProps): JSX.Element {
  void state.history.version.value;
  const { history } = state;
  const row = cursor.value ?? history.length - 1;
  return (
    <ul class="readout">
      {columns.map(({ series, index }, place) => {
        const { color, dash, width } = seriesStyle(series, place, palette);
        return (
          <li key={series.id}>
            <svg width="16" height="8" viewBox="0 0 16 8" aria-hidden="true">
              <path
                d="M0 4h16"
                stroke={color}
                stroke-width={width + 0.5}
                stroke-dasharray={dash.join(' ')}
              />
            </svg>
            <span class="readout-label">
              {series.label.slice(0, series.label.length - common.length)}
            </span>
            <span class="readout-value">{valueText(series, history.series(index)[row])}</span>
          </li>
        );
      })}
    </ul>
  );
}
