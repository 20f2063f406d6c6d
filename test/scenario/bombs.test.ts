import { describe, expect, test } from 'vitest';
import { limits } from '../../src/scenario/limits.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { changed, codes, shop } from './example.ts';

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** The least processor time of some runs, ms: what the work costs on a machine that is not busy. */
function costOf(text: string, runs: number): number {
  const costs = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    loadScenario(text, { file: 'bomb.yaml' });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...costs);
}

/** A file of the largest size that is refused, yet must be read in part. */
const bombs: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'open brackets': ['['.repeat(limits.fileBytes), 'too-deep'],
  'open braces': ['{a: '.repeat(limits.fileBytes / 4), 'too-deep'],
  dashes: ['- '.repeat(limits.fileBytes / 2), 'too-deep'],
  'explicit keys': ['? '.repeat(limits.fileBytes / 2), 'too-deep'],
  'indented keys': [lines(700, (index) => `${' '.repeat(index)}a:`), 'too-deep'],
  'many keys in braces': [`{${'a: 1, '.repeat(40_000)}}`, 'too-many-keys'],
  'many items': [`[${'1,'.repeat(120_000)}]`, 'too-many-keys'],
  'many lines': ['\n'.repeat(limits.fileBytes), 'too-large'],
  'many components': [`${shop}${lines(10_000, (index) => `  c${index}: {}`)}`, 'too-many-problems'],
  'many quotes': ['"'.repeat(limits.fileBytes), 'too-many-keys'],
  'a long value': [`a: ${'x'.repeat(limits.fileBytes - 3)}`, 'too-long'],
  'a long quote': [`a: "${' '.repeat(limits.fileBytes - 4)}`, 'yaml-syntax'],
  'a long key': [`${'x'.repeat(1_000)}: 1`, 'too-long'],
  anchors: [lines(15_000, (index) => `a${index}: &x${index} 1`), 'no-anchors'],
  'the billion laughs': [
    `a: &a [x]\n${lines(30, (index) => `b${index}: &b${index} [*a, *a, *a, *a]`)}`,
    'no-anchors',
  ],
  tags: ['!a '.repeat(80_000), 'no-tags'],
  directives: ['%a\n'.repeat(19_000), 'no-directives'],
  'open parentheses': [`a: [${'(, '.repeat(6_000)}]`, 'unknown-key'],
  'one byte too many': ['#'.repeat(limits.fileBytes + 1), 'too-large'],
  'far too many bytes': ['#'.repeat(20_000_000), 'too-large'],
};

describe('files made to hurt', () => {
  test.each(Object.entries(bombs))('%s: refused at once', (_, [text, code]) => {
    const found = codes(text).map((line) => line.split(' ')[0]);
    expect(found).toContain(code);
    expect(found.length).toBeLessThanOrEqual(101);
    // Half a second is the promise; the collector of garbage works on the same account.
    expect(costOf(text, 2)).toBeLessThan(1_000);
  });

  test('as bytes they are refused as well', () => {
    expect(codes(new Uint8Array(limits.fileBytes + 1))).toEqual(['too-large 1:1']);
    expect(codes(new Uint8Array(1_000))).toEqual(['control-character 1:1']);
  });

  test.each<[string, (count: number) => string]>([
    ['duplicate keys', (count) => 'a: 1\n'.repeat(count)],
    ['different keys', (count) => lines(count, (index) => `a${index}: 1`)],
    ['components', (count) => `${shop}${lines(count / 20, (i) => `  c${i}: { kind: database }`)}`],
    [
      'operations that call each other',
      (count) => {
        const call = (index: number) => `      o${index}: [ { call: shop.o${index + 1} } ]`;
        const last = `      o${count / 4}: [ { work: 1ms } ]`;
        const buy = '      buy: [ { call: shop.o0 } ]';
        const operations = `${buy}\n${lines(count / 4, call)}\n${last}`;
        return changed(shop, ['      buy: [ { work: 2ms }, { write: items } ]', operations]);
      },
    ],
    [
      'faults on components with similar names',
      (count) => {
        const name = 'component'.repeat(4);
        const more = lines(400, (index) => `  ${name}${index}: { kind: database }`);
        const fault = `  - { at: 1s, crash: ${name}x }\n`.repeat(count / 10);
        return `${shop}${more}\nfaults:\n${fault}`;
      },
    ],
  ])('twice as many %s cost about twice as much', (_, make) => {
    const small = make(1_500);
    const large = make(6_000);
    costOf(small, 1);
    // Four times as much; quadratic work would make it sixteen times.
    expect(costOf(large, 2)).toBeLessThan(10 * Math.max(costOf(small, 3), 2));
  });

  test('the largest allowed depth is read, one more is not', () => {
    const nested = (depth: number) =>
      `${shop}positions: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
    expect(codes(nested(limits.depth - 1))).toEqual(['wrong-type 13:12']);
    expect(codes(nested(limits.depth + 1))[0]).toMatch(/^too-deep/);
  });

  test('the limits of a design are kept', () => {
    const many = (count: number) =>
      `${shop}${lines(count - 2, (index) => `  c${index}: { kind: cache, capacity: 1MB }`)}\n`;
    const errors = (text: string) => codes(text).filter((line) => !line.startsWith('unused'));
    expect(errors(many(50))).toEqual([]);
    // All in use or not: beyond fifty warnings the rest is only counted.
    expect(errors(many(limits.components))).toEqual(['too-many-problems 1:1']);
    expect(errors(many(limits.components + 1))[0]).toMatch(/^too-many-components/);
    const instances = (count: number) => `  c${count}: { kind: cache, capacity: 1MB, nodes: 500 }`;
    expect(errors(`${shop}${lines(21, instances)}\n`)).toEqual(['too-many-instances 7:1']);
    const mesh = (count: number) => {
      const steps = (from: number) =>
        Array.from({ length: count - from - 1 }, (_, to) => `{ call: s${from + to + 1} }`);
      const service = (index: number) =>
        `  s${index}: { kind: service, operations: { a: [ ${[...steps(index), '{ work: 1ms }'].join(', ')} ] } }`;
      return `${shop}${lines(count, service)}\n`;
    };
    expect(errors(mesh(60))).toEqual([]);
    expect(errors(mesh(66))).toEqual(['too-many-edges 7:1']);
    const alternatives = lines(33, (index) => `  a${index}: { seed: ${index} }`);
    expect(errors(`${shop}alternatives:\n${alternatives}\n`)[0]).toMatch(/^too-many-alternatives/);
  });
});
