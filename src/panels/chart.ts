/** One uPlot chart in the page's colours: scales, axes, lines of the present and of its ghost. */

import type uPlot from 'uplot';
import { assertNever } from '../base/assert.ts';
import { fontStack, type Palette } from '../base/palette.ts';
import { drawFaults, drawPicture, drawTargets, type Stretched } from './chart-marks.ts';
import {
  partName,
  seriesStyle,
  type ChartKind,
  type ChartPlan,
  type Target,
} from './chart-series.ts';
import type { TimeRange } from './page-state.ts';
import type { Plot } from './uplot-door.ts';

export interface ChartSpec {
  readonly plan: ChartPlan;
  /** Bounds of requirements, drawn across the chart. */
  readonly targets: readonly Target[];
  readonly palette: Palette;
  /** End of the run, s. */
  readonly endSeconds: number;
  /** Times of faults, s, asked anew for every drawing. */
  readonly faults: () => readonly number[];
  /** Drawn under the lines, asked anew for every drawing. */
  readonly picture: () => Stretched | null;
  /** Lowest and highest latency of the picture, ms; null without one. */
  readonly pictureRange: () => readonly [number, number] | null;
  readonly range: () => TimeRange | null;
  /** Time and height under the pointer, null when it is elsewhere. */
  readonly onCursor: (at: { readonly time: number; readonly value: number } | null) => void;
  /** A span has been dragged out, s; null: a double click. */
  readonly onRange: (range: TimeRange | null) => void;
}

const yAxisWidth = 52;
/** Distances between the marks of the time axis, s. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 28_800];
/** Below this a latency is drawn at the bottom, ms. */
const latencyMsMin = 0.1;
/** A shorter drag is a click with an unsteady hand, px. */
const dragPxMin = 6;

export function createChart(plotClass: Plot, spec: ChartSpec, host: HTMLElement): uPlot {
  const lines = spec.plan.kind === 'shard' ? [] : spec.plan.columns;
  return new plotClass(optionsOf(spec, host), [[], ...lines.flatMap(() => [[], []])], host);
}

function optionsOf(spec: ChartSpec, host: HTMLElement): uPlot.Options {
  const { palette, plan } = spec;
  const axis = {
    stroke: palette.inkSoft,
    font: `11px ${fontStack}`,
    grid: { stroke: palette.line, width: 1 },
    ticks: { show: false },
  };
  return {
    width: Math.max(120, host.clientWidth),
    height: Math.max(80, host.clientHeight),
    legend: { show: false },
    cursor: cursorOf(spec),
    padding: [8, 12, 0, 0],
    scales: {
      x: { time: false, range: (_self, _min, max) => shownSpan(spec, max) },
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
      { ...axis, size: yAxisWidth, gap: 6, space: 24, ...axisY(spec) },
    ],
    series: [{}, ...seriesOf(spec)],
    hooks: {
      drawAxes: [
        (self) => {
          const picture = spec.picture();
          if (picture !== null) drawPicture(self, picture);
          drawFaults(self, spec.faults(), palette);
          if (plan.kind === 'latency') drawTargets(self, spec.targets, palette);
        },
      ],
      setCursor: [(self) => tellCursor(self, spec)],
      setSelect: [(self) => tellRange(self, spec)],
    },
  };
}

/** Each line twice: of the future that was left, thin and dashed, and of the present above it. */
function seriesOf({ plan, palette }: ChartSpec): uPlot.Series[] {
  if (plan.kind === 'shard') return [];
  return [true, false].flatMap((isGhost) =>
    plan.columns.map(({ series }, index) => {
      const { color, dash, width } = seriesStyle(series, index, palette);
      return {
        label: series.label,
        stroke: isGhost ? `${color}99` : color,
        dash: isGhost ? [3, 3] : dash,
        width: isGhost ? 1 : width,
        points: { show: false },
        spanGaps: false,
      };
    }),
  );
}

function cursorOf({ onRange }: ChartSpec): uPlot.Cursor {
  return {
    drag: { x: true, y: false, setScale: false, dist: dragPxMin },
    y: false,
    points: { size: 6 },
    bind: {
      dblclick: () => () => {
        onRange(null);
        return null;
      },
    },
  };
}

/** Only what the pointer does is told; a crosshair that follows another chart says nothing. */
function tellCursor(self: uPlot, { onCursor }: ChartSpec): void {
  const { left = -1, top = -1, event } = self.cursor;
  if (event === undefined || event === null) return;
  if (left < 0) onCursor(null);
  else onCursor({ time: self.posToVal(left, 'x'), value: self.posToVal(top, 'y') });
}

function tellRange(self: uPlot, { onRange }: ChartSpec): void {
  const { left, width } = self.select;
  if (width < dragPxMin) return;
  const from = Math.max(0, self.posToVal(left, 'x'));
  const to = self.posToVal(left + width, 'x');
  self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onRange({ from, to });
}

function shownSpan({ range, endSeconds }: ChartSpec, max: number): [number, number] {
  const wanted = range();
  return wanted === null ? [0, niceSpan(max, endSeconds)] : [wanted.from, wanted.to];
}

/** The shown span grows in steps, so that the picture does not creep: 30 s, 1 min, 2 min … */
function niceSpan(seconds: number, endSeconds: number): number {
  const steps = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];
  return Math.min(endSeconds, steps.find((step) => step >= (seconds || 0)) ?? seconds);
}

function scaleY({ plan, targets, pictureRange }: ChartSpec): uPlot.Scale {
  const bounds = targets.map(({ bound }) => bound);
  switch (plan.kind) {
    case 'latency':
      return {
        distr: 3,
        range: (_self, min, max) => {
          const [low, high] = pictureRange() ?? [Infinity, 0];
          const top = Math.max(max || 10, high, ...bounds);
          const bottom = Math.max(latencyMsMin, Math.min(min || 1, low, ...bounds));
          return [bottom / 1.25, top * 1.25];
        },
      };
    case 'hit-ratio':
      return { range: [0, 104] };
    case 'shard':
      return { range: [0, plan.columns.length] };
    case 'throughput':
    case 'queue':
    case 'lag':
      return { range: (_self, _min, max) => [0, (max || 10) * 1.12] };
    default:
      return assertNever(plan.kind);
  }
}

function axisY({ plan }: ChartSpec): Partial<uPlot.Axis> {
  const { kind, columns } = plan;
  if (kind === 'latency') {
    return {
      splits: logSplits,
      filter: (_self, splits) => splits,
      values: (_self, splits) => splits.map((value) => label(kind, value)),
    };
  }
  if (kind !== 'shard') {
    return { values: (_self, splits) => splits.map((value) => label(kind, value)) };
  }
  const names = columns.map(({ series }) => partName(series)).reverse();
  return {
    grid: { show: false },
    splits: (self) => {
      const every = Math.max(
        1,
        Math.ceil(names.length / (self.bbox.height / devicePixelRatio / 14)),
      );
      return names.flatMap((_, place) => (place % every === 0 ? [place + 0.5] : []));
    },
    values: (_self, splits) => splits.map((value) => names[Math.floor(value)] ?? ''),
  };
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

function label(kind: ChartKind, value: number): string {
  if (kind === 'latency' || kind === 'lag') {
    const ms = Number(value.toPrecision(6));
    return ms >= 1000 ? `${Number((ms / 1000).toPrecision(6))} s` : `${ms} ms`;
  }
  if (kind === 'hit-ratio') return `${value} %`;
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);
}

function timeLabel(seconds: number): string {
  const rest = String(Math.round(seconds % 60)).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}
