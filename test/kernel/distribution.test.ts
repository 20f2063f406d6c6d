import { describe, expect, it } from 'vitest';
import { distributionFault } from '../../src/kernel/distribution-fault.ts';
import {
  distributionMean,
  distributionVariance,
  fitLognormal,
  lognormalOf,
  Sampler,
  scaleDistribution,
} from '../../src/kernel/distribution.ts';
import type { DistributionSpec } from '../../src/kernel/distribution.ts';
import { streamFor } from '../../src/kernel/random.ts';

const DRAWS = 1_000_000;

/** Each law with its mean and variance, worked out by hand where the formula is short. */
const LAWS: readonly (readonly [string, DistributionSpec, number, number])[] = [
  ['a constant', { kind: 'constant', value: 7.5 }, 7.5, 0],
  ['uniform', { kind: 'uniform', low: 2, high: 8 }, 5, 3],
  ['exponential', { kind: 'exponential', mean: 40 }, 40, 1600],
  ['normal far from zero', { kind: 'normal', mean: 50, deviation: 4 }, 50, 16],
  // Half-normal: mean √(2/π), variance 1 − 2/π.
  [
    'normal cut at its middle',
    { kind: 'normal', mean: 0, deviation: 1 },
    Math.sqrt(2 / Math.PI),
    1 - 2 / Math.PI,
  ],
  // φ(1)/Φ(1) = 0.28760; mean 1 + that, variance 1 − that − that².
  [
    'normal cut one deviation below',
    { kind: 'normal', mean: 1, deviation: 1 },
    1.2875999709391784,
    0.62968628569,
  ],
  [
    'lognormal',
    { kind: 'lognormal', median: 10, sigma: 0.5 },
    10 * Math.exp(0.125),
    100 * Math.exp(0.25) * (Math.exp(0.25) - 1),
  ],
  ['gamma of shape 3.5', { kind: 'gamma', shape: 3.5, mean: 7 }, 7, 14],
  ['gamma of shape 0.4', { kind: 'gamma', shape: 0.4, mean: 2 }, 2, 10],
  ['gamma of shape 1', { kind: 'gamma', shape: 1, mean: 2 }, 2, 4],
  ['erlang of 3 stages', { kind: 'erlang', stages: 3, mean: 6 }, 6, 12],
  ['erlang of 20 stages', { kind: 'erlang', stages: 20, mean: 10 }, 10, 5],
  // Second moment 2 Σ wᵢ mᵢ² = 2 (0.75 × 1 + 0.25 × 81) = 42, mean 3.
  ['hyper-exponential', { kind: 'hyper-exponential', weights: [3, 1], means: [1, 9] }, 3, 42 - 9],
  // Shape 2 is Rayleigh: variance mean² (4/π − 1). Shape ½: Γ(5)/Γ(3)² − 1 = 5.
  ['weibull of shape 2', { kind: 'weibull', shape: 2, mean: 4 }, 4, 16 * (4 / Math.PI - 1)],
  ['weibull of shape 0.5', { kind: 'weibull', shape: 0.5, mean: 4 }, 4, 80],
  ['pareto', { kind: 'pareto', shape: 6, minimum: 10 }, 12, 6],
  [
    'a mixture',
    {
      kind: 'mixture',
      weights: [1, 1, 2],
      parts: [
        { kind: 'constant', value: 4 },
        { kind: 'exponential', mean: 2 },
        { kind: 'uniform', low: 0, high: 12 },
      ],
    },
    4.5,
    0.25 * (0 + 0.25) + 0.25 * (4 + 6.25) + 0.5 * (12 + 2.25),
  ],
  ['empirical', { kind: 'empirical', values: [1, 2, 6] }, 3, 14 / 3],
  ['weighted empirical', { kind: 'empirical', values: [0, 10], weights: [9, 1] }, 1, 9],
];

function sampler(spec: DistributionSpec, purpose = 'law'): Sampler {
  return new Sampler(spec, streamFor('1', 'test', purpose));
}

