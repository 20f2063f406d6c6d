/**
 * A frame is what the worker sends while a run is on screen, at most 30 times a second. Numbers
 * travel in typed arrays whose buffers are transferred, never copied.
 */

export interface Frame {
  /**
   * Which view it belongs to, see `ScenarioView.run`: counts what was built, so that a late frame
   * can be told apart. A new run tells everything from its start.
   */
  readonly run: number;
  /** Which future it belongs to: every act, undo and redo begins another one. */
  readonly branch: number;
  /** Until here the branch shares its past with the one before it, s; 0 on the first. */
  readonly forkedAt: number;
  /** The furthest time that has been played on this branch, s. */
  readonly frontier: number;
  /** Simulated time, s. */
  readonly time: number;
  readonly state: 'playing' | 'paused' | 'seeking' | 'ended';
  /** Where it is going while it seeks, s. */
  readonly seekTarget: number | null;
  /** Simulated seconds per wall second that were really reached since the last frame. */
  readonly speedReached: number;
  readonly events: number;
  /** Hash of the run up to `time`, 16 hex digits. */
  readonly hash: string;
  /** One drawn dot stands for this many requests; Infinity: no hops are sent, traffic is a flow. */
  readonly requestsPerDot: number;
  /** `NODE_STRIDE` numbers a node, see `NodeColumn`. */
  readonly nodes: Float32Array;
  /** `EDGE_STRIDE` numbers an edge, see `EdgeColumn`. */
  readonly edges: Float32Array;
  /** `HOP_STRIDE` numbers a hop of a sampled request since the last frame, see `HopColumn`. */
  readonly hops: Float64Array;
  /**
   * Rows of newly finished windows: end time in s, then one column per series (NaN: no sample).
   * Each window comes once on each branch, wherever the present is moved to meanwhile.
   */
  readonly windows: Float64Array;
  /** For the same windows: `HEAT_STRIDE` counts of answers by latency, see `heatBucketMs`. */
  readonly heat: Float32Array;
  /** Each comes once on each branch. */
  readonly happenings: readonly Happening[];
  /** Present at most twice a second. */
  readonly verdicts: readonly VerdictView[] | null;
  /** Such as "api is offered 1.3 times what it can serve"; null when all is well. With verdicts. */
  readonly warning: string | null;
  /** Present once the run has ended or met a budget. */
  readonly ending: string | null;
}

/** Latency classes of the heat map: eight to a decade from 0.1 ms on. */
export const HEAT_STRIDE = 48;

/** Lower end of a latency class, ms; the first also holds what is below, the last what is above. */
export function heatBucketMs(bucket: number): number {
  return 0.1 * 10 ** (bucket / 8);
}

export const NODE_STRIDE = 14;
export const NodeColumn = {
  /** 0 up, 1 starting, 2 slow, 3 down, 4 cut off by a partition, 5 off. */
  state: 0,
  busy: 1,
  queue: 2,
  /** Requests per second over the last window. */
  rate: 3,
  /** Cache: hit ratio over the last window (NaN when no look-ups). */
  hitRatio: 4,
  /** Cache: share of the capacity in use. */
  fill: 5,
  /** Database: 1 primary, 2 replica, 3 candidate while an election runs, 0 otherwise. */
  role: 6,
  /** Database replica: seconds behind its primary. */
  lag: 7,
  /** Share of callers' health checks that hold it healthy, 0–1; 1 when nobody checks. */
  healthy: 8,
  /** Cache: entries evicted since the start, counted modulo `EVICTIONS_MODULUS`. */
  evictions: 9,
  /** While it starts: share of the start-up that is over, 0–1. */
  progress: 10,
  /** Share of the requests that a shard or cache node gets, by a fair one; NaN: unknown. */
  heat: 11,
  /** Share of the balancers that have ejected it, 0–1. */
  ejected: 12,
  /** How many times as long work takes; 1 when healthy. */
  slowness: 13,
} as const;

/** Small enough to be exact in a frame. */
export const EVICTIONS_MODULUS = 1_000_000;

export const EDGE_STRIDE = 6;
export const EdgeColumn = {
  /** Calls per second over the last window. */
  rate: 0,
  failedRate: 1,
  retryRate: 2,
  /** Share of the ways between its nodes that a partition cuts, 0–1. */
  cut: 3,
  /** Largest share of transmissions that are lost on one of its ways, 0–1. */
  loss: 4,
  /** Calls to a store that are under way for one and the same key, at most. */
  sameKey: 5,
} as const;

export const HOP_STRIDE = 9;
export const HopColumn = {
  edge: 0,
  fromNode: 1,
  toNode: 2,
  /** s */
  departure: 3,
  /** s; Infinity for a message that a partition swallowed. */
  arrival: 4,
  /** See `HopKind`. */
  kind: 5,
  /** Id of the client's request, the same on every hop of one request. */
  request: 6,
  /** Share of the client's time that is left when it departs, 0–1; NaN without a deadline. */
  fuelAtDeparture: 7,
  fuelAtArrival: 8,
} as const;

export const HopKind = {
  read: 0,
  write: 1,
  replication: 2,
  retry: 3,
  replyOk: 4,
  replyFailed: 5,
  /** A cache had nothing. */
  replyMiss: 6,
  /** A cache had it. */
  replyHit: 7,
  /** A health check, which is a request of nobody: number 0. */
  probe: 8,
  probeFailed: 9,
  /** A read that goes on because a cache had nothing. */
  readAfterMiss: 10,
} as const;

/** True for what travels from a callee back to its caller. */
export function isReply(kind: number): boolean {
  return kind >= HopKind.replyOk && kind <= HopKind.replyHit;
}

/** Something worth a flag on the timeline. */
export interface Happening {
  /** s */
  readonly time: number;
  readonly kind:
    | 'fault'
    | 'recovery'
    | 'detection'
    | 'election'
    | 'promotion'
    | 'redirection'
    | 'health'
    | 'scaling'
    | 'loss'
    | 'budget';
  /** Path of the node or component. */
  readonly target: string;
  readonly text: string;
}

export interface VerdictView {
  readonly text: string;
  readonly verdict: 'PASS' | 'FAIL' | 'NOT ENOUGH EVIDENCE';
  /** "412 ms", "99.71 %" */
  readonly measured: string;
  /** Why it is missed, such as "83 % of it queueing at photos-db/shard-2"; null when unknown. */
  readonly cause: string | null;
}
