/**
 * The whole scenario file as a zod schema and as a JSON schema, for completion and checks in
 * editors. It is put together from the same parameter descriptions that the checker walks.
 */

import * as z from 'zod';
import { components } from '../model/components.ts';
import { faults } from '../model/faults.ts';
import {
  dataFields,
  datasetParameter,
  faultFields,
  limitFields,
  linkFields,
  networkFields,
  topFields,
  trafficFields,
} from './fields.ts';
import { NAME_PATTERN } from './names.ts';
import { fieldsSchema, schemaOf } from './parameter-schema.ts';
import { topLevel } from './top-level.ts';
import type { ComponentDefinition } from '../model/component.ts';
import type { FaultDefinition } from '../model/fault.ts';

const name = z.string().regex(new RegExp(NAME_PATTERN));
const amount = z.union([z.string(), z.number()]);
const zoneList = z.array(z.string()).min(1);

/** The schema of a file; names and what they lead to are checked elsewhere. */
export function scenarioSchema(): z.ZodObject {
  const sections = {
    requirements: z.array(claim()),
    traffic: z.record(name, population()),
    data: z.record(name, dataset()),
    components: z.record(name, component()),
    network: network(),
    zones: zoneList,
    faults: z.array(z.union([...faults.values()].map(fault))),
    alternatives: z.record(name, z.record(z.string(), z.unknown())),
    expect: z.array(claim()),
    positions: z.record(name, z.tuple([z.number(), z.number()])),
    limits: fieldsSchema(limitFields),
  };
  const shape: Record<string, z.ZodType> = { ...fieldsSchema(topFields).shape };
  for (const [key, schema] of Object.entries(sections)) {
    const described = schema.meta({ description: topLevel[key as keyof typeof topLevel] });
    shape[key] = key === 'traffic' || key === 'components' ? described : described.optional();
  }
  const ordered = Object.keys(topLevel).map((key) => [key, shape[key]!] as const);
  return z
    .strictObject(Object.fromEntries(ordered))
    .meta({ title: 'Gameday scenario', description: 'A system design that can be run.' });
}

/** The schema in the JSON Schema language, draft 07, as plain data. */
export function jsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(scenarioSchema(), {
    target: 'draft-07',
    io: 'input',
    unrepresentable: 'any',
  });
}

function population(): z.ZodType {
  const part = z.union([
    amount,
    z.strictObject({
      share: amount.meta({ description: 'The share of the operation.' }),
      keys: schemaOf(datasetParameter).optional(),
    }),
  ]);
  return fieldsSchema(trafficFields).extend({
    mix: z
      .record(name, part)
      .optional()
      .meta({ description: 'The share of each operation; they sum to 100%.' }),
    operation: name.optional().meta({ description: 'The one operation, instead of `mix`.' }),
    keys: schemaOf(datasetParameter).optional(),
  });
}

function dataset(): z.ZodType {
  const shape = fieldsSchema(dataFields).shape;
  const caches = z.union([z.string(), z.array(z.string()).min(1)]);
  const described = caches.meta({ description: dataFields['cached-in'].description });
  return z.strictObject({ ...shape, 'cached-in': described.optional() });
}

function component(): z.ZodType {
  const kinds = [...components.values()].map((definition: ComponentDefinition) =>
    fieldsSchema(definition.parameters)
      .extend({ kind: z.literal(definition.name).meta({ description: definition.summary }) })
      .meta({ title: definition.name, description: definition.summary }),
  );
  const [first, ...others] = kinds;
  return z.discriminatedUnion('kind', [first!, ...others]);
}

function network(): z.ZodType {
  const link = fieldsSchema(linkFields).extend({
    between: z.tuple([z.string(), z.string()]).meta({ description: 'The two zones.' }),
  });
  return fieldsSchema(networkFields).extend({
    links: z.array(link).optional().meta({ description: 'Exceptions for pairs of zones.' }),
  });
}

const toMeaning = 'The value from this moment on, as it would stand in its place in the file.';

function fault(definition: FaultDefinition): z.ZodObject {
  const { at, for: end, by } = fieldsSchema(faultFields).shape;
  const pair = z.tuple([z.string(), z.string()]);
  const target = definition.targets === 'node-or-zones' ? z.union([z.string(), pair]) : z.string();
  const to = z.unknown().refine((value) => value !== undefined);
  return z.strictObject({
    at: at!,
    [definition.name]: target.meta({ description: definition.summary }),
    ...(definition.targets === 'parameter' ? { to: to.meta({ description: toMeaning }) } : {}),
    ...(definition.hasEnd ? { for: end! } : {}),
    ...(definition.factor === null ? {} : { by: by! }),
  });
}

function claim(): z.ZodType {
  return z.string().meta({
    examples: ['p99 of view-photo < 120ms', 'hit ratio of redis at 2m > 80%', 'lost writes = 0'],
  });
}
