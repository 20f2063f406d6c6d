/**
 * The results of a run as plain data: what the command line prints as JSON and the page shows.
 * Everything is measured after the warm-up, in whole windows; a number that could not be measured,
 * because nothing happened that it speaks of, is null. Times are in ms and say so in their names.
 */

import type { CacheDetails } from './cache-result-types.ts';
import type { ClientCacheResult } from './client-cache-result.ts';
import type { WhyResult } from './trace-types.ts';

/** Null: there was nothing to measure. */
export type Measured = number | null;

export interface Results {
  /** Version of the program. */
  readonly gameday: string;
  /** Name of the scenario. */
  readonly scenario: string;
  /** The file as the user named it. */
  readonly file: string;
  readonly seed: string;
  /** Simulated time reached; shorter than asked for when a budget was met. */
  readonly simulatedSeconds: number;
  /** Time before which nothing is counted: the warm-up in whole windows. */
  readonly warmUpSeconds: number;
  /** Time that everything below was measured over; rates are counts divided by it. */
  readonly measuredSeconds: number;
  /** Width of one window: the grain of the series and of claims about a time. */
  readonly windowSeconds: number;
  readonly events: number;
  /** 16 hexadecimal digits: equal for two runs that were the same event by event. */
  readonly hash: string;
  /** Null while the run is on its way. */
  readonly ending: EndingResult | null;
  readonly requirements: readonly RequirementResult[];
  readonly expect: readonly ExpectationResult[];
  readonly operations: Readonly<Record<string, OperationResult>>;
  /** By path: every component, then every shard and every node that work waits at. */
  readonly components: Readonly<Record<string, ComponentResult>>;
  /** By population; only when clients keep something. */
  readonly clients?: Readonly<Record<string, ClientCacheResult>>;
  readonly edges: readonly EdgeResult[];
  /** Only when something has a price. */
  readonly cost?: CostResult;
  readonly timeline: readonly HappeningResult[];
  /** Happenings beyond the length of the timeline, which were counted only. */
  readonly timelineDropped: number;
  readonly checks: readonly CheckResult[];
  /** The sums of the design document, from the file alone. */
  readonly estimates: readonly EstimateResult[];
  /** Only when asked for. */
  readonly series?: SeriesResult;
  /** What slow requests were waiting for; only when asked for. */
  readonly why?: readonly WhyResult[];
}

/** Dollars a month of 730 hours, of what has a price in the file. */
export interface CostResult {
  readonly perMonth: number;
  readonly components: Readonly<Record<string, number>>;
  /** Components without a price, which are not counted. */
  readonly unpriced: readonly string[];
}

export interface EndingResult {
  /** `duration` is the regular end, the others are budgets. */
  readonly kind: 'duration' | 'events' | 'requests-in-flight';
  readonly timeSeconds: number;
  readonly text: string;
}

/** Ends of a 95 % interval; a high end of null: the evidence sets no upper bound. */
export type IntervalResult = readonly [low: number, high: Measured];

export type ClaimResultUnit = 'ms' | 'share' | 'per-second' | 'count' | 'number' | 'money';

/** What a claim said and what was measured, in its unit. */
export interface ClaimResult {
  /** As it stands in the file. */
  readonly text: string;
  /** Line in the file, from 1. */
  readonly line: number;
  readonly metric: string;
  readonly subject: string | null;
  readonly unit: ClaimResultUnit;
  readonly comparator: '<' | '<=' | '>' | '>=' | '=' | '!=';
  readonly bound: number;
  readonly measured: Measured;
  /** `measured` in words, with its interval when there is one: `41.8 ms (40.7 to 42.9)`. */
  readonly measuredText: string;
  /** Null: the measured value is a fact about this run, or no interval could be worked out. */
  readonly interval: IntervalResult | null;
  /** Why there is no evidence, or how much more would settle it; else null. */
  readonly note: string | null;
}

export type Verdict = 'PASS' | 'FAIL' | 'NOT ENOUGH EVIDENCE';

