/** What can be said about a cache in a scenario. */

import { timeoutParameter } from '../../calls.ts';
import { evictionPolicies } from '../../eviction.ts';
import { choice, count, duration, latency, syntax, zones } from '../../parameters.ts';
import type { ValuesOf } from '../../parameters.ts';

export const parameters = {
  nodes: count({
    description: 'Processes that share the keys by consistent hashing.',
    min: 1,
    max: 500,
    default: 1,
  }),
  zones: zones({ description: 'Zones the nodes are laid over in turn.' }),
  capacity: syntax('capacity', {
    live: true,
    description: 'How much all nodes together hold: entries, bytes, or a share of a dataset.',
  }),
  eviction: choice({
    description: 'Which entry makes room.',
    of: [...evictionPolicies.keys()],
    default: 'lru',
    source: 'memcached: LRU',
  }),
  strategy: choice({
    description:
      'Who talks to the store: cache-aside (the reader asks the cache, then the store, then ' +
      'fills the cache), read-through (the cache asks the store), write-through (as ' +
      'read-through, and writes pass through the cache to the store).',
    of: ['cache-aside', 'read-through', 'write-through'],
    default: 'cache-aside',
    source: 'Nishtala et al., Scaling Memcache at Facebook, 2013: look-aside',
  }),
  'on-write': choice({
    description:
      'What a write does to the copy: invalidate deletes it, none leaves it until it expires. ' +
      'Write-through always updates it.',
    of: ['invalidate', 'none'],
    default: 'invalidate',
    source: 'Nishtala et al., Scaling Memcache at Facebook, 2013: delete after write',
  }),
  ttl: syntax('ttl', {
    live: true,
    description: 'Age at which an entry expires; none: never.',
    default: 'none',
    optional: true,
  }),
  warm: choice({
    description: 'What the cache holds at the start: empty, or the most popular keys.',
    of: ['empty', 'popular'],
    default: 'empty',
  }),
  service: latency({
    live: true,
    description: 'Time one look-up, fill or delete holds a worker.',
    default: '50us',
    source: 'redis-benchmark GET, about 20 µs to 100 µs a command without pipelining',
  }),
  workers: count({
    live: true,
    description: 'Commands one node works on at the same time.',
    min: 1,
    max: 100_000,
    unlimited: true,
    default: 1,
    source: 'Redis: one thread runs commands',
  }),
  queue: count({
    live: true,
    description: 'Commands that may wait at one node; one more is refused.',
    min: 0,
    max: 10_000_000,
    unlimited: true,
    default: 10_000,
    source: 'Redis: maxclients 10000',
  }),
  'virtual-nodes': count({
    description: 'Points of each node on the hash ring.',
    min: 1,
    max: 10_000,
    default: 160,
    source: 'libketama: 160 points a server',
  }),
  timeout: timeoutParameter,
  'start-up': duration({
    live: true,
    description: 'Time from a restart until a node serves.',
    default: '1s',
  }),
};

export type Parameters = ValuesOf<typeof parameters>;
