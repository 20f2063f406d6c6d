/**
 * The pause before the next attempt of a failed call.
 *
 * Source: M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015, for the four
 * kinds of jitter.
 */

import type { Stream } from '../kernel/random.ts';
import type { Backoff } from './parameters.ts';

/**
 * Pause in ns, an integer ≥ 0. `failed` is the number of attempts made so far, ≥ 1. Decorrelated
 * jitter needs the pauses before this one; they are drawn anew, so no call has to remember them.
 */
export function pauseAfter(
  backoff: Backoff,
  jitter: string,
  failed: number,
  stream: Stream,
): number {
  if (backoff.kind === 'none') return 0;
  let pause = backoff.baseNs;
  if (backoff.kind === 'exponential') {
    for (let doubling = 1; doubling < failed && pause < backoff.maxNs; doubling++) pause *= 2;
  }
  pause = Math.min(pause, backoff.maxNs);
  switch (jitter) {
    case 'full':
      return Math.floor(stream.uniform() * pause);
    case 'equal':
      return Math.floor(pause / 2 + (stream.uniform() * pause) / 2);
    case 'decorrelated': {
      let previous = backoff.baseNs;
      for (let attempt = 0; attempt < failed; attempt++) {
        const spread = Math.max(0, previous * 3 - backoff.baseNs);
        previous = Math.min(backoff.maxNs, backoff.baseNs + stream.uniform() * spread);
      }
      return Math.floor(previous);
    }
    default:
      return Math.floor(pause);
  }
}
