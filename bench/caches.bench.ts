/** Eviction policies on a trace of popular keys, against the same as hand-written loops. */

import { Popularity } from '../src/kernel/zipf.ts';
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

const byHand: Readonly<Record<string, new (keys: number, capacity: number) => DenseCache>> = {
  lru: DenseLru,
  fifo: DenseFifo,
  sieve: DenseSieve,
  clock: DenseClock,
};
/** Those whose speed is promised. */
const PROMISED = ['lru', 'fifo', 'sieve'];

interface Task {
  readonly policy: string;
  readonly capacity: number;
  readonly requests: number;
  readonly rounds: number;
}

interface Answer {
  readonly missRatio: number;
  readonly byHand: number;
  readonly trace: number;
  readonly store: number;
  readonly traceSpeed: number;
  readonly storeSpeed: number;
}

/** One policy and one size, in a thread of its own, as a run with one kind of cache has it. */
async function work(task: unknown): Promise<Answer> {
  const { policy, capacity, requests, rounds } = task as Task;
  const trace = new Int32Array(requests);
  const popularity = new Popularity({ kind: 'zipf', exponent: 0.99 }, KEYS);
  const stream = streamFor('1', 'trace', 'keys');
  for (let at = 0; at < requests; at++) trace[at] = popularity.draw(stream);

  const evictionPolicy = evictionPolicies.get(policy)!;
  const own = () => streamFor('1', 'cache', policy);
  const dense = new byHand[policy]!(KEYS, capacity);
  const traced = new TraceCache({ keys: KEYS, entries: capacity }, evictionPolicy, own());
  const limits = { entries: capacity, bytes: Infinity, keys: KEYS };
  const store = new CacheStore(limits, evictionPolicy, own());
  const misses = [0, 0, 0];
  const [hand, product, model] = await measure(
    [
      () => dense.misses(trace, 0, requests),
      () => traced.misses(trace),
      () => missesOfStore(store, trace),
    ].map((count, index) => ({
      name: '',
      run: () => {
        misses[index]! += count();
        return requests;
      },
    })),
    rounds,
  );
  if (misses.some((count) => count !== misses[0])) {
    throw new Error(`${policy} misses ${misses.join(' and ')} times: not the same policy.`);
  }
  return {
    missRatio: misses[0]! / (requests * (rounds + 1)),
    byHand: millionsPerSecond(hand!),
    trace: millionsPerSecond(product!),
    store: millionsPerSecond(model!),
    traceSpeed: speedOver(product!, hand!),
    storeSpeed: speedOver(model!, hand!),
  };
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
  for (const policy of Object.keys(byHand)) {
    for (const { title, capacity } of SIZES) {
      const task: Task = { policy, capacity, requests, rounds };
      const answer = await inThread<Answer>('caches', task);
      const figures: Readonly<Record<string, Figure>> = {
        'miss ratio': answer.missRatio,
        'by hand, M/s': answer.byHand,
        'trace, M/s': answer.trace,
        'trace against by hand': answer.traceSpeed,
        'store, M/s': answer.store,
        'store against by hand': answer.storeSpeed,
      };
      sheet.row(tableOf(title), policy, figures);
      if (PROMISED.includes(policy)) sheet.bar(barOf(policy, title), answer.traceSpeed);
    }
  }
}

function tableOf(size: string): string {
  return `Requests a second, cache of ${size}`;
}

function barOf(policy: string, size: string): string {
  return `${policy}, cache of ${size}: speed against the loop by hand`;
}

const bench: Bench = {
  name: 'caches',
  title: 'Caches',
  about:
    'Twenty million requests for a million keys (Zipf 0.99), four times over. _By hand_ is a ' +
    'loop for one policy with a cell for every key; _trace_ is the policy as the product has ' +
    'it, in a cache for traces (`src/model/trace-cache.ts`); _store_ is the cache of a ' +
    'scenario (`src/model/cache-store.ts`), which is sized by what it holds and knows ' +
    'version, size and expiry of each entry. All three miss equally often, and that is ' +
    'checked. Each policy runs in a thread of its own.',
  tables: SIZES.map(({ title }) => ({
    title: tableOf(title),
    rowTitle: 'policy',
    columns: [
      { title: 'miss ratio', digits: 4 },
      { title: 'by hand, M/s', digits: 1 },
      { title: 'trace, M/s', digits: 1 },
      { title: 'trace against by hand', digits: 2 },
      { title: 'store, M/s', digits: 1 },
      { title: 'store against by hand', digits: 2 },
    ],
    rows: Object.keys(byHand),
  })),
  bars: PROMISED.flatMap((policy) =>
    SIZES.map(({ title }) => ({
      text: barOf(policy, title),
      sense: 'at least' as const,
      bound: 0.8,
      unit: ' ×',
      digits: 2,
    })),
  ),
  run,
  work,
};

export default bench;
