import { describe, expect, test } from 'vitest';
import { bucketRange } from '../../src/kernel/histogram.ts';
import {
  PERCENTILES,
  mergedOver,
  quantileInterval,
  shareOf,
} from '../../src/experiment/quantiles.ts';
import { measuredSpan } from '../../src/experiment/span.ts';
import { everything, experimentOf, queue, withClaims } from './small-designs.ts';

describe('an observation', () => {
  const experiment = experimentOf(everything);
  const { run, observation } = experiment;
  const whole = { from: 0, to: run.world.recorder.windows };

  test('notes every answer in exactly one batch', () => {
    for (const { latency } of run.world.operations) {
      const batches = observation.batchesOf(latency, whole)!;
      const snapshot = latency.merged(0, Infinity).snapshot();
      const counts = new Map(snapshot.index.map((bucket, at) => [bucket, snapshot.count[at]!]));
      for (const batch of batches) {
        batch.buckets.forEach((bucket, at) => {
          counts.set(bucket, counts.get(bucket)! - batch.counts[at]!);
        });
      }
      expect([...counts.values()].every((left) => left === 0)).toBe(true);
    }
  });

  test('divides the run without gaps', () => {
    const batches = observation.batchesOf(run.world.operations[0]!.latency, whole)!;
    let next = 0;
    for (const { from, to } of batches) {
      expect(from).toBe(next);
      next = to;
    }
    expect(next).toBe(whole.to);
  });

  test('watches queues only where a requirement asks for their percentiles', () => {
    const { waits } = run.world.component('api');
    expect(observation.batchesOf(waits!, whole)).toBeNull();
    const asked = experimentOf(withClaims(everything, 'requirements', ['p99 wait of api < 1s']));
    const own = asked.run.world.component('api').waits!;
    const batches = asked.observation.batchesOf(own, whole)!;
    expect(batches.reduce((sum, { total }) => sum + total, 0)).toBe(own.merged(0, Infinity).count);
  });
});

test.each([
  ['p50', 0.5],
  ['p99', 0.99],
  ['p99.9', 0.999],
  ['p95 wait', 0.95],
])('%s is the share %d', (metric, share) => {
  expect(shareOf(metric)).toBe(share);
});

test.each(['mean', 'wait', 'promotions', 'p', 'max queue'])('%s is no percentile', (metric) => {
  expect(shareOf(metric)).toBeNaN();
});

describe('the interval of a percentile', () => {
  const experiment = experimentOf(queue);
  const { latency } = experiment.run.world.operations[0]!;
  const span = measuredSpan(experiment.run);
  const merged = mergedOver(experiment.run, [latency], span);
  const interval = (share: number) => quantileInterval(experiment, [latency], span, share, merged)!;

  test('is around the percentile', () => {
    for (const share of Object.values(PERCENTILES)) {
      expect(interval(share).low).toBeLessThanOrEqual(merged.quantile(share));
      expect(interval(share).high).toBeGreaterThanOrEqual(merged.quantile(share));
    }
  });

  test('is lopsided where the latencies are', () => {
    const { low, high } = interval(0.9);
    const value = merged.quantile(0.9);
    expect(high - value).toBeGreaterThan(value - low);
  });

  test('has no upper end where hardly anybody is slower', () => {
    expect(interval(0.9999).high).toBe(Infinity);
  });

  test('is never narrower than for independent requests', () => {
    // 5,000 answers: ranks ± 1.96 √(n q (1 − q)) = ± 41 around 4,500.
    const { index, count } = merged.snapshot();
    const below = (value: number) => {
      let sum = 0;
      index.forEach((bucket, at) => {
        if (bucketRange(bucket).high <= value) sum += count[at]!;
      });
      return sum / merged.count;
    };
    expect(below(interval(0.9).low)).toBeLessThanOrEqual(0.9 - 0.0083 + 0.005);
  });
});
