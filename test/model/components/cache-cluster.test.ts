import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import { Cache } from '../../../src/model/components/cache/cache.ts';
import { HotKeys } from '../../../src/model/components/cache/hot-keys.ts';
import { SpaceSaving } from '../../../src/model/components/cache/space-saving.ts';
import type { Run } from '../../../src/model/run.ts';
import { expectDrained, finished, own, componentAs, runOf, SECOND, timesOf } from '../rehearsal.ts';

const KEYS = 2000;

interface Shape {
  readonly redis: string;
  readonly faults?: string;
  readonly mix?: string;
  readonly popularity?: string;
}

/** Readers and writers of 2,000 keys, all of which fit, on four nodes that hold them at the start. */
function shop({ redis, faults, mix, popularity }: Shape): string {
  return `
name: A cluster
duration: 45s
traffic:
  app:
    rate: 1k/s
    stop: 40s
    to: api
    timeout: 1s
    mix: ${mix ?? '{ get: 100% }'}
data:
  goods:
    keys: ${KEYS}
    popularity: ${popularity ?? 'uniform'}
    stored-in: db
    cached-in: redis
components:
  api:
    kind: service
    workers: unlimited
    operations: { get: [ { read: goods } ], put: [ { write: goods } ] }
  redis: { kind: cache, capacity: 40k entries, warm: popular, ${redis} }
  db: { kind: database, workers: unlimited, connections: unlimited }
faults: [ ${faults ?? ''} ]
`;
}

function hitRatio(run: Run, from: number, to: number): number {
  return componentAs(run, 'redis', Cache).hitRatio(from, to);
}

function movedShare(run: Run): number {
  return own(run, 'redis', 'movedKeys') / KEYS;
}

/** The share of look-ups that each node has had. */
function sharesOf(run: Run): number[] {
  const asked = componentAs(run, 'redis', Cache).nodeTallies.map(
    ({ counts }) => counts[0]! + counts[1]!,
  );
  const sum = asked.reduce((left, right) => left + right, 0);
  return asked.map((count) => count / sum);
}

describe('the nodes of a cache', () => {
  it('C30: one more of four moves a fifth of the keys on a ring, and four fifths modulo', () => {
    const grow = '{ at: 10s, change: redis.nodes, to: 5 }';
    const ring = finished(shop({ redis: 'nodes: 4', faults: grow }));
    expect(movedShare(ring)).toBeGreaterThan(0.15);
    expect(movedShare(ring)).toBeLessThan(0.25);
    const modulo = finished(shop({ redis: 'nodes: 4, placement: modulo', faults: grow }));
    expect(movedShare(modulo)).toBeGreaterThan(0.78);
    expect(movedShare(modulo)).toBeLessThan(0.82);
    expect(hitRatio(ring, 11, 12)).toBeGreaterThan(hitRatio(modulo, 11, 12) + 0.3);
    expectDrained(ring);
    expectDrained(modulo);
  });

  it('C30: the moved keys of a run are those that the placements before and after differ in', () => {
    const grow = '{ at: 10s, change: redis.nodes, to: 5 }';
    const run = finished(shop({ redis: 'nodes: 4', faults: grow }));
    // Each moved key is missed once at the new node, and no other key is missed at all.
    const asked = 1 - (1 - 1 / KEYS) ** 29_000;
    expect(own(run, 'redis', 'misses')).toBeGreaterThan(movedShare(run) * KEYS * asked * 0.99);
    expect(own(run, 'redis', 'misses')).toBeLessThan(movedShare(run) * KEYS * 1.1);
  });

  it('C30: a smaller cluster gives the keys of the node that leaves to the others', () => {
    const shrink = '{ at: 10s, change: redis.nodes, to: 3, for: 15s }';
    const run = finished(shop({ redis: 'nodes: 4', faults: shrink }));
    expect(timesOf(run, 'scaling').length).toBeGreaterThanOrEqual(2);
    // There and back: the node that comes back begins with nothing.
    expect(movedShare(run)).toBeGreaterThan(0.35);
    expect(movedShare(run)).toBeLessThan(0.7);
    expect(own(run, 'redis', 'misses')).toBeGreaterThan(movedShare(run) * KEYS * 0.95);
    expectDrained(run);
  });

  it('C31: a lost node is missed until it is detected, then its keys are elsewhere', () => {
    const crash = '{ at: 10s, crash: redis/node-2, for: 20s }';
    const redis = 'nodes: 4, detect: 5s, start-up: 1s';
    const miss = finished(shop({ redis, faults: crash }));
    const rehash = finished(shop({ redis: `${redis}, on-node-loss: rehash`, faults: crash }));
    const reads = (run: Run) => own(run, 'db', 'reads');
    expect(reads(rehash)).toBeLessThan(reads(miss) * 0.5);
    const crossed = timesOf(rehash, 'scaling');
    expect(crossed).toEqual([15, 31]);
    expectDrained(rehash);
  });

  it('C31: what a node that kept its contents has missed meanwhile is stale', () => {
    const crash = '{ at: 10s, restart: redis/node-2 }';
    const redis = 'nodes: 4, detect: 1s, start-up: 15s';
    const mix = '{ get: 90%, put: 10% }';
    const stale = (more: string) =>
      own(finished(shop({ redis: `${redis}${more}`, faults: crash, mix })), 'redis', 'staleReads');
    expect(stale(', on-node-loss: rehash')).toBeGreaterThan(100);
  });

  it('C32: a replica has the keys of a lost node, so that few reach the store', () => {
    const crash = '{ at: 10s, crash: redis/node-2, for: 20s }';
    const redis = 'nodes: 4, detect: 1s, replicas: 1';
    const runs = ['rehash', 'replica'].map((loss) =>
      finished(shop({ redis: `${redis}, on-node-loss: ${loss}`, faults: crash })),
    );
    // The second before the loss is known, a quarter of 1,000 look-ups goes to the store.
    const [, replica] = runs.map((run) => own(run, 'db', 'reads'));
    expect(replica).toBeGreaterThan(150);
    expect(replica).toBeLessThan(350 + KEYS / 4);
    for (const run of runs) expectDrained(run);
  });

  it('C32: writes reach the copies too', () => {
    const crash = '{ at: 10s, crash: redis/node-2 }';
    const redis = 'nodes: 4, detect: 0s, replicas: 1, on-node-loss: replica';
    const mix = '{ get: 90%, put: 10% }';
    const run = finished(shop({ redis, faults: crash, mix }));
    expect(own(run, 'redis', 'copies')).toBeGreaterThan(4000);
    expect(own(run, 'redis', 'staleReads')).toBeLessThan(20);
    expectDrained(run);
  });

  it('C33: with a slow start the keys of a new node come to it one by one', () => {
    const faults = '{ at: 10s, change: redis.nodes, to: 5 }';
    const run = runOf(shop({ redis: 'nodes: 4, start-up: 0s, slow-start: 20s', faults }));
    const counts = () => componentAs(run, 'redis', Cache).nodeTallies[4]!.counts;
    run.advance(15 * SECOND);
    const early = counts()[0]! + counts()[1]!;
    run.advance(30 * SECOND);
    const middle = counts()[0]! + counts()[1]! - early;
    run.advance(Infinity);
    // The share grows from 0 to s over 20 s: s/4 of 5 s in the mean of the first quarter is 1/16.
    const whole = early + middle;
    expect(early / whole).toBeGreaterThan(0.03);
    expect(early / whole).toBeLessThan(0.1);
    expectDrained(run);
  });

  it('C34: a node that starts empty is filled from its replicas', () => {
    const crash = '{ at: 10s, restart-cold: redis/node-2 }';
    const redis = 'nodes: 4, detect: 500ms, replicas: 1, on-node-loss: replica, warm: empty';
    const text = (more: string) =>
      shop({ redis: `${redis}${more}`, faults: crash }).replace('warm: popular, ', '');
    const cold = finished(text(''));
    const warmed = finished(text(', warm-from: replica, warm-rate: 10k/s'));
    expect(own(warmed, 'db', 'reads')).toBeLessThan(own(cold, 'db', 'reads') - 200);
    expectDrained(warmed);
  });

  it('C35: the hottest keys are read from all nodes', () => {
    const popularity = 'zipf(1.5)';
    const plain = sharesOf(finished(shop({ redis: 'nodes: 4', popularity })));
    const spread = finished(shop({ redis: 'nodes: 4, hot-keys: 10', popularity }));
    expect(Math.max(...plain)).toBeGreaterThan(0.4);
    expect(Math.max(...sharesOf(spread))).toBeLessThan(0.33);
    expect(own(spread, 'redis', 'copies')).toBeGreaterThan(10);
    expectDrained(spread);
  });
});