/** A requirement holds of the design, so chance is allowed for. */
export interface RequirementResult extends ClaimResult {
  readonly verdict: Verdict;
}

/** An expectation is about this very run, so the measured value itself is compared. */
export interface ExpectationResult extends ClaimResult {
  readonly holds: boolean;
}

/** What clients saw. Offered + in flight at the start = ok + late + failed + shed + in flight. */
export interface OperationResult {
  /** Requests that clients intended to send. */
  readonly offered: number;
  /** Attempts of the requests that ended, first ones and retries. */
  readonly attempts: number;
  /** Answered well before the deadline. */
  readonly ok: number;
  /** Answered well after the deadline. */
  readonly late: number;
  /** By reason; requests that were shed are not among them. */
  readonly failed: Readonly<Record<string, number>>;
  /** Turned away by a full queue, or after the queue timeout. */
  readonly shed: number;
  /** On their way at the end. */
  readonly inFlight: number;
  /** On their way when the measuring began. */
  readonly inFlightAtStart: number;
  readonly offeredPerSecond: Measured;
  /** Requests that were ok, a second. */
  readonly goodputPerSecond: Measured;
  /** Share of the requests that ended which were ok. */
  readonly availability: Measured;
  /** From the intended start to the answer, over all answers, ok or late. */
  readonly latencyMs: LatencyResult;
}

export interface PercentilesResult {
  readonly mean: Measured;
  readonly p50: Measured;
  readonly p90: Measured;
  readonly p95: Measured;
  readonly p99: Measured;
  readonly p999: Measured;
  readonly max: Measured;
}

export interface LatencyResult extends PercentilesResult {
  /** 95 % intervals; null where there are too few answers for one. */
  readonly interval95: Readonly<
    Record<'mean' | 'p50' | 'p90' | 'p95' | 'p99' | 'p999', IntervalResult | null>
  >;
}

/**
 * A component, a shard or a node. Counts are of visits to its workers: an operation that works
 * twice visits twice. A load balancer has no workers; its counts are of requests.
 */
export interface ComponentResult {
  readonly kind: string;
  readonly part: 'component' | 'shard' | 'node';
  readonly arrivals: number;
  readonly completions: number;
  /** Turned away: by a full queue, or by a balancer without a healthy target. */
  readonly rejections: number;
  /** Left the queue after the queue timeout. */
  readonly expired: Measured;
  /** Lost to a crash, waiting or in service. */
  readonly lost: Measured;
  /**
   * Mean share of the workers that are busy; null when they are not limited. Instances that an
   * autoscaler has switched off do not count, except where one instance is looked at.
   */
  readonly utilisation: Measured;
  /** Mean number of workers that are busy. */
  readonly busy: Measured;
  /** Mean number of requests that wait. */
  readonly queueLength: Measured;
  /** Most requests that waited at one node. */
  readonly queueMax: Measured;
  /**
   * Time in the queue, also of those that did not wait. The mean is over all that left the queue;
   * percentiles are over those that were served, and known for whole components only. Under
   * processor sharing the mean is what sharing added to the work, and there are no percentiles.
   */
  readonly waitMs: PercentilesResult;
  /** Share of the served requests that had to wait. */
  readonly waitingProbability: Measured;
  readonly cache?: CacheResult & CacheDetails;
  readonly cdn?: CdnResult;
  readonly database?: DatabaseResult;
  readonly balancer?: BalancerResult;
  /** Of a service with an autoscaler. */
  readonly scaling?: ScalingResult;
}

export interface CacheResult {
  readonly hits: number;
  readonly misses: number;
  /** Hits over look-ups. */
  readonly hitRatio: Measured;
  /** Entries that made room for others. */
  readonly evictions: number;
  /** Look-ups that found an expired entry. */
  readonly expirations: number;
  /** Entries deleted by a write. */
  readonly invalidations: number;
  /** Copies put in, new or over an old one. */
  readonly fills: number;
  /** Hits older than the newest acknowledged write. */
  readonly staleReads: number;
  /** Entries held at the end. */
  readonly entries: number;
}

