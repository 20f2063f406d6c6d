import { describe, expect, it } from 'vitest';
import { Cache } from '../../../src/model/components/cache/cache.ts';
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
  stationTotal,
  total,
} from '../rehearsal.ts';

interface Shape {
  readonly redis?: string;
  readonly data?: string;
  readonly mix?: string;
  readonly rate?: string;
  readonly faults?: string;
  readonly more?: string;
}

/** Readers and writers of a small dataset behind one cache. */
function shop(shape: Shape): string {
  return `
name: A cache
duration: 40s
traffic:
  app:
    rate: ${shape.rate ?? '400/s'}
    stop: 30s
    to: api
    timeout: 1s
    mix: ${shape.mix ?? '{ get: 90%, put: 10% }'}
data: { goods: { keys: 200, stored-in: db, ${shape.data ?? 'cached-in: redis'} } }
components:
  api:
    kind: service
    workers: unlimited
    operations: { get: [ { read: goods } ], put: [ { write: goods } ] }
  redis: { kind: cache, capacity: 1000 entries, ${shape.redis ?? ''} }
  db: { kind: database, workers: unlimited, connections: unlimited }
${shape.more ?? ''}
faults: [ ${shape.faults ?? ''} ]
`;
}

function lookUps(run: Run, cache = 'redis'): number {
  return own(run, cache, 'hits') + own(run, cache, 'misses');
}

function held(run: Run, cache = 'redis'): number {
  return componentAs(run, cache, Cache).stores.reduce((sum, store) => sum + store.size, 0);
}

