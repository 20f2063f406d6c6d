/** Keeps a chart fed, fitted, in step with the others, and takes it down again. */

import { effect, type Signal } from '@preact/signals';
import type uPlot from 'uplot';
import type { Palette } from '../base/palette.ts';
import { heatBucketMs } from '../protocol/frame.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import { createChart } from './chart.ts';
import { heatHighMs, heatLowMs, NowMarks, type Stretched } from './chart-marks.ts';
import { chartRows } from './chart-rows.ts';
import { targetsOf, type ChartPlan } from './chart-series.ts';
import { latencyPicture, sharePicture, type HeatPicture } from './heat-map.ts';
import type { PageState } from './page-state.ts';
import { rivalRows } from './rival.ts';
import type { Plot } from './uplot-door.ts';

/** Charts are drawn again at most this often, ms. */
const redrawEveryMs = 250;
/** Windows that a heat map shows at the most; a wider one would cost more than it shows. */
const pictureWindowsMax = 3_600;

export interface Kept {
  readonly state: PageState;
  readonly view: ScenarioView;
  readonly plan: ChartPlan;
  readonly palette: Palette;
  /** Height under the pointer. */
  readonly pointed: Signal<number | null>;
}

/** Gives back what takes the chart down. */
export function keepChart(plotClass: Plot, host: HTMLElement, kept: Kept): () => void {
  const keeper = new ChartKeeper(plotClass, host, kept);
  return () => keeper.destroy();
}

class ChartKeeper {
  private readonly kept: Kept;
  private readonly host: HTMLElement;
  private readonly chart: uPlot;
  private readonly now: NowMarks;
  private readonly sizes: ResizeObserver;
  private readonly stops: (() => void)[] = [];
  private picture: Stretched | null = null;
  private pictureRange: readonly [number, number] | null = null;
  private timer = 0;
  /** True while the pointer is over this chart, whose crosshair then needs no help. */
  private isPointed = false;

  constructor(plotClass: Plot, host: HTMLElement, kept: Kept) {
    this.kept = kept;
    this.host = host;
    this.chart = createChart(plotClass, this.spec(), host);
    this.now = new NowMarks(this.chart);
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(host);
    this.follow();
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    window.clearTimeout(this.timer);
    this.sizes.disconnect();
    this.chart.destroy();
  }

  private spec(): Parameters<typeof createChart>[1] {
    const { state, view, plan, palette, pointed } = this.kept;
    return {
      plan,
      palette,
      targets: plan.kind === 'latency' ? targetsOf(view) : [],
      endSeconds: view.durationSeconds,
      faults: () => {
        const happened = state.happenings.peek().filter((one) => one.kind === 'fault');
        return happened.map(({ time }) => time);
      },
      picture: () => this.picture,
      pictureRange: () => this.pictureRange,
      range: () => state.range.peek(),
      onCursor: (at) => {
        this.isPointed = at !== null;
        pointed.value = at?.value ?? null;
        state.crosshair.value = at?.time ?? null;
      },
      onRange: (range) => (state.range.value = range),
    };
  }

  private follow(): void {
    const { state } = this.kept;
    this.stops.push(
      effect(() => {
        void state.history.version.value;
        void state.rival.value?.history.version.value;
        if (this.timer === 0) this.timer = window.setTimeout(() => this.feed(), redrawEveryMs);
      }),
      effect(() => {
        void state.range.value;
        this.feed();
      }),
      effect(() => this.now.place(state.time.value, frontierOf(state))),
      effect(() => this.showCrosshair(state.crosshair.value)),
    );
  }

  private feed(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    const { state, view, plan } = this.kept;
    const indices = plan.kind === 'shard' ? [] : plan.columns.map(({ index }) => index);
    const quiet = new Set(
      plan.kind === 'throughput'
        ? plan.columns.flatMap(({ series, index }) => (series.label === 'ok' ? [] : [index]))
        : [],
    );
    const { times, values, ghosts } = chartRows(
      state.history,
      indices,
      quiet,
      rivalRows(state.rival.peek(), view),
    );
    const nothing = indices.map(() => times.map(() => null));
    this.paint();
    const rows = [times, ...(ghosts.length > 0 ? ghosts : nothing), ...values];
    this.chart.setData(rows as uPlot.AlignedData);
    this.now.place(state.time.peek(), frontierOf(state));
    this.showCrosshair(state.crosshair.peek());
  }

  /** Paints the heat map anew; it is stretched over the chart when that is drawn. */
  private paint(): void {
    const { state, view, plan, palette } = this.kept;
    const { times, heat } = state.history;
    const from = Math.max(0, times.length - pictureWindowsMax);
    if (times.length === 0) {
      this.picture = null;
      return;
    }
    const span = { from: (times[from] ?? 0) - view.windowSeconds, to: times.at(-1)! };
    if (plan.kind === 'shard') {
      const parts = plan.columns.map(({ index }) => state.history.series(index).slice(from));
      const canvas = sharePicture(parts, palette);
      this.picture = { canvas, ...span, low: 0, high: plan.columns.length };
    } else if (plan.kind === 'latency') {
      const picture = latencyPicture(heat.slice(from), palette);
      this.pictureRange = rangeOf(picture);
      const { canvas } = picture;
      this.picture =
        picture.last < 0 ? null : { canvas, ...span, low: heatLowMs, high: heatHighMs };
    }
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === 0 || height === 0) return;
    this.chart.setSize({ width, height });
    this.now.place(this.kept.state.time.peek(), frontierOf(this.kept.state));
  }

  private showCrosshair(time: number | null): void {
    if (this.isPointed) return;
    const left = time === null ? -10 : this.chart.valToPos(time, 'x');
    const isInside = left >= 0 && left <= this.chart.over.clientWidth;
    this.chart.setCursor({ left: isInside ? left : -10, top: isInside ? 1 : -10 }, false);
  }
}

function frontierOf(state: PageState): number {
  return Math.max(state.frontier.peek(), state.history.times.at(-1) ?? 0);
}

function rangeOf({ first, last }: HeatPicture): readonly [number, number] | null {
  return last < 0 ? null : [heatBucketMs(first), heatBucketMs(last + 1)];
}
