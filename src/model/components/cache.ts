/**
 * A cache: nodes that share the keys by consistent hashing, each with real contents: which key, at
 * which version, since when. Hit ratios are counted, never given.
 */

import { defineComponent } from '../component.ts';
import { parameters } from './cache/parameters.ts';
import { Cache } from './cache/cache.ts';

export default defineComponent({
  name: 'cache',
  summary: 'Nodes that keep copies of records by key, evict, expire and lose them on a cold start.',
  glyph: 'cache',
  parameters,
  metrics: [
    { name: 'hits', unit: 'look-ups', description: 'Look-ups answered from the cache.' },
    { name: 'misses', unit: 'look-ups', description: 'Look-ups that found nothing fresh.' },
    { name: 'hitRatio', unit: 'share', description: 'Hits over look-ups.' },
    { name: 'evictions', unit: 'entries', description: 'Entries that made room for others.' },
    { name: 'expirations', unit: 'entries', description: 'Look-ups that found an expired entry.' },
    { name: 'invalidations', unit: 'entries', description: 'Entries deleted by a write.' },
    {
      name: 'staleReads',
      unit: 'hits',
      description: 'Hits older than the newest acknowledged write.',
    },
    {
      name: 'missesBy',
      unit: 'look-ups',
      description:
        'Misses by what had become of the key: cold (it had never been here), capacity, expired, ' +
        'invalidated, lost (with its node, or moved away), refused.',
    },
    {
      name: 'staleBy',
      unit: 'hits',
      description: 'Stale reads by how many acknowledged writes they were behind: 1, 2, more.',
    },
    {
      name: 'staleAgeMs',
      unit: 'ms',
      description: 'How long before a stale read the first newer write had been acknowledged.',
    },
    {
      name: 'olderFills',
      unit: 'fills',
      description: 'Fills that put an older version over a newer one.',
    },
    { name: 'absentHits', unit: 'hits', description: 'Hits on the note that there is no record.' },
    {
      name: 'sweptExpirations',
      unit: 'entries',
      description: 'Expired entries that active expiry removed.',
    },
    { name: 'refreshes', unit: 'fetches', description: 'Entries fetched before they expired.' },
    {
      name: 'bufferedWrites',
      unit: 'writes',
      description: 'Write-back: writes acknowledged before the store had them.',
    },
    {
      name: 'coalescedWrites',
      unit: 'writes',
      description: 'Write-back: writes that a later one replaced before it was written back.',
    },
    { name: 'flushes', unit: 'writes', description: 'Write-back: writes sent to the store.' },
    { name: 'failedFlushes', unit: 'writes', description: 'Write-back: those that failed.' },
    {
      name: 'dirtyEvictions',
      unit: 'entries',
      description: 'Write-back: entries evicted before the store had them.',
    },
    {
      name: 'lostWrites',
      unit: 'writes',
      description: 'Acknowledged writes whose value can no longer reach the store.',
    },
    {
      name: 'coalesced',
      unit: 'look-ups',
      description: 'Misses that waited for a fetch which was under way.',
    },
    {
      name: 'leases',
      unit: 'leases',
      description: 'Leases given out, each to one reader who may fetch.',
    },
    {
      name: 'refusedFills',
      unit: 'fills',
      description: 'Fills that came too late for their lease.',
    },
    {
      name: 'earlyFetches',
      unit: 'look-ups',
      description: 'Look-ups that took a fresh entry for expired.',
    },
    {
      name: 'movedKeys',
      unit: 'keys',
      description: 'Keys that have got another node, each time anew.',
    },
    {
      name: 'copies',
      unit: 'messages',
      description: 'Entries and deletes that nodes have sent to another.',
    },
    { name: 'refusals', unit: 'fills', description: 'Keys that admission did not let in.' },
    { name: 'entries', unit: 'entries', description: 'Entries held.' },
  ],
  create: (world, name, values) => new Cache(world, name, values),
});
