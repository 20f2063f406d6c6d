import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/model/run.ts';
import { expectDrained, finished, operation, own, total } from '../rehearsal.ts';

/** One hot key that expires every 2 s, and a store that takes 200 ms to make it anew. */
function herd(stampede: string, more = '', faults = '', service = '1'): string {
  return `
name: A herd
duration: 25s
traffic: { readers: { rate: 500/s, stop: 20s, to: reader, timeout: none, deadline: none } }
data: { items: { keys: 1, popularity: uniform, stored-in: store, cached-in: copies } }
components:
  reader:
    kind: service
    instances: ${service}
    timeout: none
    workers: unlimited
    operations: { get: [ { read: items } ] }
  copies: { kind: cache, capacity: 10 entries, service: 0s, ttl: 2s, stampede: ${stampede}, ${more} }
  store:
    kind: database
    service: { read: 200ms }
    workers: unlimited
    connections: unlimited
    failover: none
    start-up: 0s
network: { same-zone: 0s, cross-zone: 0s, clients: 0s }
faults: [ ${faults} ]
`;
}

function fetches(run: Run): number {
  return own(run, 'store', 'reads');
}

/** Times at which the key has to be made: once at the start, then after each 2.2 s. */
const ENDS = 10;
/** The same where the first fills come one after the other until 0.4 s, without the first. */
const REFETCHES = 8;

describe('protection against stampedes', () => {
  it('C20: without it everybody who misses fetches', () => {
    const run = finished(herd('none'));
    expect(fetches(run)).toBeGreaterThan(ENDS * 80);
    expect(fetches(run)).toBe(own(run, 'copies', 'misses'));
    expectDrained(run);
  });

  it('C21: single-flight fetches once an expiry for each instance that reads', () => {
    const one = finished(herd('single-flight'));
    expect(fetches(one)).toBe(ENDS);
    expect(own(one, 'copies', 'coalesced')).toBe(own(one, 'copies', 'misses') - ENDS);
    const four = finished(herd('single-flight', '', '', '4'));
    expect(fetches(four)).toBe(4 * ENDS);
    expectDrained(one);
    expectDrained(four);
  });

  it('C21: where the cache reads through, one of its nodes fetches a key once', () => {
    const run = finished(herd('single-flight', 'strategy: read-through', '', '4'));
    expect(fetches(run)).toBe(ENDS);
    expectDrained(run);
  });

  it('C22: global-single-flight fetches once in all, and the others wait at the cache', () => {
    const run = finished(herd('global-single-flight', '', '', '4'));
    expect(fetches(run)).toBe(ENDS);
    const latency = operation(run, 'get').latency.merged(0, Infinity);
    expect(latency.max).toBeLessThan(201e6);
    expectDrained(run);
  });

  it('C23: with leases one fetches and the others ask again until the value is there', () => {
    const run = finished(herd('lease', '', '', '4'));
    expect(fetches(run)).toBe(ENDS);
    expect(own(run, 'copies', 'leases')).toBe(ENDS);
    // They ask every 10 ms for 200 ms.
    expect(own(run, 'copies', 'coalesced')).toBeGreaterThan(ENDS * 500 * 0.2 * 5);
    expectDrained(run);
  });

  it('C23: with old values kept, nobody waits for a lease but the first readers of all', () => {
    const run = finished(herd('lease', 'lease-stale: 5s'));
    expect(fetches(run)).toBe(ENDS);
    expect(own(run, 'copies', 'hits')).toBeGreaterThan(0.98 * total(run, 'get', 'offered') - 200);
    expectDrained(run);
  });

  it('C24: early expiry lets most expiries pass with one or few fetches', () => {
    const run = finished(herd('early-expiry(2)'));
    expect(own(run, 'copies', 'earlyFetches')).toBeGreaterThan(5);
    expect(fetches(run)).toBeLessThan(finishedFetches('none') / 2);
    expectDrained(run);
  });

  it('C25: stale-while-revalidate answers everybody at once and fetches once', () => {
    const run = finished(herd('stale-while-revalidate(30s)', '', '', '4'));
    const misses = own(run, 'copies', 'misses');
    expect(misses).toBeGreaterThan(60);
    expect(misses).toBeLessThan(150);
    expect(fetches(run) - misses).toBe(REFETCHES);
    expect(own(run, 'copies', 'leases')).toBe(REFETCHES);
    expectDrained(run);
  });

  it('C25: a cache that reads through fetches in the background', () => {
    const run = finished(herd('stale-while-revalidate(30s)', 'strategy: read-through'));
    expect(fetches(run) - own(run, 'copies', 'misses')).toBe(REFETCHES);
    expectDrained(run);
  });

  it('C22: who has not filled in time is followed by the next one who waits', () => {
    const run = finished(herd('global-single-flight', 'lease-time: 50ms'));
    // Each expiry of a key that takes 200 ms lets four fetch, until the first of them is done.
    expect(fetches(run)).toBeGreaterThanOrEqual(ENDS * 3);
    expect(fetches(run)).toBeLessThanOrEqual(ENDS * 5);
    expectDrained(run);
  });

  it('C26: a fetch that fails frees those who wait, and a dead reader takes nobody with it', () => {
    for (const stampede of ['single-flight', 'global-single-flight', 'lease']) {
      const faults = '{ at: 4s, crash: store, for: 2s }, { at: 8.9s, crash: reader/2, for: 3s }';
      const run = finished(herd(stampede, 'lease-time: 1s', faults, '4'));
      expect(total(run, 'get', 'failed'), stampede).toBeGreaterThan(0);
      expect(total(run, 'get', 'ok'), stampede).toBeGreaterThan(7000);
      expectDrained(run);
    }
  });

  it('C26: the crash of a cache node ends its leases', () => {
    for (const stampede of ['global-single-flight', 'lease', 'single-flight']) {
      const faults = '{ at: 2.3s, crash: copies, for: 1s }';
      expectDrained(finished(herd(stampede, 'start-up: 0s', faults, '2')));
      expectDrained(
        finished(herd(stampede === 'lease' ? 'none' : stampede, 'strategy: read-through', faults)),
      );
    }
  });
});

function finishedFetches(stampede: string): number {
  return fetches(finished(herd(stampede)));
}
