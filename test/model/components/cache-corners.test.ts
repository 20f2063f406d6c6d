import { describe, expect, it } from 'vitest';
import { expectDrained, finished, operation, own, total } from '../rehearsal.ts';

/** One service that reads and writes through caches, without a network's time. */
function scenario(fields: {
  readonly traffic: string;
  readonly items: string;
  readonly caches: string;
  readonly store: string;
  readonly seconds: number;
  readonly reader?: string;
  readonly faults?: string;
}): string {
  const { caches, faults = '', items, reader = '', seconds, store, traffic } = fields;
  return `
name: A corner
duration: ${seconds}s
traffic: { users: { ${traffic}, stop: ${seconds - 5}s, to: reader, deadline: none } }
data: { items: { ${items}, stored-in: store } }
components:
  reader:
    kind: service
    timeout: none
    workers: unlimited
    ${reader}
    operations: { get: [ { read: items } ], put: [ { write: items } ] }
  ${caches}
  store:
    kind: database
    service: ${store}
    workers: unlimited
    connections: unlimited
    failover: none
network: { same-zone: 0s, cross-zone: 0s, clients: 0s }
faults: [ ${faults} ]
`;
}

const reads = 'timeout: none, mix: { get: 100% }';
const writes = 'timeout: none, mix: { put: 100% }';

describe('expiry and what may be served after it', () => {
  it('active expiry leaves alone what stale-while-revalidate may still serve', () => {
    const run = finished(
      scenario({
        traffic: `rate: 50/s, ${reads}`,
        items: 'keys: 200, popularity: uniform, cached-in: copies',
        caches: `copies: { kind: cache, capacity: 1000 entries, service: 0s, ttl: 2s,
          expiry: active, stampede: stale-while-revalidate(1h) }`,
        store: '{ read: 10ms }',
        seconds: 65,
      }),
    );
    expect(own(run, 'copies', 'sweptExpirations')).toBe(0);
    // Nothing misses but the first look-ups of each key, which may be two within 10 ms.
    expect(own(run, 'copies', 'misses')).toBeGreaterThanOrEqual(200);
    expect(own(run, 'copies', 'misses')).toBeLessThan(220);
    expectDrained(run);
  });

  it('a note that there is no record is refreshed ahead of its own end, not of the ttl', () => {
    const run = finished(
      scenario({
        traffic: `rate: 200/s, ${reads}`,
        items: 'keys: 1, popularity: uniform, absent: 50%, cached-in: copies',
        caches: `copies: { kind: cache, capacity: 10 entries, service: 0s, ttl: 100s,
          negative-ttl: 4s, strategy: refresh-ahead, refresh-at: 50% }`,
        store: '{ read: 1ms }',
        seconds: 105,
      }),
    );
    // Every 2 s and the 10 ms until the next look-up; the record itself at 50 s.
    const refreshes = own(run, 'copies', 'refreshes');
    expect(refreshes).toBeGreaterThanOrEqual(48);
    expect(refreshes).toBeLessThanOrEqual(51);
    expectDrained(run);
  });
});

describe('one fetch for many', () => {
  it('a cache that reads through is filled once a flight', () => {
    const run = finished(
      scenario({
        traffic: `rate: 500/s, ${reads}`,
        items: 'keys: 1, popularity: uniform, cached-in: copies',
        caches: `copies: { kind: cache, capacity: 10 entries, service: 0s, ttl: 2s,
          strategy: read-through, stampede: single-flight }`,
        store: '{ read: 200ms }',
        seconds: 25,
      }),
    );
    expect(own(run, 'copies', 'fills')).toBe(own(run, 'store', 'reads'));
    expectDrained(run);
  });

  it('who fetches for others goes on waiting for a lease when its own caller has left', () => {
    const run = finished(
      scenario({
        traffic: `rate: 200/s, timeout: 30ms, mix: { get: 100% }`,
        items: 'keys: 3, popularity: uniform, cached-in: [ near, far ]',
        reader: 'instances: 4',
        caches: `near: { kind: cache, inside: reader, capacity: 10 entries, ttl: 1s,
          stampede: single-flight }
  far: { kind: cache, capacity: 10 entries, service: 0s, ttl: 1s, stampede: lease,
          lease-wait: 20ms }`,
        store: '{ read: 100ms }',
        seconds: 65,
      }),
    );
    // Each key cannot be had for about 0.1 of 1.1 s, and for half of that again in the instances.
    expect(total(run, 'get', 'ok')).toBeGreaterThan(0.8 * total(run, 'get', 'offered'));
    expectDrained(run);
  });
});

