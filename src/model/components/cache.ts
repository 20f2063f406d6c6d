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
    { name: 'entries', unit: 'entries', description: 'Entries held.' },
  ],
  create: (world, name, values) => new Cache(world, name, values),
});
