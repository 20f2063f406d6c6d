/**
 * Reads quantities as people write them: `1m30s`, `5k/s`, `2KB`, `1Gbps`, `10M`, `99.95%`. A unit
 * is demanded wherever a bare number could be read two ways; zero needs none. Decimal digits are
 * scaled as decimals and rounded once, so `0.1ms` is exactly 100,000 ns.
 */

import { bad, good, quoted } from './reading.ts';
import { listed, nearest } from './suggest.ts';
import type { Reading } from './reading.ts';

/** Nanoseconds in each unit of time. A day has 86,400 s. */
export const TIME_UNITS = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
  d: 86_400e9,
} as const;

/** Seconds in each word that may stand after the slash of a rate. A month has 30 days. */
export const RATE_UNITS = {
  s: 1,
  m: 60,
  h: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
} as const;

/** Bytes in each unit of size: decimal as on a disk, binary as in memory. */
export const SIZE_UNITS = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1_024,
  MiB: 1_048_576,
  GiB: 1_073_741_824,
  TiB: 1_099_511_627_776,
} as const;

/** Powers of ten of the suffixes of a count. */
export const COUNT_SUFFIXES = { k: 3, M: 6, G: 9 } as const;

/** Powers of ten of the prefixes of bits per second. */
const BIT_POWERS = { bps: 0, kbps: 3, Mbps: 6, Gbps: 9, Tbps: 12 } as const;

/** Bytes per second in each unit of bandwidth. */
const BANDWIDTH_UNITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    Object.entries(BIT_POWERS).map(([unit, power]) => [unit, shiftedNumber('1', power) / 8]),
  ),
  ...Object.fromEntries(Object.entries(SIZE_UNITS).map(([unit, bytes]) => [`${unit}/s`, bytes])),
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?/;
const LONGEST_TEXT = 200;
const LONGEST_NUMBER = 40;

/** Nanoseconds, an integer from 0 to 2^53. Written `250us`, `5s`, `1m30s`, or `0`. */
export function readDuration(text: string): Reading<number> {
  const example = 'write a number and a unit, such as `250us`, `40ms`, `5s` or `1m30s`';
  const parts = splitQuantity(text);
  if (parts === null) return notA('duration', text, example, readDuration);
  if (parts.number.startsWith('-')) return negative('duration', text);
  if (parts.unit === '') {
    if (Number(parts.number) === 0) return good(0);
    return missingUnit('duration', text, [`${text}ms`, `${text}s`]);
  }
  const pattern = /(\d+\.?\d*(?:[eE][+-]?\d{1,3})?|\.\d+)([a-zA-Zµμ]+)/y;
  let total = 0;
  let previous = Infinity;
  while (pattern.lastIndex < text.length) {
    const offset = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) return notA('duration', text, example, readDuration);
    const word = match[2]!.replace('μ', 'µ');
    const unit = ownValue(TIME_UNITS, word);
    if (unit === undefined) {
      return unknownUnit('time', match[2]!, TIME_UNITS, offset + match[1]!.length);
    }
    if (unit >= previous) {
      return bad(
        'bad-duration',
        `${quoted(text)} is not a duration: its units must descend`,
        example,
      );
    }
    previous = unit;
    total += scaledInteger(match[1]!, BigInt(unit));
  }
  if (total > Number.MAX_SAFE_INTEGER) {
    return bad('too-large', `${quoted(text)} is too long; at most 104 days can be counted in ns`);
  }
  return good(total);
}

/** Events per second, finite and ≥ 0. Written `5k/s`, `300/m`, `2M/day`, or `0`. */
export function readRate(text: string): Reading<number> {
  const example = 'write a number and a time, such as `200/s`, `5k/s`, `300/m` or `2M/day`';
  const parts = splitQuantity(text);
  if (parts === null) return notA('rate', text, example, readRate);
  if (parts.number.startsWith('-')) return negative('rate', text);
  const match = /^([kMG]?)(?:\/([a-zA-Z]+))?$/.exec(parts.unit);
  if (match === null) return notA('rate', text, example, readRate);
  const count = shiftedNumber(parts.number, suffixPower(match[1]!));
  if (match[2] === undefined) {
    return count === 0 ? good(0) : missingUnit('rate', text, [`${text}/s`, `${text}/m`]);
  }
  const seconds = ownValue(RATE_UNITS, match[2]);
  if (seconds === undefined) {
    return unknownUnit('time', match[2], RATE_UNITS, text.indexOf('/') + 1);
  }
  return good(count / seconds);
}

