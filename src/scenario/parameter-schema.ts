/**
 * A parameter's description as a zod schema, from which the JSON schema of the editors is made.
 * Files are checked by `parameter-values.ts`, which knows places and cures; the page needs no zod.
 */

import * as z from 'zod';
import { examplesOf, patternOf } from './parameter-words.ts';
import { mayLack, readValue } from './parameter-values.ts';
import { shapeForms } from './shape-forms.ts';
import { stepsSchema } from './step-schema.ts';
import type { Fields, Parameter } from '../model/parameters.ts';

const cache = new WeakMap<Parameter, z.ZodType>();

/** The schema of one value as it is written. */
export function schemaOf(parameter: Parameter): z.ZodType {
  let schema = cache.get(parameter);
  if (schema === undefined) {
    schema = makeSchema(parameter);
    cache.set(parameter, schema);
  }
  return schema;
}

/** A map with these keys and no others; those with a default or a meaning when absent may lack. */
export function fieldsSchema(fields: Fields): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, parameter] of Object.entries(fields)) {
    const schema = schemaOf(parameter);
    shape[name] = mayLack(parameter) ? schema.optional() : schema;
  }
  return z.strictObject(shape);
}

function makeSchema(parameter: Parameter): z.ZodType {
  switch (parameter.type) {
    case 'zones':
      return z.array(z.string()).min(1).meta(metaOf(parameter));
    case 'list':
      return z.array(schemaOf(parameter.of)).min(parameter.min).meta(metaOf(parameter));
    case 'record':
      return z.record(z.string(), schemaOf(parameter.of)).meta(metaOf(parameter));
    case 'object': {
      const fields = fieldsSchema(parameter.fields);
      const schema = parameter.optional === true ? z.union([fields, z.literal('none')]) : fields;
      return schema.meta(metaOf(parameter));
    }
    case 'syntax':
      if (parameter.syntax === 'steps') return stepsSchema();
      if (parameter.syntax === 'shape') return shapeSchema().meta(metaOf(parameter));
      break;
    default:
  }
  const reads = (value: unknown) => readValue(parameter, String(value)).ok;
  return written(parameter).refine(reads).meta(metaOf(parameter));
}

function shapeSchema(): z.ZodType {
  const forms = Object.values(shapeForms).map(({ fields, description }) =>
    fieldsSchema(fields).meta({ description }),
  );
  return z.array(z.union(forms)).min(1);
}

/** What a value looks like in the file: a string, or what YAML reads as something else. */
function written(parameter: Parameter): z.ZodType<string | number | boolean> {
  const pattern = patternOf(parameter);
  const plain = z.string();
  const text = pattern === null ? plain : plain.meta({ pattern });
  switch (parameter.type) {
    case 'component':
    case 'dataset':
      return text;
    case 'choice':
      return parameter.of.some((word) => /^\d/.test(word)) ? z.union([text, z.number()]) : text;
    case 'flag':
      return z.union([z.boolean(), text]);
    case 'duration':
    case 'latency':
    case 'rate':
    case 'size':
      return z.union([text, z.literal(0)]);
    case 'bandwidth':
      return text;
    case 'count':
      return z.union([text, z.int().min(parameter.min).max(parameter.max)]);
    case 'number':
      return z.union([text, z.number().min(parameter.min).max(parameter.max)]);
    case 'share':
      return z.union([text, z.number().min(0).max(1)]);
    default:
      return z.union([text, z.number()]);
  }
}

/** What the JSON schema says beside the type. */
function metaOf(parameter: Parameter): Record<string, unknown> {
  const live = parameter.live === true ? ' Can change while a run goes on.' : '';
  const meta: Record<string, unknown> = { description: `${parameter.description}${live}` };
  if (parameter.default !== undefined && parameter.type !== 'object')
    meta.default = parameter.default;
  if (parameter.type === 'choice') {
    const words: (string | number)[] = [...parameter.of];
    for (const word of parameter.of) if (/^\d+$/.test(word)) words.push(Number(word));
    meta.enum = words;
  } else if (parameter.type !== 'record' && examplesOf(parameter).length > 0)
    meta.examples = examplesOf(parameter);
  return meta;
}
