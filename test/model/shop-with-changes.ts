// A design of which every part can be changed, and what is asked of its runs.
import type { Run } from '../../src/model/run.ts';
import { operation } from './rehearsal.ts';

/** Clients, a balancer, a service, a cache and a database; every part can be changed. */
export function design(
  changes: readonly string[],
  pairs: Readonly<Record<string, string>> = {},
): string {
  const text = `
name: A shop
duration: 60s
traffic:
  app: { rate: 100/s, arrivals: constant, to: edge, stop: 50s, deadline: 10s }
  team: { clients: 4, think: 100ms, to: edge, stop: 50s, deadline: 10s }
data: { items: { keys: 1k, stored-in: db, cached-in: [redis], popularity: uniform } }
components:
  edge: { kind: load-balancer, to: api, policy: round-robin }
  api:
    kind: service
    instances: 4
    workers: 8
    queue: 10k
    start-up: 2s
    operations: { get: [ { work: 10ms }, { read: items } ] }
  redis: { kind: cache, capacity: 100 entries, service: 50us }
  db: { kind: database, replicas: 1, service: { read: 1ms, write: 1ms } }
faults: [ ${changes.join(', ')} ]
`;
  return Object.entries(pairs).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`the design does not hold ${from}`);
    return result.replace(from, to);
  }, text);
}

export function at(time: number, path: string, to: string, until?: number): string {
  const end = until === undefined ? '' : `, for: ${until}s`;
  return `{ at: ${time}s, change: ${path}, to: "${to}"${end} }`;
}

export function offered(run: Run, from: number, to: number): number {
  return operation(run, 'get').tally.sum('offered', from, to);
}

export function states(run: Run, component: string): number[] {
  return run.world.component(component).nodes.map(({ state }) => state);
}
