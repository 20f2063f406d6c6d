/**
 * Caches that have lost everything before a store that was made for a part of the load.
 *
 * Source: M. Brooker, simulator_example, cache_sim, 2022, run with 8 seeds. That program shrinks its
 * cache by one entry at each miss while it is full, which ours does not: hence 10 %.
 */

import { runFile } from './compare.ts';
import { meanOf, near, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

/** When the cache is emptied, s. */
const LOSS = 4;
const END = 60;
const SEEDS = 8;
const TOLERANCE = 0.1;

interface Row {
  /** Requests a second that the store takes. */
  readonly rate: number;
  readonly before: number;
  /** Hit ratio between 50 s and 60 s. */
  readonly after: number;
  /** Seconds until the ratio is 95 % of what it was; null where half of the seeds never got there. */
  readonly recovery: number | null;
}

const ROWS: readonly Row[] = [
  { rate: 5, before: 0.839, after: 0.779, recovery: null },
  { rate: 10, before: 0.841, after: 0.82, recovery: 30 },
  { rate: 20, before: 0.838, after: 0.854, recovery: 14 },
  { rate: 100, before: 0.837, after: 0.859, recovery: 4 },
];

export const coldCaches: readonly MeasuredCase[] = [
  {
    id: 'C-COLD-BROOKER',
    title: 'A cold cache before a store that is limited',
    about:
      'A thousand look-ups a second by the zeta law of exponent 1.3, a cache of a thousand entries ' +
      'that is emptied after 4 s, and a store that takes 5 to 100 requests a second and refuses the ' +
      'rest. Theory: another simulation, M. Brooker, cache_sim, 2022; its cache shrinks at misses, ' +
      'so the ratio before the loss is lower there. Times are read from windows of a second.',
    files: ['c-cold-brooker'],
    seconds: 25,
    ordinaryShare: 0.25,
    lacks:
      'the hit ratio of the first second after the loss: that store answers at once and is busy ' +
      'afterwards, ours works before it answers',
    measure: (options) => ROWS.flatMap((row) => measureRow(row, options)),
  },
];

function measureRow({ rate, before, after, recovery }: Row, options: MeasureOptions): Finding[] {
  const seeds = Math.max(2, Math.round(SEEDS * options.share));
  const starts: number[] = [];
  const ends: number[] = [];
  const recoveries: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const set = [{ path: 'store.service', value: `{ read: ${1000 / rate}ms }` }];
    const { series } = runFile('c-cold-brooker', {
      seed: `${options.seed} ${seed}`,
      share: 1,
      set,
    });
    const ratios = series!.components['copies']!.hitRatio!.map((ratio) => ratio ?? 0);
    starts.push(meanOf(ratios.slice(0, LOSS)).mean);
    ends.push(meanOf(ratios.slice(END - 10, END)).mean);
    const back = ratios.findIndex((ratio, second) => second >= LOSS && ratio >= 0.95 * before);
    recoveries.push((back < 0 ? END : back) - LOSS);
  }
  const ratios = [
    ['before the loss', before, starts],
    ['50 s to 60 s', after, ends],
  ] as const;
  const findings = ratios.map(([when, expected, values]) => {
    const { mean, interval } = meanOf(values);
    const what = `hit ratio ${when}, ${rate} a second`;
    return { ...within(TOLERANCE, { what, expected, measured: mean, interval }), isEstimate: true };
  });
  if (recovery === null || options.share < 1) return findings;
  const time = near(TOLERANCE * recovery + 1, {
    what: `seconds until 95 % of that ratio, ${rate} a second`,
    unit: 's',
    expected: recovery,
    measured: medianOf(recoveries),
    interval: null,
  });
  return [...findings, { ...time, isEstimate: true }];
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle - 0.5)]! + sorted[Math.floor(middle)]!) / 2;
}
