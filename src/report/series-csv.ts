/**
 * The series of a run as CSV: one row a window, one column a number, empty where there is none.
 * Source: RFC 4180, 2005.
 */

import type { Measured, SeriesResult } from '../experiment/result-types.ts';

export function seriesCsv({ timeSeconds, operations, components }: SeriesResult): string {
  const columns: { readonly title: string; readonly values: readonly Measured[] }[] = [
    { title: 'timeSeconds', values: timeSeconds },
  ];
  for (const [name, series] of [...Object.entries(operations), ...Object.entries(components)]) {
    for (const [what, values] of Object.entries(series)) {
      columns.push({ title: `${name} ${what}`, values: values as readonly Measured[] });
    }
  }
  const lines = [columns.map(({ title }) => cell(title)).join(',')];
  for (let row = 0; row < timeSeconds.length; row++) {
    lines.push(columns.map(({ values }) => String(values[row] ?? '')).join(','));
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A text that no spreadsheet takes for a formula. Source: OWASP, CSV injection. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
