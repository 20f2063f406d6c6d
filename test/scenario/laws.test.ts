import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionFault } from '../../src/kernel/distribution-fault.ts';
import { distributionMean } from '../../src/kernel/distribution.ts';
import { lawForms, readIntervalLaw, readLaw } from '../../src/scenario/laws.ts';
import type { DistributionSpec } from '../../src/kernel/distribution.ts';

function law(text: string): DistributionSpec {
  const read = readLaw(text);
  if (!read.ok) throw new Error(`${text}: ${read.problem.message}`);
  return read.value;
}

function problemOf(text: string): { code: string; offset: number } {
  const read = readLaw(text);
  if (read.ok) throw new Error(`${text} was read`);
  return read.problem;
}

describe('laws of durations', () => {
  test.each<[string, DistributionSpec]>([
    ['2ms', { kind: 'constant', value: 2e6 }],
    ['0', { kind: 'constant', value: 0 }],
    ['p50=2ms p99=2ms', { kind: 'constant', value: 2e6 }],
    ['exponential(2ms)', { kind: 'exponential', mean: 2e6 }],
    ['uniform(1ms, 3ms)', { kind: 'uniform', low: 1e6, high: 3e6 }],
    ['uniform( 1ms ,3ms )', { kind: 'uniform', low: 1e6, high: 3e6 }],
    ['normal(10ms, 2ms)', { kind: 'normal', mean: 1e7, deviation: 2e6 }],
    ['lognormal(median 1ms, sigma 0.5)', { kind: 'lognormal', median: 1e6, sigma: 0.5 }],
    ['gamma(shape 2, mean 1ms)', { kind: 'gamma', shape: 2, mean: 1e6 }],
    ['gamma(mean 1ms, shape 2)', { kind: 'gamma', shape: 2, mean: 1e6 }],
    ['erlang(2, 1ms)', { kind: 'erlang', stages: 2, mean: 1e6 }],
    ['weibull(shape 2, mean 100ms)', { kind: 'weibull', shape: 2, mean: 1e8 }],
    ['pareto(shape 3.5, min 1ms)', { kind: 'pareto', shape: 3.5, minimum: 1e6 }],
    [
      'hyper-exponential(99.9% 100ms, 0.1% 10s)',
      { kind: 'hyper-exponential', weights: [0.999, 0.001], means: [1e8, 1e10] },
    ],
    [
      'mixture(90% 2ms, 10% exponential(50ms))',
      {
        kind: 'mixture',
        weights: [0.9, 0.1],
        parts: [
          { kind: 'constant', value: 2e6 },
          { kind: 'exponential', mean: 5e7 },
        ],
      },
    ],
    ['empirical(1ms, 2ms, 2ms, 9ms)', { kind: 'empirical', values: [1e6, 2e6, 2e6, 9e6] }],
  ])('%s', (text, expected) => {
    expect(law(text)).toEqual(expected);
  });

  test('two percentiles are fitted by a lognormal law that has them', () => {
    const fitted = law('p50=2ms p99=12ms');
    expect(fitted).toMatchObject({ kind: 'lognormal', median: 2e6 });
    const { sigma } = fitted as { sigma: number };
    expect(2 * Math.exp(sigma * 2.3263478740408408)).toBeCloseTo(12, 9);
  });

  test('a law given by its mean has this mean', () => {
    const forms = ['lognormal(mean 3ms, cv 1)', 'pareto(shape 3.5, mean 3ms)', 'erlang(4, 3ms)'];
    for (const text of forms) expect(distributionMean(law(text))).toBeCloseTo(3e6, 3);
  });

  test('every form that the catalogue shows is read', () => {
    for (const { syntax } of lawForms) expect(distributionFault(law(syntax))).toBeUndefined();
  });

  test.each([
    ['p50=12ms p99=2ms', 'bad-law', 13],
    ['p50=2 p99=4ms', 'missing-unit', 4],
    ['exponentail(2ms)', 'unknown-law', 0],
    ['constructor(2ms)', 'unknown-law', 0],
    ['uniform(1ms)', 'bad-law', 0],
    ['gamma(shape 2, meen 1ms)', 'bad-law', 15],
    ['gamma(shape 2, shape 3)', 'bad-law', 15],
    ['mixture(90% 2ms, 20% 3ms)', 'bad-shares', 0],
    ['mixture(90% 2ms, 10% exponential(50))', 'missing-unit', 33],
    ['exponential(2ms', 'bad-syntax', 0],
    ['exponential', 'bad-syntax', 0],
    ['pareto(shape 1, mean 2ms)', 'bad-law', 0],
    ['erlang(1e9, 1ms)', 'out-of-range', 0],
  ])('%s is refused as %s at character %d', (text, code, offset) => {
    expect(problemOf(text)).toMatchObject({ code, offset });
  });

  test('no text makes the reader throw, and every law read is sound', () => {
    const words = [
      'mixture',
      'gamma',
      'erlang',
      'shape',
      'mean',
      'p50=',
      'p99=',
      '(',
      ')',
      ', ',
      ' ',
      '50% ',
      '1ms',
      '2',
    ];
    const text = fc
      .array(fc.constantFrom(...words), { maxLength: 20 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (input) => {
        const read = readLaw(input);
        if (read.ok) expect(distributionFault(read.value)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('laws of intervals', () => {
  test.each([
    'erlang(2)',
    'gamma(shape 0.5)',
    'weibull(shape 0.7)',
    'uniform(0.5, 1.5)',
    'pareto(shape 2.5)',
    'lognormal(cv 2)',
    'hyper-exponential(90% 1, 10% 20)',
    'exponential(3s)',
    'empirical(1, 1, 4)',
  ])('%s is brought to a mean of one second', (text) => {
    const read = readIntervalLaw(text);
    expect(read.ok).toBe(true);
    if (read.ok) expect(distributionMean(read.value) / 1e9).toBeCloseTo(1, 9);
  });

  test('a law without a finite mean has no rate', () => {
    expect(readIntervalLaw('pareto(shape 0.9, min 1)')).toMatchObject({ ok: false });
    expect(readIntervalLaw('empirical(0)')).toMatchObject({ ok: false });
  });
});
