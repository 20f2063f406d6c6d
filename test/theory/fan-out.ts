/**
 * Requests that wait for several answers. Those of idle leaves are order statistics; two busy
 * servers are solved in closed form, of eight the value was simulated by an independent program in
 * ten replications and lies 1.3 % above the approximation by Nelson and Tantawi.
 *
 * Source: A. Renyi, On the theory of order statistics, 1953; R. Nelson, A. Tantawi, Approximate
 * analysis of fork/join synchronization in parallel queues, 1988.
 */

import type { TheoryCase } from './theory-case.ts';

export const fanOut: readonly TheoryCase[] = [
  {
    id: 't-fj2-050',
    requests: 1_000_000,
    ordinaryRequests: 100_000,
    expect: {
      mean: [2.875, 0.00919],
    },
  },
  {
    id: 't-fj8-050',
    requests: 1_000_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [4.846885, 0.00781],
    },
  },
  {
    id: 'r-quorum-exp-3of3',
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
    id: 'r-quorum-exp-5of5',
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
    id: 'r-quorum-uni',
    requests: 200_000,
    ordinaryRequests: 50_000,
    expect: {
      mean: [0.833333333333, 0.01],
    },
  },
  {
    id: 't-max-exp',
    requests: 25_000,
    ordinaryRequests: 10_000,
    expect: {
      mean: [5.18737751764, 0.01],
      p50: [4.97514684059, 0.01],
      p99: [9.20536966402, 0.03],
    },
  },
];
