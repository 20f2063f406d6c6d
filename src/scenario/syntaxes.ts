/**
 * Values that carry several numbers in one string: capacities, times to live, shards, pauses,
 * arrivals, estimates from users. Each reader is the inverse of what the catalogue
 * shows as its examples.
 */

import { bad, good, shifted, quoted } from '../base/reading.ts';
import { nearest, suggestion } from '../base/suggest.ts';
import { readCount, readDuration, readNumber, readShare, readSize } from '../base/units.ts';
import { shardingPolicies } from '../model/sharding.ts';
import { argumentsOf, splitCall } from './call-syntax.ts';
import { readIntervalLaw } from './laws.ts';
import type { Reading } from '../base/reading.ts';
import type { Arrivals, Backoff, Capacity, Ttl, UsersEstimate } from '../model/parameters.ts';

/** Ways in which a key finds its shard. */
const shardingWords = [...shardingPolicies.keys()];

/** Shards of one database at most. */
const MOST_SHARDS = 500;

/** Seconds of a day, to turn requests a day into a rate. */
const DAY_SECONDS = 86_400;

/** `10k entries`, `512MB`, `10% of photos`; every one above 0. */
export function readCapacity(text: string): Reading<Capacity> {
  const share = /^(\S+)\s+of\s+(\S+)$/.exec(text);
  if (share !== null) {
    const value = readShare(share[1]!);
    if (!value.ok) return value;
    if (value.value === 0) return holdsNothing(text);
    return good({ kind: 'share', share: value.value, dataset: share[2]! });
  }
  const entries = /^(\S+)\s+entr(?:y|ies)$/.exec(text);
  if (entries !== null) {
    const value = readCount(entries[1]!);
    if (!value.ok) return value;
    if (value.value === 0) return holdsNothing(text);
    return good({ kind: 'entries', entries: value.value });
  }
  const size = readSize(text);
  if (size.ok) {
    return size.value === 0 ? holdsNothing(text) : good({ kind: 'bytes', bytes: size.value });
  }
  if (size.problem.code === 'missing-unit') {
    const message = `${quoted(text)} has no unit; a capacity needs one`;
    return bad('missing-unit', message, `write \`${text} entries\`, \`${text}MB\` or \`10% of …\``);
  }
  if (size.problem.code !== 'bad-size') return size;
  const hint = 'write `10k entries`, `512MB` or `10% of photos` (a dataset)';
  return bad('bad-capacity', `${quoted(text)} is not a capacity`, hint);
}

function holdsNothing(text: string): Reading<never> {
  return bad('out-of-range', `${quoted(text)} holds nothing; a capacity is above 0`);
}

/** `10m`, `10m ±10%` (also `+-10%`), `30s sliding`, `none`. The jitter is at most 100 %. */
export function readTtl(text: string): Reading<Ttl | null> {
  if (text === 'none') return good(null);
  const match = /^(\S+)((?:\s+)(?:±|\+-)(\S+))?(\s+sliding)?$/.exec(text);
  if (match === null) {
    const hint = 'write `10m`, `10m ±10%`, `30s sliding` or `none`';
    return bad('bad-ttl', `${quoted(text)} is not a time to live`, hint);
  }
  const duration = readDuration(match[1]!);
  if (!duration.ok) return duration;
  if (duration.value === 0) {
    return bad('out-of-range', 'a time to live of 0 keeps nothing', 'write `none` for no expiry');
  }
  const jitterStart = text.indexOf(match[3] ?? '', match[1]!.length);
  const jitter = match[3] === undefined ? good(0) : shifted(readShare(match[3]), jitterStart);
  if (!jitter.ok) return jitter;
  return good({
    durationNs: duration.value,
    jitter: jitter.value,
    sliding: match[4] !== undefined,
  });
}

/** `4`, `4 by hash`, `8 by range`. */
export function readShards(text: string): Reading<{ readonly count: number; readonly by: string }> {
  const match = /^(\S+)(\s+by\s+)?(\S+)?$/.exec(text);
  if (match === null || (match[2] === undefined) !== (match[3] === undefined)) {
    return bad('bad-shards', `${quoted(text)} does not say how many shards`, 'write `4 by hash`');
  }
  const count = readCount(match[1]!);
  if (!count.ok) return count;
  if (count.value < 1 || count.value > MOST_SHARDS) {
    return bad('out-of-range', `${quoted(match[1]!)} shards; 1 to ${MOST_SHARDS} are allowed`);
  }
  const by = match[3] ?? 'hash';
  if (shardingWords.includes(by)) return good({ count: count.value, by });
  const hint = suggestion(by, shardingWords, 'the ways are');
  const offset = match[1]!.length + match[2]!.length;
  return bad('unknown-value', `${quoted(by)} is not a way to find a shard`, hint, offset);
}

