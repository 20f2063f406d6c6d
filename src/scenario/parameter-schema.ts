/**
 * A parameter's description as a zod schema: the one place that says how each type is written. The
 * schemas of single values check the files; put together they are the JSON schema of the editors.
 */

import * as z from 'zod';
import { assertNever } from '../base/assert.ts';
import { bad, good, quoted } from '../base/reading.ts';
import { suggestion } from '../base/suggest.ts';
import {
  readBandwidth,
  readCount,
  readDuration,
  readNumber,
  readRate,
  readShare,
  readSize,
} from '../base/units.ts';
import { formatCount, formatDuration } from '../base/format-units.ts';
import { readLaw } from './laws.ts';
import { readName } from './names.ts';
import { examplesOf, nounOf, patternOf, syntaxes } from './parameter-words.ts';
import { shapeForms } from './shape-forms.ts';
import { stepsSchema } from './step-schema.ts';
import type { Problem, Reading } from '../base/reading.ts';
import type { Fields, Parameter } from '../model/parameters.ts';

// The page forbids code made from strings, which zod would otherwise try to generate.
z.config({ jitless: true });

const cache = new WeakMap<Parameter, z.ZodType>();

/** The schema of one value; what it lets through is the value as the model takes it. */
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

/** True when a file need not give the parameter. */
export function mayLack(parameter: Parameter): boolean {
  if (parameter.default !== undefined || parameter.optional === true) return true;
  return parameter.type === 'object' && Object.values(parameter.fields).every(mayLack);
}

/** Checks a value written as one string or number; the schema decides. */
export function checkValue(parameter: Parameter, text: string): Reading<unknown> {
  const result = schemaOf(parameter).safeParse(text);
  if (result.success) return good(result.data);
  const issue = result.error.issues[0];
  const problem = issue?.code === 'custom' ? (issue.params as Problem | undefined) : undefined;
  if (problem !== undefined) return { ok: false, problem };
  return bad('wrong-type', `${quoted(text)} is not ${nounOf(parameter)}`);
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
  // What is said of the written form must stand before the transform, or the JSON schema drops it.
  return written(parameter).meta(metaOf(parameter)).transform(reading(parameter));
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

/** Turns a reader into a zod transform that keeps the problem for the diagnostic. */
function reading(parameter: Parameter) {
  return (value: string | number | boolean, context: z.RefinementCtx): unknown => {
    const read = readText(parameter, String(value));
    if (read.ok) return read.value;
    const { message } = read.problem;
    context.addIssue({ code: 'custom', message, params: { ...read.problem } });
    return z.NEVER;
  };
}

/** Reads one value as it is written in the file. */
function readText(parameter: Parameter, text: string): Reading<unknown> {
  if (text === 'none' && parameter.optional === true) return good(null);
  switch (parameter.type) {
    case 'duration':
      return inRange(readDuration(text), parameter, text, formatDuration);
    case 'latency':
      return readLaw(text);
    case 'rate':
      return readRate(text);
    case 'bandwidth':
      return readBandwidth(text);
    case 'size':
      return readSize(text);
    case 'count':
      if (parameter.unlimited === true && text === 'unlimited') return good(Infinity);
      return inRange(readCount(text), parameter, text, formatCount);
    case 'number':
      return inRange(readNumber(text), parameter, text, String);
    case 'share':
      return readShare(text);
    case 'flag':
      if (text === 'true' || text === 'false') return good(text === 'true');
      break;
    case 'text':
      return good(text);
    case 'choice':
      return readChoice(text, parameter.of);
    case 'component':
    case 'dataset':
      return readName(text);
    case 'syntax':
      return syntaxes[parameter.syntax].read(text);
    case 'zones':
    case 'list':
    case 'record':
    case 'object':
      break;
    default:
      assertNever(parameter);
  }
  return bad('wrong-type', `${quoted(text)} is not ${nounOf(parameter)}`);
}

function readChoice(text: string, words: readonly string[]): Reading<string> {
  if (words.includes(text)) return good(text);
  const hint = suggestion(text, words, 'allowed are');
  return bad('unknown-value', `${quoted(text)} is not one of the words allowed here`, hint);
}

function inRange(
  read: Reading<number>,
  range: { readonly min?: number; readonly max?: number },
  text: string,
  format: (value: number) => string,
): Reading<number> {
  if (!read.ok) return read;
  const { min = 0, max = Infinity } = range;
  if (read.value >= min && read.value <= max) return read;
  const allowed =
    max === Infinity ? `at least ${format(min)}` : `from ${format(min)} to ${format(max)}`;
  return bad('out-of-range', `${quoted(text)} is out of range; ${allowed} is allowed`);
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
