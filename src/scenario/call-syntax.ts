/** The form `name(argument, argument)` that laws, pauses and popularities share. */

import { bad, good, quoted } from '../base/reading.ts';
import { nearest } from '../base/suggest.ts';

import type { Reading } from '../base/reading.ts';

/** A part of a longer text and where it starts in it. */
export interface Argument {
  readonly text: string;
  readonly start: number;
}

/** Splits `name(inside)`. */
export function splitCall(
  text: string,
): Reading<{ readonly name: string; readonly inside: string; readonly insideStart: number }> {
  const match = /^([a-z][a-z0-9-]*)\s*\((.*)\)$/is.exec(text);
  if (match !== null && balanced(match[2]!)) {
    const insideStart = text.indexOf('(') + 1;
    return good({ name: match[1]!, inside: match[2]!, insideStart });
  }
  if (balanced(text)) {
    const name = /^[a-z0-9-]*/i.exec(text)![0];
    const message = `${quoted(text)} is not understood; \`${name}(…)\` is expected`;
    return bad('bad-syntax', message, 'put the values between parentheses after the name');
  }
  return bad('bad-syntax', `the parentheses of ${quoted(text)} do not match`, 'close each of them');
}

/** The parts between commas that are not inside inner parentheses, without spaces around them. */
export function argumentsOf(inside: string, insideStart: number): Argument[] {
  if (inside.trim() === '') return [];
  const list: Argument[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= inside.length; at++) {
    const character = inside[at];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    if (character !== undefined && (character !== ',' || depth > 0)) continue;
    const part = inside.slice(from, at);
    const spaces = part.length - part.trimStart().length;
    list.push({ text: part.trim(), start: insideStart + from + spaces });
    from = at + 1;
  }
  return list;
}

/** Reads arguments of the form `word value`, in any order, each word at most once. */
export function namedArguments(
  list: readonly Argument[],
  words: readonly string[],
  usage: string,
  read: (word: string, argument: Argument) => Reading<number>,
): Reading<Record<string, number>> {
  const values = Object.create(null) as Record<string, number>;
  for (const argument of list) {
    const match = /^([a-z][a-z0-9-]*)(\s+)(.+)$/is.exec(argument.text);
    const word = match?.[1];
    if (match === null || word === undefined) {
      const message = `${quoted(argument.text)} does not say what it is`;
      return bad('bad-law', message, usage, argument.start);
    }
    if (!words.includes(word)) {
      const near = nearest(word, words);
      const hint = near === null ? usage : `did you mean \`${near}\`?`;
      return bad('bad-law', `${quoted(word)} is not known here`, hint, argument.start);
    }
    if (word in values)
      return bad('bad-law', `${quoted(word)} is given twice`, usage, argument.start);
    const start = argument.start + word.length + match[2]!.length;
    const value = read(word, { text: match[3]!, start });
    if (!value.ok) return value;
    values[word] = value.value;
  }
  return good(values);
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')') depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
