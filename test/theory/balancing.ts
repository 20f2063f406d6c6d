/**
 * One stream of requests over several servers, by policy. Round robin and random are solved in
 * closed form. The shortest of few queues is a Markov chain, solved numerically to six digits and
 * more.
 *
 * The values of `lb-p2c-mf-D-LOAD`, the shortest of D queues out of 100, were simulated, by an
 * independent program in four replications. How long those runs were is not known; over 4,000,000
 * requests the deviation of this program's estimates is a quarter of the tolerances or less, so
 * these are taken to speak of that many. Only for `lb-p2c-mf-3-090`, where the four replications
 * happened to agree, it is 0.4 of the tolerance.
 *
 * Source: L. Kleinrock, Queueing Systems 1, 1975, chapter 6; L. Flatto, H. McKean, Two queues in
 * parallel, 1977; M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001.
 */

import type { TheoryCase } from './theory-case.ts';

export const balancing: readonly TheoryCase[] = [
  {
    id: 'lb-rr-2-090',
    requests: 2_000_000,
    expect: {
      mean: [7.58828362869, 0.06047],
      p50: [5.25979740251, 0.04597],
      p99: [34.9453375297, 0.13305],
    },
  },
  {
    id: 'lb-rr-10-090',
    requests: 2_000_000,
    expect: {
      mean: [5.66027639011, 0.05179],
      p50: [3.92340462099, 0.04187],
      p99: [26.0665360762, 0.10096],
    },
  },
  {
    id: 'lb-random-10-090',
    requests: 2_000_000,
    expect: {
      mean: [10, 0.07143],
      p50: [6.9314718056, 0.04992],
      p99: [46.0517018599, 0.13854],
    },
  },
  {
    id: 'lb-jsq2-050',
    requests: 2_000_000,
    expect: {
      mean: [1.42632075117, 0.00764],
    },
  },
  {
    id: 'lb-jsq2-090',
    requests: 2_000_000,
    expect: {
      mean: [5.47491282123, 0.09491],
    },
  },
  {
    id: 'lb-jsq2-095',
    requests: 2_000_000,
    expect: {
      mean: [10.4866388126, 0.08797],
    },
  },
  {
    id: 'lb-jsq3-070',
    requests: 2_000_000,
    expect: {
      mean: [1.70887609375, 0.01173],
    },
  },
  {
    id: 'lb-p2c3-070',
    requests: 2_000_000,
    expect: {
      mean: [1.88479236154, 0.00939],
    },
  },
  {
    id: 'lb-jsq3-090',
    requests: 2_000_000,
    expect: {
      mean: [3.98242156391, 0.04862],
    },
  },
  {
    id: 'lb-p2c-mf-2-050',
    requests: 4_000_000,
    expect: {
      mean: [1.268597, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-2-070',
    requests: 4_000_000,
    expect: {
      mean: [1.621815, 0.01051],
    },
  },
  {
    id: 'lb-p2c-mf-2-080',
    requests: 4_000_000,
    expect: {
      mean: [1.95871, 0.01427],
    },
  },
  {
    id: 'lb-p2c-mf-2-090',
    requests: 4_000_000,
    expect: {
      mean: [2.642258, 0.02899],
    },
  },
  {
    id: 'lb-p2c-mf-2-095',
    requests: 4_000_000,
    expect: {
      mean: [3.468485, 0.02509],
    },
  },
  {
    id: 'lb-p2c-mf-2-099',
    requests: 4_000_000,
    ordinaryRequests: 500_000,
    expect: {
      mean: [5.884936, 0.1245],
    },
  },
  {
    id: 'lb-p2c-mf-3-050',
    requests: 4_000_000,
    expect: {
      mean: [1.128267, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-3-070',
    requests: 4_000_000,
    expect: {
      mean: [1.362811, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-3-080',
    requests: 4_000_000,
    expect: {
      mean: [1.593345, 0.02184],
    },
  },
  {
    id: 'lb-p2c-mf-3-090',
    requests: 4_000_000,
    expect: {
      mean: [2.065564, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-3-095',
    requests: 4_000_000,
    expect: {
      mean: [2.610422, 0.03931],
    },
  },
  {
    id: 'lb-p2c-mf-3-099',
    requests: 4_000_000,
    ordinaryRequests: 500_000,
    expect: {
      mean: [4.404532, 0.16509],
    },
  },
];
