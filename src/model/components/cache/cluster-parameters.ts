/** What can be said about the nodes of a cache together, and about stampedes and warming. */

import { choice, count, duration, rate, syntax } from '../../parameters.ts';

export const protectionParameters = {
  stampede: syntax('stampede', {
    description:
      'Who fetches a key that many miss at once: none (each of them), single-flight (one in each ' +
      'instance that reads; where the cache reads through, one in each node), ' +
      'global-single-flight (one in all; the others wait at the cache), lease (one in all; the ' +
      'others ask again), early-expiry(1) (one, most likely, shortly before the end), ' +
      'stale-while-revalidate(30s) (one; the others get the old value for so long).',
    default: 'none',
    source: 'Nishtala et al., NSDI 2013; Vattani et al., VLDB 2015; RFC 5861, 2010',
  }),
  'lease-time': duration({
    description: 'Time after which somebody else may fetch a key that is being fetched.',
    min: 1,
    default: '10s',
    source: 'Nishtala et al., Scaling Memcache at Facebook, 2013: one token a key every 10 s',
  }),
  'lease-wait': duration({
    description: 'How long a reader without a lease waits before it asks the cache again.',
    min: 1,
    default: '10ms',
    source: 'Nishtala et al., 2013: a short time; the value is there within a few milliseconds',
  }),
  'lease-stale': duration({
    description:
      'How long an expired or deleted entry is still given to readers without a lease, who then ' +
      'need not wait.',
    default: '0s',
    source: 'Nishtala et al., Scaling Memcache at Facebook, 2013: stale values',
  }),
};

export const clusterParameters = {
  nodes: count({
    live: true,
    description:
      'Processes that share the keys. Each holds the capacity over the number of nodes in the ' +
      'file, also when a change makes them more or fewer.',
    min: 1,
    max: 500,
    default: 1,
  }),
  placement: choice({
    description:
      'How a key finds its node: consistent-hash (few keys move when nodes come or go), modulo ' +
      '(hash of the key modulo the number of nodes: nearly all move).',
    of: ['consistent-hash', 'modulo'],
    default: 'consistent-hash',
    source: 'Karger et al., Consistent Hashing and Random Trees, STOC 1997',
  }),
  'on-node-loss': choice({
    description:
      'What becomes of the keys of a node that is down: miss (they are asked of the store), ' +
      'rehash (after `detect` they belong to the other nodes until it serves again), replica ' +
      '(the same, and the next node has copies of them already).',
    of: ['miss', 'rehash', 'replica'],
    default: 'miss',
    source: 'twemproxy: auto_eject_hosts',
  }),
  detect: duration({
    description: 'Time after a crash until callers know that a node is gone.',
    default: '15s',
    source: 'Redis Cluster: cluster-node-timeout 15000 ms',
  }),
  replicas: count({
    description:
      'Further nodes that each entry is copied to, the next ones of the placement; nobody waits ' +
      'for the copies, which take room there.',
    min: 0,
    max: 10,
    default: 0,
  }),
  'hot-keys': count({
    description:
      'How many of the keys that were asked for most in the last second are copied to all ' +
      'nodes; each look-up of them goes to a random node.',
    min: 0,
    max: 10_000,
    default: 0,
    source: 'Metwally et al., Efficient Computation of Frequent and Top-k Elements, ICDT 2005',
  }),
  warm: syntax('warm', {
    description:
      'What the cache holds at the start: empty; popular: the most popular keys, as many as fit; ' +
      'popular(20%): as many of them as are 20 % of each dataset.',
    default: 'empty',
  }),
  'slow-start': duration({
    description:
      'Time over which the keys of a node that comes into the placement move to it one by one; ' +
      'until then they stay with the node that had them.',
    default: '0s',
    source: 'nginx: slow_start',
  }),
  'warm-from': choice({
    description:
      'Where a node that starts empty gets its entries from: nothing (readers fill it), replica ' +
      '(the nodes that hold copies send them, `warm-rate` entries a second).',
    of: ['nothing', 'replica'],
    default: 'nothing',
  }),
  'warm-rate': rate({
    description: 'Entries a second that are sent to a node that starts empty.',
    default: '1k/s',
  }),
};
