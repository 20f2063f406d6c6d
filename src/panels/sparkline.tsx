/** A series over the run, small, with its present and its greatest value in words. */

import type { JSX } from 'preact';
import { presentOf, rowBefore } from './chart-rows.ts';
import { valueText } from './chart-series.ts';
import type { PageState } from './page-state.ts';

const width = 240;
const height = 36;
const pointsMax = 240;

interface SparklineProps {
  readonly state: PageState;
  /** Id of a series, such as `queue:api`. */
  readonly id: string;
  readonly word: string;
}

export function Sparkline({ state, id, word }: SparklineProps): JSX.Element | null {
  void state.history.version.value;
  const view = state.view.value;
  const index = view?.series.findIndex((one) => one.id === id) ?? -1;
  const series = view?.series[index];
  if (view === null || series === undefined) return null;
  const values = state.history.series(index);
  const present = presentOf(state);
  const { times } = state.history;
  const most = Math.max(...values.filter((value) => !Number.isNaN(value)), 0);
  const current = valueText(series, values[rowBefore(times, present)]);
  const now = (width * Math.min(present, view.durationSeconds)) / view.durationSeconds;
  return (
    <figure class="sparkline">
      <figcaption>
        {word}: {current}, at most {valueText(series, most)}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="sparkline-line" d={lineOf(values, times, view.durationSeconds, most)} />
        <path class="sparkline-now" d={`M${now.toFixed(1)} 0V${height}`} />
      </svg>
    </figure>
  );
}

function lineOf(
  values: readonly number[],
  times: readonly number[],
  duration: number,
  most: number,
): string {
  const stride = Math.max(1, Math.ceil(values.length / pointsMax));
  const parts: string[] = [];
  let isDown = false;
  for (let row = 0; row < values.length; row += stride) {
    const chunk = values.slice(row, row + stride).filter((value) => !Number.isNaN(value));
    if (chunk.length === 0) {
      isDown = false;
      continue;
    }
    const x = ((times[row]! / duration) * width).toFixed(1);
    const y = (height - 2 - (height - 4) * (Math.max(...chunk) / (most || 1))).toFixed(1);
    parts.push(`${isDown ? 'L' : 'M'}${x} ${y}`);
    isDown = true;
  }
  return parts.join('');
}
