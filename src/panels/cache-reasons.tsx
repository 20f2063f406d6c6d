/** How the look-ups of a cache ended: hits, and misses by their reason, stacked over the run. */

import type { JSX } from 'preact';
import { shortNumber } from '../base/measured.ts';
import { presentOf, rowBefore } from './chart-rows.ts';
import type { PageState } from './page-state.ts';
import { stackedAreas } from './stacked.ts';

const width = 240;
const height = 72;

/** What each way means; also the order from the foot. */
const ways = [
  { word: 'hit', label: 'hits', title: 'The key was there.' },
  { word: 'cold', label: 'cold', title: 'The key had never been there.' },
  { word: 'capacity', label: 'capacity', title: 'The key had been evicted to make room.' },
  { word: 'expired', label: 'expired', title: 'The entry was too old.' },
  { word: 'invalidated', label: 'invalidated', title: 'A write had deleted the copy.' },
  { word: 'lost', label: 'lost', title: 'A node had lost what it held.' },
  { word: 'refused', label: 'refused', title: 'Admission had kept the key out.' },
  { word: 'absent', label: 'not there', title: 'Never there, or evicted to make room.' },
] as const;

interface CacheReasonsProps {
  readonly state: PageState;
  readonly cache: string;
}

export function CacheReasons({ state, cache }: CacheReasonsProps): JSX.Element | null {
  void state.history.version.value;
  const view = state.view.value;
  if (view === null) return null;
  const shown = ways.flatMap((way) => {
    const index = view.series.findIndex(({ id }) => id === `reason:${cache}:${way.word}`);
    return index < 0 ? [] : [{ ...way, values: state.history.series(index) }];
  });
  if (shown.length === 0) return null;
  const { times } = state.history;
  const present = presentOf(state);
  const until = rowBefore(times, present) + 1;
  const sums = shown.map(({ values }) => total(times, values, until));
  const all = sums.reduce((sum, one) => sum + one, 0);
  const areas = stackedAreas(
    times,
    shown.map(({ values }) => values),
    { width, height, endSeconds: view.durationSeconds },
  );
  const now = (width * Math.min(present, view.durationSeconds)) / view.durationSeconds;
  return (
    <figure class="reasons" aria-label={`Look-ups of ${cache} by how they ended`}>
      <figcaption>
        <h3>Look-ups of {cache} by how they ended</h3>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <Patterns />
        {shown.map(({ word }, place) => (
          <path key={word} class="reason" data-way={word} d={areas[place]} />
        ))}
        <path class="sparkline-now" d={`M${now.toFixed(1)} 0V${height}`} />
      </svg>
      <dl class="reason-legend">
        {shown.map(({ word, label, title }, place) => (
          <div key={word} title={title} data-none={sums[place] === 0}>
            <dt>
              <svg width="12" height="12" aria-hidden="true">
                <rect class="reason" data-way={word} width="12" height="12" rx="2" />
              </svg>
              {label}
            </dt>
            <dd>
              {shortNumber(sums[place]!)} <span class="quiet">{share(sums[place]!, all)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

/** Hatches, so that reasons differ in more than their colour. */
function Patterns(): JSX.Element {
  return (
    <defs>
      {[
        { id: 'way-capacity', d: 'M-1 1l2 -2M0 4l4 -4M3 5l2 -2' },
        { id: 'way-expired', d: 'M0 2h4' },
        { id: 'way-invalidated', d: 'M2 0v4' },
        { id: 'way-lost', d: 'M0 0l4 4M0 4l4 -4' },
      ].map(({ id, d }) => (
        <pattern key={id} id={id} class={id} width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" />
          <path d={d} />
        </pattern>
      ))}
    </defs>
  );
}

/** Things in all windows before `until`, of their rates a second. */
export function total(times: readonly number[], rates: readonly number[], until: number): number {
  let sum = 0;
  for (let row = 0; row < until; row += 1) {
    const rate = rates[row]!;
    if (rate > 0) sum += rate * (times[row]! - (times[row - 1] ?? 0));
  }
  return Math.round(sum);
}

function share(part: number, all: number): string {
  return all === 0 ? '' : `${((100 * part) / all).toFixed(1)} %`;
}
