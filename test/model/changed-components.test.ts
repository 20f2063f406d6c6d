// What components make of a parameter that changes while they are at work.
import { describe, expect, test } from 'vitest';
import { isBuiltFor } from '../../src/model/changes.ts';
import { Cache } from '../../src/model/components/cache/cache.ts';
import { NodeState } from '../../src/model/node.ts';
import type { Run } from '../../src/model/run.ts';
import {
  MS,
  SECOND,
  componentAs,
  expectDrained,
  expectSound,
  finished,
  operation,
  own,
  planOf,
  runOf,
  stationTotal,
  timesOf,
} from './rehearsal.ts';
import { at, design, offered, states } from './shop-with-changes.ts';

describe('the workers of a service', () => {
  const busy = { 'work: 10ms': 'work: 100ms', 'workers: 8': 'workers: 2' };

  test('take up who waits at the moment at which there are more', () => {
    const run = runOf(design([at(20, 'api.workers', '500')], busy));
    run.advance(20 * SECOND - 1);
    const waiting = run.world.component('api').nodes.map(({ station }) => station!.queue);
    expect(Math.min(...waiting)).toBeGreaterThan(100);
    run.advance(20 * SECOND + 1);
    const { nodes } = run.world.component('api');
    expect(nodes.map(({ station }) => station!.queue)).toEqual([0, 0, 0, 0]);
    run.advance(Infinity);
    expectDrained(run);
  });

  test('finish what they are at when there are fewer', () => {
    const run = runOf(design([at(20, 'api.workers', '1')], { 'work: 10ms': 'work: 200ms' }));
    run.advance(20 * SECOND - 1);
    const [node] = run.world.component('api').nodes;
    const { busy: before } = node!.station!;
    expect(before).toBeGreaterThan(4);
    run.advance(20 * SECOND + 1);
    expect(node!.station!.busy).toBe(before);
    run.advance(21 * SECOND);
    expect(node!.station!.busy).toBe(1);
  });

  test('of a shared processor change the speed of everybody there', () => {
    const text = (changes: string) => `
name: One job
duration: 10s
traffic: { app: { rate: 1/s, arrivals: constant, stop: 1500ms, to: api } }
components:
  api:
    kind: service
    workers: 1
    discipline: processor-sharing
    operations: { get: [ { parallel: [ { work: 1s }, { work: 1s } ] } ] }
${changes}`;
    const latency = (changes: string) =>
      operation(finished(text(changes)), 'get').latency.merged(0, Infinity).max / MS;
    // Two jobs on one worker take two seconds; with two workers from the middle on, one and a half.
    expect(latency('')).toBeCloseTo(2000, -1);
    expect(latency('faults: [ { at: 2s, change: api.workers, to: 2 } ]')).toBeCloseTo(1500, -1);
  });

  test('a longer line takes more, and who waits in a line made shorter stays', () => {
    const run = runOf(design([at(20, 'api.queue', '3', 10)], busy));
    run.advance(20 * SECOND - 1);
    expect(stationTotal(run, 'api', 'rejections')).toBe(0);
    const [node] = run.world.component('api').nodes;
    const waiting = node!.station!.queue;
    run.advance(20 * SECOND + 1);
    expect(node!.station!.queue).toBe(waiting);
    run.advance(30 * SECOND - 1);
    const turnedAway = stationTotal(run, 'api', 'rejections');
    expect(turnedAway).toBeGreaterThan(500);
    run.advance(40 * SECOND);
    expect(stationTotal(run, 'api', 'rejections')).toBe(turnedAway);
  });
});

describe('the instances of a service', () => {
  test('start up before they serve, and get requests from all callers then', () => {
    const run = runOf(design([at(10, 'api.instances', '7')]));
    const { nodes } = run.world.component('api');
    expect(nodes).toHaveLength(7);
    run.advance(10 * SECOND + 1);
    expect(states(run, 'api').slice(4)).toEqual([1, 1, 1].map(() => NodeState.starting));
    run.advance(12 * SECOND - 1);
    expect(nodes.slice(4).map(({ station }) => station!.tally.counts[0])).toEqual([0, 0, 0]);
    run.advance(20 * SECOND);
    for (const { station } of nodes.slice(4)) expect(station!.tally.counts[0]).toBeGreaterThan(100);
    run.advance(Infinity);
    expect(own(run, 'api', 'instanceNs')).toBe((4 * 60 + 3 * 48) * SECOND);
    expect(timesOf(run, 'scaling')).toEqual([12]);
    expectDrained(run);
  });

  test('leave with their work done', () => {
    const run = finished(
      design([at(10, 'api.instances', '1')], {
        'work: 10ms': 'work: 400ms',
        'workers: 8': 'workers: 100',
      }),
    );
    expect(states(run, 'api')).toEqual([0, 3, 3, 3]);
    expect(operation(run, 'get').tally.sum('failed', 0, 60)).toBe(0);
    expect(stationTotal(run, 'api', 'lost')).toBe(0);
    expectDrained(run);
  });

  test('that leave too slowly are replaced as soon as they have', () => {
    const slow = { 'work: 10ms': 'work: 4s', 'workers: 8': 'workers: 1k' };
    const run = runOf(design([at(10, 'api.instances', '1', 1)], slow));
    run.advance(11 * SECOND + 1);
    expect(states(run, 'api')).toEqual([0, 0, 0, 0]);
    run.advance(Infinity);
    expect(states(run, 'api')).toEqual([0, 0, 0, 0]);
    // Off for their start-up of 2 s, each at another time after its last answer.
    const away = 240 * SECOND - own(run, 'api', 'instanceNs');
    expect(away / SECOND).toBeGreaterThanOrEqual(6);
    expect(away / SECOND).toBeLessThan(7);
    expectDrained(run);
  });

  test.each([
    'round-robin',
    'random',
    'least-requests',
    'two-choices',
    'consistent-hash',
    'maglev',
  ])('that are to come are unknown to a balancer with %s', (policy) => {
    const pairs = { 'policy: round-robin': `policy: ${policy}, outlier-ejection: {}` };
    const [plain, changed] = [[], [at(30, 'api.instances', '40')]].map((list) =>
      runOf(design(list, pairs)),
    ) as [Run, Run];
    for (const run of [plain, changed]) run.advance(30 * SECOND - 1);
    expect(changed.hash).toBe(plain.hash);
    changed.advance(45 * SECOND);
    plain.advance(45 * SECOND);
    expect(changed.hash).not.toBe(plain.hash);
    changed.advance(Infinity);
    expectDrained(changed);
  });

  test('are nodes from the beginning, so a world has room for the changes it was built for', () => {
    const [small, large] = ['5', '9'].map((to) => planOf(design([at(10, 'api.instances', to)])));
    expect(isBuiltFor(small!, large!)).toBe(false);
    expect(isBuiltFor(small!, small!)).toBe(true);
    const other = planOf(design([at(10, 'api.instances', '5'), at(20, 'api.workers', '5')]));
    expect(isBuiltFor(small!, other)).toBe(true);
  });
});

