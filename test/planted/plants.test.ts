// The list of planted faults must follow the program: `npm run planted` shows that each is found.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exactRule } from '../determinism-rules.ts';
import { parse } from '../tidy-tree.ts';
import { planted, plants, wantedPlant } from './plants.mjs';

const root = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** The source as this run of the tests has it: with the fault that it was asked to plant. */
function sourceOf(file: string): string {
  const plant = wantedPlant();
  return plant?.file === file ? planted(plant, textOf(file)) : textOf(file);
}

test('at least ten faults are known, each under one name', () => {
  expect(plants.length).toBeGreaterThanOrEqual(10);
  expect(new Set(plants.map(({ name }) => name)).size).toBe(plants.length);
});

describe.each(plants)('the fault $name', (plant) => {
  test('has its place in the source exactly once', () => {
    expect(planted(plant, textOf(plant.file))).not.toBe(textOf(plant.file));
  });

  test('leaves a file that can be read', () => {
    const text = planted(plant, textOf(plant.file));
    expect(() => parse({ path: plant.file, text })).not.toThrow();
  });

  test('is looked for by tests that exist', () => {
    expect(plant.tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(plant.tests.length).toBeGreaterThan(1);
  });
});

test('a snippet that is missing or stands there twice is refused', () => {
  const plant = { ...plants[0]!, snippet: 'a = 1;', instead: 'a = $&2;' };
  expect(() => planted(plant, 'b = 1;')).toThrow('found 0 times');
  expect(() => planted(plant, 'a = 1; a = 1;')).toThrow('found 2 times');
  expect(planted(plant, 'let a = 1;')).toBe('let a = $&2;');
});

test('the rule against what differs between engines reads the planted kernel', () => {
  const file = 'src/kernel/math.ts';
  expect(exactRule([{ path: file, text: sourceOf(file) }])).toEqual([]);
});
