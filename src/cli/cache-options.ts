/** The options of `gameday cache`, read and checked. */

import { availableParallelism } from 'node:os';
import { nearest } from '../base/suggest.ts';
import { readCount, readShare, readSize } from '../base/units.ts';
import type { CurveSize } from '../laboratory/curve-plan.ts';
import { traceFormats } from '../laboratory/traces/trace-options.ts';
import type {
  TraceColumns,
  TraceFormat,
  TraceOptions,
} from '../laboratory/traces/trace-options.ts';
import { evictionPolicies } from '../model/eviction.ts';
import type { Arguments, Misuse } from './command.ts';

export interface CacheOptions {
  /** Null: nobody said which. */
  readonly policies: readonly string[] | null;
  readonly sizes: readonly CurveSize[];
  /** Null: nobody said; then entries, or what the cache of a scenario counts. */
  readonly unit: 'entries' | 'bytes' | null;
  readonly sample: number | 'auto';
  readonly bounds: boolean;
  readonly workers: number;
  /** Of generated look-ups. */
  readonly keys: number;
  readonly requests: number;
  readonly cache: string | null;
  readonly trace: TraceOptions;
}

const sizesUnlessGiven = '1%,2%,5%,10%,20%,50%';
const WORKERS_MAX = 256;
const KEYS_MOST = 100_000_000;

/** What is wrong is thrown inside this file and caught by its only door. */
class Wrong extends Error {
  readonly misuse: Misuse;

  constructor(message: string, hint: string | null) {
    super(message);
    this.misuse = { message, hint };
  }
}

export function readCacheOptions(args: Arguments): CacheOptions | Misuse {
  try {
    return options(args);
  } catch (error) {
    if (error instanceof Wrong) return error.misuse;
    throw error;
  }
}

function options(args: Arguments): CacheOptions {
  const sizes = listed('sizes', args.value('sizes') ?? sizesUnlessGiven).map(size);
  const kinds = new Set(sizes.map(({ kind }) => kind));
  if (kinds.has('entries') && kinds.has('bytes')) {
    throw new Wrong('--sizes has entries and bytes', 'write all sizes in one of the two');
  }
  const keys = count(args, 'keys', 1_000_000);
  if (keys > KEYS_MOST) throw new Wrong(`--keys is ${keys}`, `at most ${KEYS_MOST} fit`);
  return {
    policies: policies(args.value('policies')),
    sizes,
    unit:
      kinds.has('bytes') || args.has('bytes') ? 'bytes' : kinds.has('entries') ? 'entries' : null,
    sample: sample(args.value('sample')),
    bounds: args.has('bounds'),
    workers: workers(args.value('workers')),
    keys,
    requests: count(args, 'requests', 10_000_000),
    cache: args.value('cache'),
    trace: traceOptions(args),
  };
}

function policies(text: string | null): readonly string[] | null {
  if (text === null) return null;
  const known = [...evictionPolicies.keys()];
  if (text === 'all') return known;
  return listed('policies', text).map((name) => {
    if (known.includes(name)) return name;
    const near = nearest(name, known);
    const list = `the policies are ${known.join(', ')}`;
    throw new Wrong(`there is no policy ${name}`, near === null ? list : `did you mean ${near}?`);
  });
}

/** What stands between the commas of an option. */
function listed(name: string, text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (!words.includes('')) return words;
  throw new Wrong(
    `--${name} is ${text}, with nothing at one of its commas`,
    'leave that comma out',
  );
}

/** `5%`, `10k`, `512MB`. */
function size(text: string): CurveSize {
  if (text.endsWith('%')) {
    const share = readShare(text);
    if (!share.ok || !(share.value > 0)) {
      const message = `the size ${text} is not a share above 0% and up to 100%`;
      throw new Wrong(message, 'write --sizes 1%,5%,10%');
    }
    return { kind: 'share', share: share.value };
  }
  const isBytes = /[a-z]*B$/i.test(text);
  const read = isBytes ? readSize(text) : readCount(text);
  if (!read.ok) {
    throw new Wrong(
      `the size ${text} cannot be read`,
      'write shares `5%`, entries `10k` or bytes `512MB`',
    );
  }
  if (read.value < 1) throw new Wrong(`the size ${text} is empty`, 'a cache holds something');
  if (read.value > 2 ** 31) {
    if (!isBytes) throw new Wrong(`the size ${text} is too large`, 'at most 2 billion entries');
  }
  return isBytes ? { kind: 'bytes', bytes: read.value } : { kind: 'entries', entries: read.value };
}

function sample(text: string | null): number | 'auto' {
  if (text === null || text === 'auto') return 'auto';
  if (text === 'none') return 1;
  const share = readShare(text);
  if (share.ok && share.value > 0) return share.value;
  throw new Wrong(`--sample is ${text}`, 'write --sample 1%, --sample none or --sample auto');
}

function workers(text: string | null): number {
  if (text === null) return availableParallelism();
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= WORKERS_MAX) return number;
  throw new Wrong(`--workers is ${text}`, `write a whole number from 1 to ${WORKERS_MAX}`);
}

function count(args: Arguments, name: string, otherwise: number): number {
  const text = args.value(name);
  if (text === null) return otherwise;
  const read = readCount(text);
  if (read.ok && read.value >= 1) return read.value;
  throw new Wrong(`--${name} is ${text}`, `write --${name} 20M`);
}

function traceOptions(args: Arguments): TraceOptions {
  const format = args.value('format');
  if (format !== null && !(traceFormats as readonly string[]).includes(format)) {
    const near = nearest(format, traceFormats);
    const list = `the formats are ${traceFormats.join(', ')}`;
    throw new Wrong(`there is no format ${format}`, near === null ? list : `did you mean ${near}?`);
  }
  const columns = args.value('columns');
  const requests = args.value('requests');
  return {
    ...(format === null ? {} : { format: format as TraceFormat }),
    ...(columns === null ? {} : { columns: columnsOf(columns) }),
    ...(requests === null ? {} : { limits: { records: count(args, 'requests', 0) } }),
  };
}

/** `time=1,key=2,size=bytes`: numbers from 1, or names of the header. */
function columnsOf(text: string): TraceColumns {
  const usage = 'write --columns time=1,key=2,size=3,op=4, numbers or names of the header';
  const columns: Record<string, string | number> = {};
  for (const part of text.split(',')) {
    const match = /^(time|key|size|op)=(.+)$/.exec(part.trim());
    if (match === null) throw new Wrong(`--columns has ${part.trim()}`, usage);
    const place = match[2]!;
    if (columns[match[1]!] !== undefined)
      throw new Wrong(`--columns has ${match[1]!} twice`, usage);
    columns[match[1]!] = /^[1-9]\d*$/.test(place) ? Number(place) : place;
  }
  return columns;
}
