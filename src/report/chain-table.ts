/** What each size of a cache does to the system behind it, as text. */

import { shortMilliseconds, shortNumber } from '../base/measured.ts';
import type { ChainRow, ChainSubject } from '../experiment/cache-chain.ts';
import type { Measured } from '../experiment/result-types.ts';
import { sizeText } from './curve-drawing.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';

export function chainTable(
  subject: ChainSubject,
  rows: readonly ChainRow[],
  title: string,
  paint: Paint,
): string {
  const names = Object.keys(rows[0]?.operations ?? {});
  const store = subject.store ?? 'store';
  const columns = [
    `size of ${subject.cache}`,
    'hits',
    `${store} calls/s`,
    'busy',
    ...names.flatMap((name) => [`${name} p99`, 'available']),
    'a month',
  ].map((heading, place) => ({
    title: heading,
    align: place === 0 ? ('left' as const) : ('right' as const),
  }));
  const cells = rows.map((row) => [
    `${sizeText(row.size, subject.unit)}${row.isPresent ? ' (now)' : ''}`,
    shareText(row.hitRatio, 2),
    row.storeRequestsPerSecond === null ? '–' : shortNumber(row.storeRequestsPerSecond),
    shareText(row.storeUtilisation, 0),
    ...names.flatMap((name) => {
      const { p99Ms, availability } = row.operations[name]!;
      return [shortMilliseconds(p99Ms ?? NaN), shareText(availability, 2)];
    }),
    row.costPerMonth === null ? '–' : `$${shortNumber(row.costPerMonth)}`,
  ]);
  const hasPrices = rows.some(({ costPerMonth }) => costPerMonth !== null);
  return [
    paint(title, 'strong'),
    'each line is a run of the whole system with the same random streams',
    '',
    ...table(columns, cells),
    '',
    hasPrices
      ? 'a month has 730 hours; only what has a price is counted, and that of the cache by its size'
      : 'nothing has a price: write `price: $0.25/h` on a component to see what it costs',
    '',
  ].join('\n');
}

export function chainCsv(rows: readonly ChainRow[]): string {
  const names = Object.keys(rows[0]?.operations ?? {});
  const heading = [
    'size',
    'hit_ratio',
    'store_requests_per_second',
    'store_utilisation',
    ...names.flatMap((name) => [`${name}_p99_ms`, `${name}_availability`]),
    'cost_per_month',
  ];
  const lines = rows.map((row) =>
    [
      row.size,
      row.hitRatio,
      row.storeRequestsPerSecond,
      row.storeUtilisation,
      ...names.flatMap((name) => [row.operations[name]!.p99Ms, row.operations[name]!.availability]),
      row.costPerMonth,
    ]
      .map((value) => value ?? '')
      .join(','),
  );
  return `${[heading.join(','), ...lines].join('\n')}\n`;
}

function shareText(share: Measured, digits: number): string {
  return share === null ? '–' : `${(share * 100).toFixed(digits)} %`;
}
