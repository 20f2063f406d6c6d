/**
 * The parameters of everything in a scenario file that is not a component: populations, datasets,
 * the network, the limits. Described as components describe theirs, so that the check, the schema
 * and the catalogue treat them alike.
 */

import {
  bandwidth,
  component,
  count,
  dataset,
  duration,
  latency,
  list,
  object,
  rate,
  share,
  size,
  syntax,
  text,
} from '../model/parameters.ts';
import { retryFields } from '../model/calls.ts';
import { clientCacheFields } from './client-cache-fields.ts';
import { limits, runDefaults } from './limits.ts';

/** Keys at the top of the file that hold one value. */
export const topFields = {
  name: text({ description: 'What the design is called.' }),
  about: text({
    description: 'What happens in this scenario, in a sentence or two.',
    optional: true,
  }),
  seed: text({
    description: 'A number or text that fixes all random draws: the same seed, the same run.',
    default: '1',
  }),
  duration: duration({
    description: 'Simulated time of a run.',
    min: 1_000_000,
    max: limits.durationNs,
  }),
  'warm-up': duration({
    description:
      'Time at the start that stays out of the totals. The default keeps everything, so that ' +
      'nothing is hidden unless the file asks for it.',
    default: '0s',
  }),
};

/** A group of clients and what they ask for. `mix` and `operation` are read by their own rule. */
export const trafficFields = {
  rate: rate({
    live: true,
    description: 'Open loop: requests a second, whatever the answers do.',
    optional: true,
  }),
  users: syntax('users', {
    live: true,
    description: 'Open loop: the rate estimated from users a day; the run offers the peak.',
    optional: true,
  }),
  clients: count({
    live: true,
    description: 'Closed loop: clients that each wait for an answer before they ask again.',
    min: 1,
    max: 1_000_000,
    optional: true,
  }),
  think: latency({
    live: true,
    description: 'Closed loop: pause between an answer and the next request.',
    optional: true,
  }),
  replay: list({
    description:
      'Recorded requests in the place of a rate: when each comes, its key under any name and its ' +
      'operation. Names get the keys of the dataset in the order in which they come.',
    of: syntax('request', { description: 'Time, key and operation of one request.' }),
    min: 1,
    optional: true,
  }),
  speed: syntax('factor', {
    description: 'How many times as fast recorded requests come as they were recorded.',
    optional: true,
  }),
  arrivals: syntax('arrivals', {
    description: 'How the requests of an open loop follow each other.',
    default: 'poisson',
    source: 'Independent users arrive as a Poisson process (Palm–Khintchine theorem)',
  }),
  shape: syntax('shape', { description: 'How the rate changes over time.', optional: true }),
  start: duration({ description: 'When the first request may come.', default: '0s' }),
  stop: duration({
    description: 'When no more requests come; left out: at the end of the run.',
    optional: true,
  }),
  to: component({ description: 'The component that the requests go to.', kinds: [] }),
  zone: syntax('zone', {
    description: 'Zone in which the clients sit; left out: outside of all zones.',
    optional: true,
  }),
  deadline: duration({
    live: true,
    description: 'An answer later than this after the intended start is late; none: never late.',
    min: 1,
    optional: true,
  }),
  timeout: latency({
    live: true,
    description:
      'How long one attempt waits for its answer; left out: the deadline; none: for ever.',
    optional: true,
  }),
  retries: object({
    live: true,
    description: 'Attempts after a failed one; left out: none.',
    fields: retryFields,
    optional: true,
  }),
  priority: count({
    description: 'Urgency, 0 the most urgent.',
    min: 0,
    max: 7,
    default: 3,
    source: 'RFC 9218, Extensible Prioritization Scheme for HTTP: urgency 0 to 7, default 3',
  }),
  'request-size': size({ description: 'Bytes of a request on the wire.', default: '1KB' }),
  'client-cache': object({
    description:
      'What each client keeps for itself, as a browser or an app does; left out: nothing. A copy ' +
      'answers at once and without a message, whatever others have written meanwhile.',
    fields: clientCacheFields,
    optional: true,
    source: 'RFC 9111, HTTP Caching, 2022: private caches',
  }),
};

