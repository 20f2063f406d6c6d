// A parameter that gets another value while the run goes on: every one that may, that nothing
// differs before, what comes back at the end, and what clients make of it.
import { describe, expect, test } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { components } from '../../src/model/components.ts';
import type { Run } from '../../src/model/run.ts';
import { trafficFields } from '../../src/scenario/fields.ts';
import {
  SECOND,
  expectDrained,
  finished,
  operation,
  planOf,
  runOf,
  stationTotal,
} from './rehearsal.ts';
import { at, design, offered } from './shop-with-changes.ts';

describe('every parameter that is said to be live', () => {
  const examples: Readonly<Record<string, string>> = {
    rate: '150/s',
    users: '1M daily, 10 requests each',
    clients: '9',
    think: 'exponential(30ms)',
    deadline: '2s',
    timeout: '800ms',
    retries: '{ attempts: 2 }',
    policy: 'two-choices',
    delay: '1ms',
    instances: '6',
    nodes: '3',
    workers: '1',
    queue: '20',
    capacity: '1MB',
    ttl: '100ms',
    service: '100us',
    lag: '20ms',
    apply: '1ms',
    'read-from': 'replicas',
    connections: '40',
    'start-up': '3s',
    'message-lag': '1s',
    'flush-every': '1s',
    'dirty-limit': '1',
    'flush-width': '1',
    'negative-ttl': '1s',
    'refresh-at': '20%',
  };
  const cache = (words: string, ...pairs: readonly (readonly [string, string])[]) =>
    Object.fromEntries([['kind: cache,', `kind: cache, ${words},`], ...pairs]);
  const writing = ['{ read: items }', '{ read: items }, { write: items }'] as const;
  const absent = ['{ keys: 1k,', '{ keys: 1k, absent: 30%,'] as const;
  /** Parameters that mean nothing in the plain design, with what they need. */
  const needs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'redis.message-lag': cache('on-write: message', writing),
    'redis.flush-every': cache('strategy: write-back', writing),
    'redis.dirty-limit': cache('strategy: write-back', writing),
    'redis.flush-width': cache('strategy: write-back', writing),
    'redis.negative-ttl': cache('expiry: active', absent),
    'redis.refresh-at': cache('strategy: refresh-ahead, ttl: 2s'),
  };
  const behindPoints = {
    'to: edge': 'to: points',
    '  edge: {':
      '  points: { kind: cdn, origin: edge, caches: [get], data: items, capacity: 1MB }\n  edge: {',
  };
  const designWith = (path: string, changes: readonly string[]) =>
    design(changes, path.startsWith('points.') ? behindPoints : (needs[path] ?? {}));
  const names = {
    'load-balancer': 'edge',
    service: 'api',
    cache: 'redis',
    database: 'db',
    cdn: 'points',
  };
  const paths: [string, string][] = [];
  for (const [kind, name] of Object.entries(names)) {
    for (const [key, { live }] of Object.entries(components.get(kind)!.parameters)) {
      if (live !== true) continue;
      const group = `${name}.${key}`;
      if (kind === 'database' && key === 'service') paths.push([`${group}.read`, '3ms']);
      else paths.push([group, examples[key]!]);
    }
  }
  for (const [key, { live }] of Object.entries(trafficFields) as [string, { live?: true }][]) {
    if (live !== true || key === 'users') continue;
    paths.push([`${key === 'clients' || key === 'think' ? 'team' : 'app'}.${key}`, examples[key]!]);
  }

  test('is tried here', () => {
    expect(paths.length).toBeGreaterThan(25);
    expect(paths.filter(([, value]) => value === undefined)).toEqual([]);
  });

  test('is one of every kind of component', () => {
    const kinds = planOf(designWith('points.ttl', [])).components.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(components.keys()));
    expect(new Set(Object.keys(names))).toEqual(new Set(components.keys()));
  });

  test.each(paths)('%s changes, changes back, and nothing is lost', (path, value) => {
    const word = value.startsWith('{') ? value : `"${value}"`;
    const run = finished(designWith(path, [`{ at: 10s, change: ${path}, to: ${word}, for: 20s }`]));
    expectDrained(run);
    expect(offered(run, 1, 50)).toBeGreaterThan(4_900);
    const still = finished(designWith(path, []));
    // These only show when something starts, fails, comes late, is written or stands in line.
    const isQuiet =
      /start-up|timeout|retries|deadline|db.lag|apply|queue|connections|(db|redis|points).workers/;
    const books = (of: Run) => [
      operation(of, 'get').latency.merged(0, Infinity).count,
      operation(of, 'get').latency.merged(0, Infinity).mean,
      stationTotal(of, 'db', 'arrivals'),
      of.world.component('db').nodes.map(({ station }) => station!.tally.counts[0]),
      of.world.component('api').nodes.map(({ station }) => station!.tally.counts[0]),
      operation(of, 'get').tally.sum('late', 0, 60),
    ];
    if (!isQuiet.test(path)) expect(books(run)).not.toEqual(books(still));
  });

  test.each(paths)('%s changes nothing before its time', (path, value) => {
    const word = value.startsWith('{') ? value : `"${value}"`;
    const changed = runOf(designWith(path, [`{ at: 10s, change: ${path}, to: ${word} }`]));
    const plain = runOf(designWith(path, []));
    changed.advance(10 * SECOND - 1);
    plain.advance(10 * SECOND - 1);
    expect(changed.hash).toBe(plain.hash);
    expect(changed.world.simulation.events).toBe(plain.world.simulation.events);
  });

  test.each(paths)('%s is as it was after a way back, whether in force or not', (path, value) => {
    const word = value.startsWith('{') ? value : `"${value}"`;
    const run = runOf(designWith(path, [`{ at: 10s, change: ${path}, to: ${word}, for: 10s }`]));
    run.advance(8 * SECOND);
    const before = new Checkpoint(run);
    run.advance(15 * SECOND);
    const during = new Checkpoint(run);
    run.advance(30 * SECOND);
    const { hash } = run;
    for (const checkpoint of [before, during]) {
      checkpoint.restore();
      run.advance(30 * SECOND);
      expect(run.hash).toBe(hash);
    }
  });
});

