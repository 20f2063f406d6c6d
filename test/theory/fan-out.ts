/**
 * Requests that wait for several answers. Those of idle leaves are order statistics; two busy
 * servers are solved in closed form, of eight and of 32 the values were simulated by an independent
 * program in ten replications, beside the approximation by Nelson and Tantawi.
 *
 * Source: A. Renyi, On the theory of order statistics, 1953; R. Nelson, A. Tantawi, Approximate
 * analysis of fork/join synchronization in parallel queues, 1988.
 */

import { readMetrics } from './compare.ts';
import { share as shareOf } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Further, MeasureOptions, TheoryCase } from './theory-case.ts';

export const fanOut: readonly TheoryCase[] = [
  {
    id: 'T-FJ2-050',
    requests: 1_000_000,
    ordinaryRequests: 100_000,
    expect: {
      mean: [2.875, 0.00919],
    },
  },
  {
    id: 'T-FJ8-050',
    requests: 1_000_000,
    ordinaryRequests: 50_000,
    calls: 8,
    expect: {
      mean: [4.846885, 0.00781],
    },
    also: approximation(4.78482142857, 0.0259),
  },
  {
    id: 'T-FJ32-050',
    requests: 1_000_000,
    ordinaryRequests: 20_000,
    calls: 32,
    expect: {
      mean: [6.892287, 0.00789],
    },
    also: approximation(6.88718564739, 0.005),
  },
  {
    id: 'R-QUORUM-EXP-1of3',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [0.333333333333, 0.01],
      p50: [0.231049060187, 0.02],
      p99: [1.53505672866, 0.05],
      'p99.9': [Math.LN10, 0.05],
    },
  },
  {
    id: 'R-QUORUM-EXP-2of3',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [0.833333333333, 0.01],
      p50: [Math.LN2, 0.02],
      p99: [2.83186095072, 0.05],
      'p99.9': [3.99702256064, 0.05],
    },
  },
  {
    id: 'R-QUORUM-EXP-3of3',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [1.83333333333, 0.01],
      p50: [1.57842640852, 0.02],
      p99: [5.70043610378, 0.05],
      'p99.9': [8.00603410461, 0.05],
    },
  },
  {
    id: 'R-QUORUM-EXP-1of5',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [0.2, 0.01],
      p50: [0.138629436112, 0.02],
      p99: [0.921034037198, 0.05],
      'p99.9': [1.3815510558, 0.05],
    },
  },
  {
    id: 'R-QUORUM-EXP-2of5',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [0.45, 0.01],
      p50: [0.376600970084, 0.02],
      p99: [1.50475234927, 0.05],
      'p99.9': [2.1036208832, 0.05],
    },
  },
  {
    id: 'R-QUORUM-EXP-4of5',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [1.28333333333, 0.01],
      p50: [1.15896702858, 0.02],
      p99: [3.42092737826, 0.05],
      'p99.9': [4.59504285261, 0.05],
    },
  },
  {
    id: 'R-QUORUM-EXP-5of5',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [2.28333333333, 0.01],
      p50: [2.04446492425, 0.02],
      p99: [6.21059200445, 0.05],
      'p99.9': [8.51679303132, 0.05],
    },
  },
  {
    id: 'R-QUORUM-UNI',
    requests: 1_000_000,
    ordinaryRequests: 50_000,
    calls: 5,
    expect: {
      'mean of one': [0.166666666667, 0.01],
      'mean of two': [0.333333333333, 0.01],
      'mean of three': [0.5, 0.01],
      'mean of four': [0.666666666667, 0.01],
      'mean of five': [0.833333333333, 0.01],
    },
  },
  {
    id: 'T-MAX-EXP',
    requests: 25_000,
    ordinaryRequests: 10_000,
    calls: 100,
    expect: {
      mean: [5.18737751764, 0.01],
      p50: [4.97514684059, 0.01],
      p99: [9.20536966402, 0.03],
    },
  },
  {
    id: 'R-2PC',
    requests: 450_000,
    ordinaryRequests: 50_000,
    calls: 8,
    expect: {
      'mean of prepare': [2.28333333333, 0.01],
      'mean of prepare-and-commit': [4.56666666667, 0.01],
    },
  },
  {
    id: 'T-FANOUT',
    title: 'One slow answer among many',
    about:
      'A request waits for 100 leaves that are slow with probability 1 %, or for 2,000 that are ' +
      'slow with one of 0.01 %, and is late if one of them was. Theory: J. Dean, L. Barroso, The ' +
      'tail at scale, 2013.',
    files: ['t-fanout-100', 't-fanout-2000'],
    seconds: 40,
    ordinaryShare: 0.02,
    measure: (options) => [
      slowShare('p = 1 %, n = 100', 't-fanout-100', 0.633967658727, options),
      slowShare('p = 0.01 %, n = 2,000', 't-fanout-2000', 0.181277434734, options),
    ],
  },
];

function slowShare(what: string, file: string, expected: number, options: MeasureOptions): Finding {
  const [late, ok] = readMetrics(file, ['late', 'ok'], options);
  return shareOf(what, expected, late!.measured, late!.measured + ok!.measured);
}

/** What Nelson and Tantawi's formula gives, with the error that it is known to have there. */
function approximation(value: number, tolerance: number): readonly Further[] {
  return [{ metric: 'mean', by: 'Nelson and Tantawi', value, tolerance }];
}
