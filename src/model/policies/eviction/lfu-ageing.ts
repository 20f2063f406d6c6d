import type { EvictionPolicy } from '../../eviction.ts';
import { GreedyDual } from './gdsf.ts';

/**
 * LFU with dynamic ageing, LFU-DA: the entry of the smallest count leaves, where a count begins
 * with that of the last that left, so old fame does not keep an entry for ever.
 *
 * Source: M. Arlitt, L. Cherkasova, J. Dilley, R. Friedrich, T. Jin, Evaluating Content Management
 * Techniques for Web Proxy Caches, 2000. A look-up sets the count to the age and all look-ups
 * since it came in, as printed there.
 */
const policy: EvictionPolicy = {
  name: 'lfu-ageing',
  summary: 'LFU with dynamic ageing: counts begin with that of the last that left.',
  source: 'Arlitt et al., Evaluating Content Management Techniques for Web Proxy Caches, 2000',
  worksInBytes: true,
  create: (_stream, view) => new GreedyDual(false, view),
};

export default policy;
