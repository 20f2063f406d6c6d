// Simpler values for a value of a scenario file: the boldest first, none when it is as simple as can
// be. Following them always ends, because each is shorter in time, smaller, or no law any more.
import { formatDuration } from '../../src/base/format-units.ts';
import { readDuration } from '../../src/base/units.ts';
import type { Value } from './design.ts';

/** Requests a second; below it nothing becomes simpler. */
const LEAST_RATE = 0.01;

export function simpler(value: Value): Value[] {
  if (typeof value === 'number') return value > 1 ? [1, Math.floor(value / 2)] : [];
  if (typeof value !== 'string') return [];
  const rate = /^([\d.]+)\/s$/.exec(value);
  if (rate !== null) {
    const numbers = smallerNumbers(Number(rate[1])).filter((number) => number >= LEAST_RATE);
    return numbers.map((number) => `${number}/s`);
  }
  const count = /^(\d+)( by \w+| entries|KB|MB)$/.exec(value);
  if (count !== null && Number(count[1]) > 1) return [`1${count[2]!}`];
  const time = durationOf(value);
  if (time !== null) return smallerNumbers(time).map((ns) => formatDuration(Math.ceil(ns)));
  const law = /^(?:[a-z-]+\(|p50=)/.test(value);
  const inside = /(\d[\d.]*(?:ns|us|ms|s|m|h)+)/.exec(value.replace(/^p50=/, ''));
  return law && inside !== null ? [inside[1]!] : [];
}

function durationOf(text: string): number | null {
  const read = readDuration(text);
  return read.ok && read.value > 1 ? read.value : null;
}

/** A half in one digit, and the number itself with one digit less than it has. */
function smallerNumbers(number: number): number[] {
  const digits = String(number).replace(/^[0.]+|\.|0+$/g, '').length;
  const rounded = digits > 1 ? [floored(number, digits - 1)] : [];
  return [floored(number / 4, 1), floored(number / 2, 1), ...rounded].filter(
    (other) => other > 0 && other < number,
  );
}

/** Rounded down to so many digits. */
function floored(number: number, digits: number): number {
  const text = number.toExponential(15);
  const [mantissa, exponent] = text.split('e');
  return Number(`${mantissa!.slice(0, digits === 1 ? 1 : digits + 1)}e${exponent!}`);
}
