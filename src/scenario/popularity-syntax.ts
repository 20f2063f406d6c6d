/**
 * Which keys are asked for, as text: `zipf(0.99)`, `hotspot(10%, 90%)`, `latest(0.99, every 20)`.
 * Every form has a row below that says what stands between its parentheses.
 */

import { bad, good, quoted, shifted } from '../base/reading.ts';
import { suggestion } from '../base/suggest.ts';
import { readCount, readDuration, readNumber, readShare } from '../base/units.ts';
import { argumentsOf, splitCall } from './call-syntax.ts';
import type { Reading } from '../base/reading.ts';
import type { Every } from '../kernel/popularity/pace.ts';
import type { PopularityValue } from '../model/parameters.ts';
import type { Argument } from './call-syntax.ts';

type Part = 'exponent' | 'keys' | 'requests' | 'every' | 'length';

interface Form {
  readonly parts: readonly Part[];
  /** What the parts are called in a message. */
  readonly noun: string;
  readonly example: string;
}

const forms: Readonly<Record<PopularityValue['kind'], Form>> = {
  uniform: { parts: [], noun: 'nothing', example: 'uniform' },
  zipf: { parts: ['exponent'], noun: 'one exponent', example: 'zipf(0.99)' },
  'scrambled-zipf': {
    parts: ['exponent'],
    noun: 'one exponent',
    example: 'scrambled-zipf(0.99)',
  },
  hotspot: { parts: ['keys', 'requests'], noun: 'two shares', example: 'hotspot(10%, 90%)' },
  drift: {
    parts: ['keys', 'requests', 'every'],
    noun: 'two shares and how often the hot part moves on',
    example: 'drift(10%, 90%, every 100)',
  },
  latest: {
    parts: ['exponent', 'every'],
    noun: 'an exponent and how often there is a new key',
    example: 'latest(0.99, every 20)',
  },
  shift: {
    parts: ['exponent', 'every'],
    noun: 'an exponent and how often popularity is dealt out anew',
    example: 'shift(0.99, every 10m)',
  },
  'one-hit': {
    parts: ['requests', 'exponent'],
    noun: 'the share of keys that do not come again, and the exponent of the others',
    example: 'one-hit(20%, 0.99)',
  },
  loop: { parts: ['length'], noun: 'a number of keys', example: 'loop(1k)' },
  scan: { parts: [], noun: 'nothing', example: 'scan' },
  'minstd-zipf': { parts: [], noun: 'nothing', example: 'minstd-zipf' },
};

export const popularityNames: readonly string[] = Object.keys(forms);

export const popularityExamples: readonly string[] = Object.values(forms).map(
  ({ example }) => example,
);

/** Any number of an `every`, and of the other parts. */
type Parts = { readonly [P in Exclude<Part, 'every'>]?: number } & { readonly every?: Every };

export function readPopularity(text: string): Reading<PopularityValue> {
  const name = /^[a-z0-9-]*/i.exec(text)![0];
  const form = Object.hasOwn(forms, name) ? forms[name as PopularityValue['kind']] : undefined;
  if (form === undefined) {
    const hint = suggestion(name, Object.keys(forms), 'there are');
    return bad('bad-popularity', `${quoted(text)} is not a popularity of keys`, hint);
  }
  const usage = `write \`${form.example}\``;
  const isBare = text === name;
  const call = isBare ? null : splitCall(text);
  if (call !== null && !call.ok) return call;
  const list = call === null ? [] : argumentsOf(call.value.inside, call.value.insideStart);
  if (list.length !== form.parts.length || isBare !== (form.parts.length === 0)) {
    return bad('bad-popularity', `${quoted(name)} takes ${form.noun}`, usage);
  }
  const parts: Record<string, unknown> = {};
  for (const [index, part] of form.parts.entries()) {
    const argument = list[index]!;
    const value = shifted(readPart(part, argument, usage), argument.start);
    if (!value.ok) return value;
    parts[part] = value.value;
  }
  const { keys, requests } = parts as Parts;
  if (keys !== undefined && requests! < keys) {
    const message = `${list[0]!.text} of the keys get fewer requests than their part`;
    return bad('out-of-range', message, usage, list[1]!.start);
  }
  return good({ kind: name, ...parts } as unknown as PopularityValue);
}

function readPart(part: Part, { text }: Argument, usage: string): Reading<number | Every> {
  switch (part) {
    case 'exponent':
      return between(readNumber(text), 0, 5, (value) => `the exponent ${value}`, usage);
    case 'keys': {
      const share = readShare(text);
      if (!share.ok || (share.value > 0 && share.value < 1)) return share;
      const message = 'the hot part must be between 0% and 100% of the keys';
      return bad('out-of-range', message, usage);
    }
    case 'requests':
      return readShare(text);
    case 'length': {
      const count = readCount(text);
      if (!count.ok || count.value >= 1) return count;
      return bad('out-of-range', 'a loop is over one key at the least', usage);
    }
    default:
      return readEvery(text, usage);
  }
}

function between(
  number: Reading<number>,
  least: number,
  most: number,
  subject: (value: number) => string,
  usage: string,
): Reading<number> {
  if (!number.ok || (number.value >= least && number.value <= most)) return number;
  const message = `${subject(number.value)} is not from ${least} to ${most}`;
  return bad('out-of-range', message, usage);
}

/** `every 100` (requests) or `every 10s`. */
function readEvery(text: string, usage: string): Reading<Every> {
  const match = /^every\s+(\S.*)$/.exec(text);
  if (match === null) return bad('bad-popularity', `${quoted(text)} does not say how often`, usage);
  const start = text.length - match[1]!.length;
  const isCount = /^[\d_.]+[kKMG]?$/.test(match[1]!);
  const value = shifted(isCount ? readCount(match[1]!) : readDuration(match[1]!), start);
  if (!value.ok) return value;
  if (value.value > 0) return good(isCount ? { requests: value.value } : { ns: value.value });
  return bad('out-of-range', 'what moves, moves after more than nothing', usage, start);
}
