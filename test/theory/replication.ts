/**
 * How soon the death of a node is noticed, and how available parts in a row, side by side and in
 * quorums are.
 *
 * Source: A. Birolini, Reliability Engineering, 2017 (products of independent parts); HAProxy and
 * Envoy documentation (probes every so often, unhealthy after so many).
 */

import { readMetrics, runFile } from './compare.ts';
import type { FileOptions } from './compare.ts';
import { counted, meanOf, share as shareOf, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

export const replication: readonly MeasuredCase[] = [
  {
    id: 'R-DETECT',
    title: 'When a node is noticed to be gone',
    about:
      'Five hundred instances are cut off in the same moment; probes every 5 s, given up after ' +
      '2 s, three in a row. Theory: the first failing probe comes after a uniform time of up to ' +
      '5 s, two more follow, and the third is given up.',
    files: ['r-detect'],
    seconds: 1,
    measure: measureDetection,
  },
  {
    id: 'R-AVAIL',
    title: 'Enough of the nodes',
    about:
      'A request asks n nodes at once and is answered when k of them have answered; each fails with ' +
      'probability 1 − p by a coin of its own. Theory: the binomial law.',
    files: ['r-avail'],
    seconds: 60,
    ordinaryShare: 0.01,
    measure: (options) => QUORUMS.map((quorum) => availabilityOf(quorum, options)),
  },
  {
    id: 'R-AVAIL-SERIES',
    title: 'In a row and side by side',
    about:
      'Ten services in a row of which each fails one request in two thousand; two of which each ' +
      'fails one in a thousand, the second asked when the first has failed. Theory: products of ' +
      'the probabilities of independent parts.',
    files: ['r-avail-series', 'r-avail-pair'],
    seconds: 40,
    ordinaryShare: 0.05,
    measure: (options) => [
      availability('10 services of 99.95 % in a row', 'r-avail-series', 0.995011235013, options),
      availability('two of 99.9 % side by side', 'r-avail-pair', 0.999999, options),
    ],
  },
];

/** Seconds from the cut at 20 s to each notice that an instance is taken out. */
function measureDetection(options: MeasureOptions): Finding[] {
  const { timeline } = runFile('r-detect', options);
  const notices = timeline.filter(
    ({ kind, text }) => kind === 'health' && text.includes('taken out'),
  );
  const times = notices.map(({ timeSeconds }) => timeSeconds - 20);
  const { mean, interval } = meanOf(times);
  const what = 'mean time to notice';
  return [
    counted('instances noticed', 500, times.length),
    within(0.02, { what, unit: 's', expected: 14.5, measured: mean, interval }),
    { ...counted('shortest', 12, Math.min(...times), 's'), bound: 'at least' },
    { ...counted('longest', 17, Math.max(...times), 's'), bound: 'at most' },
  ];
}

interface Quorum {
  readonly k: number;
  readonly n: number;
  readonly p: number;
  readonly available: number;
  /** Requests a second for 1,000 s; the rarer a failure, the more of them. */
  readonly rate: number;
}

const QUORUMS: readonly Quorum[] = [
  { k: 2, n: 3, p: 0.99, available: 0.999702, rate: 2_000 },
  { k: 3, n: 5, p: 0.99, available: 0.9999901494, rate: 4_000 },
  { k: 1, n: 2, p: 0.99, available: 0.9999, rate: 2_000 },
  { k: 1, n: 3, p: 0.99, available: 0.999999, rate: 20_000 },
  { k: 2, n: 3, p: 0.999, available: 0.999997002, rate: 10_000 },
  { k: 3, n: 5, p: 0.9, available: 0.99144, rate: 1_000 },
];

function availabilityOf({ k, n, p, available, rate }: Quorum, options: MeasureOptions): Finding {
  const coin = [
    { share: p, do: [] },
    { share: 1 - p, do: [{ call: 'broken' }] },
  ];
  const step = { parallel: { times: n, 'wait-for': k, steps: [{ choose: coin }] } };
  const set = [
    { path: 'clients.rate', value: `${rate}/s` },
    { path: 'front.operations.get', value: JSON.stringify([step]) },
  ];
  const seed = `${options.seed}-${k}-${n}-${p}`;
  const what = `${k} of ${n}, p = ${p}`;
  return availability(what, 'r-avail', available, { ...options, seed, set });
}

function availability(what: string, file: string, expected: number, options: FileOptions): Finding {
  const [ok, failed] = readMetrics(file, ['ok', 'failed'], options);
  return shareOf(what, expected, ok!.measured, ok!.measured + failed!.measured);
}
