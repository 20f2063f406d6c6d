/** What opens above the page: the keys, and the charts as a table. */

import type { ComponentChildren, JSX } from 'preact';
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { shortClock } from '../base/measured.ts';
import { valueText } from './chart-series.ts';
import { Icon } from './icons.tsx';
import { keyGroups } from './keys.ts';
import type { PageState } from './page-state.ts';

/** The table shows the last windows only. */
const rowsMax = 120;

export function Dialogs({ state }: { readonly state: PageState }): JSX.Element {
  return (
    <>
      <Dialog open={state.helpOpen} title="Keys">
        {keyGroups.map(({ title, bindings }) => (
          <section key={title} class="key-group" aria-label={title}>
            <h3>{title}</h3>
            <dl class="keys">
              {bindings.map(({ label, does }) => (
                <div key={label}>
                  <dt>
                    <kbd>{label}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p class="quiet">
          Drop a scenario file anywhere on the page to run it. Nothing leaves this page.
        </p>
      </Dialog>
      <Dialog open={state.numbersOpen} title="The charts as a table">
        <Numbers state={state} />
      </Dialog>
    </>
  );
}

interface DialogProps {
  readonly open: Signal<boolean>;
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Dialog({ open, title, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = open.value;
  useLayoutEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-label={title}
      onClose={() => {
        // Heard a little late: it may be open again.
        if (dialog.current?.open !== true) open.value = false;
      }}
    >
      {isOpen && (
        <>
          <div class="pane-head">
            <h2>{title}</h2>
            <button
              type="button"
              class="button square"
              aria-label="Close"
              onClick={() => (open.value = false)}
            >
              <Icon name="close" />
            </button>
          </div>
          {children}
        </>
      )}
    </dialog>
  );
}

function Numbers({ state }: { readonly state: PageState }): JSX.Element {
  const { history, view } = state;
  const series = view.value?.series ?? [];
  void history.version.value;
  const from = Math.max(0, history.length - rowsMax);
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="Numbers of the charts">
      <table>
        <thead>
          <tr>
            <th scope="col">time</th>
            {series.map(({ id, label }) => (
              <th scope="col" key={id}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.times.slice(from).map((time, row) => (
            <tr key={time}>
              <th scope="row">{shortClock(time)}</th>
              {series.map((one, index) => (
                <td key={one.id}>{valueText(one, history.series(index)[from + row])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
