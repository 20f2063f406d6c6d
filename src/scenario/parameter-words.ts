/** How each type of parameter is called and written, for messages, schema and catalogue. */

import { listed } from '../base/suggest.ts';
import { bad } from '../base/reading.ts';
import { readName } from './names.ts';
import { RATE_UNITS, SIZE_UNITS, TIME_UNITS } from '../base/units.ts';
import {
  readArrivals,
  readBackoff,
  readCapacity,
  readFactor,
  readShards,
  readTtl,
  readUsers,
} from './syntaxes.ts';
import { readAdmission } from './admission-syntax.ts';
import { readStampede, readWarmth } from './cache-syntaxes.ts';
import { readPrice } from './money.ts';
import { readShadow } from './shadow-syntax.ts';
import { readReplayedRequest } from './replayed-request.ts';
import { popularityExamples, readPopularity } from './popularity-syntax.ts';
import type { Reading } from '../base/reading.ts';
import type { Parameter, SyntaxValues } from '../model/parameters.ts';

interface Words {
  /** With its article, as in "a duration is expected". */
  readonly noun: string;
  /** As it is written in a file; the first is the one shown in hints. */
  readonly examples: readonly string[];
}

interface Syntax extends Words {
  readonly read: (text: string) => Reading<unknown>;
}

const typeWords: Readonly<Record<Exclude<Parameter['type'], 'syntax'>, Words>> = {
  duration: { noun: 'a duration', examples: ['5s', '250us', '1m30s'] },
  latency: {
    noun: 'a duration or a law',
    examples: ['5ms', 'p50=2ms p99=12ms', 'exponential(2ms)'],
  },
  rate: { noun: 'a rate', examples: ['5k/s', '300/m', '2M/day'] },
  bandwidth: { noun: 'a bandwidth', examples: ['1Gbps', '100MB/s'] },
  size: { noun: 'a size', examples: ['2KB', '64MiB'] },
  count: { noun: 'a whole number', examples: ['10', '2k'] },
  number: { noun: 'a number', examples: ['1.5'] },
  share: { noun: 'a share', examples: ['20%', '0.2'] },
  flag: { noun: '`true` or `false`', examples: ['true'] },
  text: { noun: 'a text', examples: [] },
  choice: { noun: 'a word', examples: [] },
  component: { noun: 'the name of a component', examples: ['api'] },
  dataset: { noun: 'the name of a dataset', examples: ['photos'] },
  zones: { noun: 'a list of zones', examples: ['[a, b, c]'] },
  list: { noun: 'a list', examples: [] },
  record: { noun: 'a map', examples: [] },
  object: { noun: 'a map', examples: [] },
};

export const syntaxes: { readonly [K in keyof SyntaxValues]: Syntax } = {
  capacity: {
    noun: 'a capacity',
    examples: ['10% of photos', '512MB', '10k entries'],
    read: readCapacity,
  },
  ttl: {
    noun: 'a time to live',
    examples: ['10m', '10m ±10%', '30s sliding', 'none'],
    read: readTtl,
  },
  stampede: {
    noun: 'a protection against stampedes',
    examples: [
      'none',
      'single-flight',
      'global-single-flight',
      'lease',
      'early-expiry(1)',
      'stale-while-revalidate(30s)',
    ],
    read: readStampede,
  },
  admission: {
    noun: 'a rule of admission',
    examples: ['all', 'tiny-lfu', 'size-threshold(10KB)', 'probability(10%)'],
    read: readAdmission,
  },
  shadow: {
    noun: 'a size in relation to the capacity, after a policy if another',
    examples: ['200%', 's3-fifo 100%'],
    read: readShadow,
  },
  warm: {
    noun: 'what a cache holds at the start',
    examples: ['empty', 'popular', 'popular(20%)'],
    read: readWarmth,
  },
  shards: {
    noun: 'a number of shards',
    examples: ['4 by hash', '4', '8 by range'],
    read: readShards,
  },
  backoff: {
    noun: 'a pause',
    examples: ['exponential(50ms, max 1s)', 'constant(100ms)', 'none'],
    read: readBackoff,
  },
  steps: {
    noun: 'a list of steps',
    examples: ['[{ work: 5ms }, { read: photos }]'],
    read: notText,
  },
  popularity: {
    noun: 'a popularity',
    examples: popularityExamples,
    read: readPopularity,
  },
  arrivals: {
    noun: 'a way of arriving',
    examples: ['poisson', 'constant', 'erlang(2)', 'gamma(shape 0.5)'],
    read: readArrivals,
  },
  shape: {
    noun: 'a list of changes of the rate',
    examples: ['[{ at: 60s, rate: 8k/s }]'],
    read: notText,
  },
  users: {
    noun: 'an estimate',
    examples: ['10M daily, 40 requests each, peak 2x'],
    read: readUsers,
  },
  zone: { noun: 'the name of a zone', examples: ['a'], read: readName },
  price: { noun: 'a price', examples: ['$0.25/h', '$180/month'], read: readPrice },
  factor: { noun: 'a factor', examples: ['2x', '2'], read: readFactor },
  request: {
    noun: 'a recorded request',
    examples: ['10ms photo-7 read', '0.01 photo-7'],
    read: readReplayedRequest,
  },
};

/** What a parameter's value is called, with its article. */
export function nounOf(parameter: Parameter): string {
  if (parameter.type === 'syntax') return syntaxes[parameter.syntax].noun;
  if (parameter.type === 'choice') return `one of ${listed(parameter.of)}`;
  if (parameter.type === 'component' && parameter.kinds.length > 0) {
    return `the name of a ${parameter.kinds.join(', ')}`;
  }
  return typeWords[parameter.type].noun;
}

/** How a value of the parameter may be written. */
export function examplesOf(parameter: Parameter): readonly string[] {
  if (parameter.type === 'syntax') return syntaxes[parameter.syntax].examples;
  if (parameter.type === 'choice') return parameter.of;
  if (parameter.type === 'record' && parameter.keys === 'operation') {
    return ['{ view: [ { work: 5ms } ] }'];
  }
  return typeWords[parameter.type].examples;
}

function notText(text: string): Reading<never> {
  return bad('wrong-type', `\`${text.slice(0, 60)}\` is not a list`);
}

const NUMBER = String.raw`(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?`;
const TIME = `(${Object.keys(TIME_UNITS).join('|')}|μs)`;
const SIZE = `(${Object.keys(SIZE_UNITS).join('|')})`;

/** How values with units look, as regular expressions for editors; the readers know more. */
const patterns: Readonly<Partial<Record<Parameter['type'], string>>> = {
  duration: `0|(${NUMBER}${TIME})+`,
  rate: `0|${NUMBER}[kMG]?/(${Object.keys(RATE_UNITS).join('|')})`,
  size: `0|${NUMBER}${SIZE}`,
  bandwidth: `unlimited|${NUMBER}([kMGT]?bps|${SIZE}/s)`,
  count: `${NUMBER}[kMG]?`,
  share: `${NUMBER}%?`,
};

/** The form of a written value for the JSON schema; null when it has no simple one. */
export function patternOf(parameter: Parameter): string | null {
  const pattern = patterns[parameter.type];
  if (pattern === undefined) return null;
  const isUnlimited = parameter.type === 'count' && parameter.unlimited === true;
  const words = `${parameter.optional === true ? 'none|' : ''}${isUnlimited ? 'unlimited|' : ''}`;
  return `^(${words}${pattern})$`;
}