/** Bytes, an integer from 0 to 2^53. Written `2KB` (2,000), `2KiB` (2,048), or `0`. */
export function readSize(text: string): Reading<number> {
  const example = 'write a number and a unit, such as `500B`, `2KB`, `64MiB` or `1GB`';
  const parts = splitQuantity(text);
  if (parts === null) return notA('size', text, example, readSize);
  if (parts.number.startsWith('-')) return negative('size', text);
  if (parts.unit === '') {
    if (Number(parts.number) === 0) return good(0);
    return missingUnit('size', text, [`${text}B`, `${text}KB`]);
  }
  const unit = ownValue(SIZE_UNITS, parts.unit);
  if (unit === undefined) {
    return unknownUnit('size', parts.unit, SIZE_UNITS, parts.number.length);
  }
  const bytes = scaledInteger(parts.number, BigInt(unit));
  if (bytes > Number.MAX_SAFE_INTEGER) return bad('too-large', `${quoted(text)} is too large`);
  return good(bytes);
}

/** Bytes per second, > 0; Infinity for `unlimited`. Written `1Gbps` (bits), `100MB/s` (bytes). */
export function readBandwidth(text: string): Reading<number> {
  const example = 'write `1Gbps` (bits), `100MB/s` (bytes) or `unlimited`';
  if (text === 'unlimited') return good(Infinity);
  const parts = splitQuantity(text);
  if (parts === null) return notA('bandwidth', text, example, readBandwidth);
  if (parts.number.startsWith('-')) return negative('bandwidth', text);
  if (parts.unit === '') return missingUnit('bandwidth', text, [`${text}Mbps`, `${text}MB/s`]);
  const perUnit = ownValue(BANDWIDTH_UNITS, parts.unit);
  if (perUnit === undefined) {
    return unknownUnit('bandwidth', parts.unit, BANDWIDTH_UNITS, parts.number.length);
  }
  const value = parts.unit.endsWith('bps')
    ? shiftedNumber(parts.number, BIT_POWERS[parts.unit as keyof typeof BIT_POWERS]) / 8
    : Number(parts.number) * perUnit;
  if (value > 0 && value < Infinity) return good(value);
  return bad('out-of-range', `${quoted(text)} carries nothing; a bandwidth is above 0`, example);
}

/** An integer from 0 to 2^53. Written `200`, `10k`, `2M`, `1.5M`. */
export function readCount(text: string): Reading<number> {
  const example = 'write a whole number, such as `200`, `10k` or `2M`';
  const parts = splitQuantity(text);
  if (parts === null || !/^[kMG]?$/.test(parts.unit))
    return notA('whole number', text, example, readCount);
  if (parts.number.startsWith('-')) return negative('whole number', text);
  const value = shiftedNumber(parts.number, suffixPower(parts.unit));
  if (!Number.isInteger(value)) {
    return bad('not-whole', `${quoted(text)} is not a whole number`, example);
  }
  if (value > Number.MAX_SAFE_INTEGER) return bad('too-large', `${quoted(text)} is too large`);
  return good(value);
}

/** 0 to 1. Written `99.95%` or `0.9995`. */
export function readShare(text: string): Reading<number> {
  const example = 'write `20%` or `0.2`';
  const parts = splitQuantity(text);
  if (parts === null || !/^%?$/.test(parts.unit)) return notA('share', text, example, readShare);
  if (parts.number.startsWith('-')) return negative('share', text);
  const value = parts.unit === '%' ? shiftedNumber(parts.number, -2) : Number(parts.number);
  if (value <= 1) return good(value);
  const cure = parts.unit === '' && value <= 100 ? `write \`${text}%\`` : null;
  return bad('out-of-range', `${quoted(text)} is not a share; a share is from 0 to 1 (100%)`, cure);
}

/** Any finite number. Written `1.25`, `-3`, `2e-3`. */
export function readNumber(text: string): Reading<number> {
  const parts = splitQuantity(text);
  if (parts !== null && parts.unit === '') return good(Number(parts.number));
  return notA('number', text, 'write a plain number, such as `1.25`', readNumber);
}

