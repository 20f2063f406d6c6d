/**
 * A plan is a checked scenario as the model takes it: every unit resolved (ns, bytes, per second),
 * every default filled in, every name known to exist, frozen. The scenario layer makes plans; the
 * model never sees YAML.
 */

import type { DistributionSpec } from '../kernel/distribution.ts';
import type { Arrivals, Capacity, PopularityValue, ShapePart, Ttl } from './parameters.ts';
import type { RetryParameters } from './calls.ts';

export interface WorldPlan {
  readonly name: string;
  /** Any text; together with a component's name and a purpose it seeds one random stream. */
  readonly seed: string;
  readonly durationNs: number;
  /** Before this time nothing enters the totals; the series and the timeline show it. */
  readonly warmUpNs: number;
  readonly zones: readonly string[];
  readonly network: NetworkPlan;
  readonly datasets: readonly DatasetPlan[];
  readonly components: readonly ComponentPlan[];
  readonly populations: readonly PopulationPlan[];
  readonly faults: readonly FaultPlan[];
  /** Times at which totals are cut so that claims about "between a and b" can be answered, ns. */
  readonly cutsNs: readonly number[];
  readonly limits: LimitsPlan;
}

export interface LimitsPlan {
  readonly events: number;
  readonly requestsInFlight: number;
}

/** One-way latencies. Clients sit outside every zone. */
export interface NetworkPlan {
  readonly sameZone: DistributionSpec;
  readonly crossZone: DistributionSpec;
  readonly clients: DistributionSpec;
  /** Bytes per second of each directed pair of zones, Infinity when not limited. */
  readonly bandwidth: number;
  /** Probability that one transmission of a message is lost and must be sent again, 0–1. */
  readonly loss: number;
  readonly links: readonly LinkPlan[];
}

/** An exception for one pair of zones, in both directions; absent fields keep the default. */
export interface LinkPlan {
  readonly between: readonly [string, string];
  readonly latency: DistributionSpec | null;
  readonly bandwidth: number | null;
  readonly loss: number | null;
}

export interface DatasetPlan {
  readonly name: string;
  readonly keys: number;
  /** Bytes of one record. */
  readonly size: number;
  readonly popularity: PopularityValue;
  /** New keys per second, for the storage estimate; the key space of a run does not grow. */
  readonly growthPerSecond: number | null;
  /** Share of the requests that ask for a key without a record; left out: none. */
  readonly absent?: number;
  /** Name of the component that holds it, or null for a dataset that only names keys. */
  readonly storedIn: string | null;
  /** Names of caches, nearest to the reader first. */
  readonly cachedIn: readonly string[];
}

/** `parameters` are the checked values of the definition registered under `kind`. */
export interface ComponentPlan {
  readonly kind: string;
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Most instances or nodes that a change ever asks for; left out when none asks for any. */
  readonly instancesMost?: number;
}

export interface PopulationPlan {
  readonly name: string;
  /** Open loop: requests per second before `shape`; null for a closed loop. */
  readonly rate: number | null;
  /** When that rate was given, ns; steps and ramps that were over by then say nothing any more. */
  readonly rateSinceNs?: number;
  /** Closed loop: how many clients, each with one request at a time; null for an open loop. */
  readonly clients: number | null;
  /** Recorded requests in the place of a rate, of clients and of drawn keys; left out: none. */
  readonly replay?: ReplayPlan;
  /** Pause of a closed-loop client between an answer and its next request. */
  readonly think: DistributionSpec;
  /** What each client keeps; left out: nothing. */
  readonly clientCache?: ClientCachePlan;
  readonly arrivals: Arrivals;
  readonly shape: readonly ShapePart[];
  readonly startNs: number;
  /** Infinity: until the end of the run. */
  readonly stopNs: number;
  readonly mix: readonly MixPlan[];
  /** Name of the component the requests go to. */
  readonly to: string;
  /** Zone the clients sit in; null: outside, at the network's `clients` latency. */
  readonly zone: string | null;
  /** An answer later than this after the intended start is late. Infinity: never late. */
  readonly deadlineNs: number;
  /** How long one attempt waits for its answer; null: as long as it takes. */
  readonly timeout: DistributionSpec | null;
  readonly retries: RetryParameters | null;
  /** Urgency as in RFC 9218: 0 most urgent … 7. */
  readonly priority: number;
  /** Bytes of a request on the wire. */
  readonly requestSize: number;
}

/** The private caches of the clients of one population. */
export interface ClientCachePlan {
  /** Distinct clients, each with a cache of its own. */
  readonly clients: number;
  /** How requests spread over the clients of an open loop. */
  readonly activity: PopularityValue;
  readonly capacity: Capacity;
  readonly ttl: Ttl | null;
  /** Operations of the mix whose answers are kept. */
  readonly keeps: readonly string[];
  /** Operations of the mix that write what kept answers show. */
  readonly clears: readonly string[];
}

/** Requests one after the other; all three lists are as long as there are requests. */
export interface ReplayPlan {
  /** When each comes, ns after the start of the population; never going back. */
  readonly atNs: readonly number[];
  /** Number of each one's key in its dataset. */
  readonly keys: readonly number[];
  /** Place of each one's operation in the mix. */
  readonly operations: readonly number[];
}

export interface MixPlan {
  readonly operation: string;
  /** Relative weight, > 0; weights of a population sum to 1. */
  readonly weight: number;
  /** Dataset whose popularity draws the request's key, or null for a request without a key. */
  readonly keys: string | null;
}

/** `parameters` are the checked values of the fault registered under `verb`. */
export interface FaultPlan {
  readonly atNs: number;
  readonly verb: string;
  /** What it happens to: a path such as `db/shard-1/primary`, two zones, or a parameter. */
  readonly targets: readonly string[];
  /** How long until it is undone; null: for good (or the verb has no end). */
  readonly forNs: number | null;
  /** Verb's own number (the factor of `slow`), 1 when it has none. */
  readonly factor: number;
  /** The new value of a parameter as it would stand in the file; of `change` only. */
  readonly to?: string;
  /** What the model makes of it; of `change` only. */
  readonly change?: ChangePlan;
}

/** Other values for parameters of one component, or for fields of the plan of one population. */
export interface ChangePlan {
  readonly owner: string;
  readonly sets: readonly ValuePlan[];
}

export interface ValuePlan {
  /** The way to the value: `['workers']`, `['service', 'read']`. */
  readonly keys: readonly string[];
  readonly value: unknown;
  /** The group under the first key as the file would have it; for a group that is not there. */
  readonly whole: unknown;
}
