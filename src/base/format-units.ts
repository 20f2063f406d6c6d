/**
 * Writes quantities in the shortest form that reads back as exactly the same number: the inverse
 * of units.ts. Meant for values that a person typed or will edit; measured values are better
 * rounded first.
 */

import { SIZE_UNITS, shiftedNumber } from './units.ts';

/** Nanoseconds (an integer ≥ 0) as `250us`, `1.5ms`, `40s`, `1m30s`, `0s`. */
export function formatDuration(ns: number): string {
  if (ns === 0) return '0s';
  if (ns < 1e3) return `${ns}ns`;
  if (ns < 1e6) return `${movePoint(ns, -3)}us`;
  if (ns < 1e9) return `${movePoint(ns, -6)}ms`;
  if (ns < 60e9) return `${movePoint(ns, -9)}s`;
  const parts: string[] = [];
  let rest = ns;
  for (const [unit, size] of [
    ['d', 86_400e9],
    ['h', 3_600e9],
    ['m', 60e9],
  ] as const) {
    const whole = Math.floor(rest / size);
    if (whole > 0) parts.push(`${whole}${unit}`);
    rest -= whole * size;
  }
  if (rest > 0) parts.push(`${movePoint(rest, -9)}s`);
  return parts.join('');
}

/** Events per second (finite, ≥ 0) as `5k/s`, `30/m`, `10M/day`. */
export function formatRate(perSecond: number): string {
  const inSeconds = `${formatScaled(perSecond)}/s`;
  if (inSeconds.length <= 8) return inSeconds;
  const candidates = [inSeconds];
  for (const [unit, seconds] of [
    ['m', 60],
    ['h', 3_600],
    ['day', 86_400],
  ] as const) {
    for (const digits of [12, 15, 17]) {
      const count = Number((perSecond * seconds).toPrecision(digits));
      if (count / seconds === perSecond) candidates.push(`${formatScaled(count)}/${unit}`);
    }
  }
  return shortest(candidates);
}

/** Bytes (an integer ≥ 0) as `500B`, `2KB`, `64MiB`. */
export function formatSize(bytes: number): string {
  const candidates = [`${bytes}B`];
  for (const [unit, power] of [
    ['KB', 3],
    ['MB', 6],
    ['GB', 9],
    ['TB', 12],
  ] as const) {
    if (bytes >= Number(`1e${power}`)) candidates.push(`${movePoint(bytes, -power)}${unit}`);
  }
  for (const [unit, size] of [
    ['KiB', SIZE_UNITS.KiB],
    ['MiB', SIZE_UNITS.MiB],
    ['GiB', SIZE_UNITS.GiB],
    ['TiB', SIZE_UNITS.TiB],
  ] as const) {
    // A power of two divides exactly, so the quotient reads back as the same bytes.
    if (bytes >= size) candidates.push(`${String(bytes / size)}${unit}`);
  }
  return shortest(candidates);
}

/** Bytes per second as `1Gbps`, `unlimited` for Infinity. */
export function formatBandwidth(bytesPerSecond: number): string {
  if (bytesPerSecond === Infinity) return 'unlimited';
  const bits = bytesPerSecond * 8;
  const candidates = [`${String(bits)}bps`];
  for (const [unit, power] of [
    ['kbps', 3],
    ['Mbps', 6],
    ['Gbps', 9],
  ] as const) {
    if (bits >= Number(`1e${power}`)) candidates.push(`${movePoint(bits, -power)}${unit}`);
  }
  return shortest(candidates);
}

/** A number ≥ 0 as `200`, `10k`, `1.5M`; Infinity as `unlimited`. */
export function formatCount(value: number): string {
  return value === Infinity ? 'unlimited' : formatScaled(value);
}

/** 0 to 1 as `99.95%`. */
export function formatShare(share: number): string {
  return `${movePoint(share, 2)}%`;
}

/** The number with the suffix k, M or G where that makes it shorter. */
function formatScaled(value: number): string {
  const candidates = [String(value)];
  for (const [suffix, power] of [
    ['k', 3],
    ['M', 6],
    ['G', 9],
  ] as const) {
    if (value >= Number(`1e${power}`)) candidates.push(`${movePoint(value, -power)}${suffix}`);
  }
  return shortest(candidates);
}

/** The first of the shortest. */
function shortest(candidates: readonly string[]): string {
  let best = candidates[0]!;
  for (const candidate of candidates) if (candidate.length < best.length) best = candidate;
  return best;
}

/**
 * The decimal digits of the value with the point moved. The digits stay those of the shortest
 * form, so moving the point back gives the same number.
 */
function movePoint(value: number, power: number): string {
  const text = String(value);
  const moved = shiftedNumber(text, power);
  const plain = String(moved);
  if (shiftedNumber(plain, -power) === value) return plain;
  const [digits, exponent] = text.split('e');
  return `${digits!}e${Number(exponent ?? 0) + power}`;
}
