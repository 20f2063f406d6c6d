/** The zod schema of the steps of an operation, which nest. */

import * as z from 'zod';

const word = z.string();
const amount = z.union([word, z.number()]);

const steps: z.ZodType = z
  .lazy(() => z.array(step).min(1))
  .meta({ id: 'steps', description: 'What is done, one step after the other.' });

const branches = z.array(z.union([z.lazy(() => step), steps])).min(1);

const stepForms = {
  work: amount.meta({
    description: 'A law of durations: holds a worker for that long.',
    examples: ['5ms', 'p50=2ms p99=12ms'],
  }),
  wait: amount.meta({ description: 'A law of durations: waits for that long without a worker.' }),
  call: word.meta({
    description: 'Calls another service and waits for the answer.',
    examples: ['users', 'users.get-user'],
  }),
  read: word.meta({ description: 'Reads one key of a dataset, through its caches.' }),
  write: word.meta({ description: 'Writes one key of a dataset.' }),
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
    .meta({
      description:
        'Branches, steps or lists of steps, done at the same time. It waits for all of them, or ' +
        'goes on when `wait-for` of them have ended well; the late ones are finished all the same.',
    }),
  choose: z
    .array(
      z.strictObject({
        share: amount.meta({ description: 'How often this option is taken; they sum to 100%.' }),
        do: steps,
      }),
    )
    .min(1)
    .meta({ description: 'Options of which one is taken for each request.' }),
  repeat: z
    .strictObject({ times: amount.meta({ description: 'How often, 1 to 1000.' }), do: steps })
    .meta({ description: 'Steps done several times, one after the other.' }),
} as const;

/** How each verb is written. */
export const stepExamples: Readonly<Record<string, string>> = {
  work: '{ work: p50=2ms p99=12ms }',
  wait: '{ wait: 100ms }',
  call: '{ call: users.get-user }',
  read: '{ read: photos }',
  write: '{ write: photos }',
  parallel:
    '{ parallel: [ { call: users }, [ { work: 1ms }, { read: photos } ] ] }, ' +
    '{ parallel: { wait-for: 1, branches: [ … ] } }, ' +
    '{ parallel: { times: 3, wait-for: 2, steps: [ … ] } }',
  choose: '{ choose: [ { share: 80%, do: [ … ] }, { share: 20%, do: [ … ] } ] }',
  repeat: '{ repeat: { times: 3, do: [ { read: photos } ] } }',
};

/** The verbs of steps and what each does. */
export const stepDescriptions: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(stepForms).map(([verb, form]) => [verb, form.meta()?.description ?? '']),
);

const step: z.ZodType = z
  .union(Object.entries(stepForms).map(([verb, form]) => z.strictObject({ [verb]: form })))
  .meta({ id: 'step', description: 'One thing a service does: a map with a single verb.' });

export function stepsSchema(): z.ZodType {
  return steps;
}
