/** What a cache tells beyond hits and misses, as plain data. */

/** Null: there was nothing to measure. */
type Measured = number | null;

/** What a cache alone tells. */
export interface CacheDetails {
  /** Misses by what had become of the key; together they are all misses. */
  readonly missesBy: MissesByReason;
  /** Stale reads by how many acknowledged writes of the key they were behind. */
  readonly staleBy: { readonly one: number; readonly two: number; readonly threeOrMore: number };
  /** How long before each stale read the first newer write had been acknowledged. */
  readonly staleAgeMs: StaleAgeResult;
  /** Fills that put an older version over a newer one. */
  readonly olderFills: number;
  /** Hits on the note that there is no such record. */
  readonly absentHits: number;
  /** Entries that active expiry has removed. */
  readonly sweptExpirations: number;
  /** Entries fetched anew before they expired. */
  readonly refreshes: number;
  /** Write-back: writes that the cache acknowledged, and those merged with a later one. */
  readonly bufferedWrites: number;
  readonly coalescedWrites: number;
  /** Write-back: writes sent to the store, and those of them that failed. */
  readonly flushes: number;
  readonly failedFlushes: number;
  /** Write-back: entries evicted before the store had them. */
  readonly dirtyEvictions: number;
  /** Write-back: most entries that the store did not have yet, over all nodes. */
  readonly dirtyMax: number;
  /** Acknowledged writes whose value can no longer reach the store. */
  readonly lostWrites: number;
  /** Misses that waited for a fetch which was under way. */
  readonly coalesced: number;
  /** Leases given out, and fills that came too late for theirs. */
  readonly leases: number;
  readonly refusedFills: number;
  /** Look-ups that took a fresh entry for expired. */
  readonly earlyFetches: number;
  /** Keys that have got another node, each time anew. */
  readonly movedKeys: number;
  /** Entries and deletes that one node has sent to another. */
  readonly copies: number;
  /** Keys that were to be put in and were not let in. */
  readonly refusals: number;
  /** What other caches would have had, when some ride along. */
  readonly shadows?: readonly ShadowResult[];
}

/** What a cache of another size or policy would have had. */
export interface ShadowResult {
  /** As in the file: size in relation to the capacity, after the policy if it is another. */
  readonly name: string;
  readonly hitRatio: Measured;
  /** Half of the 95 % interval of the sample of keys; 0 when all keys were seen. */
  readonly error95: Measured;
  /** Share of the keys that it saw. */
  readonly sampledShare: number;
  /** Look-ups of these keys. */
  readonly lookUps: number;
  /** Misses of these keys where the cache had a hit: what it lacked came in at once. */
  readonly instantFills: number;
  /** Hits on these keys where the cache had a miss. */
  readonly sparedFetches: number;
}

export interface MissesByReason {
  readonly cold: number;
  readonly capacity: number;
  readonly expired: number;
  readonly invalidated: number;
  readonly lost: number;
  readonly refused: number;
}

/** Null when nothing was stale. */
export interface StaleAgeResult {
  readonly p50: Measured;
  readonly p99: Measured;
  readonly max: Measured;
}
