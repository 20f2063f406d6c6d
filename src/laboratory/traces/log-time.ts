/**
 * The time in a line of an access log, such as `10/Oct/2000:13:55:36 -0700`, in seconds since 1970.
 *
 * Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013: days_from_civil.
 */

import { digitsAt } from './byte-numbers.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthOfCode = new Map(
  months.map((name, month) => [
    (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2),
    month + 1,
  ]),
);

/** The length of `10/Oct/2000:13:55:36`; a zone such as ` -0700` may come after it. */
const LENGTH = 20;

/** NaN when no such time begins at `from`. */
export function logTimeAt(bytes: Uint8Array, from: number, to: number): number {
  if (from + LENGTH > to) return NaN;
  const code =
    ((bytes[from + 3]! | 32) << 16) | ((bytes[from + 4]! | 32) << 8) | (bytes[from + 5]! | 32);
  const month = monthOfCode.get(code) ?? NaN;
  const day = digitsAt(bytes, from, from + 2);
  const year = digitsAt(bytes, from + 7, from + 11);
  const hours = digitsAt(bytes, from + 12, from + 14);
  const minutes = digitsAt(bytes, from + 15, from + 17);
  const seconds = digitsAt(bytes, from + 18, from + 20);
  const clock = hours * 3600 + minutes * 60 + seconds;
  return daysOf(year, month, day) * 86_400 + clock - zoneAt(bytes, from + LENGTH, to);
}

/** Days since 1 January 1970 in the Gregorian calendar, for years from 0 on. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}

/** Seconds east of Greenwich; 0 when no zone is written. */
function zoneAt(bytes: Uint8Array, from: number, to: number): number {
  const sign = bytes[from + 1];
  if (from + 6 > to || bytes[from] !== 32 || (sign !== 43 && sign !== 45)) return 0;
  const hours = digitsAt(bytes, from + 2, from + 4);
  const minutes = digitsAt(bytes, from + 4, from + 6);
  return (hours * 3600 + minutes * 60) * (sign === 45 ? -1 : 1);
}
