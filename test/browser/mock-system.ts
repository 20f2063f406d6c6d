/** The small photo service that the stand-in engine pretends to simulate. */

import type { NodeView } from '../../src/protocol/scenario-view.ts';
import type { EngineDescription } from '../../src/worker/engine.ts';

const zones = ['a', 'b', 'c'];
const node = (
  id: number,
  box: number,
  path: string,
  label: string,
  more: Partial<NodeView> = {},
): NodeView => ({
  id,
  box,
  path,
  label,
  zone: zones[id % 3]!,
  shard: -1,
  workers: Infinity,
  queueCapacity: Infinity,
  ...more,
});

export const nodes: readonly NodeView[] = [
  node(0, 0, 'app', 'app', { zone: '' }),
  node(1, 1, 'edge/node-1', 'node-1'),
  ...Array.from({ length: 8 }, (_, i) =>
    node(2 + i, 2, `api/node-${i + 1}`, `node-${i + 1}`, { workers: 32, queueCapacity: 200 }),
  ),
  ...Array.from({ length: 3 }, (_, i) =>
    node(10 + i, 3, `redis/node-${i + 1}`, `node-${i + 1}`, { workers: 1, queueCapacity: 50 }),
  ),
  ...Array.from({ length: 12 }, (_, i) => {
    const shard = Math.floor(i / 3);
    return node(
      13 + i,
      4,
      `photos-db/shard-${shard + 1}/node-${(i % 3) + 1}`,
      `node-${(i % 3) + 1}`,
      {
        shard,
        workers: 16,
        queueCapacity: 100,
      },
    );
  }),
];

export const edges = [
  { id: 0, from: 0, to: 1, kind: 'call' as const },
  { id: 1, from: 1, to: 2, kind: 'call' as const },
  { id: 2, from: 2, to: 3, kind: 'call' as const },
  { id: 3, from: 2, to: 4, kind: 'call' as const },
  { id: 4, from: 4, to: 4, kind: 'replication' as const },
];

const box = (
  id: number,
  name: string,
  kind: string,
  glyph: 'clients' | 'balancer' | 'service' | 'cache' | 'database',
  caption: string,
  firstNode: number,
  nodeCount: number,
) => ({ id, name, kind, glyph, caption, firstNode, nodeCount, line: 20 + id, position: null });

export const description: EngineDescription = {
  name: 'The primary of shard 2 dies',
  about:
    'A read-heavy photo service. At 30 s one shard loses its primary; a replica is elected ten seconds later.',
  seed: '42',
  durationSeconds: 120,
  warmUpSeconds: 10,
  windowSeconds: 1,
  boxes: [
    box(0, 'app', 'clients', 'clients', '3k requests/s, poisson', 0, 1),
    box(1, 'edge', 'load-balancer', 'balancer', 'two-choices', 1, 1),
    box(2, 'api', 'service', 'service', '8 instances, 32 workers each', 2, 8),
    box(3, 'redis', 'cache', 'cache', '3 nodes, lru, 10 % of photos', 10, 3),
    box(4, 'photos-db', 'database', 'database', '4 shards by hash, 2 replicas, async', 13, 12),
  ],
  nodes,
  edges,
  series: [
    { id: 'p50', chart: 'latency', label: 'p50 view-photo', unit: 'ms' },
    { id: 'p99', chart: 'latency', label: 'p99 view-photo', unit: 'ms' },
    { id: 'ok', chart: 'throughput', label: 'ok', unit: '/s' },
    { id: 'late', chart: 'throughput', label: 'late', unit: '/s' },
    { id: 'failed', chart: 'throughput', label: 'failed', unit: '/s' },
    { id: 'hit', chart: 'hit-ratio', label: 'redis', unit: '%' },
    { id: 'qapi', chart: 'queue', label: 'api', unit: 'requests' },
    { id: 'qdb', chart: 'queue', label: 'photos-db', unit: 'requests' },
  ],
  requirements: [
    { text: 'p99 of view-photo < 120ms', targetMs: 120 },
    { text: 'availability >= 99.95%', targetMs: null },
    { text: 'lost writes = 0', targetMs: null },
    { text: 'goodput >= 2.5k/s', targetMs: null },
  ],
  faults: [{ atSeconds: 30, text: 'crash photos-db/shard-2/primary for 40 s' }],
  estimates: [{ name: 'storage', text: '4 GB' }],
  warnings: [],
};
