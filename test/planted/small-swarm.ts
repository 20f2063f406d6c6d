// A few scenarios of the swarm, for `npm run planted`: quick enough to run once for each fault.
import { expect, test } from 'vitest';
import { textOf } from '../swarm/design.ts';
import { randomDesign } from '../swarm/random-design.ts';
import { tryScenario } from '../swarm/trial.ts';

test('random scenarios keep every law', { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= 40; seed++) {
    expect(tryScenario(textOf(randomDesign(seed))).complaint, `scenario ${seed}`).toBeNull();
  }
});