/** The number with its decimal point moved `power` places; the digits are rounded only once. */
export function shiftedNumber(number: string, power: number): number {
  const [digits, exponent] = number.toLowerCase().split('e');
  return Number(`${digits!}e${Number(exponent ?? 0) + power}`);
}

/** number × unit rounded half up; Infinity when it is hopelessly large. */
function scaledInteger(number: string, unit: bigint): number {
  const [digits, exponentText] = number.toLowerCase().split('e');
  const [whole, fraction = ''] = digits!.split('.');
  const power = Number(exponentText ?? 0) - fraction.length;
  const mantissa = BigInt(`${whole!}${fraction}` || '0') * unit;
  if (power > 30 && mantissa > 0n) return Infinity;
  if (power >= 0) return Number(mantissa * powerOfTen(power));
  const divisor = powerOfTen(-power);
  return Number((mantissa * 2n + divisor) / (divisor * 2n));
}

function powerOfTen(power: number): bigint {
  return BigInt(`1${'0'.repeat(power)}`);
}

/** A leading number and what follows it; null when the text does not start with a number. */
function splitQuantity(text: string): { number: string; unit: string } | null {
  if (text.length > LONGEST_TEXT) return null;
  const number = NUMBER.exec(text)?.[0];
  if (number === undefined || number.length > LONGEST_NUMBER) return null;
  if (!Number.isFinite(Number(number))) return null;
  return { number, unit: text.slice(number.length) };
}

/** Property of a table by a word from the input; inherited names such as `constructor` are none. */
function ownValue(table: Readonly<Record<string, number>>, word: string): number | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

function suffixPower(suffix: string): number {
  return ownValue(COUNT_SUFFIXES, suffix) ?? 0;
}

/** Refuses a text, with the cure that a few common slips suggest. */
function notA(
  noun: string,
  text: string,
  example: string,
  read: (text: string) => Reading<number>,
): Reading<number> {
  const repaired = text.replaceAll(/[\s,_]/g, '').replace(/(?:rps|qps|req\/s)$/i, '/s');
  const cured = repaired !== text && repaired !== '' && read(repaired).ok;
  const hint = cured ? `did you mean \`${repaired}\`?` : example;
  return bad(
    `bad-${noun.replace('whole number', 'count')}`,
    `${quoted(text)} is not a ${noun}`,
    hint,
  );
}

function missingUnit(
  noun: string,
  text: string,
  readings: readonly [string, string],
): Reading<number> {
  const hint = `write \`${readings[0]}\` or \`${readings[1]}\``;
  return bad('missing-unit', `${quoted(text)} has no unit; a ${noun} needs one`, hint);
}

/** Spelled-out and customary names of units, for hints. */
const unitNames: Readonly<Record<string, RegExp>> = {
  ns: /^(nanos|nanoseconds?)$/i,
  us: /^(usec|micros|microseconds?)$/i,
  ms: /^(msec|millis|milliseconds?)$/i,
  s: /^(secs?|seconds?)$/i,
  m: /^(mins?|minutes?)$/i,
  h: /^(hrs?|hours?)$/i,
  d: /^days?$/i,
  day: /^(d|days)$/i,
  week: /^(w|weeks)$/i,
  month: /^(mo|months)$/i,
  B: /^bytes?$/i,
  KB: /^(k|kilobytes?)$/i,
  MB: /^(m|megabytes?)$/i,
  GB: /^(g|gigabytes?)$/i,
  TB: /^(t|terabytes?)$/i,
};

function unknownUnit(
  of: string,
  written: string,
  units: Readonly<Record<string, number>>,
  offset: number,
): Reading<number> {
  const known = Object.keys(units);
  const unit = written.trim();
  const near =
    known.find((word) => word.toLowerCase() === unit.toLowerCase()) ??
    known.find((word) => unitNames[word]?.test(unit)) ??
    known.find((word) => word === `${unit}/s`) ??
    nearest(unit, known);
  const hint = near === null ? `write one of ${listed(known)}` : `did you mean \`${near}\`?`;
  const start = offset + written.length - written.trimStart().length;
  return bad('unknown-unit', `${quoted(unit)} is not a unit of ${of}`, hint, start);
}

function negative(noun: string, text: string): Reading<number> {
  return bad('negative', `${quoted(text)} is negative; a ${noun} is 0 or more`);
}
