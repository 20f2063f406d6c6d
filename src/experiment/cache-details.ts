/** What a cache tells beyond hits and misses: reasons, staleness, expiry, writes it holds back. */

import type { Histogram } from '../kernel/histogram.ts';
import type { Cache } from '../model/components/cache/cache.ts';
import type { Run } from '../model/run.ts';
import { ms } from './numbers.ts';
import { PERCENTILES, mergedOver } from './quantiles.ts';
import type { CacheDetails, StaleAgeResult } from './cache-result-types.ts';
import { shadowResults } from './shadow-metrics.ts';
import type { Span } from './span.ts';

export function cacheDetails(run: Run, cache: Cache, span: Span): CacheDetails {
  const { staleAges, tally } = cache;
  const count = (column: string) => tally.sum(column, span.from, span.to);
  return {
    missesBy: {
      cold: count('missesCold'),
      capacity: count('missesCapacity'),
      expired: count('missesExpired'),
      invalidated: count('missesInvalidated'),
      lost: count('missesLost'),
      refused: count('missesRefused'),
    },
    staleBy: {
      one: count('staleBy1'),
      two: count('staleBy2'),
      threeOrMore: count('staleBy3OrMore'),
    },
    staleAgeMs: staleAge(mergedOver(run, [staleAges], span)),
    olderFills: count('olderFills'),
    absentHits: count('absentHits'),
    sweptExpirations: count('sweptExpirations'),
    refreshes: count('refreshes'),
    bufferedWrites: count('bufferedWrites'),
    coalescedWrites: count('coalescedWrites'),
    flushes: count('flushes'),
    failedFlushes: count('failedFlushes'),
    dirtyEvictions: count('dirtyEvictions'),
    dirtyMax: tally.maximum('dirty', span.from, span.to),
    lostWrites: count('lostWrites'),
    coalesced: count('coalesced'),
    leases: count('leases'),
    refusedFills: count('refusedFills'),
    earlyFetches: count('earlyFetches'),
    movedKeys: count('movedKeys'),
    copies: count('copies'),
    refusals: count('refusals'),
    ...(cache.shadows.length === 0 ? {} : { shadows: shadowResults(cache, span) }),
  };
}

function staleAge(ages: Histogram): StaleAgeResult {
  return {
    p50: ms(ages.quantile(PERCENTILES.p50)),
    p99: ms(ages.quantile(PERCENTILES.p99)),
    max: ms(ages.max),
  };
}