describe('a cache', () => {
  it('C1: counts a look-up as hit or miss, and an expired entry as a miss that is removed', () => {
    const run = finished(shop({ redis: 'ttl: 1s', mix: '{ get: 100% }' }));
    expect(lookUps(run)).toBe(total(run, 'get', 'offered'));
    expect(own(run, 'redis', 'expirations')).toBeGreaterThan(100);
    // Everything was missing once before it was filled; then only what had expired is missing.
    const first = own(run, 'redis', 'misses') - own(run, 'redis', 'expirations');
    expect(first).toBeGreaterThanOrEqual(200);
    expect(first).toBeLessThan(260);
    expectDrained(run);
  });

  it('C1: keeps an entry alive by every hit when its age slides', () => {
    const fixed = finished(shop({ redis: 'ttl: 1s', mix: '{ get: 100% }' }));
    const sliding = finished(shop({ redis: 'ttl: 1s sliding', mix: '{ get: 100% }' }));
    const [few, many] = [sliding, fixed].map((run) => own(run, 'redis', 'expirations'));
    expect(few).toBeLessThan(many!);
  });

  it('C1: scatters the ages of entries evenly about the ttl when told so', () => {
    const runs = ['1s', '1s ±50%'].map((ttl) =>
      finished(shop({ redis: `ttl: ${ttl}`, mix: '{ get: 100% }' })),
    );
    const [fixed, scattered] = runs.map((run) => own(run, 'redis', 'hits'));
    expect(Math.abs(scattered! / fixed! - 1)).toBeLessThan(0.05);
    expect(scattered).not.toBe(fixed);
  });

  it('C1: lets an entry expire at the very moment at which its age is reached', () => {
    const run = finished(`
name: One key
duration: 3050ms
traffic: { app: { rate: 10/s, arrivals: constant, to: api } }
data: { goods: { keys: 1, stored-in: db, cached-in: redis } }
components:
  api: { kind: service, operations: { get: [ { read: goods } ] } }
  redis: { kind: cache, capacity: 1 entries, ttl: 999ms, service: 0s }
  db: { kind: database, service: { read: 1ms } }
network: { same-zone: 0s, clients: 0s }
`);
    // Asked every 100 ms and filled 1 ms after a miss, it expires as a look-up comes.
    const counts = ['hits', 'misses', 'expirations'].map((column) => own(run, 'redis', column));
    expect(counts).toEqual([27, 3, 2]);
  });

  it('C2: cache-aside asks the cache, then the store, and fills without waiting', () => {
    const run = finished(shop({ mix: '{ get: 100% }', redis: 'service: 1ms' }));
    expect(own(run, 'redis', 'fills')).toBe(own(run, 'redis', 'misses'));
    expect(own(run, 'db', 'reads')).toBe(own(run, 'redis', 'misses'));
    const { latency } = operation(run, 'get');
    const all = latency.merged(0, latency.closed.length + 1);
    // The way to the cache and back and 1 ms there; a fill is in no latency.
    expect(all.min).toBe(1.5 * MS);
    expect(stationTotal(run, 'redis', 'arrivals')).toBe(lookUps(run) + own(run, 'redis', 'fills'));
    expectDrained(run);
  });

  it('C2: a write deletes the copy, or leaves it to grow stale when told so', () => {
    const deleting = finished(shop({}));
    expect(own(deleting, 'redis', 'invalidations')).toBeGreaterThan(500);
    const leaving = finished(shop({ redis: 'on-write: none' }));
    expect(own(leaving, 'redis', 'invalidations')).toBe(0);
    // Beside the cache only a fill that overtakes a delete can bring an old value.
    const shares = [deleting, leaving].map(
      (run) => own(run, 'redis', 'staleReads') / own(run, 'redis', 'hits'),
    );
    expect(shares[0]).toBeLessThan(0.02);
    expect(shares[1]).toBeGreaterThan(0.5);
    for (const run of [deleting, leaving]) expectDrained(run);
  });

  it('C3: read-through asks the store itself; nobody else does', () => {
    const run = finished(shop({ redis: 'strategy: read-through', mix: '{ get: 100% }' }));
    expect(own(run, 'db', 'reads')).toBe(own(run, 'redis', 'misses'));
    expect(stationTotal(run, 'redis', 'arrivals')).toBe(total(run, 'get', 'offered'));
    expect(held(run)).toBe(200);
    expectDrained(run);
  });

  it('C3: write-through passes writes on and takes the new value, so nothing grows stale', () => {
    const run = finished(shop({ redis: 'strategy: write-through', mix: '{ get: 50%, put: 50% }' }));
    expect(own(run, 'db', 'writes')).toBe(total(run, 'put', 'ok'));
    expect(own(run, 'redis', 'invalidations')).toBe(0);
    const share = own(run, 'redis', 'staleReads') / own(run, 'redis', 'hits');
    expect(share).toBeLessThan(0.02);
    expectDrained(run);
  });

  it('C4: counts a hit as stale exactly while a newer version is committed', () => {
    // One key, written once a second and never deleted from the cache, whose age is 400 ms.
    const run = finished(`
name: One key
duration: 100s
traffic:
  readers: { rate: 1k/s, to: api, operation: get }
  writer: { rate: 1/s, arrivals: constant, to: api, operation: put }
data: { goods: { keys: 1, stored-in: db, cached-in: redis } }
components:
  api: { kind: service, workers: unlimited, operations: { get: [ { read: goods } ], put: [ { write: goods } ] } }
  redis: { kind: cache, capacity: 1 entries, on-write: none, ttl: 400ms }
  db: { kind: database, workers: unlimited, connections: unlimited }
`);
    // After a write the copy lives on for U(0, 400 ms), if ages are independent of writes.
    const share = own(run, 'redis', 'staleReads') / own(run, 'redis', 'hits');
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.4);
  });

  it('C5: leaves the keys of a dead node to the store and to no other node', () => {
    const text = shop({
      mix: '{ get: 100% }',
      redis: 'nodes: 4, start-up: 10s, warm: popular',
      faults: '{ at: 10s, crash: redis/node-1, for: 10s }',
    });
    const run = runOf(text);
    run.advance(10 * SECOND);
    const before = held(run);
    expect(before).toBe(200);
    run.advance(Infinity);
    expect(total(run, 'get', 'failed')).toBe(0);
    const { tally } = run.world.component('db');
    expect(tally!.sum('reads', 5, 9)).toBe(0);
    // A quarter of the keys, give or take the unevenness of the ring and of popularity.
    const share = tally!.sum('reads', 11, 19) / (8 * 400);
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.6);
    expectDrained(run);
  });

  it.each([
    ['restart', 200],
    ['restart-cold', 0],
    ['crash', 0],
  ])('C6: holds after a %s what it can load again: %i of 200 entries', (verb, entries) => {
    const fault = `{ at: 10s, ${verb}: redis${verb === 'crash' ? ', for: 1ms' : ''} }`;
    const stop = shop({
      mix: '{ get: 100% }',
      redis: 'start-up: 1ms, warm: popular',
      faults: fault,
    });
    const run = runOf(stop.replace('stop: 30s', 'stop: 9s'));
    run.advance(9.9 * SECOND);
    expect(held(run)).toBe(200);
    run.advance(Infinity);
    expect(held(run)).toBe(entries);
    expectDrained(run);
  });

  it('C6: is empty after a crash also when it is brought back by a restart', () => {
    const faults = '{ at: 10s, crash: redis }, { at: 12s, restart: redis }';
    const text = shop({ mix: '{ get: 100% }', redis: 'start-up: 1ms, warm: popular', faults });
    const run = finished(text.replace('stop: 30s', 'stop: 9s'));
    expect(held(run)).toBe(0);
  });

  it('starts with the most popular keys when it is warm', () => {
    const run = runOf(shop({ redis: 'warm: popular' }).replace('1000 entries', '50 entries'));
    const { stores } = componentAs(run, 'redis', Cache);
    for (let key = 0; key < 50; key++) expect(stores[0]!.find(key)).toBeGreaterThanOrEqual(0);
    expect(held(run)).toBe(50);
    run.advance(Infinity);
    expect(held(run)).toBeLessThanOrEqual(50);
    expect(own(run, 'redis', 'evictions')).toBeGreaterThan(0);
  });

  it('divides its capacity evenly among its nodes', () => {
    const run = finished(
      shop({ redis: 'nodes: 3, virtual-nodes: 1', mix: '{ get: 100% }' }).replace(
        '1000 entries',
        '60 entries',
      ),
    );
    for (const store of componentAs(run, 'redis', Cache).stores) {
      expect(store.limits.entries).toBe(20);
      expect(store.size).toBeLessThanOrEqual(20);
    }
  });

  it('turns a request away when its own queue is full, and the reader goes to the store', () => {
    const run = finished(shop({ redis: 'service: 20ms, queue: 2', mix: '{ get: 100% }' }));
    expect(stationTotal(run, 'redis', 'rejections')).toBeGreaterThan(1_000);
    expect(total(run, 'get', 'failed') + total(run, 'get', 'shed')).toBe(0);
    expectDrained(run);
  });
});

