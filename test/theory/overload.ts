/**
 * Load that makes more load: retries, herds, work that comes too late, caches that are lost.
 *
 * Source: Google, Site Reliability Engineering, 2016, chapters 21 and 22; M. Brooker, Timeouts,
 * retries and backoff with jitter, 2019; N. Bronson et al., Metastable failures in distributed
 * systems, 2021.
 */

import { readMetrics, runFile } from './compare.ts';
import type { Reading } from './compare.ts';
import { counted, meanOf, near, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

export const overload: readonly MeasuredCase[] = [
  {
    id: 'O-RETRY-DEPTH',
    title: 'Layers that all retry',
    about:
      'Callers in a row that each retry, and behind them a service that is down. Theory: attempts ' +
      'multiply; Google, Site Reliability Engineering, chapter 22 (64), and M. Brooker (243).',
    files: ['o-retry-depth-3', 'o-retry-depth-5'],
    seconds: 1,
    measure: (options) => [
      attemptsAtTheBottom('3 layers of 4 attempts', 3, 4, options),
      attemptsAtTheBottom('5 layers of 3 attempts', 5, 3, options),
    ],
  },
  {
    id: 'O-RETRY-GEOM',
    title: 'Attempts that fail by a coin',
    about:
      'Every attempt fails with the same probability p, and a caller makes four at the most. ' +
      'Theory: load and success are sums of a geometric series; M. Brooker, retry_sim.',
    files: ['o-retry-geom'],
    seconds: 6,
    ordinaryShare: 0.2,
    measure: (options) => GEOMETRIC.flatMap((row) => measureGeometric(row, options)),
  },
  {
    id: 'O-RETRY-SRE',
    title: 'Three attempts at a dead service',
    about:
      'Attempts a request while everything is refused, without a budget and with one of 10 % of ' +
      'first attempts, beside which ten retries a second are always free. Theory: Google, Site ' +
      'Reliability Engineering, chapter 21.',
    files: ['o-retry-sre'],
    seconds: 2,
    measure: measureBudget,
  },
  {
    id: 'O-FINAGLE',
    title: 'A budget for retries',
    about:
      'A thousand requests a second that all fail, and a budget of 20 % and ten a second. Theory: ' +
      "Twitter, documentation of Finagle's RetryBudget, 2016.",
    files: ['o-finagle'],
    seconds: 1,
    measure: (options) => {
      const { operations, edges } = runFile('o-finagle', options);
      const { retries } = edges.find(({ from }) => from === 'clients')!;
      const { offered, offeredPerSecond } = Object.values(operations)[0]!;
      const measured = (retries * offeredPerSecond!) / offered;
      const what = 'retries a second';
      return [within(0.05, { what, unit: '/s', expected: 210, measured, interval: null })];
    },
  },
  {
    id: 'O-GOODPUT',
    title: 'Work that comes too late',
    about:
      'One exponential server, first come first served; an answer after 20 services is of no use ' +
      'and nothing is cancelled. Theory: at load 0.9 the time in the system is exponential; at ' +
      'load 1.2 it grows without end, so that nothing is in time after a while.',
    files: ['o-goodput', 'o-goodput-overload'],
    seconds: 4,
    ordinaryShare: 0.2,
    measure: (options) => {
      const [fine] = readMetrics('o-goodput', ['availability'], options);
      const [late] = readMetrics('o-goodput-overload', ['availability'], { ...options, share: 1 });
      return [
        near(0.03 / Math.sqrt(options.share), {
          what: 'share in time at load 0.9',
          expected: 0.864664716763,
          ...fine!,
        }),
        near(0.01, { what: 'share in time at load 1.2', expected: 0, ...late! }),
      ];
    },
  },
  {
    id: 'O-HERD',
    title: 'Ten thousand clients that poll',
    about:
      'Clients ask every minute, all in the same moment, or with a jitter of ten seconds or of a ' +
      'minute. Theory: N at once, N over the jitter.',
    files: ['o-herd'],
    seconds: 1,
    measure: measureHerd,
  },
  {
    id: 'O-BRONSON-CACHE',
    title: 'The hidden capacity of a cache',
    about:
      'A cache answers 90 % of 3,000 look-ups a second, a store of 300 a second the rest; the ' +
      'cache is lost and comes back empty. Recovered means that at least 85 % of the look-ups ' +
      'find their key again. Theory: N. Bronson et al., 2021.',
    files: ['o-bronson-cache'],
    seconds: 3,
    measure: measureLostCache,
  },
];

/** p, then load and success where the collection names them. */
const GEOMETRIC: readonly (readonly [p: number, load: number, success: number | null])[] = [
  [0.01, 1.010101, null],
  [0.1, 1.111, 0.9999],
  [0.2, 1.248, 0.9984],
  [0.5, 1.875, 0.9375],
];

function attemptsAtTheBottom(
  what: string,
  layers: number,
  attempts: number,
  options: MeasureOptions,
): Finding {
  const { edges, operations } = runFile(`o-retry-depth-${layers}`, options);
  const { calls } = edges.find(({ to }) => to === 'bottom')!;
  const { offered } = Object.values(operations)[0]!;
  return counted(
    `calls of the dead service a request, ${what}`,
    attempts ** layers,
    calls / offered,
  );
}

function measureGeometric(
  [p, load, success]: (typeof GEOMETRIC)[number],
  { seed, share }: MeasureOptions,
): Finding[] {
  const choice = [
    { share: 1 - p, do: [] },
    { share: p, do: [{ call: 'broken' }] },
  ];
  const set = [{ path: 'front.operations.get', value: JSON.stringify([{ choose: choice }]) }];
  const options = { seed: `${seed}-${p}`, share, set };
  const metrics = ['attempts', 'offered', 'availability'];
  const [attempts, offered, ok] = readMetrics('o-retry-geom', metrics, options) as Readings3;
  const measured = attempts.measured / offered.measured;
  const widened = 1 / Math.sqrt(share);
  const what = `load at p = ${p}`;
  return [
    within(0.01 * widened, { what, expected: load, measured, interval: null }),
    ...(success === null
      ? []
      : [within(0.005 * widened, { what: `success at p = ${p}`, expected: success, ...ok })]),
  ];
}

type Readings3 = readonly [Reading, Reading, Reading];

function measureBudget(options: MeasureOptions): Finding[] {
  const load = (retries: string) => {
    const set = [{ path: 'clients.retries', value: retries }];
    const [attempts, offered] = readMetrics('o-retry-sre', ['attempts', 'offered'], {
      ...options,
      set,
    });
    return attempts!.measured / offered!.measured;
  };
  const budgeted = load('{ attempts: 3, backoff: none, budget: 10% }');
  return [
    counted('load without a budget', 3, load('{ attempts: 3, backoff: none }')),
    within(0.02, {
      what: 'load with a budget of 10 %',
      expected: 1.1,
      measured: budgeted,
      interval: null,
    }),
  ];
}

/** Requests in each second of the second minute, in which every client asks once. */
function measureHerd(options: MeasureOptions): Finding[] {
  const polls = (think: string) => {
    const { series } = runFile('o-herd', {
      ...options,
      set: [{ path: 'clients.think', value: think }],
    });
    return series!.operations['poll']!.offered.slice(60, 120);
  };
  const jittered = polls('uniform(60s, 70s)').slice(0, 10);
  const { mean, interval } = meanOf(jittered);
  const spread = polls('uniform(60s, 120s)');
  return [
    counted('most in a second, all at once', 10_000, Math.max(...polls('60s'))),
    within(0.35, {
      what: 'most in a second, jitter of a minute',
      expected: 166.666666667,
      measured: Math.max(...spread),
      interval: null,
    }),
    within(0.1, {
      what: 'mean in a second, jitter of 10 s',
      expected: 1_000,
      measured: mean,
      interval,
    }),
  ];
}

/** A hit ratio of this counts as recovered; it is 90 % before the loss. */
const RECOVERED = 0.85;

function measureLostCache(options: MeasureOptions): Finding[] {
  const [lost, full, light] = readMetrics(
    'o-bronson-cache',
    [
      'arrivals of store between 22s and 28s',
      'hit ratio of copies between 100s and 150s',
      'hit ratio of copies after 650s',
    ],
    options,
  ) as Readings3;
  const recovered = (ratio: Reading) => (ratio.measured >= RECOVERED ? 1 : 0);
  return [
    counted('look-ups of the store while the cache is lost', 3_000, lost.measured / 6, '/s'),
    counted('recovered at full load (0: no, 1: yes)', 0, recovered(full)),
    counted('recovered at 250 a second (0: no, 1: yes)', 1, recovered(light)),
  ];
}