describe('each law', () => {
  it.each(LAWS)('%s: reports the mean and variance of the formula', (_, spec, mean, variance) => {
    expect(distributionFault(spec)).toBeUndefined();
    expect(distributionMean(spec)).toBeCloseTo(mean, 10);
    expect(distributionVariance(spec)).toBeCloseTo(variance, 9);
    expect(sampler(spec).mean).toBe(distributionMean(spec));
  });

  it.each(LAWS)('%s: draws have that mean and variance within four s.e.', (_, spec) => {
    const mean = distributionMean(spec);
    const law = sampler(spec, spec.kind);
    let sum = 0;
    let squares = 0;
    let fourths = 0;
    let least = Infinity;
    for (let i = 0; i < DRAWS; i += 1) {
      const draw = law.next();
      const square = (draw - mean) ** 2;
      sum += draw - mean;
      squares += square;
      fourths += square * square;
      if (draw < least) least = draw;
    }
    const variance = squares / DRAWS;
    const meanError = Math.sqrt(distributionVariance(spec) / DRAWS);
    const varianceError = Math.sqrt(Math.max(0, fourths / DRAWS - variance ** 2) / DRAWS);
    expect(least).toBeGreaterThanOrEqual(0);
    expect(Math.abs(sum / DRAWS)).toBeLessThanOrEqual(4 * meanError + 1e-12);
    expect(Math.abs(variance - distributionVariance(spec))).toBeLessThanOrEqual(
      4 * varianceError + 1e-12,
    );
  });

  it.each(LAWS)('%s: scaled by 3 has three times the mean, nine times the variance', (_, spec) => {
    const scaled = scaleDistribution(spec, 3);
    expect(scaled.kind).toBe(spec.kind);
    expect(distributionMean(scaled)).toBeCloseTo(3 * distributionMean(spec), 8);
    expect(distributionVariance(scaled)).toBeCloseTo(9 * distributionVariance(spec), 7);
    const plain = sampler(spec);
    const times3 = sampler(scaled);
    for (let i = 0; i < 100; i += 1) {
      const draw = 3 * plain.next();
      expect(Math.abs(times3.next() - draw)).toBeLessThanOrEqual(1e-12 * draw);
    }
  });

  it.each(LAWS)('%s: goes on from a copied stream as the original does', (_, spec) => {
    const stream = streamFor('1', 'test', 'copy');
    const copy = streamFor('2', 'test', 'other');
    const original = new Sampler(spec, stream);
    const copied = new Sampler(spec, copy);
    for (let i = 0; i < 100; i += 1) original.next();
    copy.state.set(stream.state);
    for (let i = 0; i < 100; i += 1) expect(copied.next()).toBe(original.next());
  });
});

/** P(X ≤ x) for laws that have it in closed form. */
const CUMULATIVES: readonly (readonly [string, DistributionSpec, (x: number) => number])[] = [
  ['uniform', { kind: 'uniform', low: 2, high: 8 }, (x) => (x - 2) / 6],
  ['exponential', { kind: 'exponential', mean: 3 }, (x) => 1 - Math.exp(-x / 3)],
  // Shape 1 by the gamma method must be the exponential law.
  ['gamma of shape 1', { kind: 'gamma', shape: 1, mean: 3 }, (x) => 1 - Math.exp(-x / 3)],
  [
    'gamma of shape 9, by its Poisson sum',
    { kind: 'erlang', stages: 9, mean: 9 },
    (x) => {
      let term = Math.exp(-x);
      let sum = 0;
      for (let k = 0; k < 9; k += 1) {
        sum += term;
        term *= x / (k + 1);
      }
      return 1 - sum;
    },
  ],
  ['erlang of 2 stages', { kind: 'erlang', stages: 2, mean: 2 }, (x) => 1 - Math.exp(-x) * (1 + x)],
  ['weibull', { kind: 'weibull', shape: 0.5, mean: 2 }, (x) => 1 - Math.exp(-Math.sqrt(x))],
  ['pareto', { kind: 'pareto', shape: 1.5, minimum: 2 }, (x) => 1 - (2 / x) ** 1.5],
  [
    'hyper-exponential',
    { kind: 'hyper-exponential', weights: [3, 1], means: [1, 9] },
    (x) => 1 - 0.75 * Math.exp(-x) - 0.25 * Math.exp(-x / 9),
  ],
];

