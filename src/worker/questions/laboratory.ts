/** The caches of a scenario, and the policies that they can be held against. */

import { Cache } from '../../model/components/cache/cache.ts';
import { evictionPolicies } from '../../model/eviction.ts';
import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerLaboratory(
  { recording }: Asked,
  _question: Questions['laboratory']['question'],
): Questions['laboratory']['answer'] {
  const { world } = recording.experiment.run;
  const caches = world.components.filter((component) => component instanceof Cache);
  return {
    caches: caches.map(({ name }) => {
      const plan = world.plan.components.find((one) => one.name === name)!;
      return { name, eviction: plan.parameters['eviction'] as string };
    }),
    policies: [...evictionPolicies.values()].map(({ name, summary }) => ({ name, summary })),
  };
}
