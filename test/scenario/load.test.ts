import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { changed, codes, shop, sound } from './example.ts';
import type { PopulationPlan } from '../../src/model/plan.ts';

function populationOf(body: string, add = ''): PopulationPlan {
  const text = changed(shop, ['{ rate: 100/s, to: shop }', body]);
  return sound(text + add).plan.populations[0]!;
}

const edge = '  edge: { kind: load-balancer, to: shop }\n';

describe('a loaded scenario', () => {
  test.each(readdirSync('scenarios').filter((file) => file.endsWith('.yaml')))(
    '%s is sound and has no warnings',
    (file) => {
      const loaded = loadScenario(readFileSync(`scenarios/${file}`, 'utf8'), { file });
      expect(loaded.diagnostics).toEqual([]);
      expect(loaded.scenario?.name).not.toBe('');
    },
  );

  test('is frozen through and through', () => {
    const check = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(check);
    };
    check(
      sound(`${shop}positions: { shop: [1, 2] }\nalternatives: { b: { shop.instances: 2 } }\n`),
    );
  });

  test('maps from names to values have no prototype', () => {
    const scenario = sound(`${shop}positions: { shop: [1, 2] }\n`);
    const { parameters } = scenario.plan.components[0]!;
    for (const map of [parameters, parameters.operations, scenario.positions]) {
      expect(Object.getPrototypeOf(map)).toBeNull();
    }
  });

  test('is the same from bytes, from text and behind a byte order mark', () => {
    const plan = sound(shop).plan;
    for (const input of [new TextEncoder().encode(shop), `\ufeff${shop}`]) {
      expect(loadScenario(input, { file: 'a' }).scenario?.plan).toEqual(plan);
    }
    expect(sound(shop.replaceAll('\n', '\r\n')).plan).toEqual(plan);
  });

  test('puts everything that names no zone into the zone main', () => {
    expect(sound(shop).plan.zones).toEqual(['main']);
    const placed = changed(shop, ['kind: service', 'kind: service\n    zones: [b, a]']);
    expect(sound(placed).plan.zones).toEqual(['b', 'a', 'main']);
  });

  test('takes seed and duration from its caller when they are given', () => {
    const { plan } = sound(shop, { seed: 7, duration: '2m' });
    expect(plan).toMatchObject({ seed: '7', durationNs: 120e9 });
    expect(sound(shop).plan).toMatchObject({ seed: '1', durationNs: 60e9, warmUpNs: 0 });
  });
});

