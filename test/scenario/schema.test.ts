import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonSchema, scenarioSchema } from '../../src/scenario/scenario-schema.ts';
import { violations } from './draft-07.ts';
import { changed, shop } from './example.ts';
import type { Json } from './draft-07.ts';

const schema = jsonSchema() as { readonly [key: string]: Json };

function problemsOf(text: string): string[] {
  return violations(schema, parse(text) as Json);
}

/** Every schema inside the schema. */
function parts(value: Json): readonly { readonly [key: string]: Json }[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(parts);
  if (typeof value !== 'object' || value === null) return [];
  const object = value as { readonly [key: string]: Json };
  return [object, ...Object.values(object).flatMap(parts)];
}

describe('the JSON schema', () => {
  test('is draft 07 and every parameter in it is described', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    for (const part of parts(schema)) {
      const { properties } = part;
      if (typeof properties !== 'object' || part.type !== 'object') continue;
      for (const [name, property] of Object.entries(properties as object)) {
        const described = JSON.stringify(property);
        expect(described, name).toMatch(/"description":|"\$ref":/);
      }
    }
  });

  test('its patterns are regular expressions', () => {
    for (const { pattern } of parts(schema)) {
      if (typeof pattern === 'string') expect(() => new RegExp(pattern, 'u')).not.toThrow();
    }
  });

  test.each(readdirSync('scenarios').filter((file) => file.endsWith('.yaml')))(
    'it accepts %s',
    (file) => {
      const text = readFileSync(`scenarios/${file}`, 'utf8');
      expect(problemsOf(text)).toEqual([]);
      expect(scenarioSchema().safeParse(parse(text)).error).toBeUndefined();
    },
  );

  test('it accepts every way to write a value', () => {
    const text = changed(
      shop,
      ['duration: 1m', 'duration: 1m30s\nseed: abc\nwarm-up: 0\nzones: [a, b]'],
      ['{ rate: 100/s, to: shop }', '{ clients: 5, think: 1s, to: shop, zone: a, priority: 0 }'],
      ['keys: 10k', 'keys: 10, cached-in: [hot]'],
      [
        'kind: service',
        'kind: service\n    blocking: true\n    queue: unlimited\n    timeout: none',
      ],
      ['kind: database', 'kind: database, shards: 4, failover: none, start-up: 1m30s'],
    );
    const more = `  hot: { kind: cache, capacity: 10% of items, ttl: 10m ±10% }
  edge: { kind: load-balancer, to: shop, layer: 4, weights: [1, 2.5] }
faults:
  - { at: 1s, slow: hot/node-1, by: 5, for: 1s }
  - { at: 1s, partition: [a, b] }
network: { loss: 0.1, links: [ { between: [a, b], latency: p50=1ms p99=2ms } ] }
limits: { events: 10M }
positions: { shop: [1, 2] }
`;
    expect(problemsOf(text + more)).toEqual([]);
  });

  test.each([
    ['an unknown key', ['duration: 1m', 'durration: 1m\nduration: 1m']],
    ['a missing key', ['duration: 1m\n', '']],
    ['a missing unit', ['duration: 1m', 'duration: 60']],
    ['an unknown unit', ['rate: 100/s', 'rate: 100/sec']],
    ['a bad count', ['keys: 10k', 'keys: many']],
    ['a list in place of a value', ['duration: 1m', 'duration: [1m]']],
    ['an unknown kind', ['kind: database', 'kind: databse']],
    ['an unknown parameter', ['kind: database', 'kind: database, sharts: 3']],
    ['an unknown word', ['kind: database', 'kind: database, replication: maybe']],
    ['an unknown step', ['{ work: 2ms }', '{ wrok: 2ms }']],
    ['two verbs in a step', ['{ work: 2ms }', '{ work: 2ms, wait: 2ms }']],
    ['a number out of range', ['kind: database', 'kind: database, replicas: 99']],
    ['a bad name', ['items-db: {', 'items db: {']],
    ['an unknown fault', ['data:', 'faults: [ { at: 1s, crsh: shop } ]\ndata:']],
    ['a fault without its end', ['data:', 'faults: [ { at: 1s, restart: shop, for: 1s } ]\ndata:']],
  ] as const)('it refuses %s', (_, pair) => {
    const text = changed(shop, pair);
    expect(problemsOf(text)).not.toEqual([]);
    expect(scenarioSchema().safeParse(parse(text)).success).toBe(false);
  });
});
