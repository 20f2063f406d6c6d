// Combinations that nobody designs on purpose and every file may ask for. Each has to come to rest
// with every request told how it ended.
import { describe, expect, it } from 'vitest';
import { Cache } from '../../src/model/components/cache/cache.ts';
import {
  MS,
  SECOND,
  componentAs,
  expectDrained,
  expectSound,
  finished,
  own,
  planOf,
  runOf,
  stationTotal,
  total,
} from './rehearsal.ts';

interface Shape {
  readonly api: string;
  readonly traffic?: string;
  readonly network?: string;
  readonly faults?: string;
  readonly more?: string;
  readonly data?: string;
}

/** Clients of a service `api` for ten seconds, and time to come to rest. */
function scenario(shape: Shape): string {
  return `
name: Odd
duration: 60s
zones: [a, b]
traffic: { app: { to: api, stop: 10s, ${shape.traffic ?? 'rate: 300/s, timeout: 1s'} } }
${shape.data === undefined ? '' : `data: { ${shape.data} }`}
components:
  api: { kind: service, start-up: 100ms, ${shape.api} }
${shape.more ?? ''}
network: ${shape.network ?? '{}'}
faults: [ ${shape.faults ?? ''} ]
`;
}

const restarts = [1_000, 1_050, 2_000, 2_001, 3_500, 5_555]
  .map((ms) => `{ at: ${ms}ms, restart: api }`)
  .join(', ');

const instant = '{ same-zone: 0s, cross-zone: 0s, clients: 0s }';

const nested =
  '{ parallel: [ [ { wait: 3ms }, { parallel: [ { work: 2ms }, { call: back } ] } ], { work: 9ms } ] }';
const someOf =
  '{ parallel: { wait-for: 1, branches: [ { call: back }, [ { wait: 7ms }, { work: 3ms }, ' +
  '{ parallel: { times: 3, wait-for: 2, steps: [ { call: back } ] } } ], { wait: 1ms } ] } }';
const back = '  back: { kind: service, workers: 2, operations: { get: [ { work: 4ms } ] } }';

describe('a node that restarts again and again', () => {
  it.each([
    ['shared workers, waiting in between', 'discipline: processor-sharing', '{ wait: 20ms }'],
    ['shared workers and branches', 'discipline: processor-sharing', nested],
    ['interrupted work', 'discipline: priority-preemptive', '{ work: 5ms }'],
    ['interrupted branches', 'discipline: priority-preemptive', nested],
    ['patience in the queue', 'queue-timeout: exponential(30ms)', '{ work: 5ms }'],
    ['shared workers and late branches', 'discipline: processor-sharing', someOf],
    ['interrupted late branches', 'discipline: priority-preemptive', someOf],
    ['held workers and late branches', 'blocking: true', someOf],
    ['newest first and late branches', 'discipline: lifo, queue: 0', someOf],
    ['held workers and patience', 'blocking: true, queue-timeout: 30ms', '{ call: back }'],
    ['held workers and branches', 'blocking: true', nested],
    ['newest first and no queue', 'discipline: lifo, queue: 0', nested],
  ])('with %s leaves nothing behind', (_name, api, step) => {
    const vip = 'vip: { rate: 100/s, to: api, stop: 10s, timeout: 200ms, priority: 1 }';
    const text = scenario({
      api: `workers: 2, ${api}, operations: { get: [ { work: 2ms }, ${step}, { work: 1ms } ] }`,
      more: back,
      faults: restarts,
    });
    const run = finished(text.replace('traffic: {', `traffic: { ${vip},`));
    expect(total(run, 'get', 'failed-reset')).toBeGreaterThan(2);
    expect(total(run, 'get', 'ok')).toBeGreaterThan(100);
    expectDrained(run);
  });

  it('at the very moments at which work ends and requests arrive leaves nothing behind', () => {
    const faults = [100, 110, 120, 130, 210].map((ms) => `{ at: ${ms}ms, restart: api }`);
    const run = finished(
      scenario({
        api: 'workers: 1, operations: { get: [ { work: 10ms } ] }',
        traffic: 'rate: 100/s, arrivals: constant, timeout: 10ms, deadline: 10ms',
        network: instant,
        faults: ['{ at: 0s, crash: api, for: 50ms }', ...faults].join(', '),
      }).replace('start-up: 100ms', 'start-up: 0s'),
    );
    expectDrained(run);
  });

  it('struck by several faults at the same moment obeys each of them', () => {
    const at = 'at: 1s';
    const faults = [
      `{ ${at}, restart: api }`,
      `{ ${at}, restart-cold: api/1 }`,
      `{ ${at}, crash: zone/a, for: 1ms }`,
      `{ ${at}, slow: api, by: 3x, for: 1ms }`,
      `{ ${at}, partition: api, for: 1ms }`,
      `{ ${at}, partition: zone/a, for: 1ms }`,
      `{ ${at}, partition: [a, b], for: 1ms }`,
    ];
    const run = finished(
      scenario({
        api: 'zones: [a], operations: { get: [ { work: 5ms } ] }',
        faults: faults.join(', '),
      }),
    );
    expect(run.world.nodes.every(({ slowness }) => slowness === 1)).toBe(true);
    expect(stationTotal(run, 'api', 'completions')).toBeGreaterThan(2_500);
    expectDrained(run);
  });
});

