import { describe, expect, it } from 'vitest';
import { Cache } from '../../../src/model/components/cache/cache.ts';
import { NodeState } from '../../../src/model/node.ts';
import type { Run } from '../../../src/model/run.ts';
import {
  MS,
  SECOND,
  componentAs,
  expectDrained,
  finished,
  operation,
  own,
  runOf,
  total,
} from '../rehearsal.ts';

interface Shape {
  readonly api?: string;
  readonly local?: string;
  readonly cached?: string;
  readonly mix?: string;
  readonly rate?: string;
  readonly faults?: string;
  readonly more?: string;
  readonly traffic?: string;
}

/** Three instances with a cache in each, before a cache that they share. */
function shop(shape: Shape): string {
  return `
name: A cache in each instance
duration: 40s
traffic:
  app: { rate: ${shape.rate ?? '300/s'}, stop: 30s, to: api, mix: ${shape.mix ?? '{ get: 100% }'} }
  ${shape.traffic ?? ''}
data: { goods: { keys: 300, stored-in: db, cached-in: ${shape.cached ?? '[local, redis]'} } }
components:
  local: { kind: cache, inside: api, capacity: 1000 entries, ${shape.local ?? ''} }
  api:
    kind: service
    ${shape.api ?? 'instances: 3'}
    workers: unlimited
    operations: { get: [ { read: goods } ], put: [ { write: goods } ] }
  redis: { kind: cache, capacity: 1000 entries }
  db: { kind: database, workers: unlimited, connections: unlimited }
  ${shape.more ?? ''}
network: { same-zone: 1ms, clients: 0s }
faults: [ ${shape.faults ?? ''} ]
`;
}

function held(run: Run, cache = 'local'): number[] {
  return componentAs(run, cache, Cache).stores.map(({ size }) => size);
}

function lookUps(run: Run, cache: string): number {
  return own(run, cache, 'hits') + own(run, cache, 'misses');
}

describe('a cache inside a service', () => {
  it('C46: has a node in each instance, which that instance asks without a message', () => {
    const run = finished(shop({}));
    expect(lookUps(run, 'local')).toBe(total(run, 'get', 'offered'));
    expect(lookUps(run, 'redis')).toBe(own(run, 'local', 'misses'));
    expect(own(run, 'db', 'reads')).toBe(own(run, 'redis', 'misses'));
    expect(held(run).length).toBe(3);
    // Each instance misses each key once, and fills for itself alone.
    expect(own(run, 'local', 'fills')).toBe(own(run, 'local', 'misses'));
    expect(held(run).reduce((sum, size) => sum + size)).toBeLessThanOrEqual(
      own(run, 'local', 'misses'),
    );
    const { latency } = operation(run, 'get');
    const all = latency.merged(0, latency.closed.length + 1);
    // A hit takes the time of the look-up, 1 µs; what is behind takes messages of 1 ms.
    expect(all.min).toBe(1000);
    expect(all.countAbove(1 * MS)).toBe(own(run, 'local', 'misses'));
    expectDrained(run);
  });

  it('C46: gives every instance the whole capacity', () => {
    const small = shop({}).replace('inside: api, capacity: 1000', 'inside: api, capacity: 20');
    const run = finished(small);
    expect(held(run)).toEqual([20, 20, 20]);
    const warm = runOf(shop({ local: 'warm: popular' }));
    expect(held(warm)).toEqual([300, 300, 300]);
  });

  it('C47: a write deletes the copy of the writer alone, so others read stale values', () => {
    const mix = '{ get: 90%, put: 10% }';
    const alone = finished(shop({ mix, api: 'instances: 1' }));
    const three = finished(shop({ mix }));
    const shared = finished(shop({ mix, cached: '[redis]' }).replace(/local: \{.*\n/, '\n'));
    expect(own(three, 'local', 'staleReads')).toBeGreaterThan(2000);
    expect(own(alone, 'local', 'staleReads')).toBeLessThan(100);
    expect(own(shared, 'redis', 'staleReads')).toBeLessThan(100);
    const short = finished(shop({ mix, local: 'ttl: 1s' }));
    expect(own(short, 'local', 'staleReads')).toBeLessThan(own(three, 'local', 'staleReads') / 3);
    expectDrained(three);
  });

  it('C47: messages delete the copies in all instances', () => {
    const mix = '{ get: 90%, put: 10% }';
    const told = finished(shop({ mix, local: 'on-write: message, message-lag: 50ms' }));
    const unaided = finished(shop({ mix }));
    expect(own(told, 'local', 'staleReads')).toBeLessThan(own(unaided, 'local', 'staleReads') / 5);
    expect(own(told, 'local', 'staleReads')).toBeGreaterThan(0);
  });

  it('C46: is lost with its instance, and comes back empty', () => {
    const crash = '{ at: 20s, crash: api/2, for: 2s }';
    const run = runOf(shop({ faults: crash }));
    run.advance(20 * SECOND - 1);
    expect(held(run)[1]).toBeGreaterThan(150);
    run.advance(20 * SECOND + 1);
    const { nodes } = run.world.component('local');
    expect(nodes[1]!.state).toBe(NodeState.down);
    run.advance(22 * SECOND + 900 * MS);
    expect(nodes[1]!.state).not.toBe(NodeState.up);
    let time = 22 * SECOND;
    while (nodes[1]!.state !== NodeState.up) run.advance((time += 10 * MS));
    expect(held(run)[1]).toBeLessThan(10);
    run.advance(Infinity);
    expect(held(run)[1]).toBeGreaterThan(20);
    expectDrained(run);
  });

  it('C46: an instance that a change starts begins with an empty one', () => {
    const run = runOf(shop({ faults: '{ at: 10s, change: api.instances, to: 5 }' }));
    expect(run.world.component('local').nodes.map(({ state }) => state)).toEqual([
      NodeState.up,
      NodeState.up,
      NodeState.up,
      NodeState.off,
      NodeState.off,
    ]);
    run.advance(Infinity);
    expect(held(run).every((size) => size > 100)).toBe(true);
    expectDrained(run);
  });

  it('C46: is not there for readers in other services', () => {
    const more = `other: { kind: service, workers: unlimited, operations: { look: [ { read: goods } ] } }`;
    const traffic = 'others: { rate: 100/s, stop: 30s, to: other }';
    const run = finished(shop({ more, traffic }));
    expect(lookUps(run, 'local')).toBe(total(run, 'get', 'offered'));
    expect(lookUps(run, 'redis')).toBe(own(run, 'local', 'misses') + total(run, 'look', 'offered'));
    expectDrained(run);
  });

  it('C46: is cut off with its instance, and not from it', () => {
    const run = finished(shop({ faults: '{ at: 10s, partition: api/1, for: 5s }', rate: '100/s' }));
    const calm = finished(shop({ rate: '100/s' }));
    // Clients reach the instance no more; nobody waits for a look-up that never comes back.
    expect(own(run, 'local', 'hits')).toBeLessThan(own(calm, 'local', 'hits'));
    expect(run.world.calls.inUse).toBeLessThan(200);
  });

  it('C46: is as slow as its instance', () => {
    const run = finished(shop({ faults: '{ at: 0s, slow: api, by: 1000 }' }));
    const { latency } = operation(run, 'get');
    expect(latency.merged(0, latency.closed.length + 1).min).toBe(1 * MS);
  });
});
