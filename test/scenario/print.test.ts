import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { appendFault, faultText, printScenario } from '../../src/scenario/print.ts';
import { changed, shop, sound } from './example.ts';
import type { FaultPlan } from '../../src/model/plan.ts';

const crash: FaultPlan = {
  atNs: 30e9,
  verb: 'crash',
  targets: ['shop/1'],
  forNs: 10e9,
  factor: 1,
};

const photoFeed = readFileSync('scenarios/photo-feed.yaml', 'utf8');

/** The text with the fault, which must be sound and hold the fault last. */
function withCrash(text: string): string {
  const result = appendFault(text, crash);
  if (result === null) throw new Error('the fault was not appended');
  expect(sound(result).plan.faults.at(-1)).toEqual(crash);
  return result;
}

describe('printing', () => {
  test.each([
    ['the photo feed', photoFeed],
    ['the small shop', `# a comment\n${shop}# the end\n`],
    ['laws in braces', changed(shop, ['2ms }', 'gamma(shape 2, mean 1ms) }'])],
  ])('%s keeps its comments, its order and its meaning', (_, text) => {
    const printed = printScenario(text)!;
    expect(sound(printed).plan).toEqual(sound(text).plan);
    const comments = (of: string) => of.match(/#.*/g) ?? [];
    expect(comments(printed)).toEqual(comments(text));
    const keys = (of: string) => of.match(/[\w-]+(?=:)/g);
    expect(keys(printed)).toEqual(keys(text));
  });

  test('printing a printed text changes nothing', () => {
    const printed = printScenario(photoFeed)!;
    expect(printScenario(printed)).toBe(printed);
  });

  test('a text that is no YAML is not printed', () => {
    expect(printScenario('a: [')).toBeNull();
  });
});

describe('appending a fault', () => {
  test('makes the list when there is none', () => {
    expect(withCrash(shop)).toBe(`${shop}\nfaults:\n  - { at: 30s, crash: shop/1, for: 10s }\n`);
    expect(withCrash(shop.trimEnd())).toContain('\n\nfaults:\n');
  });

  test('adds a line to a list of lines and touches nothing else', () => {
    const before = `faults:   # what goes wrong\n    - { at: 1s, crash: shop }  # first\n`;
    const after = `expect: []\n`;
    const text = `${shop}${before}\n${after}`;
    const line = '    - { at: 30s, crash: shop/1, for: 10s }\n';
    expect(withCrash(text)).toBe(`${shop}${before}${line}\n${after}`);
  });

  test('adds a line after a fault that is written over several lines', () => {
    const text = `${shop}faults:\n- at: 1s\n  crash: shop\n`;
    expect(withCrash(text)).toBe(`${text}- { at: 30s, crash: shop/1, for: 10s }\n`);
  });

  test.each([
    ['faults: []', 'faults: [ { at: 30s, crash: shop/1, for: 10s }]'],
    [
      'faults: [ { at: 1s, crash: shop } ]',
      'faults: [ { at: 1s, crash: shop }, { at: 30s, crash: shop/1, for: 10s } ]',
    ],
    ['faults:', 'faults:\n  - { at: 30s, crash: shop/1, for: 10s }'],
    ['faults: # none yet', 'faults: # none yet\n  - { at: 30s, crash: shop/1, for: 10s }'],
  ])('%s becomes %s', (before, after) => {
    expect(withCrash(`${shop}${before}\nseed: 3\n`)).toBe(`${shop}${after}\nseed: 3\n`);
  });

  test('keeps the line ends of the text', () => {
    const text = `${shop}faults:\n  - { at: 1s, crash: shop }\n`.replaceAll('\n', '\r\n');
    const { scenario } = loadScenario(appendFault(text, crash)!, { file: 'a' });
    expect(scenario?.plan.faults).toHaveLength(2);
  });

  test('is refused where there is no list to append to', () => {
    expect(appendFault(`${shop}faults: none\n`, crash)).toBeNull();
    expect(appendFault('- a list\n', crash)).toBeNull();
    expect(appendFault('a: [', crash)).toBeNull();
  });

  test('a fault is written as a person would', () => {
    const slow = { ...crash, verb: 'slow', forNs: null, factor: 5 };
    expect(faultText(slow)).toBe('{ at: 30s, slow: shop/1, by: 5x }');
    const cut = { ...crash, verb: 'partition', targets: ['a', 'b'], forNs: 90e9 };
    expect(faultText(cut)).toBe('{ at: 30s, partition: [a, b], for: 1m30s }');
  });
});
