/**
 * How far off a ratio may be that was measured on a sample of keys, learnt from groups: the chosen
 * keys are dealt out, each group plays in a cache of its own, and the scatter between them tells.
 */

import { student95 } from './student.ts';

/**
 * Half of the 95 % interval of a ratio that was measured on all chosen keys together, from what
 * the groups say; `rate` as above. What smaller caches do to the mean is added, because nobody
 * knows its sign for certain.
 */
export function samplingError(together: number, groups: readonly number[], rate: number): number {
  const mean = groups.reduce((sum, each) => sum + each, 0) / groups.length;
  const squares = groups.reduce((sum, each) => sum + (each - mean) * (each - mean), 0);
  const variance = squares / (groups.length - 1) / groups.length;
  const scatter = Math.sqrt(variance * (1 - rate)) * student95(groups.length - 1);
  return scatter + Math.abs(mean - together);
}
