/**
 * What requirements and expectations can be about: the metrics of the claim language with their
 * subjects and units. One table for the check, the evaluation and the catalogue.
 */

/** `ns` values are written as durations, `share` as percentages, `per-second` as rates. */
export type ClaimUnit = 'ns' | 'share' | 'per-second' | 'count' | 'number';

export interface ClaimMetric {
  /** As it is written in a claim. */
  readonly name: string;
  /** What `of` may name: an operation or a population, or a component or a part of one. */
  readonly subject: 'requests' | 'component';
  /** True: `of` must be there. False: without it, everything together is meant. */
  readonly needsSubject: boolean;
  /** Kinds of components that have it; null: all, and not for `requests`. */
  readonly kinds: readonly string[] | null;
  readonly unit: ClaimUnit;
  readonly description: string;
}

const percentiles = ['p50', 'p90', 'p95', 'p99', 'p99.9'] as const;

function ofRequests(name: string, unit: ClaimUnit, description: string): ClaimMetric {
  return { name, subject: 'requests', needsSubject: false, kinds: null, unit, description };
}

function ofComponent(name: string, unit: ClaimUnit, description: string): ClaimMetric {
  return { name, subject: 'component', needsSubject: true, kinds: null, unit, description };
}

function ofKinds(
  name: string,
  kinds: readonly string[],
  unit: ClaimUnit,
  description: string,
): ClaimMetric {
  return { name, subject: 'component', needsSubject: false, kinds, unit, description };
}

export const claimMetrics: readonly ClaimMetric[] = [
  ...percentiles.map((name) =>
    ofRequests(
      name,
      'ns',
      `${name.slice(1)} % of the answered requests had their answer within this time after their ` +
        'intended start.',
    ),
  ),
  ofRequests('mean', 'ns', 'Mean time from the intended start to the answer.'),
  ofRequests('max', 'ns', 'Longest time from the intended start to the answer.'),
  ofRequests('availability', 'share', 'Requests answered well and in time, over all that ended.'),
  ofRequests('goodput', 'per-second', 'Requests answered well and in time, a second.'),
  ofRequests('offered', 'count', 'Requests that clients intended to send.'),
  ofRequests('ok', 'count', 'Requests answered well before their deadline.'),
  ofRequests('late', 'count', 'Requests answered well after their deadline.'),
  ofRequests('failed', 'count', 'Requests that ended without a good answer.'),
  ofRequests('shed', 'count', 'Requests turned away by a full queue or a limit.'),
  ofRequests('attempts', 'count', 'Attempts that clients made, first ones and retries.'),
  ofRequests('retries', 'count', 'Attempts that clients made after a failed one.'),
  ofRequests('in flight', 'count', 'Requests on their way at the end of the time looked at.'),
  ofComponent('utilisation', 'share', 'Mean share of the workers that are busy.'),
  ofComponent('queue', 'number', 'Mean number of requests that wait, over time.'),
  ofComponent('max queue', 'count', 'Most requests that waited at the same time.'),
  ofComponent('wait', 'ns', 'Mean time in the queue, also of those that did not wait.'),
  ...percentiles.map((name) =>
    ofComponent(
      `${name} wait`,
      'ns',
      `${name.slice(1)} % of the requests waited no longer than this in the queue.`,
    ),
  ),
  ofComponent('waiting probability', 'share', 'Share of the requests that had to wait.'),
  ofComponent('arrivals', 'count', 'Requests that arrived.'),
  ofComponent('completions', 'count', 'Requests that were finished.'),
  ofComponent('rejections', 'count', 'Requests that were turned away.'),
  ofComponent(
    'imbalance',
    'number',
    'Most arrivals of one instance over the mean of all; 1 is even.',
  ),
  {
    ...ofComponent('instances', 'number', 'Mean number of instances that are switched on.'),
    kinds: ['service'],
  },
  ofKinds(
    'ejections',
    ['load-balancer'],
    'count',
    'Instances taken out because several requests in a row failed there.',
  ),
  ofKinds('hit ratio', ['cache'], 'share', 'Hits over look-ups.'),
  ofKinds('evictions', ['cache'], 'count', 'Entries that made room for others.'),
  ofKinds(
    'stale reads',
    ['cache', 'database'],
    'count',
    'Reads answered with a version older than the newest one that was acknowledged.',
  ),
  ofKinds('lost writes', ['database'], 'count', 'Acknowledged writes that did not survive.'),
  ofKinds('elections', ['database'], 'count', 'Primaries that were declared dead.'),
  ofKinds('promotions', ['database'], 'count', 'Replicas that became primary.'),
  ofKinds(
    'replication lag',
    ['database'],
    'ns',
    'Longest time for which a replica that is up, cut off or not, lacks a write.',
  ),
];
