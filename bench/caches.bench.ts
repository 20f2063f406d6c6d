/** Eviction policies on a trace of popular keys, against LRU as a hand-written loop. */

import { Popularity } from '../src/kernel/popularity.ts';
import { streamFor } from '../src/kernel/random.ts';
import { CacheStore } from '../src/model/cache-store.ts';
import { evictionPolicies } from '../src/model/eviction.ts';
import { TraceCache } from '../src/model/trace-cache.ts';
import type { Bench, Figure, Sheet } from './bench.ts';
import { DenseClock, DenseFifo, DenseLru, DenseSieve } from './dense-caches.ts';
import type { DenseCache } from './dense-caches.ts';
import { measure, millionsPerSecond, speedOver } from './rounds.ts';
import { inThread } from './thread.ts';

const KEYS = 1_000_000;
const SIZES = [
  { title: '1 % of the keys', capacity: 10_000 },
  { title: '10 % of the keys', capacity: 100_000 },
];

/** The same policies as loops for one policy; they have to miss as often. */
const byHand: Readonly<Record<string, new (keys: number, capacity: number) => DenseCache>> = {
  lru: DenseLru,
  fifo: DenseFifo,
  sieve: DenseSieve,
  clock: DenseClock,
};
/** Speed that is promised, as a share of the speed of LRU by hand. */
const promised: Readonly<Record<string, number>> = {
  lru: 0.8,
  fifo: 1.4,
  sieve: 1.2,
  clock: 1.2,
  's3-fifo': 0.5,
  arc: 0.5,
  slru: 0.5,
  '2q': 0.5,
  lfu: 0.3,
  'w-tiny-lfu': 0.25,
};
const POLICIES = [...evictionPolicies.keys()];
const PROMISED = POLICIES.filter((policy) => policy in promised);
const MEMORY_TABLE = 'Memory';
const MEMORY_BAR = 'lru in a cache of a trace: bytes a key';

interface SpeedTask {
  readonly kind: 'speed';
  readonly policy: string;
  readonly capacity: number;
  readonly requests: number;
  readonly rounds: number;
}

type Task = SpeedTask | { readonly kind: 'memory' };

interface Speeds {
  readonly missRatio: number;
  readonly byHand: number;
  readonly trace: number;
  readonly store: number;
  readonly traceSpeed: number;
  readonly storeSpeed: number;
}

interface Memory {
  /** Bytes a key. */
  readonly trace: number;
  readonly store: number;
}

function work(task: unknown): Promise<Speeds> | Memory {
  const todo = task as Task;
  return todo.kind === 'speed' ? speedsOf(todo) : memoryOfLru();
}

/** One policy and one size, in a thread of its own, as a run with one kind of cache has it. */
async function speedsOf({ policy, capacity, requests, rounds }: SpeedTask): Promise<Speeds> {
  const trace = new Int32Array(requests);
  const popularity = new Popularity({ kind: 'zipf', exponent: 0.99 }, KEYS);
  const stream = streamFor('1', 'trace', 'keys');
  for (let at = 0; at < requests; at++) trace[at] = popularity.draw(stream);

  const evictionPolicy = evictionPolicies.get(policy)!;
  const own = () => streamFor('1', 'cache', policy);
  const dense = new DenseLru(KEYS, capacity);
  const traced = new TraceCache({ keys: KEYS, entries: capacity }, evictionPolicy, own());
  const limits = { entries: capacity, bytes: Infinity, keys: KEYS };
  const store = new CacheStore(limits, evictionPolicy, own());
  let first = 0;
  const misses = [0, 0, 0];
  const [hand, product, model] = await measure(
    [
      () => dense.misses(trace, 0, requests),
      () => traced.misses(trace),
      () => missesOfStore(store, trace),
    ].map((count, index) => ({
      name: '',
      run: () => {
        const missed = count();
        if (index === 1 && first === 0) first = missed;
        misses[index]! += missed;
        return requests;
      },
    })),
    rounds,
  );
  const twin = byHand[policy];
  const expected = twin === undefined ? first : new twin(KEYS, capacity).misses(trace, 0, requests);
  if (misses[1] !== misses[2] || first !== expected) {
    const counts = [misses[1], misses[2], first, expected].join(', ');
    throw new Error(`${policy} misses ${counts} times: not the same policy.`);
  }
  return {
    missRatio: misses[1]! / (requests * (rounds + 1)),
    byHand: millionsPerSecond(hand!),
    trace: millionsPerSecond(product!),
    store: millionsPerSecond(model!),
    traceSpeed: speedOver(product!, hand!),
    storeSpeed: speedOver(model!, hand!),
  };
}

