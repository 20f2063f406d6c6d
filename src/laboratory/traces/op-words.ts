/** The words by which traces say what was done to a key. */

import { Op } from '../look-ups.ts';

const reads = 'get gets read r head lookup'.split(' ');
const writes =
  'set put write w add cas replace append prepend incr decr insert update post patch'.split(' ');
const deletes = 'delete del d remove invalidate purge'.split(' ');

/** Eleven letters in base 27 are below 2^53, so the code of a word is exact. */
const LETTERS_MOST = 11;

const opOfCode = new Map([
  ...reads.map((word) => [codeOf(word), Op.read] as const),
  ...writes.map((word) => [codeOf(word), Op.write] as const),
  ...deletes.map((word) => [codeOf(word), Op.delete] as const),
]);

/** The `Op` of a word in any case; -1 for one that is not known. */
export function opAt(bytes: Uint8Array, from: number, to: number): number {
  let code = 0;
  if (to - from > LETTERS_MOST) return -1;
  for (let at = from; at < to; at++) {
    const letter = (bytes[at]! | 32) - 96;
    if (letter < 1 || letter > 26) return -1;
    code = code * 27 + letter;
  }
  return opOfCode.get(code) ?? -1;
}

function codeOf(word: string): number {
  let code = 0;
  for (let i = 0; i < word.length; i++) code = code * 27 + (word.charCodeAt(i) - 96);
  return code;
}