describe('the capacity of a cache', () => {
  const stored = (run: Run) => componentAs(run, 'redis', Cache).stores[0]!;

  test('shrinks at once, by its policy, and grows again', () => {
    const run = runOf(design([at(20, 'redis.capacity', '30 entries', 10)]));
    run.advance(20 * SECOND - 1);
    expect(stored(run).size).toBe(100);
    const before = own(run, 'redis', 'evictions');
    run.advance(20 * SECOND + 1);
    expect(stored(run).size).toBe(30);
    expect(own(run, 'redis', 'evictions')).toBe(before + 70);
    run.advance(30 * SECOND - 1);
    expect(stored(run).size).toBe(30);
    run.advance(Infinity);
    expect(stored(run).size).toBe(100);
    expectDrained(run);
  });

  test('time to live: from the next fill on', () => {
    const run = finished(design([at(20, 'redis.ttl', '1s')]));
    expect(run.world.component('redis').tally!.sum('expirations', 0, 20)).toBe(0);
    expect(own(run, 'redis', 'expirations')).toBeGreaterThan(10);
  });
});

describe('the way a balancer picks', () => {
  test('knows the requests that are in flight', () => {
    // One instance is slow: whoever counts sends it next to nothing.
    const slow = '{ at: 5s, slow: api/1, by: 20x }';
    const run = runOf(design([slow, at(20, 'edge.policy', 'least-requests', 20)]));
    const share = (from: number, to: number) => {
      const sums = run.world
        .component('api')
        .nodes.map(({ station }) => station!.tally.sum('arrivals', from, to));
      return sums[0]! / sums.reduce((left, right) => left + right, 0);
    };
    run.advance(Infinity);
    expect(share(6, 20)).toBeCloseTo(0.25, 2);
    expect(share(21, 40)).toBeLessThan(0.12);
    expect(share(41, 50)).toBeCloseTo(0.25, 2);
    expectDrained(run);
  });
});

describe('timeouts and retries', () => {
  const slow = { 'work: 10ms': 'work: 500ms', 'workers: 8': 'workers: 1k' };

  test('attempts under way keep the time they have, later ones have the new', () => {
    const run = finished(design([at(20, 'edge.timeout', '100ms', 10)], slow));
    const failed = (from: number, to: number) =>
      operation(run, 'get').tally.sum('failed', from, to);
    expect(failed(0, 20)).toBe(0);
    expect(failed(22, 29)).toBe(offered(run, 22, 29));
    expect(failed(31, 60)).toBe(0);
    expectDrained(run);
  });

  test('a change of retries gives the next failures another chance', () => {
    const changes = [
      at(20, 'edge.timeout', '100ms'),
      '{ at: 30s, change: edge.retries, to: { attempts: 3, backoff: none } }',
      '{ at: 40s, change: edge.retries.attempts, to: 2 }',
    ];
    const run = finished(design(changes, slow));
    const arrivals = (from: number, to: number) =>
      run.world
        .component('api')
        .nodes.reduce((sum, { station }) => sum + station!.tally.sum('arrivals', from, to), 0);
    expect(arrivals(22, 29) / offered(run, 22, 29)).toBeCloseTo(1, 1);
    expect(arrivals(31, 39) / offered(run, 31, 39)).toBeCloseTo(3, 1);
    expect(arrivals(41, 49) / offered(run, 41, 49)).toBeCloseTo(2, 1);
    expectDrained(run);
  });
});

describe('a database', () => {
  test('has other workers, other times and another reader', () => {
    const many = { 'cached-in: [redis], ': '', 'read: 1ms': 'read: 100ms' };
    const run = runOf(
      design(
        [
          at(10, 'db.workers', '2'),
          at(20, 'db.read-from', 'replicas'),
          at(30, 'db.service.read', '1ms'),
        ],
        many,
      ),
    );
    const [primary, replica] = run.world.component('db').nodes;
    run.advance(20 * SECOND - 1);
    expect(primary!.station!.busy).toBe(2);
    expect(replica!.station!.tally.counts[0]).toBe(0);
    run.advance(30 * SECOND);
    expect(replica!.station!.tally.counts[0]).toBeGreaterThan(100);
    run.advance(Infinity);
    expectSound(run);
  });
});