/** Of caches that hold all the keys there are. */
function memoryOfLru(): Memory {
  const keys = Int32Array.from({ length: KEYS }, (_, key) => key);
  const lru = evictionPolicies.get('lru')!;
  const used = (fill: () => unknown) => {
    globalThis.gc?.();
    const before = process.memoryUsage().arrayBuffers;
    const kept = [fill()];
    globalThis.gc?.();
    const after = process.memoryUsage().arrayBuffers;
    return (after - before) / KEYS / kept.length;
  };
  const trace = used(() => {
    const cache = new TraceCache({ keys: KEYS, entries: KEYS }, lru, streamFor('1', 'a', 'b'));
    cache.misses(keys);
    return cache;
  });
  const store = used(() => {
    const limits = { entries: KEYS, bytes: Infinity, keys: KEYS };
    const cache = new CacheStore(limits, lru, streamFor('1', 'a', 'b'));
    missesOfStore(cache, keys);
    return cache;
  });
  return { trace, store };
}

/** As the cache of a scenario does it: find, touch, and put what was missing. */
function missesOfStore(store: CacheStore, trace: Int32Array): number {
  let misses = 0;
  for (let at = 0; at < trace.length; at++) {
    const key = trace[at]!;
    const slot = store.find(key);
    if (slot >= 0 && store.expiryAt(slot) > 0) {
      store.touch(slot);
    } else {
      misses++;
      store.put(key, 0, 1, Infinity);
    }
  }
  return misses;
}

async function run(sheet: Sheet): Promise<void> {
  const requests = sheet.size(20_000_000, 1_000_000);
  const rounds = sheet.size(3, 1);
  for (const policy of POLICIES) {
    for (const { title, capacity } of SIZES) {
      const task: Task = { kind: 'speed', policy, capacity, requests, rounds };
      const answer = await inThread<Speeds>('caches', task);
      const figures: Readonly<Record<string, Figure>> = {
        'miss ratio': answer.missRatio,
        'LRU by hand, M/s': answer.byHand,
        'trace, M/s': answer.trace,
        'trace against LRU by hand': answer.traceSpeed,
        'store, M/s': answer.store,
        'store against LRU by hand': answer.storeSpeed,
      };
      sheet.row(tableOf(title), policy, figures);
      if (PROMISED.includes(policy)) sheet.bar(barOf(policy, title), answer.traceSpeed);
    }
  }
  const task: Task = { kind: 'memory' };
  const { trace, store } = await inThread<Memory>('caches', task);
  sheet.row(MEMORY_TABLE, 'cache of a trace', { 'bytes a key': trace });
  sheet.row(MEMORY_TABLE, 'store of a scenario', { 'bytes a key': store });
  sheet.bar(MEMORY_BAR, trace);
}

function tableOf(size: string): string {
  return `Requests a second, cache of ${size}`;
}

function barOf(policy: string, size: string): string {
  return `${policy}, cache of ${size}: speed against LRU by hand`;
}

const bench: Bench = {
  name: 'caches',
  title: 'Caches',
  about:
    'Twenty million requests for a million keys (Zipf 0.99), four times over. _By hand_ is LRU ' +
    'as a loop with a cell for every key, the yardstick for all policies; _trace_ is the policy ' +
    'as the product has it, in a cache for traces (`src/model/trace-cache.ts`); _store_ is the ' +
    'cache of a scenario (`src/model/cache-store.ts`), which is sized by what it holds and knows ' +
    'version, size and expiry of each entry. Trace and store miss equally often, and so does a ' +
    'loop by hand where there is one for the policy; that is checked. Each policy runs in a ' +
    'thread of its own, next to LRU by hand.',
  tables: [
    ...SIZES.map(({ title }) => ({
      title: tableOf(title),
      rowTitle: 'policy',
      columns: [
        { title: 'miss ratio', digits: 4 },
        { title: 'LRU by hand, M/s', digits: 1 },
        { title: 'trace, M/s', digits: 1 },
        { title: 'trace against LRU by hand', digits: 2 },
        { title: 'store, M/s', digits: 1 },
        { title: 'store against LRU by hand', digits: 2 },
      ],
      rows: POLICIES,
    })),
    {
      title: MEMORY_TABLE,
      rowTitle: 'lru, a million keys, all of them in',
      columns: [{ title: 'bytes a key', digits: 1 }],
      rows: ['cache of a trace', 'store of a scenario'],
    },
  ],
  bars: [
    ...PROMISED.flatMap((policy) =>
      SIZES.map(({ title }) => ({
        text: barOf(policy, title),
        sense: 'at least' as const,
        bound: promised[policy]!,
        unit: ' ×',
        digits: 2,
      })),
    ),
    { text: MEMORY_BAR, sense: 'at most', bound: 24, unit: ' bytes', digits: 1 },
  ],
  run,
  work,
};

export default bench;