/** Records that requests read and write. */
export const dataFields = {
  keys: count({ description: 'How many records there are.', min: 1, max: limits.datasetKeys }),
  size: size({
    description: 'Bytes of one record.',
    default: '1KB',
    source: 'Cooper et al., Benchmarking Cloud Serving Systems with YCSB, 2010: 1 KB records',
  }),
  popularity: syntax('popularity', {
    description:
      'Which keys are asked for. uniform: all alike; zipf(exponent): by rank; ' +
      'scrambled-zipf(exponent): the popular ones scattered; hotspot(keys, requests): a part of ' +
      'the keys gets a part of the requests; drift(keys, requests, every): a hotspot that moves ' +
      'on by a key each so many requests or so often; latest(exponent, every): the newest most, ' +
      'with a new one in place of the oldest so often; shift(exponent, every): zipf, dealt out ' +
      'anew so often; one-hit(requests, exponent): a part of the requests for keys of the upper ' +
      'half, in turn, the others by zipf for the lower half; loop(keys): the first ones in turn; ' +
      'scan: all in turn; minstd-zipf: zipf(1) from a generator of its own, whatever the seed. ' +
      'How often is written `every 100` (requests) or `every 10s`.',
    default: 'zipf(0.99)',
    source: 'Cooper et al., Benchmarking Cloud Serving Systems with YCSB, 2010: constant 0.99',
  }),
  absent: share({
    description:
      'Share of the reads that ask for keys of which there is no record, as popular as those ' +
      'that have one.',
    default: '0%',
  }),
  growth: rate({
    description: 'New records, for the estimate of storage; a run keeps its number of keys.',
    optional: true,
  }),
  'stored-in': component({
    description: 'The database that holds the records.',
    kinds: ['database'],
    optional: true,
  }),
  'cached-in': list({
    description: 'Caches before the database, the one nearest to the reader first.',
    of: component({ description: 'A cache.', kinds: ['cache'] }),
    min: 1,
    optional: true,
  }),
};

const lossField = {
  description: 'Share of messages that are lost on the way and sent again.',
} as const;

/** Links between zones and to the clients; latencies are one way. */
export const networkFields = {
  'same-zone': latency({
    description: 'One-way latency between two components in one zone.',
    default: '250us',
    source:
      'Dean, Designs, Lessons and Advice from Building Large Distributed Systems, 2009: a round ' +
      'trip in a data centre takes 0.5 ms; half of it',
  }),
  'cross-zone': latency({
    description: 'One-way latency between two zones.',
    default: 'p50=500us p99=1.5ms',
    source: 'Typical round trips of 1 ms between the zones of a cloud region; half of it',
  }),
  clients: latency({
    description: 'One-way latency between clients outside of all zones and the design.',
    default: '0s',
  }),
  bandwidth: bandwidth({
    description: 'Bytes a second from one zone to another, in each direction.',
    default: 'unlimited',
  }),
  loss: share({ ...lossField, default: '0%' }),
};

/** An exception for one pair of zones; `between` is read by its own rule. */
export const linkFields = {
  latency: latency({ description: 'One-way latency between the two.', optional: true }),
  bandwidth: bandwidth({ description: 'Bytes a second in each direction.', optional: true }),
  loss: share({ ...lossField, optional: true }),
};

/** Budgets at which a run stops with what it has. */
export const limitFields = {
  events: count({
    description: 'Events of one run.',
    min: 1_000,
    max: 100_000_000_000,
    default: runDefaults.events,
  }),
  'requests-in-flight': count({
    description: 'Requests that may be on their way at the same time.',
    min: 1,
    max: 16_000_000,
    default: runDefaults.requestsInFlight,
  }),
};

/** What every fault has beside its verb; the factor `by` belongs to verbs that take one. */
export const faultFields = {
  at: duration({ description: 'When it happens.' }),
  for: duration({
    description: 'How long until it is undone; left out: for good.',
    min: 1,
    optional: true,
  }),
  by: syntax('factor', { description: 'The factor of a verb that takes one.', optional: true }),
};

export const datasetParameter = dataset({
  description: 'The dataset whose popularity draws the key of each request.',
  optional: true,
});
