/**
 * Hit ratios of whole scenarios with readers, caches and a database, where requests are independent
 * of each other: Poisson streams for entries that expire, the law of Zipf for entries that have to
 * make room. All are exact; those of evictions are fractions of whole numbers.
 *
 * Source: W. King, Analysis of demand paging algorithms, 1971; E. Gelenbe, A unified approach to
 * the evaluation of a class of replacement algorithms, 1973; N. Fofack et al., Analysis of
 * TTL-based cache networks, 2012.
 */

import type { TheoryCase } from './theory-case.ts';

export const caches: readonly TheoryCase[] = [
  {
    id: 'c-lru-king-5-2',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.518884563817, 0.00428],
    },
  },
  {
    id: 'c-fifo-irm-5-2',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.503649635036, 0.00431],
    },
  },
  {
    id: 'c-random-irm-5-2',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.503649635036, 0.0029],
    },
  },
  {
    id: 'c-lru-king-6-3',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.637815028476, 0.00373],
    },
  },
  {
    id: 'c-fifo-irm-6-3',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.611273080661, 0.00368],
    },
  },
  {
    id: 'c-random-irm-6-3',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.611273080661, 0.00396],
    },
  },
  {
    id: 'c-fifo-irm-8-4',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.628277007384, 0.003],
    },
  },
  {
    id: 'c-random-irm-8-4',
    requests: 4_000_000,
    expect: {
      'hit ratio of copies': [0.628277007384, 0.0029],
    },
  },
  {
    id: 'c-ttl-fix-0p5',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.333333333333, 0.00599],
    },
  },
  {
    id: 'c-ttl-slide-0p5',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.393469340287, 0.005],
    },
  },
  {
    id: 'c-ttl-fix-1',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.5, 0.00312],
    },
  },
  {
    id: 'c-ttl-slide-1',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.632120558829, 0.00371],
    },
  },
  {
    id: 'c-ttl-slide-4',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.981684361111, 0.0029],
    },
  },
  {
    id: 'c-ttl-fix-20',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.952380952381, 0.0029],
    },
  },
  {
    id: 'c-ttl-slide-20',
    requests: 2_000_000,
    expect: {
      'hit ratio of copies': [0.999999997939, 0.0029],
    },
  },
  {
    id: 'c-ttl2-1-1-5',
    requests: 2_000_000,
    expect: {
      'hit ratio of near': [0.5, 0.00312],
      'hit ratio of far': [0.679984416862, 0.0029],
    },
  },
  {
    id: 'c-ttl2-0p5-4-10',
    requests: 2_000_000,
    expect: {
      'hit ratio of near': [0.666666666667, 0.0029],
      'hit ratio of far': [0.548421426798, 0.00296],
    },
  },
];
