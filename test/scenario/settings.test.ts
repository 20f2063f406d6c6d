import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { changed, shop, sound } from './example.ts';

const set = (path: string, value: string) => ({ set: [{ path, value }] });

function problem(path: string, value: string): string {
  const { diagnostics } = loadScenario(shop, { file: 'a', ...set(path, value) });
  const [first] = diagnostics;
  return first === undefined ? '' : `${first.code} ${first.line}:${first.column} ${first.message}`;
}

describe('settings', () => {
  test.each([
    ['shop.instances', '3'],
    ['components.shop.instances', '3'],
    ['shop', '{ kind: service, instances: 3, operations: { buy: [ { write: items } ] } }'],
  ])('%s reaches a component', (path, value) => {
    expect(sound(shop, set(path, value)).plan.components[0]!.parameters.instances).toBe(3);
  });

  test('paths reach traffic, data, lists and what the file leaves out', () => {
    const faults = `${shop}faults:\n  - { at: 1s, crash: shop }\n  - { at: 2s, crash: shop }\n`;
    expect(sound(shop, set('traffic.shoppers.rate', '5k/s')).plan.populations[0]!.rate).toBe(5e3);
    expect(sound(shop, set('shoppers.rate', '5k/s')).plan.populations[0]!.rate).toBe(5e3);
    expect(sound(shop, set('data.items.keys', '7')).plan.datasets[0]!.keys).toBe(7);
    expect(sound(shop, set('duration', '2m')).plan.durationNs).toBe(120e9);
    expect(sound(faults, set('faults.2.at', '9s')).plan.faults[1]!.atNs).toBe(9e9);
    expect(sound(shop, set('network.loss', '1%')).plan.network.loss).toBe(0.01);
    const { failover } = sound(shop, set('items-db.failover.detect', '9s')).plan.components[1]!
      .parameters;
    expect(failover).toMatchObject({ detect: 9e9, elect: 2e9 });
  });

  test('later settings win', () => {
    const settings = [
      { path: 'seed', value: '1' },
      { path: 'seed', value: 'two words' },
    ];
    expect(sound(shop, { set: settings }).plan.seed).toBe('two words');
  });

  test('a wrong value is reported at the place it takes, and says where it came from', () => {
    expect(problem('shoppers.rate', 'fast')).toBe(
      'bad-rate 4:21 `fast` is not a rate (in `shoppers.rate = fast`)',
    );
    expect(problem('shop.instances', '0')).toMatch(
      /^out-of-range 8:3 .*\(in `shop.instances = 0`\)$/,
    );
    expect(problem('shop.instances', '{ a')).toMatch(/^yaml-syntax 8:3 /);
    expect(problem('shop.instances', '')).toMatch(/^bad-count 8:3 /);
    expect(problem('shop.instances', '*a')).toMatch(/^no-aliases 8:3 /);
  });

  test.each([
    ['shpo.instances', 'unknown-path 1:1'],
    ['nowhere', 'unknown-path 1:1'],
    ['', 'unknown-path 1:1'],
    ['duration.x', 'unknown-path'],
    ['shop.operations.buy.9', 'unknown-path'],
    ['__proto__.polluted', 'unknown-path'],
    ['shop.__proto__', 'unknown-key'],
    ['constructor', 'unknown-path'],
  ])('the path %s is refused', (path, expected) => {
    expect(problem(path, '1')).toContain(expected);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('an alternative, applied as settings, is the design that was checked', () => {
    const text = changed(
      `${shop}alternatives:
  more: { shop.instances: 3, shop.queue: unlimited }
  other: { shop.operations.buy: [ { work: "p50=2ms p99=12ms" } ], items.popularity: hotspot(10%, 90%) }
  named: { about: "a: b, c # d", seed: '10' }
`,
      ['kind: service', 'kind: service\n    workers: 4'],
    );
    const { alternatives } = sound(text);
    expect(alternatives.more).toEqual([
      { path: 'shop.instances', value: '3' },
      { path: 'shop.queue', value: 'unlimited' },
    ]);
    const more = sound(text, { set: alternatives.more! }).plan.components[0]!.parameters;
    expect(more).toMatchObject({ instances: 3, queue: Infinity, workers: 4 });
    const other = sound(text, { set: alternatives.other! }).plan;
    expect(other.datasets[0]!.popularity).toEqual({ kind: 'hotspot', keys: 0.1, requests: 0.9 });
    expect(sound(text, { set: alternatives.named! })).toMatchObject({ about: 'a: b, c # d' });
  });
});