describe('a run put back to an earlier time', () => {
  const crash =
    '{ at: 10s, crash: redis/node-2, for: 3s }, { at: 20s, change: redis.nodes, to: 6 }';
  const cluster =
    'nodes: 4, detect: 1s, replicas: 1, on-node-loss: replica, warm-from: replica, ' +
    'slow-start: 5s, ttl: 2s';
  const ways = [
    'none',
    'single-flight',
    'global-single-flight',
    'lease',
    'early-expiry(1)',
    'stale-while-revalidate(5s)',
  ];

  it.each(ways)('C20: ends with the same hash, with copies, losses and %s', (stampede) => {
    const mix = '{ get: 90%, put: 10% }';
    // Where a node decides who fetches, no key is on all of them.
    const leases = ['lease', 'global-single-flight'].includes(stampede);
    const redis = `${cluster}, stampede: ${stampede}, hot-keys: ${leases ? 0 : 5}`;
    const text = shop({ redis, faults: crash, mix, popularity: 'zipf(1.2)' });
    const run = runOf(text.replace('1k/s', '300/s'));
    run.advance(12.345 * SECOND);
    const checkpoint = new Checkpoint(run);
    run.advance(Infinity);
    const { hash } = run;
    expectDrained(run);
    checkpoint.restore();
    run.advance(Infinity);
    expect(run.hash).toBe(hash);
  });
});

describe('space-saving', () => {
  it('keeps every key that is asked for more often than its share of the counters', () => {
    const sketch = new SpaceSaving(10);
    for (let turn = 0; turn < 1000; turn++) {
      sketch.add(7);
      if (turn % 2 === 0) sketch.add(8);
      sketch.add(100 + turn);
    }
    expect(sketch.top(2)).toEqual([7, 8]);
  });

  it('counts exactly while every key has a counter', () => {
    const sketch = new SpaceSaving(64);
    for (let key = 0; key < 50; key++) for (let turn = 0; turn <= key; turn++) sketch.add(key);
    expect(sketch.top(3)).toEqual([49, 48, 47]);
  });

  it('names the keys that have become hot in the window', () => {
    const keys = new HotKeys(2);
    for (const key of [1, 1, 1, 2, 2, 3]) keys.lookedUp(key);
    expect(keys.endWindow()).toEqual([1, 2]);
    for (const key of [1, 1, 3, 3, 3]) keys.lookedUp(key);
    expect(keys.endWindow()).toEqual([3]);
    expect([1, 2, 3].map((key) => keys.isHot(key))).toEqual([true, false, true]);
  });
});
