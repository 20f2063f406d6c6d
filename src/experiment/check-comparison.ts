/** Compares the two sides of a self-check. */

import { measured as known } from './numbers.ts';
import type { CheckResult } from './result-types.ts';

/** Relative difference that the rounding of sums may make where the bookkeeping is exact. */
const ROUNDING = 1e-9;

export interface Sides {
  readonly name: string;
  readonly subject: string;
  readonly expected: number;
  readonly measured: number;
  /** Absolute difference that is in the nature of the thing; 0 unless given. */
  readonly slack?: number;
}

export function comparison({ name, subject, expected, measured, slack = 0 }: Sides): CheckResult {
  const difference = Math.abs(expected - measured);
  const size = Math.max(Math.abs(expected), Math.abs(measured));
  return {
    name,
    subject,
    expected: known(expected),
    measured: known(measured),
    relativeError: known(size === 0 ? 0 : difference / size),
    // Written so that NaN on either side fails.
    ok: difference <= ROUNDING * size + slack,
  };
}
