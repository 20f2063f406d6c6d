/** Bytes a request in flight, and memory over 24 simulated hours. */

import { loadScenario } from '../src/scenario/load.ts';
import { Run } from '../src/model/run.ts';

const MILLION = 1_000_000;

/** A queue that only grows: a million requests wait in it. */
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

function planOf(text: string) {
  const { scenario, diagnostics } = loadScenario(text, { file: 'bench' });
  if (scenario === null) throw new Error(JSON.stringify(diagnostics));
  return scenario.plan;
}

function bytesInUse(): number {
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const crowd = new Run(planOf(overloaded));
crowd.advance(1e9);
const before = bytesInUse();
const inFlightBefore = crowd.world.calls.inUse;
while (crowd.world.calls.inUse < MILLION && crowd.ending === null) crowd.advance(crowd.time + 1e9);
const inFlight = crowd.world.calls.inUse - inFlightBefore;
const each = (bytesInUse() - before) / inFlight;
console.log(`${inFlight} requests in flight: ${each.toFixed(1)} bytes each (bar: 128)`);

const day = new Run(planOf(small));
const HOUR = 3_600e9;
console.log('24 simulated hours of a small scenario, memory in use:');
let after2h = 0;
for (let hour = 2; hour <= 24; hour += 2) {
  day.advance(hour * HOUR);
  const megabytes = bytesInUse() / 1e6;
  if (hour === 2) after2h = megabytes;
  console.log(`  ${String(hour).padStart(2)} h  ${megabytes.toFixed(2)} MB`);
  if (hour === 24) {
    const growth = megabytes - after2h;
    console.log(`  growth from 2 h to 24 h: ${growth.toFixed(2)} MB (series of the run included)`);
  }
}
console.log(`  events: ${day.world.simulation.events}, hash ${day.hash}`);
