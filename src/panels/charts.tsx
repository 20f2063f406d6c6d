/** All charts of a run. They share one crosshair and one span of time. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { shortClock } from '../base/measured.ts';
import type { Actions } from './actions.ts';
import { ChartFigure } from './chart-figure.tsx';
import { chartPlans } from './chart-series.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { loadPlot, type Plot } from './uplot-door.ts';
import 'uplot/dist/uPlot.min.css';

interface ChartsProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function Charts({ state, actions }: ChartsProps): JSX.Element {
  const plot = useSignal<Plot | 'missing' | null>(null);
  useEffect(() => {
    void loadPlot().then((loaded) => (plot.value = loaded ?? 'missing'));
  }, []);
  const view = state.view.value;
  const plans = view === null ? [] : chartPlans(view);
  return (
    <section class="charts" aria-label="Charts" data-count={plans.length}>
      <Span state={state} actions={actions} />
      {view !== null &&
        plans.map((plan) => (
          <ChartFigure key={`${view.run}${plan.id}`} {...{ state, view, plan, plot: plot.value }} />
        ))}
    </section>
  );
}

/** What span is shown, and the way back to all of it. */
function Span({ state, actions }: ChartsProps): JSX.Element {
  const { range } = state;
  const shown = range.value;
  return (
    <div class="chart-span" role="group" aria-label="Span of the charts">
      {shown === null ? (
        <span class="quiet">All of the run. Drag over a chart to look closer.</span>
      ) : (
        <span>
          {shortClock(shown.from)} to {shortClock(shown.to)}
        </span>
      )}
      <LastSeconds state={state} />
      <button type="button" class="button" onClick={() => void actions.inquiry.openWhy()}>
        Why is p99 high?
      </button>
      {shown !== null && (
        <button type="button" class="button" onClick={() => (range.value = null)}>
          <Icon name="close" />
          Show all
        </button>
      )}
    </div>
  );
}

function LastSeconds({ state }: { readonly state: PageState }): JSX.Element {
  const { range, time } = state;
  return (
    <>
      {[10, 60].map((seconds) => (
        <button
          key={seconds}
          type="button"
          class="button"
          onClick={() => {
            const to = Math.max(1, time.value);
            range.value = { from: Math.max(0, to - seconds), to };
          }}
        >
          Last {seconds === 60 ? 'minute' : `${seconds} s`}
        </button>
      ))}
    </>
  );
}
