/** The metrics of claims about what clients keep for themselves. */

import type { Run } from '../model/run.ts';
import { sumOver } from '../model/tally.ts';
import { keepersOf } from './client-results.ts';
import { exact, nothing, ratioOver } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { lengthNs } from './span.ts';
import type { Span } from './span.ts';

/** The column of each metric. */
const columns: Readonly<Record<string, string>> = {
  'client hit ratio': 'hits',
  'client hits': 'hits',
  'client stale reads': 'staleReads',
};

const NOBODY = 'these clients keep nothing';

/** Measures one metric of the caches of clients; null when it is none. */
export function measureClients(
  run: Run,
  metric: string,
  subject: string | null,
  span: Span,
): Measurement | null {
  const column = Object.hasOwn(columns, metric) ? columns[metric]! : null;
  if (column === null) return null;
  if (lengthNs(run, span) === 0) return nothing('no time has been measured yet');
  const owners = keepersOf(run).filter(({ name }) => subject === null || name === subject);
  const isCount = metric !== 'client hit ratio';
  if (owners.length === 0 && (subject === null || !isCount)) return nothing(NOBODY);
  const tallies = owners.map(({ caches }) => caches!.tally);
  if (isCount) return exact(sumOver(tallies, column, span.from, span.to));
  const at = (window: number, counted: string) =>
    tallies.reduce((sum, tally) => sum + tally.at(window, counted), 0);
  const numerator = (window: number) => at(window, 'hits');
  const denominator = (window: number) => at(window, 'hits') + at(window, 'misses');
  return ratioOver(run, span, { numerator, denominator, isShare: true }, 'no look-up');
}