describe('calls that take no time', () => {
  const empty =
    '  back: { kind: service, operations: { get: [ { choose: [ { share: 100%, do: [] } ] } ] } }';

  it('may follow each other by the thousands in one request', () => {
    const calls = '{ call: back }, { call: back }, { call: back }';
    const run = finished(
      scenario({
        api: `operations: { get: [ { repeat: { times: 1000, do: [ ${calls} ] } } ] }`,
        traffic: 'rate: 5/s',
        network: instant,
        more: empty,
      }),
    );
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
    expectDrained(run);
  });

  it('may go through two hundred services', () => {
    const links = Array.from({ length: 200 }, (_, index) => {
      const step = index === 199 ? '{ work: 1ms }' : `{ call: link${index + 1} }`;
      return `  link${index}: { kind: service, operations: { get: [ ${step} ] } }`;
    });
    const run = finished(
      scenario({
        api: 'operations: { get: [ { call: link0 } ] }',
        traffic: 'rate: 5/s',
        network: instant,
        more: links.join('\n'),
        faults: '{ at: 5s, crash: link199, for: 1s }',
      }),
    );
    const bad = total(run, 'get', 'failed');
    expect(bad).toBeGreaterThan(0);
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered') - bad);
    expectDrained(run);
  });

  it('may all fail at once for a whole queue of held workers', () => {
    const run = finished(
      scenario({
        api: 'blocking: true, workers: 1, queue: unlimited, operations: { get: [ { call: back } ] }',
        traffic: 'rate: 5k/s, timeout: none',
        network: instant,
        more: '  back: { kind: service, operations: { get: [ { work: 1s } ] } }',
        faults: '{ at: 8500ms, crash: back }',
      }),
    );
    expect(total(run, 'get', 'failed-refused')).toBeGreaterThan(40_000);
    expectDrained(run);
  });

  it('may be tried again a hundred times without a pause', () => {
    const retries = 'retries: { attempts: 100, backoff: none }';
    const run = finished(
      scenario({
        api: `${retries}, operations: { get: [ { call: back } ] }`,
        traffic: `rate: 2/s, ${retries}`,
        network: instant,
        more: back,
        faults: '{ at: 0s, crash: back }',
      }),
    );
    expect(total(run, 'get', 'attempts')).toBe(100 * total(run, 'get', 'offered'));
    expectDrained(run);
  });

  it('of work that takes none, under every discipline', () => {
    for (const discipline of ['fifo', 'lifo', 'priority-preemptive', 'processor-sharing']) {
      const run = finished(
        scenario({
          api: `discipline: ${discipline}, workers: 1, operations: { get: [ { work: 0s } ] }`,
          network: instant,
          faults: restarts,
        }),
      );
      expect(total(run, 'get', 'latencyNs')).toBe(0);
      expectDrained(run);
    }
  });
});

describe('very much of something', () => {
  it('many long operations of one service are each as long as written', () => {
    const waits = Array.from({ length: 9 }, () => '{ wait: 1us }').join(', ');
    const names = Array.from({ length: 8 }, (_, index) => `op${index}`);
    const list = names.map((name) => `${name}: [ { repeat: { times: 1000, do: [ ${waits} ] } } ]`);
    const run = finished(
      scenario({
        api: `operations: { ${list.join(', ')} }`,
        traffic: `rate: 10/s, mix: { op0: 50%, op7: 50% }`,
        network: instant,
      }),
    );
    for (const name of ['op0', 'op7']) {
      expect(total(run, name, 'latencyNs')).toBe(total(run, name, 'ok') * 9 * MS);
    }
    expectDrained(run);
  });

  it('a link of one byte a second is late and loses nothing', () => {
    const run = finished(
      scenario({
        api: 'operations: { get: [ { work: 1ms } ] }',
        traffic: 'rate: 1k/s, timeout: 2s, request-size: 1GB, retries: { attempts: 2 }',
        network: '{ bandwidth: 1B/s }',
      }),
    );
    expect(total(run, 'get', 'failed-timeout')).toBe(total(run, 'get', 'offered'));
    expectSound(run);
  });

  it('a pause that outlasts the run keeps the request in flight', () => {
    const run = finished(
      scenario({
        api: 'operations: { get: [ { work: 1ms } ] }',
        traffic: 'rate: 10/s, retries: { attempts: 100, backoff: exponential(10h), jitter: none }',
        faults: '{ at: 0s, crash: api }',
      }),
    );
    expect(run.world.calls.inUse).toBe(total(run, 'get', 'offered'));
    expectSound(run);
  });

  it('records of billions of bytes fill a cache to its last byte', () => {
    const run = finished(
      scenario({
        api: 'operations: { get: [ { read: films } ] }',
        data: 'films: { keys: 100, size: 3GB, stored-in: db, cached-in: redis }',
        more: `  redis: { kind: cache, capacity: 10GB }
  db: { kind: database }`,
      }),
    );
    const [store] = componentAs(run, 'redis', Cache).stores;
    expect([store!.size, store!.bytes]).toEqual([3, 9e9]);
    expectDrained(run);
  });

  it('forty caches before each other are all asked, nearest first', () => {
    const names = Array.from({ length: 40 }, (_, index) => `level${index}`);
    const run = finished(
      scenario({
        api: 'operations: { get: [ { read: goods } ], put: [ { write: goods } ] }',
        traffic: 'rate: 20/s, timeout: 1s, mix: { get: 50%, put: 50% }',
        data: `goods: { keys: 50, stored-in: db, cached-in: [${names.join(', ')}] }`,
        more: [
          ...names.map((name) => `  ${name}: { kind: cache, capacity: 5 entries }`),
          '  db: { kind: database }',
        ].join('\n'),
      }),
    );
    expect(own(run, 'db', 'reads')).toBe(own(run, 'level39', 'misses'));
    for (const name of names) expect(own(run, name, 'invalidations')).toBeGreaterThan(0);
    expectDrained(run);
  });
});

