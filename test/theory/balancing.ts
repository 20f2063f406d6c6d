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

import type { DesignCase, Further } from './theory-case.ts';

export const balancing: readonly DesignCase[] = [
  {
    id: 'LB-RR-2-090',
    requests: 2_000_000,
    expect: {
      mean: [7.58828362869, 0.06047],
      p50: [5.25979740251, 0.04597],
      p99: [34.9453375297, 0.13305],
    },
  },
  {
    id: 'LB-RR-10-090',
    requests: 2_000_000,
    expect: {
      mean: [5.66027639011, 0.05179],
      p50: [3.92340462099, 0.04187],
      p99: [26.0665360762, 0.10096],
    },
  },
  {
    id: 'LB-RANDOM-10-090',
    requests: 2_000_000,
    expect: {
      mean: [10, 0.07143],
      p50: [6.9314718056, 0.04992],
      p99: [46.0517018599, 0.13854],
    },
  },
  {
    id: 'LB-JSQ2-050',
    requests: 2_000_000,
    expect: {
      mean: [1.42632075117, 0.00764],
    },
  },
  {
    id: 'LB-JSQ2-090',
    requests: 2_000_000,
    expect: {
      mean: [5.47491282123, 0.09491],
    },
  },
  {
    id: 'LB-JSQ2-095',
    requests: 2_000_000,
    expect: {
      mean: [10.4866388126, 0.08797],
    },
  },
  {
    id: 'LB-JSQ3-070',
    requests: 2_000_000,
    expect: {
      mean: [1.70887609375, 0.01173],
    },
  },
  {
    id: 'LB-P2C3-070',
    requests: 2_000_000,
    expect: {
      mean: [1.88479236154, 0.00939],
    },
  },
  {
    id: 'LB-JSQ3-090',
    requests: 2_000_000,
    expect: {
      mean: [3.98242156391, 0.04862],
    },
  },
  {
    id: 'LB-P2C-MF-2-050',
    requests: 4_000_000,
    expect: {
      mean: [1.268597, 0.0064],
    },
    also: limitOfMany(1.26568603609, 0.0064),
  },
  {
    id: 'LB-P2C-MF-2-070',
    requests: 4_000_000,
    expect: {
      mean: [1.621815, 0.01051],
    },
    also: limitOfMany(1.61445377032, 0.01051),
  },
  {
    id: 'LB-P2C-MF-2-080',
    requests: 4_000_000,
    expect: {
      mean: [1.95871, 0.01427],
    },
    also: limitOfMany(1.94736338595, 0.01427),
  },
  {
    id: 'LB-P2C-MF-2-090',
    requests: 4_000_000,
    expect: {
      mean: [2.642258, 0.02899],
    },
    also: limitOfMany(2.61405737732, 0.02899),
  },
  {
    id: 'LB-P2C-MF-2-095',
    requests: 4_000_000,
    expect: {
      mean: [3.468485, 0.02509],
    },
    also: limitOfMany(3.38304600252, 0.02509),
  },
  {
    id: 'LB-P2C-MF-2-099',
    requests: 4_000_000,
    ordinaryRequests: 500_000,
    expect: {
      mean: [5.884936, 0.1245],
    },
    also: limitOfMany(5.43199657916, 0.1245),
  },
  {
    id: 'LB-P2C-MF-3-050',
    requests: 4_000_000,
    expect: {
      mean: [1.128267, 0.0064],
    },
    also: limitOfMany(1.12524414063, 0.0064),
  },
  {
    id: 'LB-P2C-MF-3-070',
    requests: 4_000_000,
    expect: {
      mean: [1.362811, 0.0064],
    },
    also: limitOfMany(1.35684219674, 0.0064),
  },
  {
    id: 'LB-P2C-MF-3-080',
    requests: 4_000_000,
    expect: {
      mean: [1.593345, 0.02184],
    },
    also: limitOfMany(1.58088563024, 0.02184),
  },
  {
    id: 'LB-P2C-MF-3-090',
    requests: 4_000_000,
    expect: {
      mean: [2.065564, 0.0064],
    },
    also: limitOfMany(2.027855969, 0.0064),
  },
  {
    id: 'LB-P2C-MF-3-095',
    requests: 4_000_000,
    expect: {
      mean: [2.610422, 0.03931],
    },
    also: limitOfMany(2.53513347652, 0.03931),
  },
  {
    id: 'LB-P2C-MF-3-099',
    requests: 4_000_000,
    ordinaryRequests: 500_000,
    expect: {
      mean: [4.404532, 0.16509],
    },
    also: limitOfMany(3.85784651966, 0.16509),
  },
];

/** The mean with infinitely many servers, below which that of finitely many cannot lie. */
function limitOfMany(value: number, tolerance: number): readonly Further[] {
  return [{ metric: 'mean', by: 'infinitely many servers', value, tolerance, isFloor: true }];
}
