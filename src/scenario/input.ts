/**
 * The first look at an input: how big it is, and whether it is text at all. Nothing behind this
 * file sees a byte sequence that is not UTF-8 or a control character.
 */

import { limits } from './limits.ts';

/** The text of an input, or the one reason why it is none; `offset` is an index into `text`. */
export interface Input {
  /** As much of the text as could be read. */
  readonly text: string;
  readonly problem: {
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
    readonly offset: number;
  } | null;
}

/**
 * Decodes strictly and without a byte order mark; refuses more than {@link limits.fileBytes}, bytes
 * that are not UTF-8, control characters other than tab and line ends, and too many lines.
 */
export function readInput(input: string | Uint8Array): Input {
  const bytes = typeof input === 'string' ? utf8Length(input) : input.length;
  if (bytes > limits.fileBytes) {
    const message = `the file has ${bytes} bytes; at most ${limits.fileBytes} are read`;
    return { text: '', problem: { code: 'too-large', message, hint: null, offset: 0 } };
  }
  const decoded = typeof input === 'string' ? { text: input, bad: null } : decodeUtf8(input);
  const text = decoded.text.startsWith('\ufeff') ? decoded.text.slice(1) : decoded.text;
  if (decoded.bad !== null) {
    const byte = `0x${decoded.bad.toString(16).padStart(2, '0')}`;
    const message = `the byte ${byte} is not UTF-8 text`;
    const hint = 'save the file as UTF-8; a scenario is a text file';
    return { text, problem: { code: 'not-text', message, hint, offset: text.length } };
  }
  const control = /(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff]/u;
  const offset = text.search(control);
  if (offset !== -1) {
    const message = `the control character ${codePointName(text, offset)} is not allowed`;
    const hint = 'remove it; a scenario is plain text';
    return { text, problem: { code: 'control-character', message, hint, offset } };
  }
  if (lineCount(text) > limits.lines) {
    const message = `the file has more than ${limits.lines} lines`;
    return { text, problem: { code: 'too-large', message, hint: null, offset: 0 } };
  }
  return { text, problem: null };
}

/** `U+202E` for the character at an index. */
export function codePointName(text: string, offset: number): string {
  const code = text.codePointAt(offset) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Index of the first character that changes the direction of the text around it, or −1. Such a
 * name can look like another one.
 * Source: Boucher, Anderson, Trojan Source: Invisible Vulnerabilities, 2021.
 */
export function bidiControl(text: string): number {
  return text.search(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
}

function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** Bytes of the text as UTF-8; counting stops when there are too many for a file. */
function utf8Length(text: string): number {
  if (text.length > limits.fileBytes) return text.length;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * The text of UTF-8 bytes up to the first bad byte. Overlong forms, surrogates and code points
 * above U+10FFFF are bad, as RFC 3629 demands. Own code because the decoder of the platform does
 * not say where the bad byte is.
 */
function decodeUtf8(bytes: Uint8Array): { text: string; bad: number | null } {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at]!;
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length === 0 || first > 0xf4) return { text, bad: first };
    let code = length === 1 ? first : first & (0xff >> (length + 1));
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next];
      if (byte === undefined || (byte & 0xc0) !== 0x80) return { text, bad: first };
      code = code * 64 + (byte & 0x3f);
    }
    const overlong = (length === 3 && code < 0x800) || (length === 4 && code < 0x10000);
    if (overlong || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
      return { text, bad: first };
    }
    text += String.fromCodePoint(code);
    at += length;
  }
  return { text, bad: null };
}