describe('a population', () => {
  test('asks for the only operation when it names none', () => {
    const mix = [{ operation: 'buy', weight: 1, keys: 'items' }];
    expect(populationOf('{ rate: 100/s, to: shop }').mix).toEqual(mix);
    expect(populationOf('{ rate: 100/s, to: edge }', edge).mix).toEqual(mix);
  });

  test('draws keys from the dataset that the operation reaches first, through calls', () => {
    const text = changed(
      shop,
      ['buy: [ { work: 2ms }, { write: items } ]', 'buy: [ { call: edge }, { write: items } ]'],
      ['data:\n', 'data:\n  stock: { keys: 5, stored-in: items-db }\n'],
    );
    const more = `  edge: { kind: load-balancer, to: cart }
  cart: { kind: service, operations: { add: [ { choose: [ { share: 1, do: [ { read: stock } ] } ] } ] } }
`;
    expect(sound(text + more).plan.populations[0]!.mix[0]!.keys).toBe('stock');
  });

  test('takes the keys that it names', () => {
    const body = '{ rate: 1/s, to: items-db, mix: { read: { share: 100%, keys: items } } }';
    expect(populationOf(body).mix).toEqual([{ operation: 'read', weight: 1, keys: 'items' }]);
    const single = '{ rate: 1/s, to: items-db, operation: write, keys: items }';
    expect(populationOf(single).mix).toEqual([{ operation: 'write', weight: 1, keys: 'items' }]);
  });

  test('has no keys when its operation touches no data', () => {
    const text = changed(shop, ['[ { work: 2ms }, { write: items } ]', '[ { work: 2ms } ]']);
    expect(sound(text).plan.populations[0]!.mix[0]!.keys).toBeNull();
  });

  test('waits as long as its deadline unless it has a timeout', () => {
    const never = { deadlineNs: Infinity, timeout: null };
    expect(populationOf('{ rate: 1/s, to: shop }')).toMatchObject(never);
    const constant = (value: number) => ({ kind: 'constant', value });
    const deadline = { deadlineNs: 2e9, timeout: constant(2e9) };
    expect(populationOf('{ rate: 1/s, to: shop, deadline: 2s }')).toMatchObject(deadline);
    const both = '{ rate: 1/s, to: shop, deadline: 2s, timeout: 500ms }';
    expect(populationOf(both)).toMatchObject({ deadlineNs: 2e9, timeout: constant(5e8) });
    const patient = '{ rate: 1/s, to: shop, deadline: 2s, timeout: none }';
    expect(populationOf(patient)).toMatchObject({ deadlineNs: 2e9, timeout: null });
  });

  test('of users has the rate of its peak, and the sum is shown', () => {
    const text = changed(shop, ['rate: 100/s', 'users: "10M daily, 40 requests each, peak 2x"']);
    const scenario = sound(text);
    expect(scenario.plan.populations[0]!.rate).toBeCloseTo(9259.26, 2);
    expect(scenario.estimates.map((estimate) => estimate.text)).toContain(
      '10M users × 40 requests ÷ 86400 s = 4630/s',
    );
  });

  test('of a closed loop has clients and a pause, no rate', () => {
    const closed = populationOf('{ clients: 50, think: exponential(1s), to: shop }');
    expect(closed).toMatchObject({ rate: null, clients: 50, think: { mean: 1e9 } });
  });

  test('changes its rate as its shape says', () => {
    const shape = `[ { at: 10s, rate: 5/s }, { from: 20s, to: 30s, rate: 1k/s },
      { at: 40s, for: 5s, times: 3 }, { every: 24h, peak: 2x, peak-at: 20h } ]`;
    expect(populationOf(`{ rate: 1/s, to: shop, shape: ${shape} }`).shape).toEqual([
      { kind: 'step', atNs: 10e9, rate: 5 },
      { kind: 'ramp', fromNs: 20e9, toNs: 30e9, rate: 1_000 },
      { kind: 'burst', atNs: 40e9, forNs: 5e9, factor: 3 },
      { kind: 'diurnal', periodNs: 86_400e9, peak: 2, peakAtNs: 72_000e9 },
    ]);
  });
});

describe('a service', () => {
  const call = (target: string) => changed(shop, ['{ work: 2ms }', `{ call: ${target} }`]);
  const cart = (operations: string) => `  cart: { kind: service, operations: { ${operations} } }\n`;
  const stepsOf = (text: string) => {
    const { operations } = sound(text).plan.components[0]!.parameters;
    return (operations as Record<string, unknown[]>).buy!;
  };

  test('calls the only operation of its callee, else the one of the same name', () => {
    expect(stepsOf(call('cart') + cart('add: [ { work: 1ms } ]'))[0]).toEqual({
      kind: 'call',
      component: 'cart',
      operation: 'add',
    });
    const two = cart('add: [ { work: 1ms } ], buy: [ { work: 1ms } ]');
    expect(stepsOf(call('cart') + two)[0]).toMatchObject({ operation: 'buy' });
    expect(stepsOf(call('cart.add') + two)[0]).toMatchObject({ operation: 'add' });
  });

  test('nests steps', () => {
    const steps = `[ { parallel: [ { work: 1ms }, [ { wait: 2ms }, { read: items } ] ] },
        { choose: [ { share: 30%, do: [ { write: items } ] }, { share: 70%, do: [ { work: 1ms } ] } ] },
        { repeat: { times: 3, do: [ { read: items } ] } } ]`;
    const text = changed(shop, ['[ { work: 2ms }, { write: items } ]', steps]);
    const constant = (value: number) => ({ kind: 'constant', value });
    expect(stepsOf(text)).toEqual([
      {
        kind: 'parallel',
        branches: [
          [{ kind: 'work', time: constant(1e6) }],
          [
            { kind: 'wait', time: constant(2e6) },
            { kind: 'read', dataset: 'items' },
          ],
        ],
      },
      {
        kind: 'choose',
        options: [
          { share: 0.3, steps: [{ kind: 'write', dataset: 'items' }] },
          { share: 0.7, steps: [{ kind: 'work', time: constant(1e6) }] },
        ],
      },
      { kind: 'repeat', times: 3, steps: [{ kind: 'read', dataset: 'items' }] },
    ]);
  });

  test('reads how many branches a parallel step waits for', () => {
    const steps = `[ { parallel: { wait-for: 1, branches: [ { read: items }, [ { write: items } ] ] } },
        { parallel: { times: 3, wait-for: 2, steps: [ { read: items } ] } },
        { parallel: { times: 2, steps: [ { read: items } ] } } ]`;
    const read = [{ kind: 'read', dataset: 'items' }];
    const write = [{ kind: 'write', dataset: 'items' }];
    expect(stepsOf(changed(shop, ['[ { work: 2ms }, { write: items } ]', steps]))).toEqual([
      { kind: 'parallel', branches: [read, write], waitFor: 1 },
      { kind: 'parallel', branches: [read, read, read], waitFor: 2 },
      { kind: 'parallel', branches: [read, read] },
    ]);
  });
});