describe('the shape of a law', () => {
  it.each(CUMULATIVES)(
    '%s: falls evenly into cells of equal probability',
    (_, spec, cumulative) => {
      const law = sampler(spec, 'shape');
      const cells = 200;
      const counts = new Float64Array(cells);
      const draws = 500_000;
      for (let i = 0; i < draws; i += 1) {
        counts[Math.min(cells - 1, Math.floor(cumulative(law.next()) * cells))]! += 1;
      }
      let statistic = 0;
      for (const count of counts) statistic += (count - draws / cells) ** 2 / (draws / cells);
      expect(Math.abs(statistic - (cells - 1)) / Math.sqrt(2 * (cells - 1))).toBeLessThan(4);
    },
  );
});

describe('a sampler', () => {
  it('rounds a duration once, to the nearest whole number', () => {
    const law: DistributionSpec = { kind: 'lognormal', median: 3, sigma: 1 };
    const plain = sampler(law);
    const rounded = sampler(law);
    for (let i = 0; i < 1000; i += 1) expect(rounded.duration()).toBe(Math.round(plain.next()));
    expect(sampler({ kind: 'constant', value: 2.5 }).duration()).toBe(3);
  });

  it('cuts a duration that would leave the whole numbers a clock can add', () => {
    expect(sampler({ kind: 'constant', value: 1e300 }).duration()).toBe(2 ** 52);
    const heavy = sampler({ kind: 'pareto', shape: 0.01, minimum: 1 });
    for (let i = 0; i < 1000; i += 1) {
      const duration = heavy.duration();
      expect(Number.isSafeInteger(duration) && duration <= 2 ** 52).toBe(true);
    }
  });

  it('knows a law without spread for a constant and leaves its stream alone', () => {
    const flat: DistributionSpec[] = [
      { kind: 'constant', value: 5 },
      { kind: 'uniform', low: 5, high: 5 },
      { kind: 'normal', mean: 5, deviation: 0 },
      { kind: 'lognormal', median: 5, sigma: 0 },
      { kind: 'empirical', values: [5] },
      { kind: 'mixture', weights: [1], parts: [{ kind: 'constant', value: 5 }] },
    ];
    for (const spec of flat) {
      const stream = streamFor('1', 'test', 'constant');
      const before = [...stream.state];
      const law = new Sampler(spec, stream);
      expect([law.isConstant, law.constantValue, law.mean, law.next()]).toEqual([true, 5, 5, 5]);
      expect([...stream.state]).toEqual(before);
    }
    const zero = sampler({ kind: 'exponential', mean: 0 });
    expect([zero.isConstant, zero.constantValue]).toEqual([true, 0]);
    const spread = sampler({ kind: 'exponential', mean: 5 });
    expect(spread.isConstant).toBe(false);
    expect(spread.constantValue).toBeNaN();
  });

  it('holds no function: plain numbers and frozen constants, fit for a checkpoint', () => {
    for (const [, spec] of LAWS) {
      for (const [name, value] of Object.entries(sampler(spec))) {
        expect(typeof value).not.toBe('function');
        if (typeof value === 'object' && name !== 'stream') {
          expect(Object.isFrozen(value), name).toBe(true);
        }
      }
    }
  });

  it('refuses a law with a fault', () => {
    expect(() => sampler({ kind: 'exponential', mean: -1 })).toThrow('mean is -1');
  });
});

describe('a lognormal law', () => {
  it('fitted to p50 and p99 has those percentiles', () => {
    const spec = fitLognormal(20, 180);
    const law = sampler(spec, 'fit');
    const draws = Float64Array.from({ length: DRAWS }, () => law.next()).sort();
    // The standard error of a percentile is √(p(1−p)/n) over the density; 1 % is over four of them.
    expect(draws[DRAWS * 0.5]! / 20).toBeCloseTo(1, 1.9);
    expect(Math.abs(draws[DRAWS * 0.5]! / 20 - 1)).toBeLessThan(0.01);
    expect(Math.abs(draws[DRAWS * 0.99]! / 180 - 1)).toBeLessThan(0.02);
    expect(fitLognormal(5, 5)).toEqual({ kind: 'lognormal', median: 5, sigma: 0 });
    expect(() => fitLognormal(5, 4)).toThrow();
    expect(() => fitLognormal(0, 4)).toThrow();
  });

  it('made of mean and coefficient of variation has them', () => {
    const spec = lognormalOf(12, 1.5);
    expect(distributionMean(spec)).toBeCloseTo(12, 12);
    expect(Math.sqrt(distributionVariance(spec)) / 12).toBeCloseTo(1.5, 12);
    expect(() => lognormalOf(0, 1)).toThrow();
    expect(() => lognormalOf(1, -1)).toThrow();
  });
});

