/** What a name in a scenario file may look like. */

import { bad, good, quoted } from '../base/reading.ts';

import { limits } from './limits.ts';
import type { Reading } from '../base/reading.ts';

/** The form of names as the source of a regular expression. */
export const NAME_PATTERN = '^[A-Za-z][A-Za-z0-9_-]*$';

const NAME = new RegExp(NAME_PATTERN);

/**
 * A name starts with a letter and goes on with letters, digits, `-` and `_`, {@link
 * limits.labelLength} in all at most. Words that every JavaScript object answers to are refused,
 * so that no reader of results can take one for the other.
 */
export function readName(text: string): Reading<string> {
  if (text.length > limits.labelLength) {
    return bad('too-long', `${quoted(text)} is longer than ${limits.labelLength} characters`);
  }
  if (!NAME.test(text)) {
    const cured = text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .trim()
      .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/-+$/, '');
    const rule = 'a letter, then letters, digits, `-` or `_`';
    const hint = NAME.test(cured) && !(cured in Object.prototype) ? `write \`${cured}\`` : null;
    return bad('bad-name', `${quoted(text)} is not a name: ${rule}`, hint);
  }
  if (text in Object.prototype) {
    return bad('bad-name', `${quoted(text)} is a reserved word`, 'choose another name');
  }
  return good(text);
}
