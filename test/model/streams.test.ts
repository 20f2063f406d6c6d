// Every component has luck of its own.
import { describe, expect, it } from 'vitest';
import { World } from '../../src/model/world.ts';
import { finished, operation, planOf } from './rehearsal.ts';

const shop = `
  shop:
    kind: service
    workers: 2
    operations: { buy: [ { work: exponential(5ms) } ] }
`;
const office = `
  office:
    kind: service
    workers: 2
    operations: { file: [ { work: exponential(5ms) } ] }
`;
const shopper = '  shopper: { rate: 100/s, to: shop, operation: buy }';
const clerk = '  clerk: { rate: 100/s, to: office, operation: file }';

const scenario = (traffic: readonly string[], components: readonly string[]): string =>
  ['name: Street', 'duration: 5s', 'traffic:', ...traffic, 'components:', ...components].join('\n');

describe('random streams', () => {
  it('of another component beside it change nothing about a component', () => {
    const alone = operation(finished(scenario([shopper], [shop])), 'buy');
    const beside = operation(finished(scenario([shopper, clerk], [shop, office])), 'buy');
    expect(beside.tally.counts).toEqual(alone.tally.counts);
    const latencies = [alone, beside].map(({ latency }) => latency.merged(0, 1).snapshot());
    expect(latencies[0]!.index.length).toBeGreaterThan(100);
    expect(latencies[1]).toEqual(latencies[0]);
  });

  it('are different for each component and each purpose', () => {
    const world = new World(planOf(scenario([shopper], [shop])));
    const streams = [
      world.stream('shop', 'work'),
      world.stream('office', 'work'),
      world.stream('shop', 'rest'),
    ];
    const draws = streams.map((stream) => Array.from({ length: 4 }, () => stream.int32()).join());
    expect(new Set(draws).size).toBe(3);
    // Asked for again a stream begins anew: it is never one that somebody else draws from.
    expect(world.stream('shop', 'work').int32()).toBe(Number(draws[0]!.split(',')[0]));
  });

  it('give two operations of the same clients keys of their own', () => {
    const run = finished(`
name: Two operations
duration: 20s
traffic: { crowd: { rate: 500/s, to: front, mix: { look: 50%, watch: 50% } } }
data: { things: { keys: 1M, popularity: uniform, stored-in: store, cached-in: memory } }
components:
  front: { kind: service, workers: 64, operations: { look: [{ read: things }], watch: [{ read: things }] } }
  memory: { kind: cache, capacity: 100k entries }
  store: { kind: database, workers: 64 }
`);
    const { tally } = run.world.components.find(({ kind }) => kind === 'cache')!;
    const [hits, misses] = ['hits', 'misses'].map((column) => tally!.sum(column, 0, 20));
    // Of a million keys hardly one is drawn twice; had both drawn alike, half of all would be.
    expect(hits! + misses!).toBeGreaterThan(9_000);
    expect(hits!).toBeLessThan(0.02 * misses!);
  });
});