/** `exponential(50ms, max 1s)`, `constant(100ms)`, `none`. */
export function readBackoff(text: string): Reading<Backoff> {
  const usage = 'write `exponential(50ms, max 1s)`, `constant(100ms)` or `none`';
  if (text === 'none') return good({ kind: 'none', baseNs: 0, maxNs: Infinity });
  const call = splitCall(text);
  const name = call.ok ? call.value.name : text;
  if (!call.ok || (name !== 'exponential' && name !== 'constant')) {
    const near = nearest(name, ['exponential', 'constant']);
    const hint = near === null || near === name ? usage : `did you mean \`${near}\`?`;
    return bad('bad-backoff', `${quoted(text)} is not a pause between attempts`, hint);
  }
  const [first, second, ...more] = argumentsOf(call.value.inside, call.value.insideStart);
  if (first === undefined || more.length > 0 || (second !== undefined && name === 'constant')) {
    return bad('bad-backoff', `${quoted(text)} is not a pause between attempts`, usage);
  }
  const base = shifted(readDuration(first.text), first.start);
  if (!base.ok) return base;
  if (base.value === 0) return bad('out-of-range', 'a pause of 0 is no pause', 'write `none`');
  if (second === undefined) return good({ kind: name, baseNs: base.value, maxNs: Infinity });
  const maxMatch = /^max\s+(\S+)$/.exec(second.text);
  if (maxMatch === null) {
    return bad(
      'bad-backoff',
      `${quoted(second.text)} is not the longest pause`,
      usage,
      second.start,
    );
  }
  const most = shifted(
    readDuration(maxMatch[1]!),
    second.start + second.text.indexOf(maxMatch[1]!),
  );
  if (!most.ok) return most;
  if (most.value >= base.value) return good({ kind: name, baseNs: base.value, maxNs: most.value });
  const message = `the longest pause, ${quoted(maxMatch[1]!)}, is shorter than the first`;
  return bad('bad-backoff', message, usage, second.start);
}

/** `poisson`, `constant`, or a law of intervals such as `erlang(2)` or `gamma(shape 0.5)`. */
export function readArrivals(text: string): Reading<Arrivals> {
  if (text === 'poisson' || text === 'constant') return good({ kind: text });
  if (!text.includes('(')) {
    const hint = suggestion(text, ['poisson', 'constant'], 'write `erlang(2)` or another law,');
    return bad('bad-arrivals', `${quoted(text)} is not a way of arriving`, hint);
  }
  const interval = readIntervalLaw(text);
  return interval.ok ? good({ kind: 'renewal', interval: interval.value }) : interval;
}

/** A factor ≥ 0: `2x` or `2`. */
export function readFactor(text: string): Reading<number> {
  const number = readNumber(text.endsWith('x') ? text.slice(0, -1) : text);
  if (number.ok && number.value >= 0) return number;
  return bad('bad-factor', `${quoted(text)} is not a factor`, 'write `2x` or `2`');
}

/** `10M daily, 40 requests each, peak 2x`: users a day, requests of each, peak over mean. */
export function readUsers(text: string): Reading<UsersEstimate> {
  const usage = 'write `10M daily, 40 requests each, peak 2x`';
  const match = /^(\S+)\s+daily,\s*(\S+)\s+requests?\s+each(?:,\s*peak\s+(\S+))?$/.exec(text);
  if (match === null) return bad('bad-users', `${quoted(text)} is not an estimate`, usage);
  const users = readCount(match[1]!);
  if (!users.ok) return users;
  const each = readNumber(match[2]!);
  if (!each.ok) return shifted(each, text.indexOf(match[2]!, match[1]!.length));
  const peak = match[3] === undefined ? good(1) : readFactor(match[3]);
  if (!peak.ok) return shifted(peak, text.lastIndexOf(match[3]!));
  if (users.value === 0 || each.value <= 0 || peak.value < 1) {
    const message = `${quoted(text)}: users and requests must be above 0, the peak at least 1x`;
    return bad('out-of-range', message, usage);
  }
  const perDay = users.value * each.value;
  return good({
    users: users.value,
    requestsEach: each.value,
    peak: peak.value,
    meanRate: perDay / DAY_SECONDS,
    rate: (perDay * peak.value) / DAY_SECONDS,
  });
}
