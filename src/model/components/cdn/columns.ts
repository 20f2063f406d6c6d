/** What a cdn counts, and the places of the columns. */

export const Column = Object.freeze({
  hits: 0,
  misses: 1,
  staleReads: 2,
  expirations: 3,
  invalidations: 4,
  fills: 5,
  evictions: 6,
  pushes: 7,
  coalesced: 8,
  staleIfError: 9,
  originRequests: 10,
  edgeBytes: 11,
  originBytes: 12,
} as const);

export const cdnColumns: readonly string[] = Object.freeze(Object.keys(Column));

/** Columns of one point; the same places as in the whole cdn's. */
export const pointColumns: readonly string[] = Object.freeze(['hits', 'misses']);