/** What a cdn has in common with a cache, and what went between it and its origin. */
export interface CdnResult extends CacheResult {
  /** Requests sent to the origin, passed on or to fetch a copy. */
  readonly originRequests: number;
  /** Misses that waited for a fetch under way. */
  readonly coalesced: number;
  /** Copies put in by the publisher. */
  readonly pushes: number;
  /** Requests answered with an expired copy because the origin failed. */
  readonly staleIfError: number;
  /** Bytes of good answers given, and of those taken from the origin. */
  readonly edgeBytes: number;
  readonly originBytes: number;
}

/** What the nodes of a database have in memory. */
export interface BufferPoolResult {
  readonly hits: number;
  readonly misses: number;
  /** Statements whose record was in memory, over all. */
  readonly hitRatio: Measured;
  readonly evictions: number;
  /** Records in memory at the end, over all nodes. */
  readonly entries: number;
}

export interface DatabaseResult {
  /** Of a database with a `buffer-pool`. */
  readonly bufferPool?: BufferPoolResult;
  readonly reads: number;
  readonly writes: number;
  /** Reads of a version older than the newest. */
  readonly staleReads: number;
  /** Acknowledged writes that did not survive. */
  readonly lostWrites: number;
  /** Primaries declared dead. */
  readonly elections: number;
  /** Replicas that became primary. */
  readonly promotions: number;
  /** Longest time for which a replica that was up lacked an entry; null without replicas. */
  readonly lagSecondsMax: Measured;
  /** Most writes that such a replica was behind. */
  readonly lagWritesMax: Measured;
}

export interface BalancerResult {
  /** Requests that found no healthy target. */
  readonly noTarget: number;
  /** Targets believed healthy at the end; null when the balancer does not choose. */
  readonly healthyTargets: Measured;
  /** How often a target was taken out as an outlier. */
  readonly ejections: number;
}

export interface ScalingResult {
  /** Mean number of instances that are switched on. */
  readonly instancesMean: Measured;
}

/** Calls are attempts: each ends ok, fails, or is on its way. */
export interface EdgeResult {
  readonly from: string;
  readonly to: string;
  readonly calls: number;
  readonly ok: number;
  readonly failed: number;
  /** Calls made after a failed one. */
  readonly retries: number;
  /** Failed calls whose caller had waited its full timeout. */
  readonly timeouts: number;
  /** From the sending of an attempt to its good answer. */
  readonly latencyMs: PercentilesResult;
}

export interface HappeningResult {
  readonly timeSeconds: number;
  readonly kind: string;
  readonly target: string;
  readonly text: string;
}

/** A law that holds for every run, found again in this one. */
export interface CheckResult {
  readonly name: string;
  readonly subject: string;
  readonly expected: Measured;
  readonly measured: Measured;
  readonly relativeError: Measured;
  readonly ok: boolean;
}

export interface EstimateResult {
  readonly name: string;
  readonly text: string;
  readonly value: number;
}

/** One number a window, the warm-up included. */
export interface SeriesResult {
  /** End of each window, s. */
  readonly timeSeconds: readonly number[];
  readonly operations: Readonly<Record<string, OperationSeries>>;
  /** Whole components only. */
  readonly components: Readonly<Record<string, ComponentSeries>>;
}

export interface OperationSeries {
  readonly offered: readonly number[];
  readonly ok: readonly number[];
  readonly late: readonly number[];
  readonly failed: readonly number[];
  readonly shed: readonly number[];
  readonly p50Ms: readonly Measured[];
  readonly p99Ms: readonly Measured[];
}

export interface ComponentSeries {
  readonly arrivals: readonly number[];
  readonly rejections: readonly number[];
  /** Mean number that waited. */
  readonly queueLength?: readonly Measured[];
  readonly utilisation?: readonly Measured[];
  readonly hitRatio?: readonly Measured[];
  /** Of each shadow of a cache, by its name. */
  readonly [shadow: `hitRatio with ${string}`]: readonly Measured[];
  readonly staleReads?: readonly number[];
  /** Largest lag seen in the window. */
  readonly lagMs?: readonly Measured[];
}
