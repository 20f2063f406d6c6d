/** Measured values as people read them, with their units: `41.8 ms`, `99.953 %`, `4,730 /s`. */

import type { ClaimUnit } from '../scenario/claim-metrics.ts';
import type { ClaimResultUnit } from './result-types.ts';
import type { Interval } from './intervals.ts';

/** The most decimals of a percentage. */
const decimalsMax = 8;

/** Units of results by units of claims. */
const units: Readonly<Record<ClaimUnit, ClaimResultUnit>> = {
  ns: 'ms',
  share: 'share',
  'per-second': 'per-second',
  count: 'count',
  number: 'number',
  money: 'money',
};

export function resultUnit(unit: ClaimUnit): ClaimResultUnit {
  return units[unit];
}

/** A value in a claim's unit as it stands in results: durations in ms, all else as it is. */
export function inResultUnit(value: number, unit: ClaimUnit): number {
  return unit === 'ns' ? value / 1e6 : value;
}

/** A value in a result's unit; `–` when there is none. */
export function valueText(value: number | null, unit: ClaimResultUnit): string {
  if (value === null || !Number.isFinite(value)) return value === Infinity ? '∞' : '–';
  switch (unit) {
    case 'ms':
      return durationText(value);
    case 'share':
      return `${percentText(value)} %`;
    case 'per-second':
      return `${numberText(value)} /s`;
    case 'count':
      return groupedText(Math.round(value));
    case 'money':
      return moneyText(value);
    default:
      return numberText(value);
  }
}

/** A value with the 95 % interval around it: `41.8 ms (40.7 ms to 42.9 ms)`. */
export function estimateText(
  value: number | null,
  interval: Interval | null,
  unit: ClaimResultUnit,
): string {
  const text = valueText(value, unit);
  if (interval === null) return text;
  const low = boundText(interval.low, interval, unit);
  if (interval.high === Infinity) return `${text} (${low} or more)`;
  const high = boundText(interval.high, interval, unit);
  return low === high ? text : `${text} (${low} to ${high})`;
}

/** A bound of shares has no more digits than the width of its interval can bear. */
function boundText(bound: number, { low, high }: Interval, unit: ClaimResultUnit): string {
  if (unit !== 'share' || !Number.isFinite(bound)) return valueText(bound, unit);
  let decimals = 2;
  for (let size = 0.001; high - low < size && decimals < decimalsMax; size /= 10) decimals++;
  const text = (bound * 100).toFixed(decimals);
  return `${Number(text) === 0 || Number(text) === 100 ? Number(text) : text} %`;
}

/** Milliseconds with three digits; µs below a tenth of one, seconds from a thousand on. */
export function durationText(ms: number): string {
  if (ms > 0 && ms < 0.09995) return `${threeDigits(ms * 1000)} µs`;
  return ms < 999.5 ? `${threeDigits(ms)} ms` : `${threeDigits(ms / 1000)} s`;
}

/** Whole numbers with their thousands apart: `13,256,646`. */
export function groupedText(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/**
 * A share in percent with two decimals; close to 0 or 1 with as many as it takes to show two digits
 * of what is missing, so that 99.9953 % never reads as 100 %.
 */
export function percentText(share: number): string {
  const rest = Math.min(Math.abs(share), Math.abs(1 - share));
  // What is missed by less than the last digit is an error of rounding.
  if (rest < 0.5e-10) return (share * 100).toFixed(0);
  let decimals = 2;
  for (let size = 0.001; rest < size && decimals < decimalsMax; size /= 10) decimals++;
  return (share * 100).toFixed(decimals);
}

/** Money a month: cents below a hundred, whole dollars above. */
export function moneyText(value: number): string {
  return `$${value < 99.995 ? value.toFixed(2) : groupedText(Math.round(value))}`;
}

/** Three digits below a thousand, whole numbers with thousands apart above. */
export function numberText(value: number): string {
  return Math.abs(value) < 999.5 ? threeDigits(value) : groupedText(Math.round(value));
}

/** Three digits, never in exponent form: `0.0412`, `4.12`, `41.2`, `412`. */
function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  let decimals = 2;
  for (let limit = 9.995; size >= limit && decimals > 0; limit *= 10) decimals--;
  for (let limit = 0.9995; size < limit && decimals < 7; limit /= 10) decimals++;
  return value.toFixed(decimals);
}
