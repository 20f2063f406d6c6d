/** What can be said of the strategy of a cache: writes, expiry, invalidation. */

import { choice, count, duration, latency, share, syntax } from '../../parameters.ts';

export const strategies = [
  'cache-aside',
  'read-through',
  'write-through',
  'write-around',
  'write-back',
  'refresh-ahead',
] as const;

export const strategyParameters = {
  strategy: choice({
    description:
      'Who talks to the store: cache-aside (the reader asks the cache, then the store, then ' +
      'fills the cache), read-through (the cache asks the store), write-through (as ' +
      'read-through, and writes pass through the cache to the store), write-around (as ' +
      'read-through, and writes go to the store alone), write-back (as read-through, and the ' +
      'cache answers a write itself and writes it to the store later), refresh-ahead (as ' +
      'read-through, and an entry that is asked for shortly before it expires is fetched anew).',
    of: [...strategies],
    default: 'cache-aside',
    source: 'Nishtala et al., Scaling Memcache at Facebook, 2013: look-aside',
  }),
  'on-write': choice({
    description:
      'What a write does to the copy: invalidate deletes it, update puts the new value in (two ' +
      'writers may do so in the wrong order), none leaves it until it expires, message lets the ' +
      'store tell the cache after `message-lag`, which then deletes it. Write-through and ' +
      'write-back always update it.',
    of: ['invalidate', 'update', 'none', 'message'],
    default: 'invalidate',
    source: 'Nishtala et al., Scaling Memcache at Facebook, 2013: delete after write',
  }),
  'message-lag': latency({
    live: true,
    description: 'Time from a commit at the store until its message deletes the copies.',
    default: '100ms',
  }),
  'flush-every': duration({
    live: true,
    description: 'Write-back: how often a node begins to write back what is not in the store yet.',
    min: 1_000,
    default: '5s',
    source: 'Linux: dirty_writeback_centisecs, 5 s',
  }),
  'dirty-limit': count({
    live: true,
    description: 'Write-back: a node that has so many entries to write back begins at once.',
    min: 1,
    max: 100_000_000,
    unlimited: true,
    default: 10_000,
  }),
  'flush-width': count({
    live: true,
    description: 'Write-back: writes of one node to the store that are under way together.',
    min: 1,
    max: 1_000_000,
    unlimited: true,
    default: 64,
  }),
  ttl: syntax('ttl', {
    live: true,
    description: 'Age at which an entry expires; none: never.',
    default: 'none',
    optional: true,
  }),
  'negative-ttl': duration({
    live: true,
    description:
      'How long the cache remembers that there is no record of a key; left out: not at all.',
    min: 1,
    optional: true,
    source: 'RFC 2308, Negative Caching of DNS Queries, 1998',
  }),
  expiry: choice({
    description:
      'When an expired entry gives up its room: lazy (when it is looked up or evicted), active ' +
      '(also when one of the samples finds it that each node takes ten times a second).',
    of: ['lazy', 'active'],
    default: 'lazy',
    source: 'memcached: lazy; Redis: active expire cycle, 10 a second, 20 keys, 25 %',
  }),
  'refresh-at': share({
    live: true,
    description: 'Refresh-ahead: the share of the ttl from which on a hit fetches the entry anew.',
    default: '80%',
  }),
};
