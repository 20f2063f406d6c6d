/** The value of a parameter from the way it is written, or what is wrong with it. */

import { assertNever } from '../base/assert.ts';
import { formatCount, formatDuration } from '../base/format-units.ts';
import { bad, good, quoted } from '../base/reading.ts';
import { suggestion } from '../base/suggest.ts';
import {
  readBandwidth,
  readCount,
  readDuration,
  readNumber,
  readRate,
  readShare,
  readSize,
} from '../base/units.ts';
import { readLaw } from './laws.ts';
import { readName } from './names.ts';
import { nounOf, syntaxes } from './parameter-words.ts';
import type { Reading } from '../base/reading.ts';
import type { Parameter } from '../model/parameters.ts';

/** True when a file need not give the parameter. */
export function mayLack(parameter: Parameter): boolean {
  if (parameter.default !== undefined || parameter.optional === true) return true;
  return parameter.type === 'object' && Object.values(parameter.fields).every(mayLack);
}

/** Reads one value as it is written in the file; maps and lists are not written as one value. */
export function readValue(parameter: Parameter, text: string): Reading<unknown> {
  if (text === 'none' && parameter.optional === true) return good(null);
  switch (parameter.type) {
    case 'duration':
      return inRange(readDuration(text), parameter, text, formatDuration);
    case 'latency':
      return readLaw(text);
    case 'rate':
      return readRate(text);
    case 'bandwidth':
      return readBandwidth(text);
    case 'size':
      return readSize(text);
    case 'count':
      if (parameter.unlimited === true && text === 'unlimited') return good(Infinity);
      return inRange(readCount(text), parameter, text, formatCount);
    case 'number':
      return inRange(readNumber(text), parameter, text, String);
    case 'share':
      return readShare(text);
    case 'flag':
      if (text === 'true' || text === 'false') return good(text === 'true');
      break;
    case 'text':
      return good(text);
    case 'choice':
      return readChoice(text, parameter.of);
    case 'component':
    case 'dataset':
      return readName(text);
    case 'syntax':
      return syntaxes[parameter.syntax].read(text);
    case 'zones':
    case 'list':
    case 'record':
    case 'object':
      break;
    default:
      assertNever(parameter);
  }
  return bad('wrong-type', `${quoted(text)} is not ${nounOf(parameter)}`);
}

function readChoice(text: string, words: readonly string[]): Reading<string> {
  if (words.includes(text)) return good(text);
  const hint = suggestion(text, words, 'allowed are');
  return bad('unknown-value', `${quoted(text)} is not one of the words allowed here`, hint);
}

function inRange(
  read: Reading<number>,
  range: { readonly min?: number; readonly max?: number },
  text: string,
  format: (value: number) => string,
): Reading<number> {
  if (!read.ok) return read;
  const { min = 0, max = Infinity } = range;
  if (read.value >= min && read.value <= max) return read;
  const allowed =
    max === Infinity ? `at least ${format(min)}` : `from ${format(min)} to ${format(max)}`;
  return bad('out-of-range', `${quoted(text)} is out of range; ${allowed} is allowed`);
}
