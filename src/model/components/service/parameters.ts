/** What can be said about a service in a scenario. */

import { balancingPolicies } from '../../balancing.ts';
import { disciplines } from '../../discipline.ts';
import {
  choice,
  count,
  duration,
  flag,
  latency,
  object,
  record,
  share,
  syntax,
  priceParameter,
  zones,
} from '../../parameters.ts';
import type { ValuesOf } from '../../parameters.ts';
import { retriesParameter, timeoutParameter } from '../../calls.ts';

export const callFields = {
  timeout: timeoutParameter,
  retries: retriesParameter,
  policy: choice({
    description: 'How an instance of the called component is picked.',
    of: [...balancingPolicies.keys()],
    default: 'round-robin',
    source: 'gRPC round_robin',
  }),
};

export const autoscaleFields = {
  max: count({ description: 'Most instances.', min: 1, max: 500 }),
  min: count({
    description: 'Fewest instances.',
    min: 1,
    max: 500,
    default: 1,
    source: 'Kubernetes HorizontalPodAutoscaler: minReplicas 1',
  }),
  target: share({
    description: 'Share of the workers that should be busy, in the mean over all instances.',
    default: '80%',
    source: 'Kubernetes HorizontalPodAutoscaler: 80% when no metric is given',
  }),
  tolerance: share({
    description: 'Nothing changes while measured share over target is this close to 1.',
    default: '10%',
    source: 'Kubernetes: --horizontal-pod-autoscaler-tolerance 0.1',
  }),
  every: duration({
    description: 'Time between two decisions; what is measured is the mean of that time.',
    min: 100_000_000,
    default: '15s',
    source: 'Kubernetes: --horizontal-pod-autoscaler-sync-period 15s',
  }),
  'up-window': duration({
    description: 'It grows to the smallest number that was wanted in this time.',
    default: '0s',
    source: 'Kubernetes: stabilizationWindowSeconds of scaleUp, 0',
  }),
  'down-window': duration({
    description: 'It shrinks to the largest number that was wanted in this time.',
    default: '5m',
    source: 'Kubernetes: stabilizationWindowSeconds of scaleDown, 300',
  }),
};

export const parameters = {
  instances: count({
    live: true,
    description: 'Processes that share the load; with `autoscale`, those at the beginning.',
    min: 1,
    max: 500,
    default: 1,
  }),
  autoscale: object({
    description:
      'Starts and stops instances, so that their workers are as busy as wanted; left out: none.',
    fields: autoscaleFields,
    optional: true,
  }),
  zones: zones({ description: 'Zones the instances are laid over in turn.' }),
  price: priceParameter('instance'),
  workers: count({
    live: true,
    description: 'Requests one instance works on at the same time.',
    min: 1,
    max: 100_000,
    unlimited: true,
    default: 200,
    source: 'Apache Tomcat: maxThreads 200',
  }),
  queue: count({
    live: true,
    description: 'Requests that may wait at one instance; one more is shed.',
    min: 0,
    max: 10_000_000,
    unlimited: true,
    default: 100,
    source: 'Apache Tomcat: acceptCount 100',
  }),
  discipline: choice({
    description: 'Who is served next.',
    of: [...disciplines.keys()],
    default: 'fifo',
  }),
  'queue-timeout': latency({
    description: 'A request that waited this long leaves the queue unserved; none: never.',
    optional: true,
  }),
  blocking: flag({
    description:
      'True: a worker is held from the start of an operation to its answer, also while it waits ' +
      'for calls (a thread per request). False: only during `work` (an event loop).',
    default: false,
  }),
  operations: record({
    description: 'What each operation does, step by step.',
    keys: 'operation',
    of: syntax('steps', { description: 'The steps, in order.' }),
  }),
  timeout: timeoutParameter,
  retries: retriesParameter,
  calls: record({
    description: 'Timeout, retries and policy for single components this service calls.',
    keys: 'component',
    of: object({ description: 'How that component is called.', fields: callFields }),
    optional: true,
  }),
  'start-up': duration({
    live: true,
    description: 'Time from a restart until an instance serves.',
    default: '5s',
  }),
};

export type Parameters = ValuesOf<typeof parameters>;