describe('two levels of caches', () => {
  const kinds = ['cache-aside', 'read-through', 'write-through'];
  const pairs = kinds.flatMap((near) => kinds.map((far) => [near, far] as const));

  it.each(pairs)('near %s, far %s: a write leaves no old copy at either', (near, far) => {
    const run = finished(
      shop({
        rate: '100/s',
        mix: '{ get: 70%, put: 30% }',
        data: 'cached-in: [redis, disk]',
        redis: `strategy: ${near}`,
        more: `  disk: { kind: cache, capacity: 1000 entries, strategy: ${far} }`,
      }),
    );
    expect(own(run, 'db', 'writes')).toBe(total(run, 'put', 'ok'));
    for (const cache of ['redis', 'disk']) {
      expect(lookUps(run, cache)).toBeGreaterThan(100);
      const share = own(run, cache, 'staleReads') / lookUps(run, cache);
      expect(share, `stale reads of ${cache}`).toBeLessThan(0.05);
    }
    for (const name of ['get', 'put']) expect(total(run, name, 'failed')).toBe(0);
    expectDrained(run);
  });
});

describe('a cache that clients ask directly', () => {
  it.each(['read-through', 'write-through'])('serves reads and writes with %s', (strategy) => {
    const run = finished(`
name: Direct
duration: 20s
traffic:
  app:
    rate: 100/s
    stop: 15s
    to: redis
    timeout: 1s
    mix: { read: { share: 50%, keys: goods }, write: { share: 50%, keys: goods } }
data: { goods: { keys: 100, stored-in: db, cached-in: redis } }
components:
  redis: { kind: cache, capacity: 50 entries, strategy: ${strategy} }
  db: { kind: database }
`);
    for (const name of ['read', 'write']) {
      expect(total(run, name, 'ok')).toBe(total(run, name, 'offered'));
    }
    expect(own(run, 'db', 'writes')).toBe(total(run, 'write', 'ok'));
    expectDrained(run);
  });
});
