/**
 * One queue where not simply the first that came is served: shared processors, priorities, requests
 * that lose patience.
 *
 * Source: L. Kleinrock, Queueing Systems 2, 1976, chapters 3 and 4; A. Cobham, Priority assignment
 * in waiting line problems, 1954; C. Palm, Research on telephone traffic carried by full
 * availability groups, 1957.
 */

import type { DesignCase } from './theory-case.ts';

export const disciplines: readonly DesignCase[] = [
  {
    id: 'Q-PS-080',
    requests: 1_000_000,
    expect: {
      mean: [5, 0.03462],
    },
  },
  {
    id: 'Q-PS-DET-050',
    requests: 1_000_000,
    ordinaryRequests: 1_000_000,
    expect: {
      mean: [2, 0.01234],
    },
  },
  {
    id: 'Q-PRIO-NP',
    requests: 1_000_000,
    expect: {
      'mean of urgent': [2, 0.00784],
      'mean of patient': [4.33333333333, 0.03413],
    },
  },
  {
    id: 'Q-PRIO-PR',
    requests: 1_000_000,
    expect: {
      'mean of urgent': [1.42857142857, 0.01192],
      'mean of patient': [4.7619047619, 0.0316],
      'p99 of urgent': [6.57881455141, 0.03852],
    },
  },
  {
    id: 'Q-ERLA-2',
    requests: 1_000_000,
    ordinaryRequests: 1_000_000,
    expect: {
      unavailability: [0.41766184326, 0.00871],
      goodput: [698.805788088, 0.00364],
    },
  },
];
