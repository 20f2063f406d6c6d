// A longer run of the same design begins like the shorter one.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Run } from '../../src/model/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { textOf } from '../swarm/design.ts';
import { randomDesign } from '../swarm/random-design.ts';

test('a longer run begins with the shorter one, event by event', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(1.5, 2, 40),
      (seed, factor) => {
        const text = textOf({ ...randomDesign(seed), limits: {} });
        const { plan } = loadScenario(text, { file: 'prefix.yaml' }).scenario!;
        const short = new Run(plan);
        short.advance(Infinity);
        const long = new Run({ ...plan, durationNs: Math.round(plan.durationNs * factor) });
        long.advance(plan.durationNs);
        expect(long.hash).toBe(short.hash);
        expect(long.world.simulation.events).toBe(short.world.simulation.events);
      },
    ),
    { numRuns: 80 },
  );
});