describe('the network and the faults', () => {
  test('links between zones are exceptions from the defaults', () => {
    const placed = changed(shop, ['kind: service', 'kind: service\n    zones: [a, b]']);
    const { network } = sound(
      `${placed}network: { same-zone: 1ms, links: [ { between: [a, b], latency: 40ms } ] }\n`,
    ).plan;
    expect(network.sameZone).toEqual({ kind: 'constant', value: 1e6 });
    const latency = { kind: 'constant', value: 40e6 };
    expect(network.links).toEqual([{ between: ['a', 'b'], latency, bandwidth: null, loss: null }]);
  });

  test('every kind of target of a fault is understood', () => {
    const design = changed(
      shop,
      ['kind: service', 'kind: service\n    instances: 3\n    zones: [a, b]'],
      ['kind: database', 'kind: database, shards: 2, replicas: 1'],
      ['stored-in: items-db', 'stored-in: items-db, cached-in: hot'],
    );
    const faults = `  hot: { kind: cache, nodes: 2, capacity: 1MB }
faults:
  - { at: 1s, crash: shop/3, for: 5s }
  - { at: 2s, restart: hot/node-2 }
  - { at: 3s, restart-cold: hot }
  - { at: 4s, crash: items-db/shard-2/replica-1 }
  - { at: 5s, slow: items-db/shard-1/node-2, by: 5x }
  - { at: 6s, partition: [a, b], for: 1s }
  - { at: 7s, partition: items-db/shard-1/primary }
  - { at: 8s, crash: zone/a }
`;
    const { plan } = sound(design + faults);
    expect(plan.faults.map(({ targets }) => targets.join(' '))).toEqual([
      'shop/3',
      'hot/node-2',
      'hot',
      'items-db/shard-2/replica-1',
      'items-db/shard-1/node-2',
      'a b',
      'items-db/shard-1/primary',
      'zone/a',
    ]);
    expect(plan.faults[0]).toMatchObject({ atNs: 1e9, verb: 'crash', forNs: 5e9, factor: 1 });
    expect(plan.faults[4]).toMatchObject({ verb: 'slow', forNs: null, factor: 5 });
  });
});

test('all problems of a file are found in one look', () => {
  const text = changed(
    shop,
    ['duration: 1m', 'duration: 60'],
    ['rate: 100/s', 'rate: fast'],
    ['to: shop', 'to: shopp'],
    ['work: 2ms', 'work: 2'],
    ['kind: database', 'kind: databse'],
  );
  expect(codes(text)).toEqual([
    'missing-unit 2:11',
    'bad-rate 4:21',
    'unknown-component 4:31',
    'missing-unit 11:22',
    'unknown-kind 12:21',
  ]);
});
