/** What can be said about a database in a scenario. */

import { evictionPolicies } from '../../eviction.ts';
import {
  choice,
  count,
  duration,
  latency,
  object,
  syntax,
  priceParameter,
  zones,
} from '../../parameters.ts';
import type { ValuesOf } from '../../parameters.ts';

export const failoverFields = {
  probe: duration({
    description: 'Time between two probes of a primary by the monitor.',
    min: 1_000_000,
    default: '1s',
    source: 'Redis Sentinel: PING every second',
  }),
  detect: duration({
    description: 'How long a primary must stay out of reach before it is declared dead.',
    default: '5s',
    source: 'Redis Sentinel examples: down-after-milliseconds 5000',
  }),
  elect: duration({
    description: 'Time to agree on the replica that takes over.',
    default: '2s',
    source: 'MongoDB: median of an election including detection at most 12 s, of which 10 s detect',
  }),
  redirect: duration({
    description: 'Time from the promotion until callers know the new primary.',
    default: '3s',
    source: 'HAProxy or DNS redirection after a GitHub MySQL failover, a few seconds',
  }),
};

export const parameters = {
  shards: syntax('shards', {
    description: 'How many shards and how a key finds its shard.',
    default: '1 by hash',
  }),
  replicas: count({
    description: 'Replicas of each primary.',
    min: 0,
    max: 15,
    default: 0,
    source: 'Amazon Aurora: at most 15 replicas',
  }),
  zones: zones({ description: 'Zones the nodes of each shard are laid over in turn.' }),
  price: priceParameter('node, primary or replica,'),
  replication: choice({
    description:
      'When a write is acknowledged: async (at once), sync (when every reachable replica has it).',
    of: ['async', 'sync'],
    default: 'async',
    source: 'PostgreSQL and MySQL: asynchronous replication',
  }),
  lag: latency({
    live: true,
    description: 'Delay of the log on its way to a replica, beside the network.',
    default: '1ms',
  }),
  apply: latency({
    live: true,
    description: 'Time a replica needs to apply one write; writes are applied one by one.',
    default: '100us',
    source: 'MySQL before 5.6: a single applier thread',
  }),
  'read-from': choice({
    live: true,
    description: 'Who answers reads: the primary, the replicas in turn, or any node in turn.',
    of: ['primary', 'replicas', 'any'],
    default: 'primary',
  }),
  service: object({
    live: true,
    description: 'Time one statement holds a worker.',
    fields: {
      read: latency({ description: 'Time of a read.', default: '1ms' }),
      write: latency({ description: 'Time of a write.', default: '2ms' }),
    },
  }),
  'buffer-pool': syntax('capacity', {
    description:
      'How much of the data each node keeps in memory; a statement whose record is not there ' +
      'reads it from the disk first. Left out: everything is in memory.',
    optional: true,
    source: 'MySQL: innodb_buffer_pool_size; PostgreSQL: shared_buffers',
  }),
  'buffer-eviction': choice({
    description: 'Which record leaves the memory of a node when another needs room.',
    of: [...evictionPolicies.keys()],
    default: 'lru',
    source: 'InnoDB: LRU, there with a midpoint; PostgreSQL: clock',
  }),
  'disk-read': latency({
    description: 'Time that a record which is not in memory adds to a statement.',
    default: '4ms',
    source: 'A disk with 7200 turns a minute: half a turn takes 4.2 ms',
  }),
  warm: choice({
    description: 'What is in memory at the start: nothing, or the most popular records.',
    of: ['empty', 'popular'],
    default: 'empty',
  }),
  workers: count({
    live: true,
    description: 'Statements one node executes at the same time.',
    min: 1,
    max: 100_000,
    unlimited: true,
    default: 16,
    source: 'PostgreSQL wiki: about twice the cores; 8 cores',
  }),
  connections: count({
    live: true,
    description: 'Statements that may be at one node, waiting or executing; one more is refused.',
    min: 1,
    max: 1_000_000,
    unlimited: true,
    default: 100,
    source: 'PostgreSQL: max_connections 100',
  }),
  failover: object({
    description: 'Automatic failover; none: a dead primary stays dead until it is restarted.',
    fields: failoverFields,
    optional: true,
    default: 'default',
  }),
  'start-up': duration({
    live: true,
    description: 'Time from a restart until a node serves.',
    default: '10s',
  }),
};

export type Parameters = ValuesOf<typeof parameters>;
