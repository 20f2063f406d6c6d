/** Values of caches that carry several numbers in one string. */

import { bad, good, quoted, shifted } from '../base/reading.ts';
import { suggestion } from '../base/suggest.ts';
import { readDuration, readNumber, readShare } from '../base/units.ts';
import { argumentsOf, splitCall } from './call-syntax.ts';
import type { Reading } from '../base/reading.ts';
import type { StampedeProtection, Warmth } from '../model/parameters.ts';

const plainWords = ['none', 'single-flight', 'global-single-flight', 'lease'] as const;
const stampedeWords = [...plainWords, 'early-expiry', 'stale-while-revalidate'];

/** `early-expiry` takes what XFetch takes as its optimum when nothing is said. */
const BETA = 1;
/** A factor above it would fetch at nearly every look-up. */
const BETA_MAX = 1000;

/** `none`, `single-flight`, `lease`, `early-expiry(1)`, `stale-while-revalidate(30s)` … */
export function readStampede(text: string): Reading<StampedeProtection> {
  const plain = plainWords.find((word) => word === text);
  if (plain !== undefined) return good({ kind: plain });
  if (text === 'early-expiry') return good({ kind: 'early-expiry', beta: BETA });
  const read = readCall(text, stampedeWords);
  if (!read.ok) return read;
  const { name, argument } = read.value;
  if (name === 'early-expiry') {
    const beta = shifted(readNumber(argument.text), argument.start);
    if (!beta.ok) return beta;
    if (beta.value > 0 && beta.value <= BETA_MAX) return good({ kind: name, beta: beta.value });
    const allowed = `above 0 up to ${BETA_MAX} is allowed`;
    const message = `${quoted(argument.text)} is out of range; ${allowed}`;
    return bad('out-of-range', message, null, argument.start);
  }
  if (name === 'stale-while-revalidate') {
    const time = shifted(readDuration(argument.text), argument.start);
    if (!time.ok) return time;
    if (time.value > 0) return good({ kind: name, forNs: time.value });
    return bad('out-of-range', 'for 0 s no old value is served', 'write `none`', argument.start);
  }
  return bad('bad-syntax', `${quoted(name)} takes no value`, `write \`${name}\``);
}

/** `empty`, `popular`, `popular(20%)`. */
export function readWarmth(text: string): Reading<Warmth> {
  if (text === 'empty') return good({ kind: text, share: 0 });
  if (text === 'popular') return good({ kind: text, share: 1 });
  const read = readCall(text, ['empty', 'popular']);
  if (!read.ok) return read;
  const { name, argument } = read.value;
  if (name === 'empty') return bad('bad-syntax', '`empty` takes no value', 'write `empty`');
  const share = shifted(readShare(argument.text), argument.start);
  if (!share.ok) return share;
  if (share.value > 0) return good({ kind: 'popular', share: share.value });
  return bad('out-of-range', 'a share of 0% is nothing', 'write `empty`', argument.start);
}

/** `name(argument)` with one of some names. */
function readCall(
  text: string,
  names: readonly string[],
): Reading<{ readonly name: string; readonly argument: { text: string; start: number } }> {
  const hint = suggestion(text.replace(/\(.*$/s, ''), names, 'allowed are');
  const call = text.includes('(') ? splitCall(text) : null;
  if (call !== null && !call.ok) return call;
  if (call === null || !names.includes(call.value.name)) {
    if (names.includes(text)) {
      return bad('bad-syntax', `${quoted(text)} needs a value`, `write \`${text}(…)\``);
    }
    return bad('unknown-value', `${quoted(text)} is not one of the words allowed here`, hint);
  }
  const [argument, ...more] = argumentsOf(call.value.inside, call.value.insideStart);
  if (argument === undefined || more.length > 0) {
    return bad('bad-syntax', `${quoted(call.value.name)} takes one value in parentheses`);
  }
  return good({ name: call.value.name, argument });
}
