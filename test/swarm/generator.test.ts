// The swarm is worth what it draws. What the language can say is described in one place, so it can
// be counted what of it appears in random scenarios.
import { expect, test } from 'vitest';
import { components } from '../../src/model/components.ts';
import { faults } from '../../src/model/faults.ts';
import type { Fields as Parameters } from '../../src/model/parameters.ts';
import {
  dataFields,
  limitFields,
  linkFields,
  networkFields,
  trafficFields,
} from '../../src/scenario/fields.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { stepDescriptions } from '../../src/scenario/step-words.ts';
import { textOf, wordOf } from './design.ts';
import type { Design, Fields, Value } from './design.ts';
import { randomDesign } from './random-design.ts';

const patient = { timeout: 120_000 };

const designs = Array.from({ length: 1_000 }, (_, index) => randomDesign(index + 1));

/** Every key and every word that is said of things, with where it stands: `cache.eviction=lru`. */
function saidOf(name: string, things: readonly Fields[]): Set<string> {
  const said = new Set<string>();
  const visit = (path: string, value: Value): void => {
    said.add(path);
    if (typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) visit(`${path}.${key}`, inner);
    } else said.add(`${path}=${wordOf(value)}`);
  };
  for (const thing of things) visit(name, thing);
  return said;
}

/** What the language can say in a place: each parameter, and each word of those with a choice. */
function sayable(name: string, parameters: Parameters): string[] {
  return Object.entries(parameters).flatMap(([key, parameter]) => {
    const path = `${name}.${key}`;
    if (parameter.type === 'choice') return parameter.of.map((word) => `${path}=${word}`);
    if (parameter.type === 'object') return [path, ...sayable(path, parameter.fields)];
    return [path];
  });
}

function unsaid(name: string, parameters: Parameters, things: readonly Fields[]): string[] {
  const said = saidOf(name, things);
  return sayable(name, parameters).filter((path) => !said.has(path));
}

const all = (section: (design: Design) => Value | undefined) =>
  designs.flatMap((design) => Object.values(section(design) ?? {}) as Fields[]);

test.each([...components.values()])('every parameter of a $name is drawn', (definition) => {
  const { name, parameters } = definition;
  const things = all(({ components: named }) => named).filter(({ kind }) => kind === name);
  expect(unsaid(name, parameters, things)).toEqual([]);
});

test('every parameter of clients, data, the network and the limits is drawn', () => {
  const networks = designs.map(({ network }) => network!);
  const links = networks.flatMap(({ links: list }) => (list ?? []) as Fields[]);
  expect([
    ...unsaid(
      'traffic',
      trafficFields,
      all(({ traffic }) => traffic),
    ),
    ...unsaid(
      'data',
      dataFields,
      all(({ data }) => data),
    ),
    ...unsaid('network', networkFields, networks),
    ...unsaid('link', linkFields, links),
    ...unsaid(
      'limits',
      limitFields,
      designs.map(({ limits }) => limits ?? {}),
    ),
  ]).toEqual([]);
});

test('every fault and every step is drawn', () => {
  const struck = new Set(designs.flatMap((design) => design.faults.flatMap(Object.keys)));
  expect([...faults.keys()].filter((verb) => !struck.has(verb))).toEqual([]);
  const steps = JSON.stringify(
    all(({ components: named }) => named).map(({ operations }) => operations),
  );
  const verbs = Object.keys(stepDescriptions);
  expect(verbs.filter((verb) => !steps.includes(`{"${verb}":`))).toEqual([]);
});

test('a seed names one scenario, and no two are alike', patient, () => {
  const texts = designs.slice(0, 200).map(textOf);
  expect(new Set(texts).size).toBe(200);
  expect(texts).toEqual(texts.map((_, index) => textOf(randomDesign(index + 1))));
});

test('a scenario is accepted without a word', patient, () => {
  const words = designs.slice(0, 200).flatMap((design) => {
    const { diagnostics } = loadScenario(textOf(design), { file: 'random.yaml' });
    return diagnostics.map(({ code, message }) => `${design.seed} ${code}: ${message}`);
  });
  expect(words).toEqual([]);
});
