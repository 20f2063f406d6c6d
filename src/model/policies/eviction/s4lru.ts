import type { EvictionPolicy } from '../../eviction.ts';
import { SegmentedLru } from './slru.ts';

/**
 * Four segments of a quarter each, as at Facebook for photos. Where the quarter is no whole number
 * the lowest segment has the rest; there it also takes what room is still free.
 *
 * Source: Q. Huang et al., An Analysis of Facebook Photo Caching, SOSP 2013, section 6.
 */
const policy: EvictionPolicy = {
  name: 's4lru',
  summary: 'Four LRU segments of a quarter each: every look-up moves an entry one segment up.',
  source: 'Huang et al., An Analysis of Facebook Photo Caching, SOSP 2013',
  worksInBytes: true,
  create: (_stream, view) => new SegmentedLru(4, 1 / 4, view),
};

export default policy;
