/** What a run says of the caches of clients. */

import type { Run } from '../model/run.ts';
import { Population } from '../model/workloads/population.ts';
import type { ClientCacheResult } from './client-cache-result.ts';
import { ratio } from './numbers.ts';
import { measuredSpan } from './span.ts';

/** By population; null when no clients keep anything. */
export function clientResults(run: Run): Record<string, ClientCacheResult> | null {
  const span = measuredSpan(run);
  const results: Record<string, ClientCacheResult> = {};
  for (const { caches, name } of keepersOf(run)) {
    const { clients, table, tally } = caches!;
    const count = (column: string) => tally.sum(column, span.from, span.to);
    const hits = count('hits');
    const misses = count('misses');
    results[name] = {
      clients,
      hits,
      misses,
      hitRatio: ratio(hits, hits + misses),
      evictions: count('evictions'),
      expirations: count('expirations'),
      invalidations: count('invalidations'),
      fills: count('fills'),
      staleReads: count('staleReads'),
      entries: table.entries,
    };
  }
  return Object.keys(results).length === 0 ? null : results;
}

/** Populations whose clients keep something. */
export function keepersOf(run: Run): readonly Population[] {
  return run.world.components.filter(
    (component): component is Population =>
      component instanceof Population && component.caches !== null,
  );
}
