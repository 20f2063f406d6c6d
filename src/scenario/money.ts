/**
 * Amounts of money in a scenario. The currency is the dollar, which stands for any: the program
 * knows no prices, and only adds and compares what a file gives.
 */

import { bad, good, quoted, shifted } from '../base/reading.ts';
import { readRate } from '../base/units.ts';
import type { Reading } from '../base/reading.ts';

/** Hours of a month: 365 × 24 / 12, as clouds have it on their bills. */
const HOURS_A_MONTH = 730;

const usage = 'write `$0.25/h` or `$180/month`';

/** Dollars a month. Written `$0.25/h`, `$5k/month`. */
export function readPrice(text: string): Reading<number> {
  const match = /^\$([^/\s]+)\/(h|hour|month)$/.exec(text);
  if (match === null) return bad('bad-price', `${quoted(text)} is not a price`, usage);
  // A number of anything with k or M is read by the rates.
  const amount = readRate(`${match[1]!}/s`);
  if (!amount.ok) {
    return shifted(bad('bad-price', `${quoted(match[1]!)} is not an amount`, usage), 1);
  }
  return good(match[2] === 'month' ? amount.value : amount.value * HOURS_A_MONTH);
}
