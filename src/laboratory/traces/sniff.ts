/**
 * Finds out from its first bytes and its name what a file is: one of the formats of traces, or
 * something else that is told by name. Text is judged by its first lines; a name decides only
 * where the bytes leave it open.
 */

import { looksLikeOracleGeneral } from './oracle-general.ts';
import type { TraceFormat } from './trace-options.ts';

export interface Sniffed {
  readonly format: TraceFormat;
  /** What is between the columns of CSV. */
  readonly delimiter: string;
}

/** Code, message and hint of a file that is no trace. */
export type Refusal = readonly [code: string, message: string, hint: string];

const UNPACK = 'unpack it, or pack it with gzip';
const OTHER = 'open a trace: CSV, oracleGeneral, Twitter, an access log or keys by line';

/** First bytes, as numbers or letters, of files that people take for traces. */
const kinds: readonly (readonly [string, string, readonly number[] | string])[] = [
  ['a ZIP archive', UNPACK, 'PK\x03\x04'],
  ['packed by zstd', UNPACK, [0x28, 0xb5, 0x2f, 0xfd]],
  ['packed by bzip2', UNPACK, 'BZh'],
  ['packed by xz', UNPACK, [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['packed by 7-Zip', UNPACK, [0x37, 0x7a, 0xbc, 0xaf]],
  ['packed by gzip twice', UNPACK, [0x1f, 0x8b]],
  ['UTF-16 text', 'save it as UTF-8', [0xff, 0xfe]],
  ['UTF-16 text', 'save it as UTF-8', [0xfe, 0xff]],
  ['a PNG image', OTHER, [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', OTHER, [0xff, 0xd8, 0xff]],
  ['a GIF image', OTHER, 'GIF8'],
  ['a PDF', OTHER, '%PDF'],
  ['a program', OTHER, '\x7fELF'],
  ['a Parquet table', 'write it as CSV', 'PAR1'],
  ['a SQLite database', 'write its table as CSV', 'SQLite format 3'],
];

/** Share of bytes without a place in text that a damaged text may have; random bytes have 9 %. */
const CONTROLS_MOST = 0.04;

const delimiters = [',', ';', '\t'] as const;

/** Decides by the first bytes of the unpacked file; `bytes` begin after a mark of UTF-8. */
export function sniff(bytes: Uint8Array, name: string): Sniffed | Refusal {
  const known = refusalOf(bytes);
  if (known !== null) return known;
  const lower = name.toLowerCase();
  if (/oracle-?general/.test(lower)) return { format: 'oracle-general', delimiter: '' };
  const start = bytes.subarray(0, 4096);
  const signs = start.reduce((sum, byte) => sum + (isControl(byte) ? 1 : 0), 0);
  if (signs > Math.max(1, start.length * CONTROLS_MOST)) return sniffBinary(bytes, start);
  return sniffText(start, lower);
}

function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 27);
}

/** What the file certainly is, when that is no trace. */
export function refusalOf(bytes: Uint8Array): Refusal | null {
  for (const [what, hint, magic] of kinds) {
    const codes = typeof magic === 'string' ? Array.from(magic, (one) => one.charCodeAt(0)) : magic;
    if (codes.every((code, at) => bytes[at] === code)) {
      return ['wrong-kind', `the file is ${what}`, hint];
    }
  }
  return null;
}

function sniffBinary(bytes: Uint8Array, start: Uint8Array): Sniffed | Refusal {
  if (looksLikeOracleGeneral(bytes)) return { format: 'oracle-general', delimiter: '' };
  const first = [...start.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0'));
  const message = `no format begins with the bytes ${first.join(' ')}`;
  return ['unknown-format', message, 'binary traces are read in the format oracle-general only'];
}

function sniffText(start: Uint8Array, name: string): Sniffed {
  const text = String.fromCharCode(...start);
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  // The last of several lines may be cut.
  const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, 10);
  if (whole.some((line) => /\[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d[^\]]*\] "/.test(line))) {
    return { format: 'access-log', delimiter: '' };
  }
  const twitter = /^\d+,.+,\d+,\d+,\d+,[a-z]+,\d+\r?$/;
  if (whole.length > 0 && whole.every((line) => twitter.test(line))) {
    return { format: 'twitter', delimiter: ',' };
  }
  const delimiter = delimiters.find((one) => {
    const counts = whole.map((line) => line.split(one).length);
    const same = counts.filter((count) => count > 1 && count === counts[0]);
    return same.length > counts.length / 2;
  });
  if (delimiter !== undefined) return { format: 'csv', delimiter };
  if (whole.length === 0) return { format: 'csv', delimiter: ',' };
  const isTable = /\.csv(\.gz)?$/.test(name);
  return isTable ? { format: 'csv', delimiter: ',' } : { format: 'plain', delimiter: '' };
}
