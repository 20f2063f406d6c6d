/** What can be said about a cdn in a scenario. */

import { retriesParameter, timeoutParameter } from '../../calls.ts';
import { evictionPolicies } from '../../eviction.ts';
import {
  choice,
  component,
  count,
  dataset,
  duration,
  flag,
  latency,
  list,
  priceParameter,
  syntax,
  text,
  zones,
} from '../../parameters.ts';
import type { ValuesOf } from '../../parameters.ts';

export const parameters = {
  origin: component({
    description: 'Where it gets what it lacks; another cdn here is an origin shield.',
    kinds: ['service', 'load-balancer', 'cdn'],
  }),
  caches: list({
    description:
      'Operations of the origin whose answers are kept, one for each key; others are passed on.',
    of: text({ description: 'An operation that only reads records of `data`.' }),
    min: 1,
  }),
  data: dataset({ description: 'The dataset whose records those operations read.' }),
  points: count({
    description: 'Points of presence; left out: one in each of the `zones`.',
    min: 1,
    max: 500,
    optional: true,
  }),
  zones: zones({
    description:
      'Zones the points are laid over in turn. Clients ask a point in their own zone; others ' +
      'ask all points in turn.',
  }),
  price: priceParameter('point'),
  capacity: syntax('capacity', {
    description: 'How much each point holds: entries, bytes, or a share of a dataset.',
  }),
  eviction: choice({
    description: 'Which copy makes room.',
    of: [...evictionPolicies.keys()],
    default: 'lru',
    source: 'Varnish: LRU',
  }),
  fill: choice({
    description:
      'How copies get to the points: pull (a miss fetches one from the origin) or push (the ' +
      'publisher has put in as many of the most popular records as there is room for, and puts ' +
      'in each record that is written; a miss fetches one all the same).',
    of: ['pull', 'push'],
    default: 'pull',
    source: 'Pathan and Buyya, A Taxonomy of CDNs, 2008: push-based and pull-based outsourcing',
  }),
  'on-write': choice({
    description:
      'What a write does to copies that were pulled: none leaves them until they expire, ' +
      'invalidate purges them at all points. With `fill: push` they are replaced.',
    of: ['none', 'invalidate'],
    default: 'none',
    source: 'RFC 9111: a shared cache uses a response as long as it is fresh',
  }),
  'message-lag': latency({
    description: 'Time from a write to its purge or its new copy at a point, drawn for each point.',
    default: '150ms',
    source: 'Fastly: a purge takes about 150 ms world-wide',
  }),
  ttl: syntax('ttl', {
    live: true,
    description: 'Age at which a copy expires, counted from its fill here; none: never.',
    default: 'none',
    optional: true,
  }),
  'stale-if-error': duration({
    description:
      'How long after its expiry a copy may still answer when the origin fails; left out: never.',
    optional: true,
    source: 'RFC 5861, HTTP Cache-Control Extensions for Stale Content, 2010',
  }),
  coalesce: flag({
    description: 'Whether misses for the same answer at one point wait for one fetch.',
    default: true,
    source: 'Varnish: request coalescing; nginx: proxy_cache_lock',
  }),
  service: latency({
    live: true,
    description: 'Time a point needs to look one request up.',
    default: '200us',
  }),
  workers: count({
    live: true,
    description: 'Requests one point looks up at the same time.',
    min: 1,
    max: 100_000,
    unlimited: true,
    default: 'unlimited',
  }),
  queue: count({
    live: true,
    description: 'Requests that may wait at one point; one more is refused.',
    min: 0,
    max: 10_000_000,
    unlimited: true,
    default: 10_000,
  }),
  timeout: timeoutParameter,
  retries: retriesParameter,
  'start-up': duration({
    live: true,
    description: 'Time from a restart until a point serves.',
    default: '1s',
  }),
};

export type Parameters = ValuesOf<typeof parameters>;

/** How many points there are. */
export function pointCount({ points, zones: places }: Partial<Parameters>): number {
  return points ?? places?.length ?? 1;
}
