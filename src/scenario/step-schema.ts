/** The zod schema of the steps of an operation, which nest. */

import * as z from 'zod';
import { stepDescriptions as said } from './step-words.ts';

const word = z.string();
const amount = z.union([word, z.number()]);

const steps: z.ZodType = z
  .lazy(() => z.array(step).min(1))
  .meta({ id: 'steps', description: 'What is done, one step after the other.' });

const branches = z.array(z.union([z.lazy(() => step), steps])).min(1);

const stepForms = {
  work: amount.meta({
    description: said.work,
    examples: ['5ms', 'p50=2ms p99=12ms'],
  }),
  wait: amount.meta({ description: said.wait }),
  call: word.meta({
    description: said.call,
    examples: ['users', 'users.get-user'],
  }),
  read: word.meta({ description: said.read }),
  write: word.meta({ description: said.write }),
  parallel: z
    .union([
      branches,
      z.strictObject({
        'wait-for': amount.optional().meta({ description: 'Branches that must end well.' }),
        branches,
      }),
      z.strictObject({
        times: amount.meta({ description: 'How many branches, 1 to 1000.' }),
        'wait-for': amount.optional().meta({ description: 'Branches that must end well.' }),
        steps,
      }),
    ])
    .meta({ description: said.parallel }),
  choose: z
    .array(
      z.strictObject({
        share: amount.meta({ description: 'How often this option is taken; they sum to 100%.' }),
        do: steps,
      }),
    )
    .min(1)
    .meta({ description: said.choose }),
  repeat: z
    .strictObject({ times: amount.meta({ description: 'How often, 1 to 1000.' }), do: steps })
    .meta({ description: said.repeat }),
} as const;

const step: z.ZodType = z
  .union(Object.entries(stepForms).map(([verb, form]) => z.strictObject({ [verb]: form })))
  .meta({ id: 'step', description: 'One thing a service does: a map with a single verb.' });

export function stepsSchema(): z.ZodType {
  return steps;
}
