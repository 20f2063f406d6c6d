/**
 * One request taken apart, and what the slow ones have in common, as plain data. Times are
 * simulated seconds.
 */

export type SpanKind =
  /** Stood in a waiting line. */
  | 'queue'
  /** Held a worker. */
  | 'service'
  /** On its way between two nodes, there or back. */
  | 'network'
  /** A pause before the next attempt. */
  | 'backoff'
  /** Time that passes without a worker: a step of the program, or what another fetches. */
  | 'wait'
  /** From sending an attempt to its end as the caller sees it; holds the spans below it. */
  | 'call';

export interface SpanView {
  /** Place of the span that holds it, or null at the top. A span stands behind its parent. */
  readonly parent: number | null;
  readonly kind: SpanKind;
  /** Path of the node, or `api > redis` for a call and for a message. */
  readonly where: string;
  /** In words for people, such as `reads photos at redis/2`. */
  readonly label: string;
  readonly start: number;
  /** Null: not over when the trace ended. */
  readonly end: number | null;
  /** From 1; retries of one call stand side by side, each in a lane of its own. */
  readonly attempt: number;
  /** `ok`, a reason such as `timeout`, or null for spans that cannot fail. */
  readonly outcome: string | null;
}

/** A stretch of the critical path: the latency of the request is the sum of these. */
export interface CriticalPiece {
  /** Place in `spans`. */
  readonly span: number;
  readonly start: number;
  readonly end: number;
}

export interface RequestTrace {
  readonly request: number;
  readonly operation: string;
  /** Name of the population it came from. */
  readonly client: string;
  readonly start: number;
  /** Null: not over yet at the furthest time that was played. */
  readonly end: number | null;
  readonly outcome: string | null;
  readonly late: boolean;
  readonly attempts: number;
  /** Absolute; null without one. */
  readonly deadline: number | null;
  readonly spans: readonly SpanView[];
  readonly criticalPath: readonly CriticalPiece[];
  /** One sentence, such as "412 ms, of which 340 ms in the queue of photos-db/shard-2". */
  readonly sentence: string;
}

/** One line of a list of requests. */
export interface RequestNote {
  readonly request: number;
  readonly operation: string;
  readonly start: number;
  readonly latencyMs: number;
  readonly outcome: string;
  readonly late: boolean;
}

export interface RequestsAsked {
  readonly from: number;
  readonly to: number;
  readonly which: 'slowest' | 'p99' | 'typical' | 'failed';
  /** Null: of all operations. */
  readonly operation: string | null;
  readonly limit: number;
}

export interface WhyAsked {
  readonly from: number;
  readonly to: number;
  readonly operation: string | null;
  /** 0.99: the slowest hundredth is explained. */
  readonly quantile: number;
}

/** One place and kind of delay, and its share of the time that slow requests take. */
export interface CauseView {
  readonly where: string;
  readonly kind: Exclude<SpanKind, 'call'>;
  /** Share of the critical path of the slow requests, 0–1. */
  readonly share: number;
  /** Mean over the slow requests, ms. */
  readonly meanMs: number;
  /** Mean over all requests, for comparison, ms. */
  readonly usualMs: number;
}

export interface Attribution {
  readonly asked: WhyAsked;
  /** Slow requests that were looked at, of how many in all. */
  readonly slow: number;
  readonly looked: number;
  /** One request in this many was looked at. */
  readonly oneIn: number;
  /** Latency from which a request counts as slow, ms. */
  readonly thresholdMs: number;
  /** Greatest share first. */
  readonly causes: readonly CauseView[];
  /** Such as "83 % of it queueing at photos-db/shard-2, after the crash at 2:00". */
  readonly sentence: string;
}

/** How requests ended, in columns; for finding those whose fate differs between two runs. */
export interface Fates {
  readonly requests: Float64Array;
  /** Intended starts, s. */
  readonly starts: Float64Array;
  /** NaN for those without an answer. */
  readonly latenciesMs: Float64Array;
  /** Places in `outcomeNames`. */
  readonly outcomes: Uint8Array;
  /** Places in `operationNames`. */
  readonly operations: Uint8Array;
  readonly outcomeNames: readonly string[];
  readonly operationNames: readonly string[];
}

/** Where the time of slow requests went. */
export interface WhyResult {
  /** A missed requirement as it stands in the file, or `p99 of` an operation. */
  readonly about: string;
  /** Such as `83 % of it queueing at photos-db/shard-2, after the crash of … at 2:00`. */
  readonly sentence: string;
  /** Slow requests that were looked at, of how many in all. */
  readonly slow: number;
  readonly looked: number;
  /** One request in this many was looked at. */
  readonly oneIn: number;
  /** From this latency on a request counts as slow. */
  readonly thresholdMs: number;
  /** Greatest share first. */
  readonly causes: readonly CauseView[];
}
