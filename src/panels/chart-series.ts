/** Which charts a scenario has, how their lines look, and how their values are written. */

import { assertNever } from '../base/assert.ts';
import { shortMilliseconds, shortNumber } from '../base/measured.ts';
import type { Palette } from '../base/palette.ts';
import type { ScenarioView, SeriesView } from '../protocol/scenario-view.ts';

/** Look-ups by how they ended are drawn in the inspector of their cache. */
export type ChartKind = Exclude<SeriesView['chart'], 'reason'>;

/** A series and its place in `ScenarioView.series`. */
export interface Column {
  readonly series: SeriesView;
  readonly index: number;
}

export interface ChartPlan {
  readonly id: string;
  readonly kind: ChartKind;
  readonly title: string;
  readonly columns: readonly Column[];
}

export interface SeriesStyle {
  readonly color: string;
  readonly dash: number[];
  readonly width: number;
}

/** Those of the small strip come first. */
const kinds: readonly { readonly kind: ChartKind; readonly title: string }[] = [
  { kind: 'latency', title: 'Latency' },
  { kind: 'throughput', title: 'Answers' },
  { kind: 'hit-ratio', title: 'Hit ratio' },
  { kind: 'queue', title: 'Queue' },
  { kind: 'lag', title: 'Replication lag' },
];

export function chartPlans({ series }: ScenarioView): ChartPlan[] {
  const columns = series.map((one, index) => ({ series: one, index }));
  const lines = kinds.map(({ kind, title }) => ({
    id: kind,
    kind,
    title,
    columns: columns.filter((column) => column.series.chart === kind),
  }));
  const shards = columns.filter((column) => column.series.chart === 'shard');
  const owners = [...new Set(shards.map(({ series: { label } }) => ownerOf(label)))];
  const maps = owners.map((owner) => ({
    id: `shard:${owner}`,
    kind: 'shard' as const,
    title: `Load on the parts of ${owner}`,
    columns: shards.filter(({ series: { label } }) => ownerOf(label) === owner),
  }));
  return [...lines, ...maps].filter((plan) => plan.columns.length > 0);
}

function ownerOf(label: string): string {
  return label.split('/')[0]!;
}

/** Colour, dash and width by what a series measures, so that equal things look equal everywhere. */
export function seriesStyle(series: SeriesView, index: number, palette: Palette): SeriesStyle {
  const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];
  // Latencies come in pairs, p50 and p99 of one operation.
  const turn = series.chart === 'latency' ? index >> 1 : index;
  const dash = dashes[turn % dashes.length]!;
  switch (series.chart) {
    case 'latency':
      if (series.label.startsWith('p50')) return { color: palette.inkSoft, dash, width: 1.5 };
      return { color: palette.ink, dash, width: 2 };
    case 'throughput':
      if (series.label === 'failed') return { color: palette.failed, dash: [], width: 2 };
      if (series.label === 'shed') return { color: palette.failed, dash: [2, 3], width: 2 };
      if (series.label === 'late') return { color: palette.slow, dash: [6, 3], width: 2 };
      return { color: palette.ok, dash: [], width: 2 };
    case 'hit-ratio':
    case 'queue':
    case 'lag':
    case 'reason':
    case 'shard': {
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

/** "p99 view-photo" is the p99 of view-photo, and stands in one row with its p50. */
export function wordsOf({ chart, label }: SeriesView): { subject: string; word: string } {
  const space = label.indexOf(' ');
  const slash = label.indexOf('/');
  if (chart === 'lag' && slash > 0) {
    return { subject: label.slice(0, slash), word: label.slice(slash + 1) };
  }
  if (chart === 'latency' && space > 0) {
    return { subject: label.slice(space + 1), word: label.slice(0, space) };
  }
  return { subject: '', word: label };
}

/** Name of a part without that of its component. */
export function partName({ label }: SeriesView): string {
  return label.slice(label.indexOf('/') + 1);
}

/** The bound of latency that a file asks for, in the words of its requirement when it is one. */
export interface Target {
  /** ms */
  readonly bound: number;
  readonly text: string;
}

export function targetsOf({ requirements }: ScenarioView): Target[] {
  const bounds = requirements.map(({ targetMs }) => targetMs).filter((bound) => bound !== null);
  return [...new Set(bounds)].map((bound) => {
    const own = requirements.filter(({ targetMs }) => targetMs === bound);
    const [first] = own;
    const words = own.length === 1 && first !== undefined ? first.text : `${own.length} latencies`;
    return { bound, text: `wanted: ${words}` };
  });
}