describe('the rate of clients', () => {
  test('is another one at once, and the old one again at the end', () => {
    const run = finished(design([at(10, 'app.rate', '400/s', 20)]));
    const { tally } = operation(run, 'get');
    const team = 4 / 0.1;
    expect(tally.at(9, 'offered')).toBeLessThan(100 + team + 2);
    for (const second of [10, 20, 29]) expect(tally.at(second, 'offered')).toBeGreaterThan(400);
    for (const second of [30, 40, 49]) {
      expect(tally.at(second, 'offered')).toBeLessThan(100 + team + 2);
    }
    expectDrained(run);
  });

  const alone = {
    '  team: { clients: 4, think: 100ms, to: edge, stop: 50s, deadline: 10s }\n': '',
  };

  test('stretches the gap under way: constant arrivals stay evenly spaced', () => {
    const slow = { ...alone, 'rate: 100/s': 'rate: 1/s' };
    // A quarter of the gap has passed at 10.25 s; the rest of it takes half as long.
    const run = finished(design([`{ at: 10250ms, change: app.rate, to: 2/s, for: 5s }`], slow));
    expect(offered(run, 0, 10)).toBe(9);
    expect(offered(run, 10, 15)).toBe(10);
    expect(offered(run, 20, 40)).toBe(20);
  });

  test('a step of the shape that is over says nothing any more, one to come still does', () => {
    const shape = {
      ...alone,
      'rate: 100/s': 'rate: 100/s, shape: [{ at: 5s, rate: 200/s }, { at: 20s, rate: 300/s }]',
    };
    const run = finished(design([at(10, 'app.rate', '50/s', 30)], shape));
    expect(offered(run, 6, 9)).toBe(600);
    expect(offered(run, 11, 19)).toBe(400);
    expect(offered(run, 21, 39)).toBe(18 * 300);
    expect(offered(run, 41, 49)).toBe(8 * 300);
  });

  test('bursts multiply the new rate', () => {
    const burst = 'rate: 100/s, shape: [{ at: 20s, for: 10s, times: 3 }]';
    const run = finished(design([at(10, 'app.rate', '50/s')], { ...alone, 'rate: 100/s': burst }));
    expect(offered(run, 11, 19)).toBe(400);
    expect(offered(run, 21, 29)).toBe(1_200);
    expect(offered(run, 31, 39)).toBe(400);
  });

  test('clients that are too many stop, and those that are called back go on', () => {
    const team = {
      '  app: { rate: 100/s, arrivals: constant, to: edge, stop: 50s, deadline: 10s }\n': '',
    };
    const run = finished(
      design([at(10, 'team.clients', '1', 10), at(30, 'team.clients', '12', 10)], team),
    );
    const each = (from: number, to: number) => offered(run, from, to) / (to - from);
    const one = each(0, 10) / 4;
    expect(each(11, 20) / one).toBeCloseTo(1, 1);
    expect(each(21, 30) / one).toBeCloseTo(4, 0);
    expect(each(31, 40) / one).toBeCloseTo(12, 0);
    expect(each(41, 50) / one).toBeCloseTo(4, 0);
    expectDrained(run);
  });
});

describe('changes that overlap', () => {
  const workers = (run: Run) => run.world.component('api').nodes[0]!.station!.workers;

  test('the latest that lasts decides, in whatever order they end', () => {
    const run = runOf(
      design([
        at(10, 'api.workers', '20', 20),
        at(15, 'api.workers', '30', 5),
        at(25, 'api.workers', '40', 10),
      ]),
    );
    const seen: number[] = [];
    for (const second of [9, 12, 17, 22, 27, 32, 40]) {
      run.advance(second * SECOND);
      seen.push(workers(run));
    }
    expect(seen).toEqual([8, 20, 30, 20, 40, 40, 8]);
  });

  test('of different parameters of one component leave each other alone', () => {
    const run = runOf(design([at(10, 'api.workers', '20'), at(15, 'api.queue', '7', 5)]));
    run.advance(30 * SECOND);
    const { station } = run.world.component('api').nodes[0]!;
    expect([station!.workers, station!.capacity]).toEqual([20, 10_000]);
  });
});