describe('a write on its way when something breaks', () => {
  const store = (db: string, redis = '') => ({
    api: 'operations: { get: [ { read: goods } ], put: [ { write: goods } ] }, timeout: 100ms',
    traffic: 'rate: 300/s, timeout: 1s, mix: { get: 40%, put: 60% }',
    data: 'goods: { keys: 50, stored-in: db, cached-in: redis }',
    more: `  redis: { kind: cache, capacity: 30 entries, start-up: 50ms, ${redis} }
  db: { kind: database, zones: [a, b], workers: unlimited, connections: unlimited, ${db} }`,
  });

  it.each(['write-through', 'read-through', 'cache-aside'])(
    'in a %s cache that restarts is told once how it ended',
    (strategy) => {
      const times = [1_000, 1_010, 2_000, 3_333].map((ms) => `{ at: ${ms}ms, restart: redis }`);
      const shape = store('service: { write: 20ms }', `strategy: ${strategy}, timeout: 50ms`);
      const run = finished(scenario({ ...shape, faults: times.join(', ') }));
      expect(total(run, 'put', 'ok')).toBeGreaterThan(1_500);
      expectDrained(run);
    },
  );

  it.each([
    'partition: [a, b]',
    'partition: db/shard-1/primary',
    'partition: db/shard-1/node-2',
    'partition: db',
    'crash: db/shard-1/primary',
    'crash: db',
  ])('to synchronous replicas when there is a %s is told once how it ended', (fault) => {
    const pipeline = 'failover: { probe: 50ms, detect: 100ms, elect: 50ms, redirect: 50ms }';
    const db = `replicas: 2, replication: sync, lag: 30ms, start-up: 100ms, ${pipeline}`;
    const faults = [1, 3, 5].map((second) => `{ at: ${second}s, ${fault}, for: 700ms }`);
    const run = finished(scenario({ ...store(db), faults: faults.join(', ') }));
    expect(total(run, 'put', 'ok')).toBeGreaterThan(500);
    expectDrained(run);
  });
});

describe('requests that nobody will ever answer', () => {
  it('are in flight for good without a timeout, and counted as such', () => {
    const run = runOf(
      scenario({
        api: 'operations: { get: [ { work: 1ms } ] }',
        traffic: 'clients: 20, think: 10ms, timeout: none',
        faults: '{ at: 5s, partition: api, for: 1s }',
      }),
    );
    run.advance(6 * SECOND);
    expectSound(run);
    expect(run.world.operations[0]!.inFlight).toBe(20);
    run.advance(Infinity);
    expectSound(run);
    expect(run.world.operations[0]!.inFlight).toBe(20);
  });
});

describe('what cannot work is refused before it runs', () => {
  it.each(['processor-sharing', 'priority-preemptive'])(
    'workers that are held from start to answer under %s',
    (discipline) => {
      const api = `blocking: true, discipline: ${discipline}, operations: { get: [ { work: 1ms } ] }`;
      expect(() => planOf(scenario({ api }))).toThrow('blocking');
    },
  );

  it.each(['read', 'write'])('a %s asked of a cache that asks nobody itself', (operation) => {
    const text = `
name: Direct
duration: 20s
traffic: { app: { rate: 100/s, to: redis, operation: ${operation}, keys: goods } }
data: { goods: { keys: 100, stored-in: db, cached-in: redis } }
components: { redis: { kind: cache, capacity: 50 entries }, db: { kind: database } }
`;
    expect(() => planOf(text)).toThrow('cache-aside');
  });
});
