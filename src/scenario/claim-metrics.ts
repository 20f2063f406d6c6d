/**
 * What requirements and expectations can be about: the metrics of the claim language with their
 * subjects and units. One table for the check, the evaluation and the catalogue.
 */

/** `ns` values are written as durations, `share` as percentages, `per-second` as rates. */
export type ClaimUnit = 'ns' | 'share' | 'per-second' | 'count' | 'number' | 'money';

export interface ClaimMetric {
  /** As it is written in a claim. */
  readonly name: string;
  /**
   * What `of` may name: an operation or a population, a population alone, or a component or a part
   * of one.
   */
  readonly subject: 'requests' | 'clients' | 'component';
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

function ofClients(name: string, unit: ClaimUnit, description: string): ClaimMetric {
  return { name, subject: 'clients', needsSubject: false, kinds: null, unit, description };
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
  ofClients(
    'client hit ratio',
    'share',
    'Requests that clients answered with copies of their own.',
  ),
  ofClients('client hits', 'count', 'Answers that clients had kept; nothing was sent for them.'),
  ofClients(
    'client stale reads',
    'count',
    'Hits on a copy older than the newest write that was acknowledged.',
  ),
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
  {
    ...ofComponent('cost', 'money', 'What everything that has a price costs a month (730 hours).'),
    needsSubject: false,
  },
  ofKinds(
    'ejections',
    ['load-balancer'],
    'count',
    'Instances taken out because several requests in a row failed there.',
  ),
  ofKinds(
    'hit ratio',
    ['cache', 'cdn'],
    'share',
    'Hits over look-ups; `hit ratio of redis with 200%` is that of a `shadow` of the cache.',
  ),
  ofKinds('evictions', ['cache', 'cdn'], 'count', 'Entries that made room for others.'),
  ofKinds(
    'memory hit ratio',
    ['database'],
    'share',
    'Statements whose record was in the memory of their node, over all; with a buffer pool.',
  ),
  ofKinds(
    'stale reads',
    ['cache', 'cdn', 'database'],
    'count',
    'Reads answered with a version older than the newest one that was acknowledged.',
  ),
  ofKinds(
    'origin requests',
    ['cdn'],
    'count',
    'Requests that a cdn sent to its origin, passed on or to fetch a copy.',
  ),
  ofKinds('bytes from origin', ['cdn'], 'count', 'Bytes that a cdn took from its origin.'),
  ofKinds('bytes from edge', ['cdn'], 'count', 'Bytes of the answers that a cdn gave.'),
  ofKinds(
    'coalesced',
    ['cache', 'cdn'],
    'count',
    'Misses that waited for a fetch which was under way.',
  ),
  ofKinds('leases', ['cache'], 'count', 'Leases given out, each to one reader who may fetch.'),
  ofKinds('refused fills', ['cache'], 'count', 'Fills that came too late.'),
  ofKinds('early fetches', ['cache'], 'count', 'Look-ups that took a fresh entry for expired.'),
  ofKinds('moved keys', ['cache'], 'count', 'Keys that have got another node, each time anew.'),
  ofKinds('copies', ['cache'], 'count', 'Entries and deletes that nodes have sent to another.'),
  ofKinds('misses', ['cache'], 'count', 'Look-ups that found nothing fresh.'),
  ofKinds('cold misses', ['cache'], 'count', 'Misses of keys that had never been in the cache.'),
  ofKinds('capacity misses', ['cache'], 'count', 'Misses of keys that had made room for others.'),
  ofKinds('expired misses', ['cache'], 'count', 'Misses of keys that had become too old.'),
  ofKinds('invalidated misses', ['cache'], 'count', 'Misses of keys that a write had deleted.'),
  ofKinds(
    'lost misses',
    ['cache'],
    'count',
    'Misses of keys whose node had died, come back empty or been relieved of them.',
  ),
  ofKinds('refused misses', ['cache'], 'count', 'Misses of keys that had not been let in.'),
  ofKinds(
    'far stale reads',
    ['cache'],
    'count',
    'Stale reads that three or more acknowledged writes of the key were ahead of.',
  ),
  ...(['p50', 'p99', 'max'] as const).map((name) =>
    ofKinds(
      `${name} stale age`,
      ['cache'],
      'ns',
      'How long before a stale read the first newer write had been acknowledged: ' +
        (name === 'max' ? 'the longest.' : `${name.slice(1)} % of them no longer than this.`),
    ),
  ),
  ofKinds('older fills', ['cache'], 'count', 'Fills that put an older version over a newer one.'),
  ofKinds('absent hits', ['cache'], 'count', 'Hits on the note that there is no such record.'),
  ofKinds('refreshes', ['cache'], 'count', 'Entries fetched anew before they expired.'),
  ofKinds('flushes', ['cache'], 'count', 'Writes that a write-back cache sent to the store.'),
  ofKinds(
    'coalesced writes',
    ['cache'],
    'count',
    'Writes that a later one of the same key replaced before they were written back.',
  ),
  ofKinds(
    'lost writes',
    ['cache', 'database'],
    'count',
    'Acknowledged writes that did not survive.',
  ),
  ofKinds('elections', ['database'], 'count', 'Primaries that were declared dead.'),
  ofKinds('promotions', ['database'], 'count', 'Replicas that became primary.'),
  ofKinds(
    'replication lag',
    ['database'],
    'ns',
    'Longest time for which a replica that is up, cut off or not, lacks a write.',
  ),
];
