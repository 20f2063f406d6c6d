/** Small systems, each of which shows one row of the visual language at a certain time. */

export interface VisualRow {
  readonly name: string;
  readonly text: string;
  /** The picture is taken at this time of the run, s. */
  readonly at: number;
  /** Marks that the legend has to name there. */
  readonly legend: readonly string[];
  /** Keys pressed before the picture is taken. */
  readonly keys?: readonly string[];
  /** Path of what is selected. */
  readonly select?: string;
  readonly reducedMotion?: true;
}

const shop = (rest: string, operation = '{ work: 20ms }') => `
name: A row
duration: 60s
seed: 1
traffic: { app: { rate: 2000/s, operation: buy, to: shop, deadline: 200ms } }
components:
  shop:
    kind: service
    instances: 3
    workers: 40
    queue: 20
    operations: { buy: [ ${operation} ] }
${rest}`;

const balanced = (settings: string, work: string, faults: string) => `
name: A row
duration: 60s
seed: 1
traffic: { app: { rate: 2000/s, operation: buy, to: edge, deadline: 1s } }
components:
  edge: { kind: load-balancer, to: shop, ${settings} }
  shop:
    kind: service
    instances: 4
    workers: 40
    start-up: 8s
    operations: { buy: [ { work: ${work} } ] }
faults: [ ${faults} ]
`;

const stored = (traffic: string, cache: string, database: string, rest = '') => `
name: A row
duration: 60s
seed: 1
traffic:
  app: { rate: ${traffic}, mix: { look: 80%, buy: 20% }, to: shop, deadline: 300ms }
data:
  goods: { keys: 20k, size: 1KB, popularity: zipf(1.2), stored-in: db${cache === '' ? '' : ', cached-in: redis'} }
components:
  shop:
    kind: service
    instances: 2
    operations:
      look: [ { work: 2ms }, { read: goods } ]
      buy: [ { work: 2ms }, { write: goods } ]
${cache}
  db: { kind: database, ${database} }
${rest}`;

const redis = '  redis: { kind: cache, nodes: 2, capacity: 5% of goods, warm: popular }';

export const visualRows: readonly VisualRow[] = [
  {
    name: 'kinds-of-messages',
    text: stored('2k/s', '', 'replicas: 2, replication: async, workers: 32'),
    at: 5,
    legend: ['read', 'write', 'replication', 'answer', 'primary'],
  },
  {
    name: 'time-that-drains',
    text: shop('', '{ work: exponential(60ms) }'),
    at: 5,
    legend: ['fill = time left', 'failed'],
  },
  { name: 'queue-and-workers', text: shop('', '{ work: 61ms }'), at: 5, legend: ['read'] },
  {
    name: 'cache-hit-and-miss',
    text: stored('3k/s', redis, 'workers: 32'),
    at: 5,
    legend: ['cache hit', 'after a miss'],
  },
  {
    name: 'stampede',
    text: stored(
      '3k/s',
      // Many have just asked for the same entry when it expires.
      redis.replace(' }', ', ttl: 150ms }'),
      'service: { read: 120ms }, workers: 300, connections: 900',
    ),
    at: 8,
    legend: ['stampede'],
  },
  {
    name: 'replica-lag',
    text: stored('1k/s', '', 'replicas: 2, replication: async, apply: 8ms, workers: 32'),
    at: 15,
    legend: ['replica lag', 'primary'],
  },
  {
    name: 'down-and-slow',
    text: balanced(
      'policy: round-robin',
      '10ms',
      '{ at: 2s, crash: shop/1 }, { at: 2s, slow: shop/3, by: 5x, for: 30s }',
    ),
    at: 5,
    legend: ['down', 'slow', 'failed'],
  },
  {
    name: 'partition',
    text: `${stored(
      '2k/s',
      '',
      'replicas: 1, replication: async, zones: [a, b], workers: 32',
    ).replace(
      'instances: 2',
      'instances: 2\n    zones: [a]',
    )}faults: [ { at: 4s, partition: [a, b], for: 20s } ]\n`,
    at: 8,
    legend: ['cut off'],
  },
  {
    name: 'lossy-link',
    text: `${shop('')}network: { loss: 5%, clients: 20ms }\n`,
    at: 5,
    legend: ['lossy'],
  },
  {
    name: 'hot-shard',
    text: stored('2k/s', '', 'shards: 3 by range, workers: 16'),
    at: 5,
    legend: ['hot: × fair share'],
  },
  {
    name: 'health-checks',
    text: balanced(
      'health-check: { every: 500ms, timeout: 200ms }',
      '5ms',
      '{ at: 2s, crash: shop/2 }',
    ),
    at: 4,
    legend: ['health probe', 'failed probe', 'down'],
  },
  {
    name: 'start-up',
    text: balanced(
      'policy: round-robin',
      '5ms',
      '{ at: 2s, crash: shop/2 }, { at: 3s, restart: shop/2 }',
    ),
    at: 8,
    legend: ['starting'],
  },
  {
    name: 'ejected',
    text: balanced(
      'timeout: 100ms, outlier-ejection: { consecutive: 5, base: 30s, max: 50%, every: 10s }',
      '5ms',
      '{ at: 2s, slow: shop/2, by: 200x, for: 40s }',
    ),
    at: 8,
    legend: ['ejected'],
  },
  {
    name: 'tiles-from-afar',
    text: balanced('policy: round-robin', '5ms', '{ at: 2s, crash: shop/2 }'),
    at: 5,
    keys: ['-', '-', '-', '-', '-', '-'],
    legend: ['down'],
  },
  {
    name: 'inside-an-instance',
    text: shop('', '{ work: 61ms }'),
    at: 5,
    select: 'shop/2',
    keys: ['Enter', 'Enter'],
    legend: [],
  },
  {
    name: 'flow-without-motion',
    text: stored('2k/s', redis, 'workers: 32'),
    at: 5,
    reducedMotion: true,
    legend: [],
  },
];
