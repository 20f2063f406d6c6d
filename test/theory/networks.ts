/**
 * Several queues in a row, and clients that wait for their answers before they ask again.
 *
 * Source: P. Burke, The output of a queuing system, 1956; M. Reiser, S. Lavenberg, Mean-value
 * analysis of closed multichain queuing networks, 1980.
 */

import type { DesignCase } from './theory-case.ts';

export const networks: readonly DesignCase[] = [
  {
    id: 'Q-TANDEM-5',
    requests: 1_000_000,
    expect: {
      mean: [10, 0.00911],
      p50: [9.34181776559, 0.00723],
      p99: [23.209251159, 0.02577],
    },
  },
  {
    id: 'Q-CLOSED1-1',
    requests: 300_000,
    expect: {
      mean: [0.1, 0.00855],
      goodput: [909.090909091, 0.01143],
    },
  },
  {
    id: 'Q-CLOSED1-5',
    requests: 300_000,
    expect: {
      mean: [0.146663217796, 0.02111],
      goodput: [4360.47823145, 0.00894],
    },
  },
  {
    id: 'Q-CLOSED1-10',
    requests: 300_000,
    expect: {
      mean: [0.273207943855, 0.01986],
      goodput: [7854.17656893, 0.00879],
    },
  },
  {
    id: 'Q-CLOSED1-20',
    requests: 300_000,
    expect: {
      mean: [1.00374509948, 0.01928],
      goodput: [9981.30950148, 0.00844],
    },
  },
  {
    id: 'Q-CLOSED1-50',
    requests: 300_000,
    expect: {
      mean: [4, 0.01062],
      goodput: [10000, 0.00849],
    },
  },
  {
    id: 'Q-CLOSED3-20',
    requests: 300_000,
    expect: {
      mean: [0.583659334492, 0.01446],
      goodput: [7740.95862136, 0.00477],
    },
  },
];