describe('moments that do not exist', () => {
  it('are Infinity, also inside a mixture', () => {
    const heavy: DistributionSpec = { kind: 'pareto', shape: 1.5, minimum: 1 };
    const heavier: DistributionSpec = { kind: 'pareto', shape: 1, minimum: 1 };
    expect([distributionMean(heavy), distributionVariance(heavy)]).toEqual([3, Infinity]);
    expect([distributionMean(heavier), distributionVariance(heavier)]).toEqual([
      Infinity,
      Infinity,
    ]);
    const parts = [heavier, { kind: 'constant', value: 1 } as const];
    const mixture: DistributionSpec = { kind: 'mixture', weights: [1, 1], parts };
    expect([distributionMean(mixture), distributionVariance(mixture)]).toEqual([
      Infinity,
      Infinity,
    ]);
    const unused: DistributionSpec = { kind: 'mixture', weights: [0, 1], parts };
    expect([distributionMean(unused), distributionVariance(unused)]).toEqual([1, 0]);
  });
});

describe('scaling', () => {
  it('by zero gives the constant zero and by a bad factor is refused', () => {
    const zero = scaleDistribution({ kind: 'lognormal', median: 2, sigma: 1 }, 0);
    expect(zero).toEqual({ kind: 'constant', value: 0 });
    for (const factor of [-1, NaN, Infinity]) {
      expect(() => scaleDistribution({ kind: 'constant', value: 1 }, factor)).toThrow();
    }
  });
});

describe('a fault of a law', () => {
  it.each<readonly [string, DistributionSpec]>([
    ['value is -1', { kind: 'constant', value: -1 }],
    ['value is NaN', { kind: 'constant', value: NaN }],
    ['high is below low', { kind: 'uniform', low: 2, high: 1 }],
    ['low is Infinity', { kind: 'uniform', low: Infinity, high: Infinity }],
    ['mean is -3', { kind: 'exponential', mean: -3 }],
    ['deviation is -1', { kind: 'normal', mean: 1, deviation: -1 }],
    ['mean is -1', { kind: 'normal', mean: -1, deviation: 1 }],
    ['median is 0', { kind: 'lognormal', median: 0, sigma: 1 }],
    ['sigma is -1', { kind: 'lognormal', median: 1, sigma: -1 }],
    ['shape is 0', { kind: 'gamma', shape: 0, mean: 1 }],
    ['stages is not a whole number', { kind: 'erlang', stages: 1.5, mean: 1 }],
    ['stages is 0', { kind: 'erlang', stages: 0, mean: 1 }],
    ['shape is below 0.02', { kind: 'weibull', shape: 0.01, mean: 1 }],
    ['minimum is -1', { kind: 'pareto', shape: 1, minimum: -1 }],
    ['means is empty', { kind: 'hyper-exponential', weights: [], means: [] }],
    [
      'weights has 1 entries, means has 2',
      { kind: 'hyper-exponential', weights: [1], means: [1, 2] },
    ],
    ['a mean is -2', { kind: 'hyper-exponential', weights: [1], means: [-2] }],
    ['the sum of the weights is 0', { kind: 'empirical', values: [1], weights: [0] }],
    ['a weight is -1', { kind: 'empirical', values: [1, 2], weights: [2, -1] }],
    ['values is empty', { kind: 'empirical', values: [] }],
    ['a value is -1', { kind: 'empirical', values: [-1] }],
    ['mean is -7', { kind: 'mixture', weights: [1], parts: [{ kind: 'exponential', mean: -7 }] }],
  ])('is named: %s', (sentence, spec) => {
    expect(distributionFault(spec)).toContain(sentence);
    expect(() => sampler(spec)).toThrow(sentence);
  });
});
