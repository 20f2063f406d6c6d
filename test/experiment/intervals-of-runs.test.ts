import { expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import { log } from '../../src/kernel/math.ts';
import { queue, scenarioOf } from './small-designs.ts';

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
