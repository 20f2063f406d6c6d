/** What can be said about a cache in a scenario. */

import { timeoutParameter } from '../../calls.ts';
import { evictionPolicies } from '../../eviction.ts';
import {
  choice,
  count,
  duration,
  latency,
  syntax,
  priceParameter,
  zones,
} from '../../parameters.ts';
import type { ValuesOf } from '../../parameters.ts';
import { shadowParameters } from './shadow-parameters.ts';
import { strategyParameters } from './strategy-parameters.ts';
import { placeParameters } from './place-parameters.ts';
import { clusterParameters, protectionParameters } from './cluster-parameters.ts';

export const parameters = {
  ...clusterParameters,
  ...protectionParameters,
  ...placeParameters,
  zones: zones({ description: 'Zones the nodes are laid over in turn.' }),
  price: priceParameter('node'),
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
  admission: syntax('admission', {
    description:
      'Which missing keys are put in: all of them, tiny-lfu (into a full cache only what was ' +
      'asked for more often than who would leave), size-threshold(10KB) (no larger entries), ' +
      'probability(10%) (each time with that probability).',
    default: 'all',
    source: 'memcached, Redis: a set always stores',
  }),
  ...shadowParameters,
  ...strategyParameters,
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
