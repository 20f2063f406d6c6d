/** Small designs whose numbers can be worked out by hand, and one with a bit of everything. */

import { Experiment } from '../../src/experiment/experiment.ts';
import { formatDiagnostics } from '../../src/scenario/diagnostics.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { LoadOptions, Scenario } from '../../src/scenario/load.ts';

/**
 * A request every 10 ms, the first at 10 ms, 5 ms of work each at one worker, no network: nobody
 * waits, half of the time the worker is busy.
 */
export const clockwork = `
name: Clockwork
duration: 40s
warm-up: 10s
traffic:
  app: { rate: 100/s, arrivals: constant, operation: get, to: api }
components:
  api:
    kind: service
    workers: 1
    queue: 10
    operations: { get: [ { work: 5ms } ] }
network: { same-zone: 0s, cross-zone: 0s, clients: 0s }
`;

/**
 * Two requests at the same instant every 100 ms, 20 ms of work each at one worker with room for
 * one more: the second waits for 20 ms.
 */
export const pairs = `
name: Pairs
duration: 40s
traffic:
  left: { rate: 10/s, arrivals: constant, operation: get, to: api }
  right: { rate: 10/s, arrivals: constant, operation: put, to: api, deadline: 30ms, timeout: 1s }
components:
  api:
    kind: service
    workers: 1
    queue: 1
    operations:
      get: [ { work: 20ms } ]
      put: [ { work: 20ms } ]
network: { same-zone: 0s, cross-zone: 0s, clients: 0s }
`;

/** One server, Poisson arrivals, exponential work: everything about it is known in theory. */
export const queue = `
name: One server at half load
duration: 60s
warm-up: 10s
traffic:
  app: { rate: 100/s, operation: get, to: api }
components:
  api:
    kind: service
    workers: 1
    queue: unlimited
    operations: { get: [ { work: exponential(5ms) } ] }
network: { same-zone: 0s, cross-zone: 0s, clients: 0s }
`;

/** Balancer, services of every kind, cache, replicated shards, retries, faults of every kind. */
export const everything = `
name: A bit of everything
seed: 3
duration: 20s
warm-up: 2s
traffic:
  app:
    rate: 300/s
    mix: { get: 70%, put: 20%, both: 10% }
    to: edge
    deadline: 100ms
    timeout: 200ms
    retries: { attempts: 3, backoff: exponential(10ms, max 1s) }
  loop: { clients: 20, think: exponential(50ms), operation: get, to: edge, timeout: 1s }
data:
  things:
    { keys: 2k, size: 1KB, popularity: zipf(0.9), stored-in: db, cached-in: cache }
components:
  edge:
    { kind: load-balancer, to: api, zones: [a, b], health-check: { every: 1s, unhealthy-after: 2 } }
  api:
    kind: service
    instances: 3
    zones: [a, b]
    workers: 2
    queue: 20
    queue-timeout: 20ms
    timeout: 100ms
    operations:
      get: [ { work: exponential(2ms) }, { read: things }, { call: shared.think } ]
      put: [ { work: 1ms }, { write: things } ]
      both: [ { parallel: [ [ { read: things } ], [ { work: 3ms }, { write: things } ] ] } ]
  shared:
    kind: service
    workers: 2
    queue: unlimited
    discipline: processor-sharing
    operations: { think: [ { work: exponential(3ms) } ] }
  cache:
    { kind: cache, nodes: 2, zones: [a, b], capacity: 300 entries, ttl: 3s ±20%, service: 50us }
  db:
    kind: database
    shards: 2 by hash
    replicas: 1
    zones: [a, b]
    read-from: any
    service: { read: exponential(3ms), write: 4ms }
    failover: { detect: 1s, elect: 500ms, redirect: 500ms }
network: { same-zone: 250us, cross-zone: 1ms, loss: 0.1% }
faults:
  - { at: 4s, crash: db/shard-1/primary, for: 5s }
  - { at: 7s, restart-cold: cache }
  - { at: 9s, partition: [a, b], for: 1s }
  - { at: 11s, restart: api/1 }
  - { at: 13s, slow: db, by: 3x, for: 2s }
`;

/** The scenario of a text that must be sound. */
export function scenarioOf(text: string, options: Partial<LoadOptions> = {}): Scenario {
  const { scenario, diagnostics } = loadScenario(text, { file: 'test.yaml', ...options });
  if (scenario === null) throw new Error(formatDiagnostics(diagnostics, text));
  return scenario;
}

/** An experiment that has been run up to a time in s; to its end when none is given. */
export function experimentOf(text: string, seconds = Infinity): Experiment {
  const experiment = new Experiment(scenarioOf(text));
  experiment.run.advance(seconds * 1e9);
  return experiment;
}

/** The text with claims in it. */
export function withClaims(
  text: string,
  section: 'requirements' | 'expect',
  claims: readonly string[],
): string {
  return `${text}${section}:\n${claims.map((claim) => `  - ${claim}\n`).join('')}`;
}
