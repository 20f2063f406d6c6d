/** Times as people type and read them. */

import { clock } from '../base/measured.ts';

const unitSeconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
};

/** Seconds meant by `1:30`, `1:30.250`, `90`, `90s`, `1m30s`, `250ms`; null when none of these. */
export function readTime(text: string): number | null {
  const plain = text.trim().toLowerCase().replaceAll(' ', '');
  if (/^(\d+:)?(\d+:)?\d+(\.\d+)?$/.test(plain)) {
    return plain.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  }
  if (!/^(\d+(\.\d+)?(ms|s|min|m|h))+$/.test(plain)) return null;
  const parts = plain.matchAll(/(\d+(?:\.\d+)?)(ms|s|min|m|h)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * unitSeconds[unit!]!, 0);
}

/** As short as it can be: `0:34`, `1:02.5`, `0:12.034`. */
export function spokenTime(seconds: number): string {
  const text = clock(seconds)
    .replace(/\.?0+$/, '')
    .replace(/^0(\d:)/, '$1');
  // What was cut may have been the zeros of whole seconds.
  return clock(seconds).endsWith('.000') ? clock(seconds).slice(0, -4).replace(/^0/, '') : text;
}

/** For a screen reader: `1 minute 30 seconds`. */
export function timeInWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Number((seconds - minutes * 60).toFixed(seconds < 10 ? 3 : 1));
  const words = [];
  if (minutes > 0) words.push(minutes === 1 ? '1 minute' : `${minutes} minutes`);
  if (rest > 0 || minutes === 0) words.push(rest === 1 ? '1 second' : `${rest} seconds`);
  return words.join(' ');
}
