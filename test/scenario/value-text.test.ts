// Putting a value into a text: the rest of the file stays as it was written, and what it says then
// is what `--set` would have made of it.
import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { appendFault, faultText, withValue } from '../../src/scenario/print.ts';
import { shop, sound } from './example.ts';

describe('a value in its place', () => {
  test.each([
    ['in braces', 'shoppers.rate', '8k/s', 'rate: 100/s', 'rate: 8k/s'],
    ['in a block', 'duration', '90s', 'duration: 1m', 'duration: 90s'],
    ['deep in a list', 'shop.operations.buy.1.work', '3ms', '{ work: 2ms }', '{ work: 3ms }'],
    ['a group', 'items', '{ keys: 5 }', '{ keys: 10k, stored-in: items-db }', '{ keys: 5 }'],
  ])('%s is replaced', (_, path, value, before, after) => {
    expect(shop).toContain(before);
    expect(withValue(shop, path, value)).toBe(shop.replace(before, after));
  });

  test('comments, spacing and quotes around it stay', () => {
    const text = `${shop}seed:   "7"   # lucky\n# the end\n`;
    expect(withValue(text, 'seed', '8')).toBe(`${shop}seed:   8   # lucky\n# the end\n`);
  });

  test('a law with commas is one value, in braces and out of them', () => {
    const law = 'gamma(shape 2, mean 3ms)';
    const there = withValue(shop, 'shop.operations.buy.1.work', law)!;
    expect(there).toContain(`{ work: ${law} }`);
    const back = withValue(there, 'shop.operations.buy.1.work', '2ms');
    expect(back).toBe(shop);
  });

  test('a text that braces would cut is put in quotes', () => {
    const changed = withValue(shop, 'shoppers.zone', 'a, b')!;
    expect(changed).toContain('{ rate: 100/s, to: shop, zone: "a, b" }');
  });
});

describe('a value that is not there yet', () => {
  test('is added to braces', () => {
    const changed = withValue(shop, 'items-db.replicas', '2')!;
    expect(changed).toBe(shop.replace('{ kind: database }', '{ kind: database, replicas: 2 }'));
  });

  test('is added to a block, behind all that belongs to its last entry', () => {
    const line = '      buy: [ { work: 2ms }, { write: items } ]\n';
    const text = shop.replace(line, `${line}        # as measured\n`);
    const changed = withValue(text, 'shop.workers', '64');
    expect(changed).toBe(text.replace(line, `${line}    workers: 64\n`));
  });

  test('brings the group that it belongs to', () => {
    expect(withValue(shop, 'shop.retries.attempts', '5')).toContain(
      '\n    retries: { attempts: 5 }\n',
    );
  });

  test('is added to the file', () => {
    expect(withValue(shop, 'seed', '5')).toBe(`${shop}seed: 5\n`);
  });

  test.each([
    ['{}', '{ workers: 5 }'],
    ['{ a: 1, }', '{ a: 1, workers: 5, }'],
    ['', ' { workers: 5 }'],
  ])('finds its place in %j', (before, after) => {
    const at = before === '' ? 'x:' : 'x: ';
    const text = `components:\n  ${at}${before}\n`;
    expect(withValue(text, 'x.workers', '5')).toBe(`components:\n  ${at}${after}\n`);
  });

  test('keeps the line ends of the text', () => {
    const changed = withValue(shop.replaceAll('\n', '\r\n'), 'shop.workers', '7')!;
    expect(sound(changed).plan).toEqual(sound(withValue(shop, 'shop.workers', '7')!).plan);
  });
});

test.each([
  ['nowhere.workers', '5'],
  ['shop.operations.buy.9.work', '1ms'],
  ['duration.x', '5'],
  ['duration', '[ 1'],
])('%s = %s leads nowhere', (path, value) => {
  expect(withValue(shop, path, value)).toBeNull();
});

test('what is no scenario text is left alone', () => {
  expect(withValue('a: [', 'a', '1')).toBeNull();
  expect(withValue('- a', 'a', '1')).toBeNull();
});

describe('the changed text says what --set says', () => {
  const texts = readdirSync('scenarios').map((file) => readFileSync(`scenarios/${file}`, 'utf8'));
  const keys = ['workers', 'queue', 'instances', 'timeout', 'rate', 'retries.attempts', 'policy'];
  const values = ['5', '2s', '300/s', 'p50=2ms p99=9ms', 'gamma(shape 2, mean 3ms)', 'lru', 'none'];
  const change = fc.record({
    text: fc.constantFrom(shop, ...texts),
    owner: fc.nat(),
    key: fc.constantFrom(...keys, 'ttl', 'capacity', 'seed', 'stop'),
    value: fc.constantFrom(...values, '10M daily, 4 requests each', '{ attempts: 2 }', 'a: b'),
  });

  test('or both are wrong in the same way', () => {
    let soundOnes = 0;
    fc.assert(
      fc.property(change, ({ text, owner, key, value }) => {
        const { components, populations } = sound(text).plan;
        const names = [...components, ...populations].map(({ name }) => name);
        const path = key === 'seed' ? key : `${names[owner % names.length]!}.${key}`;
        const changed = withValue(text, path, value);
        const set = loadScenario(text, { file: 'a', set: [{ path, value }] });
        if (changed === null) {
          expect(set.scenario).toBeNull();
          return;
        }
        const read = loadScenario(changed, { file: 'a' });
        expect(read.scenario?.plan).toEqual(set.scenario?.plan);
        // Warnings about alternatives are given for the file alone.
        const found = (of: typeof read) =>
          of.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
        expect(new Set(found(read))).toEqual(new Set(found(set)));
        if (read.scenario !== null) soundOnes++;
      }),
      { numRuns: 300 },
    );
    expect(soundOnes).toBeGreaterThan(20);
  }, 60_000);
});

describe('a change among the faults', () => {
  const change = { atNs: 30e9, verb: 'change', targets: ['shop.workers'], forNs: null, factor: 1 };

  test('is written as a person would', () => {
    expect(faultText({ ...change, to: '64' })).toBe('{ at: 30s, change: shop.workers, to: 64 }');
    expect(faultText({ ...change, to: '64', forNs: 5e9 })).toBe(
      '{ at: 30s, change: shop.workers, to: 64, for: 5s }',
    );
  });

  test('is in quotes where braces would cut it', () => {
    expect(faultText({ ...change, to: 'gamma(shape 2, mean 3ms)' })).toContain(
      'to: "gamma(shape 2, mean 3ms)" }',
    );
  });

  test.each([
    ['shop.workers', '64'],
    ['shop.retries', '{ attempts: 2, backoff: "exponential(50ms, max 1s)" }'],
    ['shop.timeout', 'gamma(shape 2, mean 3ms)'],
  ])('of %s to %s is read back as it was', (path, to) => {
    const text = appendFault(shop, { ...change, targets: [path], to })!;
    const [fault] = sound(text).plan.faults;
    expect(fault).toMatchObject({ ...change, targets: [path] });
    expect(appendFault(shop, fault!)).toBe(text);
  });
});
