/**
 * How one component calls another: which instance it picks, how long it waits, whether it tries
 * again. Shared by every component that calls.
 */

import { choice, count, latency, object, share, syntax } from './parameters.ts';
import type { Backoff } from './parameters.ts';
import type { DistributionSpec } from '../kernel/distribution.ts';

export interface RetryParameters {
  /** Attempts in all, the first one included. */
  readonly attempts: number;
  readonly backoff: Backoff;
  readonly jitter: string;
  /** Retries allowed as a share of first attempts; null: no budget. */
  readonly budget: number | null;
}

export interface CallParameters {
  readonly timeout: DistributionSpec | null;
  readonly retries: RetryParameters | null;
  readonly policy: string;
}

export const retryFields = {
  attempts: count({
    description: 'Attempts in all, the first one included.',
    min: 1,
    max: 100,
    default: 3,
    source: 'AWS SDK retry behaviour, standard mode: 3 attempts',
  }),
  backoff: syntax('backoff', {
    description: 'Pause before the next attempt; exponential doubles it each time.',
    default: 'exponential(100ms, max 20s)',
    source: 'AWS SDK retry behaviour, standard mode: cap 20 s',
  }),
  jitter: choice({
    description:
      'How the pause is spread: none; full (uniform from 0 to the pause); equal (half fixed, ' +
      'half uniform); decorrelated (uniform from the base to three times the previous pause).',
    of: ['none', 'full', 'equal', 'decorrelated'],
    default: 'full',
    source: 'M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015',
  }),
  budget: share({
    description:
      'Retries allowed as a share of first attempts, with a reserve of 10 retries a second.',
    optional: true,
    source: 'Twitter Finagle RetryBudget',
  }),
};

/** Attempts after a failed one; `none` tries once. */
export const retriesParameter = object({
  live: true,
  description: 'Attempts after a failed one; left out: none.',
  fields: retryFields,
  optional: true,
});

export const timeoutParameter = latency({
  live: true,
  description: 'How long one attempt waits for its answer before it is given up; none: for ever.',
  default: '15s',
  optional: true,
  source: 'Envoy route timeout: 15 s',
});
