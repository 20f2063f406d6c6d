/** The numbers of one chart as a table, and as a file for other programs. */

import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { shortClock } from '../base/measured.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import { rowsWithin } from './chart-rows.ts';
import { valueText, type ChartPlan } from './chart-series.ts';
import { heatCsv, seriesCsv } from './chart-csv.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { saveCsv } from './save-csv.ts';

/** The table shows that many windows; the file has all of them. */
const rowsMax = 600;

interface ChartTableProps {
  readonly state: PageState;
  readonly view: ScenarioView;
  readonly plan: ChartPlan;
  readonly open: Signal<boolean>;
}

export function ChartTable(props: ChartTableProps): JSX.Element {
  const { plan, open, state } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = open.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const name = state.view.value?.name ?? 'run';
  return (
    <dialog
      ref={dialog}
      class="dialog chart-dialog"
      aria-label={`${plan.title} as a table`}
      onClose={() => (open.value = false)}
    >
      {isOpen && (
        <>
          <div class="pane-head">
            <h2>{plan.title}</h2>
            <button
              type="button"
              class="button"
              onClick={() => saveCsv(`${name} ${plan.title}`, seriesCsv(state.history, plan))}
            >
              Download CSV
            </button>
            {plan.kind === 'latency' && (
              <button
                type="button"
                class="button"
                onClick={() => saveCsv(`${name} heat map`, heatCsv(state.history))}
              >
                Heat map CSV
              </button>
            )}
            <button
              type="button"
              class="button square"
              aria-label="Close"
              onClick={() => (open.value = false)}
            >
              <Icon name="close" />
            </button>
          </div>
          <Rows {...props} />
        </>
      )}
    </dialog>
  );
}

function Rows({ state, plan }: ChartTableProps): JSX.Element {
  void state.history.version.value;
  const { times } = state.history;
  const { from, to } = rowsWithin(times, state.range.value);
  const first = Math.max(from, to - rowsMax);
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={`Numbers of ${plan.title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">time</th>
            {plan.columns.map(({ series }) => (
              <th scope="col" key={series.id}>
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.slice(first, to).map((time, row) => (
            <tr key={time}>
              <th scope="row">{shortClock(time)}</th>
              {plan.columns.map(({ series, index }) => (
                <td key={series.id}>
                  {valueText(series, state.history.series(index)[first + row])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
