/** Bytes a pending event and a request in flight, and memory over 24 simulated hours. */

import { Simulation } from '../src/kernel/simulation.ts';
import { streamFor } from '../src/kernel/random.ts';
import { CacheStore } from '../src/model/cache-store.ts';
import { evictionPolicies } from '../src/model/eviction.ts';
import { Run } from '../src/model/run.ts';
import type { Bench, Sheet } from './bench.ts';
import { planOf } from './plans.ts';

const EACH = 'Bytes each';
const DAY = '24 simulated hours of a small scenario';
const EVENT = 'a pending event';
const REQUEST = 'a request in flight';
const ENTRY = 'an entry of a cache';
const HOURS = [2, 6, 12, 18, 24];
const REQUEST_BAR = 'bytes a request in flight';

/** A queue that only grows. */
const overloaded = `
name: Overloaded queue
seed: 1
duration: 2h
traffic:
  clients: { rate: 1000/s, operation: get, to: api }
components:
  api:
    kind: service
    workers: 1
    queue: unlimited
    operations: { get: [{ work: 10s }] }
network: { clients: 0s, same-zone: 0s }
`;

/** A small service with everything in it, for a day and a night. */
const small = `
name: A day of a small service
seed: 1
duration: 24h
traffic:
  app:
    rate: 20/s
    mix: { view: 90%, post: 10% }
    to: edge
    deadline: 1s
    retries: { attempts: 2 }
data:
  items: { keys: 10k, size: 2KB, stored-in: store, cached-in: cache }
components:
  edge: { kind: load-balancer, policy: two-choices, to: api }
  api:
    kind: service
    instances: 3
    workers: 8
    operations:
      view: [{ work: p50=2ms p99=12ms }, { read: items }]
      post: [{ work: 4ms }, { write: items }]
  cache: { kind: cache, capacity: 1k entries, ttl: 10m }
  store: { kind: database, shards: 2 by hash, replicas: 1 }
faults:
  - { at: 6h, crash: store/shard-1/primary, for: 10m }
  - { at: 12h, restart-cold: cache }
`;

function run(sheet: Sheet): void {
  const things = sheet.size(1_000_000, 100_000);
  sheet.row(EACH, EVENT, perThing(things, pendingEvents));
  sheet.row(EACH, ENTRY, perThing(things, cacheEntries));
  const crowd = new Run(planOf(overloaded));
  crowd.advance(1e9);
  const before = bytesInUse();
  const first = crowd.world.calls.inUse;
  while (crowd.world.calls.inUse < things && crowd.ending === null) {
    crowd.advance(crowd.time + 1e9);
  }
  const inFlight = crowd.world.calls.inUse - first;
  const each = (bytesInUse() - before) / inFlight;
  sheet.row(EACH, REQUEST, { bytes: each, of: inFlight });
  sheet.bar(REQUEST_BAR, each);
  if (!sheet.isQuick) liveThroughADay(sheet);
}

/** What `count` things take that `make` makes and returns the holder of. */
function perThing(count: number, make: (count: number) => object) {
  const before = bytesInUse();
  const holder = make(count);
  const bytes = (bytesInUse() - before) / count;
  if (Object.keys(holder).length === 0) throw new Error('The holder is gone.');
  return { bytes, of: count };
}

function pendingEvents(count: number): object {
  const simulation = new Simulation();
  const stream = streamFor('1', 'memory', 'times');
  for (let event = 0; event < count; event++) {
    simulation.schedule(Math.floor(stream.exponential() * 1e9), 0, 0, 0, 0);
  }
  return simulation;
}

function cacheEntries(count: number): object {
  const limits = { entries: count, bytes: Infinity };
  const store = new CacheStore(limits, evictionPolicies.get('lru')!, streamFor('1', 'a', 'b'));
  for (let key = 0; key < count; key++) store.put(key * 7, 0, 1000, Infinity);
  return store;
}

function liveThroughADay(sheet: Sheet): void {
  const day = new Run(planOf(small));
  for (const hour of HOURS) {
    day.advance(hour * 3_600e9);
    const events = day.world.simulation.events / 1e6;
    sheet.row(DAY, `${hour} h`, { 'MB in use': bytesInUse() / 1e6, 'M events so far': events });
  }
}

function bytesInUse(): number {
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const bench: Bench = {
  name: 'memory',
  title: 'Memory',
  about:
    'Heap and array buffers in use after a collection. Tables double when they are full, so ' +
    'what one thing takes lies between the figure here and twice as much or half of it, by ' +
    'how full they are. The series of a run are part of what grows over the day.',
  tables: [
    {
      title: EACH,
      rowTitle: 'what',
      columns: [
        { title: 'bytes', digits: 1 },
        { title: 'of', digits: 0 },
      ],
      rows: [EVENT, REQUEST, ENTRY],
    },
    {
      title: DAY,
      rowTitle: 'after',
      columns: [
        { title: 'MB in use', digits: 2 },
        { title: 'M events so far', digits: 2 },
      ],
      rows: HOURS.map((hour) => `${hour} h`),
    },
  ],
  bars: [{ text: REQUEST_BAR, sense: 'at most', bound: 128, unit: '', digits: 1 }],
  run,
};

export default bench;
