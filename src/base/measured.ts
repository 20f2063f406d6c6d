/**
 * Writes measured values for the eye: few digits, a fixed number of them, so that a changing
 * number keeps its width. (Values that a person typed are written exactly, by format-units.ts.)
 */

/** `0.4`, `12`, `940`, `1.2k`, `31k`, `4.5M`. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '–';
  const size = Math.abs(value);
  if (size < 0.05) return '0';
  if (size < 9.95) return value.toFixed(1);
  if (size < 999.5) return value.toFixed(0);
  if (size < 9_950) return `${(value / 1e3).toFixed(1)}k`;
  if (size < 999_500) return `${(value / 1e3).toFixed(0)}k`;
  return `${(value / 1e6).toFixed(1)}M`;
}

/** A whole number of things: `7`, `940`, `1.2k`. */
export function shortCount(value: number): string {
  return value < 9.95 ? String(Math.round(value)) : shortNumber(value);
}

/** Milliseconds as `0.40 ms`, `4.2 ms`, `412 ms`, `1.25 s`. */
export function shortMilliseconds(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 0.005) return '0 ms';
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  return `${(ms / 1000).toFixed(2)} s`;
}

/** A share from 0 to 1 as `92 %`. */
export function shortShare(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(0)} %` : '–';
}

/** Seconds as `01:34.120`, hours in front when there are any. */
export function clock(seconds: number): string {
  const ms = Math.floor(seconds * 1000 + 1e-6);
  const hours = Math.floor(ms / 3_600_000);
  const minutes = padded(Math.floor(ms / 60_000) % 60, 2);
  const rest = padded(Math.floor(ms / 1000) % 60, 2);
  return `${hours > 0 ? `${hours}:` : ''}${minutes}:${rest}.${padded(ms % 1000, 3)}`;
}

/** The same without the fraction: `01:34`. */
export function shortClock(seconds: number): string {
  return clock(seconds).slice(0, -4);
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
