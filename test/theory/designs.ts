/** Scenario texts for tests that compare a design with a changed one. */

export interface OneServer {
  /** Requests a second; the mean work is 1 ms unless `work` says otherwise. */
  readonly rate: number;
  readonly work: string;
  /** Further lines of the server, such as `discipline: lifo`. */
  readonly more?: readonly string[];
  readonly workers?: number;
}

/** Clients and one service with an endless queue; 100,000 requests are measured. */
export function oneServer({ rate, work, more = [], workers = 1 }: OneServer): string {
  return `name: One server
${times(rate, 100_000)}
traffic:
  clients: { rate: ${rate}/s, to: server }
components:
  server:
    kind: service
    workers: ${workers}
    queue: unlimited
${more.map((line) => `    ${line}\n`).join('')}    operations:
      serve: [{ work: ${work} }]
`;
}

/** Ten servers of mean work 1 ms at 90 % load behind a balancer. */
export function tenServers(policy: string): string {
  return `name: Ten servers
${times(9_000, 100_000)}
traffic:
  clients: { rate: 9k/s, to: balancer }
components:
  balancer: { kind: load-balancer, to: server, policy: ${policy}, health-check: none }
  server:
    kind: service
    instances: 10
    workers: 1
    queue: unlimited
    operations:
      serve: [{ work: exponential(1ms) }]
network: { same-zone: 0s }
`;
}

/** Readers, a cache of some entries, and the database behind it; nothing takes time. */
export function cachedReads(eviction: string, entries: number): string {
  return `name: Cached reads
${times(1_000, 100_000)}
traffic:
  readers: { rate: 1k/s, to: reader }
data:
  items: { keys: 1k, popularity: zipf(0.8), stored-in: store, cached-in: copies }
components:
  reader: { kind: service, operations: { get: [{ read: items }] } }
  copies: { kind: cache, capacity: ${entries} entries, eviction: ${eviction}, service: 0s }
  store: { kind: database, service: { read: 0s }, failover: none }
network: { same-zone: 0s }
`;
}

/**
 * A shop with all that takes time in it: balancer, shedding, timeouts, retries, cache, replicas, a
 * crash. Every time in it is a multiple of `unit` ms, those that have defaults too.
 */
export function shop(unit: number): string {
  const t = (ms: number) => `${ms * unit}ms`;
  const retries = `{ attempts: 3, backoff: "exponential(${t(20)}, max ${t(100)})" }`;
  return `name: A shop
duration: ${t(60_000)}
warm-up: ${t(6_000)}
traffic:
  shoppers:
    rate: ${400 / unit}/s
    to: balancer
    mix: { look: 90%, buy: 10% }
    deadline: ${t(300)}
    timeout: ${t(150)}
    retries: ${retries}
  regulars: { clients: 20, think: exponential(${t(200)}), operation: look, to: balancer }
data:
  items: { keys: 2k, popularity: zipf(0.9), stored-in: items-db, cached-in: copies }
components:
  balancer:
    kind: load-balancer
    to: shop
    policy: two-choices
    delay: uniform(${t(0.1)}, ${t(0.3)})
    timeout: ${t(100)}
    start-up: ${t(1_000)}
    health-check: { every: ${t(500)}, timeout: ${t(100)} }
  shop:
    kind: service
    instances: 3
    workers: 2
    queue: 10
    queue-timeout: ${t(40)}
    timeout: ${t(60)}
    start-up: ${t(2_000)}
    operations:
      look: [{ work: p50=${t(6)} p99=${t(30)} }, { read: items }]
      buy: [{ work: gamma(shape 2, mean ${t(8)}) }, { write: items }]
  copies:
    kind: cache
    nodes: 2
    capacity: 500 entries
    ttl: ${t(1_500)} ±10%
    service: exponential(${t(0.1)})
    timeout: ${t(20)}
    start-up: ${t(1_000)}
  items-db:
    kind: database
    shards: 2 by hash
    replicas: 1
    replication: sync
    lag: exponential(${t(2)})
    apply: ${t(0.2)}
    service: { read: exponential(${t(5)}), write: exponential(${t(7)}) }
    workers: 2
    start-up: ${t(3_000)}
    failover:
      { probe: ${t(300)}, detect: ${t(900)}, elect: ${t(400)}, redirect: ${t(200)} }
network: { same-zone: uniform(${t(0.2)}, ${t(0.4)}), clients: ${t(10)} }
faults:
  - { at: ${t(20_000)}, crash: shop/2, for: ${t(4_000)} }
  - { at: ${t(30_000)}, crash: items-db/shard-1/primary, for: ${t(8_000)} }
  - { at: ${t(45_000)}, slow: items-db, by: 4x, for: ${t(3_000)} }
`;
}

/** Duration and warm-up, of which the measured part sees some requests at a rate. */
function times(rate: number, requests: number): string {
  const seconds = Math.ceil(requests / rate);
  return `duration: ${seconds * 1_100}ms\nwarm-up: ${seconds * 100}ms`;
}
