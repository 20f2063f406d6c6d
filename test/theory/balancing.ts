/** B */

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
    requests: 1_000_000,
    expect: {
      mean: [1.268597, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-2-070',
    requests: 1_000_000,
    expect: {
      mean: [1.621815, 0.01051],
    },
  },
  {
    id: 'lb-p2c-mf-2-080',
    requests: 1_000_000,
    expect: {
      mean: [1.95871, 0.01427],
    },
  },
  {
    id: 'lb-p2c-mf-2-090',
    requests: 1_000_000,
    expect: {
      mean: [2.642258, 0.02899],
    },
  },
  {
    id: 'lb-p2c-mf-2-095',
    requests: 1_000_000,
    expect: {
      mean: [3.468485, 0.02509],
    },
  },
  {
    id: 'lb-p2c-mf-2-099',
    requests: 1_000_000,
    expect: {
      mean: [5.884936, 0.1245],
    },
  },
  {
    id: 'lb-p2c-mf-3-050',
    requests: 1_000_000,
    expect: {
      mean: [1.128267, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-3-070',
    requests: 1_000_000,
    expect: {
      mean: [1.362811, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-3-080',
    requests: 1_000_000,
    expect: {
      mean: [1.593345, 0.02184],
    },
  },
  {
    id: 'lb-p2c-mf-3-090',
    requests: 1_000_000,
    expect: {
      mean: [2.065564, 0.0064],
    },
  },
  {
    id: 'lb-p2c-mf-3-095',
    requests: 1_000_000,
    expect: {
      mean: [2.610422, 0.03931],
    },
  },
  {
    id: 'lb-p2c-mf-3-099',
    requests: 1_000_000,
    expect: {
      mean: [4.404532, 0.16509],
    },
  },
];
