import { describe, expect, it } from 'vitest';
import { Cache } from '../../../src/model/components/cache/cache.ts';
import type { Edge } from '../../../src/model/edge.ts';
import type { Run } from '../../../src/model/run.ts';
import { SECOND, componentAs, expectDrained, finished, own, runOf } from '../rehearsal.ts';

interface Shape {
  readonly local?: string;
  readonly shared?: string;
  readonly rate?: string;
  readonly network?: string;
  readonly faults?: string;
  readonly mix?: string;
}

/** Three instances with caches of their own, before a shared cache that has less room than they. */
function shop(inclusion: string, shape: Shape = {}): string {
  return `
name: Whatever is near is also far
duration: 40s
traffic:
  app:
    rate: ${shape.rate ?? '100/s'}
    stop: 30s
    to: api
    mix: ${shape.mix ?? '{ get: 95%, put: 5% }'}
data: { goods: { keys: 300, popularity: zipf(0.8), stored-in: db, cached-in: [local, far] } }
components:
  local:
    { kind: cache, inside: api, capacity: 50 entries, inclusion: ${inclusion}, ${shape.local ?? ''} }
  far: { kind: cache, capacity: 60 entries, ${shape.shared ?? ''} }
  api:
    kind: service
    instances: 3
    workers: unlimited
    operations: { get: [ { read: goods } ], put: [ { write: goods } ] }
  db: { kind: database, workers: unlimited, connections: unlimited }
network: ${shape.network ?? '{ same-zone: 500us }'}
faults: [ ${shape.faults ?? ''} ]
`;
}

function keysIn(run: Run, cache: string): Set<number> {
  const keys = Array.from({ length: 300 }, (_, key) => key);
  const { stores } = componentAs(run, cache, Cache);
  return new Set(keys.filter((key) => stores.some((store) => store.find(key) >= 0)));
}

/** Keys in caches of instances that the shared one does not have. */
function strays(run: Run): number[] {
  const far = keysIn(run, 'far');
  return [...keysIn(run, 'local')].filter((key) => !far.has(key));
}

/** Messages from the shared cache to the instances. */
function messages(run: Run): number {
  const path = (run.world.paths as Edge[]).find(({ from }) => from === 'far');
  return path === undefined ? 0 : path.tally.counts[path.tally.columns.indexOf('calls')]!;
}

describe('an inclusive cache', () => {
  it('C55: has nothing, at any quiet moment, that the cache behind lacks', () => {
    const run = runOf(shop('inclusive'));
    let quiet = 0;
    let near = 0;
    for (let time = 0; time < 40 * SECOND; time += SECOND / 50) {
      run.advance(time);
      if (run.world.calls.inUse > 0) continue;
      quiet++;
      near += keysIn(run, 'local').size;
      expect(strays(run), `at ${time / SECOND} s`).toEqual([]);
    }
    expect(quiet).toBeGreaterThan(500);
    expect(near / quiet).toBeGreaterThan(20);
    expect(own(run, 'local', 'hits')).toBeGreaterThan(300);
    run.advance(Infinity);
    expectDrained(run);
    expect(strays(finished(shop('free'))).length).toBeGreaterThan(5);
  });

  it.each([
    ['when messages overtake answers', { network: '{ same-zone: exponential(20ms) }' }],
    ['when entries expire', { shared: 'ttl: 12s, expiry: active' }],
    ['when not every key is let in behind', { shared: 'admission: probability(50%)' }],
    ['when readers fetch together', { local: 'stampede: single-flight' }],
    ['when the shared cache has two nodes', { shared: 'nodes: 2' }],
    ['when both begin warm', { local: 'warm: popular', shared: 'warm: popular' }],
  ] as const)('C55: keeps to it %s', (_, shape) => {
    const run = finished(shop('inclusive', { rate: '400/s', ...shape }));
    expectDrained(run);
    expect(strays(run)).toEqual([]);
    expect(keysIn(run, 'local').size).toBeGreaterThan(10);
  });

  it('C55: refuses a fill with what it was told has left meanwhile', () => {
    const network = '{ same-zone: exponential(20ms) }';
    const run = finished(shop('inclusive', { rate: '400/s', network }));
    expect(own(run, 'local', 'refusedFills')).toBeGreaterThan(20);
    const even = finished(shop('inclusive', { rate: '20/s', network: '{ same-zone: 0s }' }));
    expect(own(even, 'local', 'refusedFills')).toBe(0);
  });

  it('C55: is told by a message to every instance, and by none that is down', () => {
    const reads = { mix: '{ get: 100% }' };
    const run = finished(shop('inclusive', reads));
    expect(own(run, 'far', 'evictions')).toBeGreaterThan(500);
    expect(messages(run)).toBe(3 * own(run, 'far', 'evictions'));
    expect(messages(finished(shop('free', reads)))).toBe(0);
    const faults = '{ at: 0s, crash: api/3 }';
    const two = finished(shop('inclusive', { ...reads, faults }));
    expect(messages(two)).toBe(2 * own(two, 'far', 'evictions'));
  });

  it('C55: drops everything when a node behind comes back empty', () => {
    const faults = '{ at: 30500ms, restart-cold: far }';
    const run = runOf(shop('inclusive', { faults }));
    run.advance(30.4 * SECOND);
    expect(keysIn(run, 'local').size).toBeGreaterThan(20);
    run.advance(Infinity);
    expect(keysIn(run, 'far').size).toBe(0);
    expect(keysIn(run, 'local').size).toBe(0);
  });
});
