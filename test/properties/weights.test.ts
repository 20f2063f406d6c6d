// Weights say how shares compare, so it does not matter what they sum to.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Run } from '../../src/model/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';

function hashWith(weights: readonly number[], seed: number): string {
  const text = `name: Weighted
seed: ${seed}
duration: 2s
traffic: { clients: { rate: 200/s, to: edge, timeout: 30ms, retries: { attempts: 2 } } }
components:
  edge: { kind: load-balancer, to: api, policy: weighted, weights: [${weights.join(', ')}] }
  api:
    kind: service
    instances: ${weights.length}
    workers: 1
    start-up: 100ms
    operations: { get: [{ work: exponential(10ms) }] }
faults: [{ at: 500ms, restart: api/1 }]
`;
  const { scenario, diagnostics } = loadScenario(text, { file: 'weighted.yaml' });
  expect(diagnostics).toEqual([]);
  const run = new Run(scenario!.plan);
  run.advance(Infinity);
  return run.hash;
}

test('doubled weights change nothing', { timeout: 60_000 }, () => {
  const weight = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0.1, 0.25, 3.7, 1_000));
  fc.assert(
    fc.property(
      fc.array(weight, { minLength: 1, maxLength: 6 }),
      fc.nat(1_000),
      (weights, seed) => {
        const doubled = weights.map((each) => each * 2);
        expect(hashWith(doubled, seed)).toBe(hashWith(weights, seed));
      },
    ),
    { numRuns: 60 },
  );
  expect(hashWith([1, 2], 1)).not.toBe(hashWith([2, 1], 1));
});
