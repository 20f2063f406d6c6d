/** The numbers of a chart of the laboratory, in a dialog, and as a file for other programs. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Dialog } from '../dialogs.tsx';
import { Icon } from '../icons.tsx';
import { saveCsv } from '../save-csv.ts';

interface ResultTableProps {
  readonly title: string;
  readonly heads: readonly string[];
  /** The first cell of each is its head. */
  readonly rows: readonly (readonly string[])[];
  readonly csv: () => string;
}

export function ResultTable({ title, heads, rows, csv }: ResultTableProps): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <>
      <button type="button" class="button" onClick={() => (isOpen.value = true)}>
        <Icon name="table" />
        Table
      </button>
      <button type="button" class="button" onClick={() => saveCsv(title, csv())}>
        <Icon name="save" />
        CSV
      </button>
      <Dialog open={isOpen} title={title}>
        <div class="table-frame" tabIndex={0} role="region" aria-label={`Numbers of ${title}`}>
          <table>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th scope="col" key={head}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cells) => (
                <tr key={cells[0]}>
                  {cells.map((cell, place) =>
                    place === 0 ? (
                      <th scope="row" key={heads[place]}>
                        {cell}
                      </th>
                    ) : (
                      <td key={heads[place]}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Dialog>
    </>
  );
}
