import { expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import { log } from '../../src/kernel/math.ts';
import { queue, scenarioOf, withClaims } from './small-designs.ts';

// A single server with Poisson arrivals λ = 100/s and exponential work μ = 200/s: the time in the
// system is exponential with rate μ − λ. Source: Kleinrock, Queueing Systems 1, 1975, section 5.12.
const RATE = 100;
const theory = {
  mean: 1000 / RATE,
  p50: (1000 * log(2)) / RATE,
  p90: (1000 * log(10)) / RATE,
  p99: (1000 * log(100)) / RATE,
};

test('95 % intervals hold the true value in about 95 of 100 runs', { timeout: 120_000 }, () => {
  const covered = { mean: 0, p50: 0, p90: 0, p99: 0 };
  const runs = 100;
  for (let seed = 1; seed <= runs; seed++) {
    const experiment = new Experiment(scenarioOf(queue, { seed }));
    experiment.run.advance(Infinity);
    const { interval95 } = resultsOf(experiment).operations['get']!.latencyMs;
    for (const name of ['mean', 'p50', 'p90', 'p99'] as const) {
      const [low, high] = interval95[name]!;
      if (low <= theory[name] && (high === null || theory[name] <= high)) covered[name]++;
    }
  }
  // Buckets are 0.8 % wide, and a run of 5,000 requests is a short one; 88 is three standard
  // deviations below 95.
  for (const count of Object.values(covered)) expect(count).toBeGreaterThanOrEqual(88);
  expect(covered.mean).toBeLessThanOrEqual(100);
});

test('a fault at its time is no chance: intervals are as wide as seeds differ', () => {
  const faults = 'faults:\n  - { at: 30s, crash: api, for: 4s }\n';
  const text = withClaims(`${queue}${faults}`, 'requirements', ['availability > 99%', 'mean > 0s']);
  const [availabilities, means] = [0, 1].map((place) =>
    Array.from({ length: 50 }, (_, seed) => {
      const experiment = new Experiment(scenarioOf(text, { seed }));
      experiment.run.advance(Infinity);
      const { measured, interval } = resultsOf(experiment).requirements[place]!;
      return { value: measured!, low: interval![0], high: interval![1]! };
    }),
  );
  for (const runs of [availabilities!, means!]) {
    const centre = runs.reduce((sum, { value }) => sum + value, 0) / runs.length;
    const spread = runs.reduce((sum, { value }) => sum + (value - centre) * (value - centre), 0);
    const half = runs.map(({ low, high }) => (high - low) / 2).sort((a, b) => a - b)[25]!;
    const deviation = 1.96 * Math.sqrt(spread / (runs.length - 1));
    // Half of it or twice it would be another kind of interval.
    expect(half / deviation).toBeGreaterThan(0.6);
    expect(half / deviation).toBeLessThan(2);
    const covered = runs.filter(({ low, high }) => low <= centre && centre <= high).length;
    expect(covered).toBeGreaterThanOrEqual(42);
  }
});
