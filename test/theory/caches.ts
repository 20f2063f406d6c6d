/**
 * Hit ratios of whole scenarios with readers, caches and a database, where requests are independent
 * of each other: Poisson streams for entries that expire, the law of Zipf for entries that have to
 * make room. All are exact; those of evictions are fractions of whole numbers.
 *
 * Source: W. King, Analysis of demand paging algorithms, 1971; E. Gelenbe, A unified approach to
 * the evaluation of a class of replacement algorithms, 1973; N. Fofack et al., Analysis of
 * TTL-based cache networks, 2012.
 */

import { runFile } from './compare.ts';
import type { FileOptions } from './compare.ts';
import { counted, meanOf, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasureOptions, TheoryCase } from './theory-case.ts';

export const caches: readonly TheoryCase[] = [
  {
    id: 'C-LRU-KING-5-2',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.518884563817, 0.00428],
    },
  },
  {
    id: 'C-FIFO-IRM-5-2',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.503649635036, 0.00431],
    },
  },
  {
    id: 'C-RANDOM-IRM-5-2',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.503649635036, 0.0029],
    },
  },
  {
    id: 'C-LRU-KING-6-3',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.637815028476, 0.00373],
    },
  },
  {
    id: 'C-FIFO-IRM-6-3',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.611273080661, 0.00368],
    },
  },
  {
    id: 'C-RANDOM-IRM-6-3',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.611273080661, 0.00396],
    },
  },
  {
    id: 'C-FIFO-IRM-8-4',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.628277007384, 0.003],
    },
  },
  {
    id: 'C-RANDOM-IRM-8-4',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.628277007384, 0.0029],
    },
  },
  {
    id: 'C-TTL-FIX-0p5',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.333333333333, 0.00599],
    },
  },
  {
    id: 'C-TTL-SLIDE-0p5',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.393469340287, 0.005],
    },
  },
  {
    id: 'C-TTL-FIX-1',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.5, 0.00312],
    },
  },
  {
    id: 'C-TTL-SLIDE-1',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.632120558829, 0.00371],
    },
  },
  {
    id: 'C-TTL-SLIDE-4',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.981684361111, 0.0029],
    },
  },
  {
    id: 'C-TTL-FIX-20',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.952380952381, 0.0029],
    },
  },
  {
    id: 'C-TTL-SLIDE-20',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.999999997939, 0.0029],
    },
  },
  {
    id: 'C-TTL2-1-1-5',
    requests: 2_000_000,
    expect: {
      'hit ratio of near': [0.5, 0.00312],
      'hit ratio of far': [0.679984416862, 0.0029],
    },
  },
  {
    id: 'C-TTL2-0p5-4-10',
    requests: 2_000_000,
    expect: {
      'hit ratio of near': [0.666666666667, 0.0029],
      'hit ratio of far': [0.548421426798, 0.00296],
    },
  },
  {
    id: 'C-STAMPEDE',
    title: 'Everybody recomputes an expired entry',
    about:
      'A hot key with a thousand look-ups a second, a copy that lives ten seconds, 200 ms to make ' +
      'it anew; then one of the readers fetches for all, by three protections. Theory: the one that ' +
      'finds it gone, and the Poisson arrivals of 200 ms; with a lease one fetch, R. Nishtala et al., ' +
      'Scaling Memcache at Facebook, 2013.',
    files: ['c-stampede'],
    seconds: 16,
    ordinaryShare: 0.1,
    measure: measureStampedes,
  },
];

/** Protections that let one reader fetch, of whom every expiry sees exactly one. */
const LOCKS = ['single-flight', 'global-single-flight', 'lease'];

/** Fetches of each stampede: those in neighbouring seconds are one. */
function stampedesOf(options: FileOptions): number[] {
  const { series } = runFile('c-stampede', options);
  const stampedes: number[] = [];
  let open = false;
  for (const arrivals of series!.components['store']!.arrivals) {
    if (arrivals > 0 && !open) stampedes.push(0);
    open = arrivals > 0;
    if (open) stampedes[stampedes.length - 1]! += arrivals;
  }
  return stampedes;
}

function measureStampedes(options: MeasureOptions): Finding[] {
  const stampedes = stampedesOf(options);
  const locked = LOCKS.flatMap((value) => {
    // Nothing is left to chance, so a tenth of the length says as much.
    const set = [{ path: 'copies.stampede', value }];
    const counts = stampedesOf({ ...options, share: options.share / 10, set });
    return [
      counted(`fetches an expiry, fewest, ${value}`, 1, Math.min(...counts)),
      counted(`fetches an expiry, most, ${value}`, 1, Math.max(...counts)),
    ];
  });
  const { mean, deviation, interval } = meanOf(stampedes);
  const count = stampedes.length;
  const half = deviation / Math.sqrt(2 * count);
  return [
    {
      ...within((4 * Math.sqrt(200 / count)) / 201, {
        what: `fetches an expiry, mean of ${count}`,
        expected: 201,
        measured: mean,
        interval,
      }),
      isSampling: true,
    },
    within(0.1 / Math.sqrt(options.share), {
      what: 'fetches an expiry, deviation',
      expected: 14.1421356237,
      measured: deviation,
      interval: [deviation - 1.96 * half, deviation + 1.96 * half],
    }),
    ...locked,
  ];
}
