import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDiagnostics } from '../../src/scenario/diagnostics.ts';
import { readInput } from '../../src/scenario/input.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { codes, shop } from './example.ts';

const folder = 'test/invalid';
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

describe('files with a fault', () => {
  // After a change of wording: `npx vitest run -u`, and read every line that differs.
  test.each(files)('%s is answered with exactly its diagnostics', async (file) => {
    const bytes = readFileSync(`${folder}/${file}`);
    const { scenario, diagnostics } = loadScenario(bytes, { file });
    const text = `${formatDiagnostics(diagnostics, readInput(bytes).text)}\n`;
    const expected = `../invalid/${file.replace('.yaml', '.expected')}`;
    await expect(text).toMatchFileSnapshot(expected);
    expect(scenario === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  });

  test('there are at least sixty, and each says what is wrong', () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
    const expected = readdirSync(folder).filter((file) => file.endsWith('.expected'));
    expect(expected.map((file) => file.replace('.expected', '.yaml'))).toEqual(files);
    for (const file of expected) {
      expect(readFileSync(`${folder}/${file}`, 'utf8')).toMatch(/: (error|warning)\[[a-z0-9-]+\] /);
    }
  });

  test('a place is always inside the file, and a message one printable line', () => {
    for (const file of files) {
      const bytes = readFileSync(`${folder}/${file}`);
      const lines = readInput(bytes).text.split(/\r?\n/);
      for (const { line, column, message, hint } of loadScenario(bytes, { file }).diagnostics) {
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        expect(`${message}${hint ?? ''}`).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }
    }
  });
});

describe('keys of prototypes', () => {
  const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
  const places: Readonly<Record<string, (key: string) => string>> = {
    top: (key) => `${shop}${key}: { polluted: true }\n`,
    component: (key) => `${shop}  ${key}: { kind: cache, capacity: 1GB, polluted: true }\n`,
    parameter: (key) =>
      `${shop}  hot: { kind: cache, capacity: 1GB, ${key}: { polluted: true } }\n`,
    kind: (key) => `${shop}  hot: { kind: ${key} }\n`,
    operation: (key) => shop.replace('buy:', `${key}:`),
    step: (key) => shop.replace('work:', `${key}:`),
    law: (key) => shop.replace('2ms', `${key}(2ms)`),
    unit: (key) => shop.replace('2ms', `2${key}`),
    dataset: (key) => shop.replace('  items:', `  ${key}: { keys: 1, polluted: true }\n  items:`),
    population: (key) => shop.replace('  shoppers:', `  ${key}: { polluted: true }\n  shoppers:`),
    fault: (key) => `${shop}faults: [ { at: 1s, ${key}: shop, polluted: true } ]\n`,
    target: (key) => `${shop}faults: [ { at: 1s, crash: ${key}/${key} } ]\n`,
    claim: (key) => `${shop}expect: [ "${key} of ${key} < 3" ]\n`,
    position: (key) => `${shop}positions: { ${key}: [1, 2] }\n`,
    path: (key) => `${shop}alternatives: { a: { ${key}.polluted: 1, shop.${key}: 1 } }\n`,
  };

  test.each(Object.entries(places))('as %s are refused and touch nothing', (place, make) => {
    for (const key of keys) {
      // A harmless name is fine where any name is.
      if (key === 'prototype' && (place === 'component' || place === 'operation')) continue;
      expect(codes(make(key)).length, key).toBeGreaterThan(0);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  });
});

test('whatever is done to a file, reading it does not throw', () => {
  const sources = [shop, readFileSync('scenarios/photo-feed.yaml', 'utf8')];
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ': ',
    '- ',
    '\n',
    '  ',
    '"',
    "'",
    '#',
    '&a',
    '*a',
    '!',
    '|',
    '%',
    '0',
    '-1',
    '.inf',
    '~',
    '__proto__',
    '\u0000',
    '\u202e',
    '(',
    ',',
  ];
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(20),
    piece: fc.constantFrom(...pieces, ''),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.array(mutation, { minLength: 1, maxLength: 5 }),
      (source, mutations) => {
        let text = source;
        for (const { at, length, piece } of mutations) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + piece + text.slice(start + length);
        }
        const { scenario, diagnostics } = loadScenario(text, { file: 'mutant.yaml' });
        expect(scenario === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        expect(formatDiagnostics(diagnostics, text)).toBeTypeOf('string');
      },
    ),
    { numRuns: 1_000 },
  );
});
