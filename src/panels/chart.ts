/** One uPlot chart in the page's colours: scales, axes, crosshair and the lines of faults. */

import uPlot from 'uplot';
import { assertNever } from '../base/assert.ts';
import { fontStack, type Palette } from '../base/palette.ts';
import { shortMilliseconds, shortNumber } from '../base/measured.ts';
import type { SeriesView } from '../protocol/scenario-view.ts';

export interface ChartSpec {
  readonly kind: SeriesView['chart'];
  readonly series: readonly SeriesView[];
  /** Bounds of requirements, drawn across the chart. */
  readonly targets: readonly Target[];
  readonly palette: Palette;
  /** Times of faults, s, asked anew for every drawing. */
  readonly faults: () => readonly number[];
  /** Index under the crosshair, null when it is elsewhere. */
  readonly onCursor: (index: number | null) => void;
}

export interface Target {
  /** In the unit of the series. */
  readonly bound: number;
  readonly text: string;
}

export interface SeriesStyle {
  readonly color: string;
  readonly dash: number[];
  readonly width: number;
}

const yAxisWidth = 46;
/** Distances between the marks of the time axis, s. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 28_800];
/** Below this a latency is drawn at the bottom, ms. */
const latencyMsMin = 0.1;

export function createChart(spec: ChartSpec, host: HTMLElement): uPlot {
  const { palette, series } = spec;
  const axis = {
    stroke: palette.inkSoft,
    font: `11px ${fontStack}`,
    grid: { stroke: palette.line, width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      width: Math.max(120, host.clientWidth),
      height: Math.max(80, host.clientHeight),
      legend: { show: false },
      cursor: {
        sync: { key: 'gameday' },
        drag: { x: false, y: false },
        y: false,
        points: { size: 6 },
      },
      padding: [8, 10, 0, 0],
      scales: {
        x: { time: false, range: (_self, _min, max) => [0, niceSpan(max)] },
        y: scaleY(spec),
      },
      axes: [
        {
          ...axis,
          size: 22,
          gap: 4,
          space: 56,
          incrs: timeSteps,
          values: (_self, splits) => splits.map(timeLabel),
        },
        {
          ...axis,
          size: yAxisWidth,
          gap: 6,
          space: 24,
          values: (_self, splits) => splits.map((value) => label(spec.kind, value)),
          ...(spec.kind === 'latency'
            ? { splits: logSplits, filter: (_self, splits) => splits }
            : {}),
        },
      ],
      series: [
        {},
        ...series.map((one, index) => {
          const { color, dash, width } = seriesStyle(one, index, palette);
          return { label: one.label, stroke: color, dash, width, points: { show: false } };
        }),
      ],
      hooks: {
        drawAxes: [(self) => drawMarks(self, spec)],
        setCursor: [(self) => spec.onCursor(self.cursor.idx ?? null)],
      },
    },
    [[], ...series.map(() => [])],
    host,
  );
}

/** Colour, dash and width by what a series measures, so that equal things look equal everywhere. */
export function seriesStyle(series: SeriesView, index: number, palette: Palette): SeriesStyle {
  const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];
  // Latencies come in pairs, p50 and p99 of one operation.
  const turn = series.chart === 'latency' ? index >> 1 : index;
  const dash = dashes[turn % dashes.length]!;
  switch (series.chart) {
    case 'latency':
      if (/p50|median/.test(series.label)) return { color: palette.flight, dash, width: 1.5 };
      if (/p99/.test(series.label)) return { color: palette.ink, dash, width: 2 };
      return { color: palette.inkSoft, dash, width: 1.5 };
    case 'throughput':
      if (/fail|error|shed|reject/.test(series.label)) {
        return { color: palette.failed, dash: [], width: 2 };
      }
      if (/late/.test(series.label)) return { color: palette.slow, dash: [6, 3], width: 2 };
      return { color: palette.ok, dash: [], width: 2 };
    case 'hit-ratio':
    case 'queue': {
      const colors = [palette.flight, palette.write, palette.slow, palette.ok];
      return { color: colors[index % colors.length]!, dash, width: 2 };
    }
    default:
      return assertNever(series.chart);
  }
}

/** The value as it is printed beside its axis and in the legend. */
export function valueText(series: SeriesView, value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  switch (series.unit) {
    case 'ms':
      return shortMilliseconds(value);
    case '/s':
      return `${shortNumber(value)}/s`;
    case '%':
      return `${value.toFixed(1)} %`;
    case 'requests':
      return shortNumber(value);
    default:
      return assertNever(series.unit);
  }
}

/** The shown span grows in steps, so that the picture does not creep: 30 s, 1 min, 2 min … */
function niceSpan(seconds: number): number {
  const steps = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];
  return steps.find((step) => step >= (seconds || 0)) ?? seconds;
}

function scaleY({ kind, targets }: ChartSpec): uPlot.Scale {
  const bounds = targets.map(({ bound }) => bound);
  switch (kind) {
    case 'latency':
      return {
        distr: 3,
        range: (_self, min, max) => {
          const top = Math.max(max || 10, ...bounds);
          const bottom = Math.max(latencyMsMin, Math.min(min || 1, ...bounds));
          return [bottom / 1.6, top * 1.6];
        },
      };
    case 'hit-ratio':
      return { range: [0, 104] };
    case 'throughput':
    case 'queue':
      return { range: (_self, _min, max) => [0, (max || 10) * 1.12] };
    default:
      return assertNever(kind);
  }
}

/** 1, 2, 5 of every decade, thinned until they have room. */
function logSplits(self: uPlot, _axis: number, min: number, max: number): number[] {
  const decades = Math.log10(max / min);
  const room = self.bbox.height / devicePixelRatio / 24;
  const steps = decades * 3 <= room ? [1, 2, 5] : [1];
  const splits: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power += 1) {
    for (const step of steps) {
      const value = step * 10 ** power;
      if (value >= min && value <= max) splits.push(value);
    }
  }
  return splits;
}

function label(kind: SeriesView['chart'], value: number): string {
  if (kind === 'latency') return value >= 1000 ? `${value / 1000} s` : `${value} ms`;
  if (kind === 'hit-ratio') return `${value} %`;
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);
}

function timeLabel(seconds: number): string {
  const rest = String(Math.round(seconds % 60)).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}

function drawMarks(self: uPlot, { palette, targets, faults }: ChartSpec): void {
  const { ctx, bbox } = self;
  const pixelRatio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 1.5 * pixelRatio;
  ctx.strokeStyle = palette.failed;
  for (const time of faults()) {
    const x = Math.round(self.valToPos(time, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.setLineDash([2 * pixelRatio, 3 * pixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.strokeStyle = palette.inkSoft;
  ctx.fillStyle = palette.inkSoft;
  ctx.font = `${10 * pixelRatio}px ${fontStack}`;
  for (const { bound, text } of targets) {
    const y = Math.round(self.valToPos(bound, 'y', true));
    ctx.setLineDash([8 * pixelRatio, 4 * pixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.textAlign = 'right';
    ctx.textBaseline = 'bottom';
    ctx.fillText(text, bbox.left + bbox.width - 2 * pixelRatio, y - 3 * pixelRatio);
  }
  ctx.restore();
}