describe('caches side by side and one behind the other', () => {
  it('what an exclusive cache pushes out enters a cache that leases', () => {
    const run = finished(
      scenario({
        traffic: `rate: 200/s, ${reads}`,
        items: 'keys: 1000, popularity: uniform, cached-in: [ near, far ]',
        caches: `near: { kind: cache, capacity: 100 entries, service: 0s, inclusion: exclusive }
  far: { kind: cache, capacity: 400 entries, service: 0s, stampede: lease }`,
        store: '{ read: 1ms }',
        seconds: 205,
      }),
    );
    // Of the 900 keys that are not near 400 are far, once both are full.
    const hits = own(run, 'far', 'hits');
    expect(hits / (hits + own(run, 'far', 'misses'))).toBeCloseTo(4 / 9, 1);
    expect(own(run, 'far', 'refusedFills')).toBe(0);
    expectDrained(run);
  });
});

describe('write-back under pressure', () => {
  it('many writes above the limit cost no more than few: the store gets what it can take', () => {
    const run = finished(
      scenario({
        traffic: `rate: 8000/s, ${writes}`,
        items: 'keys: 10M, popularity: uniform, cached-in: copies',
        caches: `copies: { kind: cache, capacity: 1M entries, service: 0s, strategy: write-back,
          flush-every: 1000s, dirty-limit: 1000, flush-width: 8 }`,
        store: '{ write: 2ms }',
        seconds: 15,
      }),
    );
    // Eight at a time of 2 ms each from the moment on that 1,000 wait, at 0.125 s.
    expect(own(run, 'copies', 'flushes') / 14.875).toBeCloseTo(4000, -2);
    expect(operation(run, 'put').latency.merged(0, Infinity).max).toBe(0);
  });

  it('a node that starts writes nothing back before it serves', () => {
    const run = finished(
      scenario({
        traffic: `rate: 200/s, ${writes}`,
        items: 'keys: 100k, popularity: uniform, cached-in: copies',
        caches: `copies: { kind: cache, capacity: 100k entries, service: 0s, strategy: write-back,
          flush-every: 10s, dirty-limit: 1M, start-up: 60s }`,
        store: '{ write: 1ms }',
        seconds: 19,
        faults: '{ at: 9500ms, restart: copies }',
      }),
    );
    expect(own(run, 'copies', 'bufferedWrites')).toBeGreaterThan(1500);
    expect(own(run, 'copies', 'flushes')).toBe(0);
  });

  it('nodes that are no longer wanted write everything back at once and lose nothing', () => {
    const run = finished(
      scenario({
        traffic: `rate: 200/s, ${writes}`,
        items: 'keys: 100k, popularity: uniform, cached-in: copies',
        caches: `copies: { kind: cache, nodes: 4, capacity: 100k entries, service: 0s,
          strategy: write-back, flush-every: 1000s, dirty-limit: 1M }`,
        store: '{ write: 1ms }',
        seconds: 40,
        faults: '{ at: 30s, change: copies.nodes, to: 1 }',
      }),
    );
    // About three quarters of 6,000 writes; some keys were written twice.
    const flushes = own(run, 'copies', 'flushes');
    expect(flushes).toBeGreaterThan(4000);
    expect(flushes).toBeLessThan(5000);
    expect(own(run, 'store', 'writes')).toBe(flushes);
    expect(own(run, 'copies', 'lostWrites')).toBe(0);
  });
});
