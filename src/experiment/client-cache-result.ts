/** What the clients of a population kept for themselves. */
export interface ClientCacheResult {
  /** Distinct clients. */
  readonly clients: number;
  readonly hits: number;
  readonly misses: number;
  readonly hitRatio: number | null;
  readonly evictions: number;
  /** Copies that a look-up found expired. */
  readonly expirations: number;
  /** Copies deleted after a write by the same client. */
  readonly invalidations: number;
  readonly fills: number;
  /** Hits on a version older than the newest. */
  readonly staleReads: number;
  /** Copies at the end, of all clients together. */
  readonly entries: number;
}
