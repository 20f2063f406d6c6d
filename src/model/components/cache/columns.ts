/** What a cache counts, and the places of the columns. */

/** Places of the columns. */
export const Column = Object.freeze({
  hits: 0,
  misses: 1,
  staleReads: 2,
  expirations: 3,
  invalidations: 4,
  fills: 5,
  evictions: 6,
  /** Misses by their reason, in the order of `Reason`; together they are all misses. */
  missesCold: 7,
  missesCapacity: 8,
  missesExpired: 9,
  missesInvalidated: 10,
  missesLost: 11,
  missesRefused: 12,
  /** Stale reads by how many versions they are behind. */
  staleBy1: 13,
  staleBy2: 14,
  staleBy3OrMore: 15,
  /** Fills that put an older version over a newer one. */
  olderFills: 16,
  /** Hits on the note that there is no such record. */
  absentHits: 17,
  /** Entries that active expiry has found and removed. */
  sweptExpirations: 18,
  /** Copies deleted by a message of the store. */
  messageDeletes: 19,
  /** Hits that have set off a fetch of the entry anew. */
  refreshes: 20,
  /** Writes that the cache has acknowledged for the store. */
  bufferedWrites: 21,
  /** Those that took the place of one that was still to be written back. */
  coalescedWrites: 22,
  /** Writes that went back to the store, and those of them that failed. */
  flushes: 23,
  failedFlushes: 24,
  /** Entries that were evicted before they had been written back. */
  dirtyEvictions: 25,
  /** Acknowledged writes whose value can no longer reach the store. */
  lostWrites: 26,
  /** Look-ups that waited for the fetch of another. */
  coalesced: 27,
  /** Leases given out. */
  leases: 28,
  /** Fills whose lease had been taken away by a write, or whose key had left the cache behind. */
  refusedFills: 29,
  /** Look-ups that took a fresh entry for expired. */
  earlyFetches: 30,
  /** Keys that belong to another node since a node came or went. */
  movedKeys: 31,
  /** Entries and deletes that one node has sent to another. */
  copies: 32,
  /** Keys that were to be put in and were not let in. */
  refusals: 33,
} as const);

export const cacheColumns: readonly string[] = Object.freeze(Object.keys(Column));

/** Largest levels: entries not written back yet, over all nodes. */
export const cacheMaxima: readonly string[] = Object.freeze(['dirty']);

/** Columns of one node; the same places as in the whole cache's. */
export const nodeColumns: readonly string[] = Object.freeze(['hits', 'misses']);
