/**
 * The run from its start to its end as a strip: what was answered and what was not, the faults
 * that the file plans and the things that have happened. Places on it are shares of the duration.
 */

import type { JSX } from 'preact';
import { shortClock } from '../base/measured.ts';
import type { Happening } from '../protocol/frame.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import { HappeningSign } from './happening-sign.tsx';
import type { PageState } from './page-state.ts';

/** Flags nearer than this share of the strip are drawn as one. */
const flagGap = 0.008;

export function Timeline({ state }: { readonly state: PageState }): JSX.Element {
  const view = state.view.value;
  if (view === null) return <div class="timeline" />;
  const share = (seconds: number) => Math.min(1, seconds / view.durationSeconds);
  return (
    <div class="timeline" role="img" aria-label={sentence(view, state.happenings.value)}>
      <div class="timeline-flags">
        {view.faults.map(({ atSeconds, text }) => (
          <span
            key={`${atSeconds}${text}`}
            class="flag planned"
            style={{ left: percent(share(atSeconds)) }}
            title={`${shortClock(atSeconds)} planned: ${text}`}
          />
        ))}
        {spread(state.happenings.value, share).map(({ time, kind, text, target }) => (
          <span
            key={`${time}${kind}${target}`}
            class="flag"
            style={{ left: percent(share(time)) }}
            title={`${shortClock(time)} ${text}`}
          >
            <HappeningSign kind={kind} />
          </span>
        ))}
      </div>
      <div class="timeline-strip">
        <div class="timeline-warm-up" style={{ width: percent(share(view.warmUpSeconds)) }} />
        <Answers state={state} view={view} />
        <Playhead state={state} share={share} />
      </div>
    </div>
  );
}

function Playhead({
  state,
  share,
}: {
  readonly state: PageState;
  readonly share: (seconds: number) => number;
}): JSX.Element {
  const moved = `translateX(${percent(share(state.time.value))})`;
  return <div class="timeline-playhead" style={{ transform: moved }} />;
}

/** Answers per second as a soft area, those late or failed as a hard one on top of it. */
function Answers({
  state,
  view,
}: {
  readonly state: PageState;
  readonly view: ScenarioView;
}): JSX.Element {
  void state.history.version.value;
  const { times } = state.history;
  const columns = view.series
    .map((series, index) => ({ series, values: state.history.series(index) }))
    .filter(({ series }) => series.chart === 'throughput');
  const good = columns.filter(({ series }) => !isBad(series.label));
  const bad = columns.filter(({ series }) => isBad(series.label));
  const sum = (of: typeof columns, row: number) =>
    of.reduce((total, { values }) => total + (values[row] || 0), 0);
  const most = times.reduce((top, _, row) => Math.max(top, sum(columns, row)), 1);
  const area = (of: typeof columns) => steps(times, view, (row) => sum(of, row) / most);
  return (
    <svg class="timeline-answers" viewBox="0 0 1000 100" preserveAspectRatio="none">
      <path class="answers-good" d={area([...good, ...bad])} />
      <path class="answers-bad" d={area(bad)} />
    </svg>
  );
}

export function isBad(label: string): boolean {
  return /late|failed|shed|reject/.test(label);
}

function steps(
  times: readonly number[],
  { durationSeconds, windowSeconds }: ScenarioView,
  height: (row: number) => number,
): string {
  // More steps than there are pixels would be drawn for nobody.
  const stride = Math.max(1, Math.ceil(times.length / 800));
  const parts = ['M0 100'];
  for (let row = 0; row < times.length; row += stride) {
    const from = ((times[row]! - windowSeconds) / durationSeconds) * 1000;
    const last = Math.min(times.length - 1, row + stride - 1);
    const to = (times[last]! / durationSeconds) * 1000;
    const y = (100 - 90 * height(row)).toFixed(1);
    parts.push(`L${from.toFixed(1)} ${y}L${to.toFixed(1)} ${y}`);
  }
  const end = ((times.at(-1) ?? 0) / durationSeconds) * 1000;
  return `${parts.join('')}L${end.toFixed(1)} 100Z`;
}

/** Leaves out flags that would cover the one before; what went wrong goes first. */
function spread(happenings: readonly Happening[], share: (seconds: number) => number): Happening[] {
  const shown: Happening[] = [];
  for (const happening of happenings) {
    const last = shown.at(-1);
    const near = last !== undefined && share(happening.time) - share(last.time) < flagGap;
    if (!near) shown.push(happening);
    else if (happening.kind === 'fault' && last.kind !== 'fault')
      shown[shown.length - 1] = happening;
  }
  return shown;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

function sentence(view: ScenarioView, happenings: readonly Happening[]): string {
  const faults = view.faults.map(({ atSeconds, text }) => `${text} at ${shortClock(atSeconds)}`);
  const planned = faults.length === 0 ? 'no faults planned' : `planned: ${faults.join('; ')}`;
  const length = shortClock(view.durationSeconds);
  return `Timeline of ${length}, ${planned}, ${happenings.length} happenings so far`;
}
