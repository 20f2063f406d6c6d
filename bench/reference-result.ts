/** What every contender on the reference model computes, over the seconds after the warm-up. */
export interface ReferenceResult {
  readonly events: number;
  readonly requests: number;
  readonly hitRatio: number;
  readonly staleReads: number;
  /** Latencies in ms: of views and posts. */
  readonly viewMean: number;
  readonly viewP50: number;
  readonly viewP99: number;
  readonly postMean: number;
  readonly postP99: number;
  /** Share of the workers of the services that is busy. */
  readonly serviceBusy: number;
  /** Waits in ms, of services and of shards. */
  readonly serviceWaitP99: number;
  readonly storeWaitMean: number;
  readonly storeWaitP99: number;
  readonly storeTimeouts: number;
  readonly attemptsPerRequest: number;
  /** Longest time from a write to its application at the replica, ms. */
  readonly lagMs: number;
}
