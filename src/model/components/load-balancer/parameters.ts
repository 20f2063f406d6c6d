/** What can be said about a load-balancer in a scenario. */

import { balancingPolicies } from '../../balancing.ts';
import {
  choice,
  component,
  count,
  duration,
  latency,
  list,
  number,
  object,
  share,
  priceParameter,
  zones,
} from '../../parameters.ts';
import type { ValuesOf } from '../../parameters.ts';
import { retriesParameter, timeoutParameter } from '../../calls.ts';

export const healthCheckFields = {
  every: duration({
    description: 'Time between two probes of one instance.',
    min: 1_000_000,
    default: '2s',
    source: 'HAProxy: inter 2s',
  }),
  timeout: duration({
    description: 'A probe without an answer after this long has failed.',
    min: 1_000_000,
    default: '1s',
    source: 'HAProxy: timeout check, commonly 1s',
  }),
  'unhealthy-after': count({
    description: 'Failed probes in a row until the instance gets no more requests.',
    min: 1,
    max: 100,
    default: 3,
    source: 'HAProxy: fall 3',
  }),
  'healthy-after': count({
    description: 'Successful probes in a row until it gets requests again.',
    min: 1,
    max: 100,
    default: 2,
    source: 'HAProxy: rise 2',
  }),
};

export const ejectionFields = {
  consecutive: count({
    description: 'Failed requests in a row until the instance is ejected.',
    min: 1,
    max: 10_000,
    default: 5,
    source: 'Envoy outlier detection: consecutive_5xx 5',
  }),
  base: duration({
    description:
      'How long the first ejection lasts. Each further one is longer by as much; every sweep ' +
      'that finds the instance in use takes one off.',
    min: 1_000_000,
    default: '30s',
    source: 'Envoy outlier detection: base_ejection_time 30 s',
  }),
  'max-time': duration({
    description: 'No ejection lasts longer, unless `base` does.',
    min: 1_000_000,
    default: '5m',
    source: 'Envoy outlier detection: max_ejection_time 300 s',
  }),
  max: share({
    description: 'Most of the instances that are ejected at the same time; one always may be.',
    default: '10%',
    source: 'Envoy outlier detection: max_ejection_percent 10',
  }),
  every: duration({
    description: 'Time between two sweeps, which take back instances whose time is over.',
    min: 1_000_000,
    default: '10s',
    source: 'Envoy outlier detection: interval 10 s',
  }),
};

export const parameters = {
  to: component({
    description: 'The component whose instances share the requests.',
    kinds: ['service', 'load-balancer', 'cache'],
  }),
  policy: choice({
    live: true,
    description: 'How an instance is picked.',
    of: [...balancingPolicies.keys()],
    default: 'round-robin',
    source: 'nginx upstream: round robin',
  }),
  layer: choice({
    description:
      'OSI layer at which it works: at 7 it reads requests and may retry them on another ' +
      'instance, at 4 it passes connections through and cannot.',
    of: ['4', '7'],
    default: '7',
  }),
  weights: list({
    description: 'Weights of the instances in their order, for `weighted`.',
    of: number({ description: 'Weight of one instance.', min: 0.001, max: 1_000_000 }),
    min: 1,
    optional: true,
  }),
  choices: count({
    description: 'How many distinct instances `two-choices` compares.',
    min: 2,
    max: 100,
    default: 2,
    source: 'Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001',
  }),
  'load-factor': number({
    description:
      'For `consistent-hash`: no instance holds more than this many times the mean of requests ' +
      'in flight (rounded up).',
    min: 1.01,
    max: 1_000,
    default: 1.25,
    source: 'Mirrokni, Thorup, Zadimoghaddam, Consistent Hashing with Bounded Loads, 2018',
  }),
  'virtual-nodes': count({
    description: 'Points of each instance on the ring of `consistent-hash`.',
    min: 1,
    max: 10_000,
    default: 100,
    source: 'libketama: 40 hashes of 4 points; Cassandra: 256; a middle value',
  }),
  'table-size': count({
    description: 'Entries of the table of `maglev`: a prime, best a hundred times the instances.',
    min: 2,
    max: 5_000_011,
    default: 65_537,
    source: 'Eisenbud et al., Maglev, NSDI 2016; Envoy MaglevLbConfig: 65537',
  }),
  priorities: list({
    description:
      'Instances of each priority level, in their order: `[4, 2]` sends to the first four, and ' +
      'to the other two what those have become too sick for.',
    of: count({ description: 'Instances of one level.', min: 1, max: 500 }),
    min: 1,
    optional: true,
    source: 'Envoy priority levels',
  }),
  surplus: number({
    description:
      'The health of a priority level is its share of healthy instances times this, at most 100%.',
    min: 1,
    max: 100,
    default: 1.4,
    source: 'Envoy overprovisioning_factor 140',
  }),
  'panic-threshold': share({
    description:
      'When a smaller share of the instances is healthy, all get requests; 0%: never. While the ' +
      'priority levels together have a health of 100%, none of them panics.',
    default: '0%',
    source: 'HAProxy: a request for which no server is up gets a 503; Envoy: 50%',
  }),
  delay: latency({
    live: true,
    description: 'Time the balancer itself adds to each request.',
    default: '0s',
  }),
  'health-check': object({
    description: 'Probes sent to every instance; none: every instance counts as healthy.',
    fields: healthCheckFields,
    optional: true,
    default: 'default',
  }),
  'outlier-ejection': object({
    description: 'Takes out instances that fail several requests in a row; left out: none.',
    fields: ejectionFields,
    optional: true,
  }),
  timeout: timeoutParameter,
  retries: retriesParameter,
  instances: count({
    description: 'Balancer processes; callers use them in turn.',
    min: 1,
    max: 100,
    default: 1,
  }),
  zones: zones({ description: 'Zones the instances are laid over in turn.' }),
  price: priceParameter('instance'),
  'start-up': duration({
    live: true,
    description: 'Time from a restart until it serves.',
    default: '1s',
  }),
};

export type Parameters = ValuesOf<typeof parameters>;
