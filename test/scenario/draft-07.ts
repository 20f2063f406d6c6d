// A small validator of JSON Schema draft 07, independent of the library that writes the schema. It
// knows the keywords that the schema uses and refuses any other.

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Schema = { readonly [key: string]: Json };

const annotations = ['$schema', 'title', 'description', 'default', 'examples', 'definitions'];

/** Paths of the parts of a value that the schema does not allow, each with the keyword. */
export function violations(root: Schema, value: Json): string[] {
  return check(root, value, root, '');
}

function check(schema: Schema, value: Json, root: Schema, path: string): string[] {
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    if (annotations.includes(keyword)) return [];
    const validate = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
    if (validate === undefined) throw new Error(`the keyword ${keyword} is not known`);
    return validate({ argument, value, schema, root, path }).map((where) => `${where} ${keyword}`);
  });
}

interface Call {
  readonly argument: Json;
  readonly value: Json;
  readonly schema: Schema;
  readonly root: Schema;
  readonly path: string;
}

const fails = (call: Call, isFine: boolean) => (isFine ? [] : [call.path]);
const schemas = (argument: Json) => argument as readonly Schema[];
const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fits = (call: Call, schema: Schema) =>
  check(schema, call.value, call.root, call.path).length === 0;

const keywords: Readonly<Record<string, (call: Call) => string[]>> = {
  $ref: (call) => {
    const name = /^#\/definitions\/(.+)$/.exec(call.argument as string)?.[1];
    const definitions = call.root.definitions as { readonly [key: string]: Schema };
    if (name === undefined || !Object.hasOwn(definitions, name)) {
      throw new Error(`the reference ${call.argument as string} leads nowhere`);
    }
    return check(definitions[name]!, call.value, call.root, call.path);
  },
  type: (call) => {
    const types = [call.argument].flat() as string[];
    return fails(
      call,
      types.some((type) => hasType(call.value, type)),
    );
  },
  const: (call) => fails(call, call.value === call.argument),
  enum: (call) => fails(call, (call.argument as readonly Json[]).includes(call.value)),
  anyOf: (call) =>
    fails(
      call,
      schemas(call.argument).some((one) => fits(call, one)),
    ),
  oneOf: (call) =>
    fails(call, schemas(call.argument).filter((one) => fits(call, one)).length === 1),
  allOf: (call) =>
    schemas(call.argument).flatMap((one) => check(one, call.value, call.root, call.path)),
  pattern: (call) => {
    const pattern = new RegExp(call.argument as string, 'u');
    return fails(call, typeof call.value !== 'string' || pattern.test(call.value));
  },
  minimum: (call) =>
    fails(call, typeof call.value !== 'number' || call.value >= Number(call.argument)),
  maximum: (call) =>
    fails(call, typeof call.value !== 'number' || call.value <= Number(call.argument)),
  minItems: (call) =>
    fails(call, !Array.isArray(call.value) || call.value.length >= Number(call.argument)),
  maxItems: (call) =>
    fails(call, !Array.isArray(call.value) || call.value.length <= Number(call.argument)),
  items: (call) => {
    if (!Array.isArray(call.value)) return [];
    const tuple = Array.isArray(call.argument) ? schemas(call.argument) : null;
    return (call.value as readonly Json[]).flatMap((item, index) => {
      const schema = tuple === null ? (call.argument as Schema) : tuple[index];
      return schema === undefined ? [] : check(schema, item, call.root, `${call.path}/${index}`);
    });
  },
  additionalItems: (call) => {
    if (call.argument !== false) throw new Error('additionalItems is only known as false');
    const { items } = call.schema;
    if (!Array.isArray(call.value) || !Array.isArray(items)) return [];
    return fails(call, call.value.length <= items.length);
  },
  required: (call) => {
    const { value } = call;
    if (!isObject(value)) return [];
    return (call.argument as readonly string[])
      .filter((key) => !Object.hasOwn(value, key))
      .map((key) => `${call.path}/${key}`);
  },
  properties: (call) => {
    const { value } = call;
    if (!isObject(value)) return [];
    return Object.entries(call.argument as { readonly [key: string]: Schema })
      .filter(([key]) => Object.hasOwn(value, key))
      .flatMap(([key, schema]) => check(schema, value[key]!, call.root, `${call.path}/${key}`));
  },
  additionalProperties: (call) => {
    const { value } = call;
    if (!isObject(value)) return [];
    const known = Object.keys((call.schema.properties ?? {}) as object);
    const others = Object.keys(value).filter((key) => !known.includes(key));
    if (call.argument === false) return others.map((key) => `${call.path}/${key}`);
    const schema = call.argument as Schema;
    return others.flatMap((key) => check(schema, value[key]!, call.root, `${call.path}/${key}`));
  },
  propertyNames: (call) => {
    if (!isObject(call.value)) return [];
    const schema = call.argument as Schema;
    return Object.keys(call.value).flatMap((key) =>
      check(schema, key, call.root, `${call.path}/${key}`),
    );
  },
};

function hasType(value: Json, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return isObject(value);
  return typeof value === type;
}
