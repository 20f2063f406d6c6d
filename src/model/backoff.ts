/**
 * The pause before the next attempt of a failed call.
 *
 * Source: M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015, for the four
 * kinds of jitter.
 */

import type { Stream } from '../kernel/random.ts';
import type { Backoff } from './parameters.ts';

/** What has gone before a pause. */
export interface Past {
  /** Attempts made so far, ≥ 1. */
  readonly failed: number;
  /** The pause before the last of them, ns; of no account when there was none. */
  readonly pauseNs: number;
}

/** Pause in ns, an integer ≥ 0. */
export function pauseAfter(backoff: Backoff, jitter: string, past: Past, stream: Stream): number {
  const { failed } = past;
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
      const previous = failed === 1 ? backoff.baseNs : past.pauseNs;
      const spread = Math.max(0, previous * 3 - backoff.baseNs);
      return Math.floor(Math.min(backoff.maxNs, backoff.baseNs + stream.uniform() * spread));
    }
    default:
      return Math.floor(pause);
  }
}
