/**
 * Redis and memcached against the model: the same look-ups in the same batches, each batch
 * followed by the fills of what was missing. The model gets as many entries as the server held on
 * average and a clock that shows what the wall clock showed at each batch, so that whole seconds
 * and minutes begin at the same look-ups.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { streamFor } from '../src/kernel/random.ts';
import { Popularity } from '../src/kernel/popularity.ts';
import { CacheStore } from '../src/model/cache-store.ts';
import { evictionPolicies } from '../src/model/eviction.ts';
import { startMemcached, startRedis } from './real-caches/servers.ts';
import type { Server } from './real-caches/servers.ts';

/** Look-ups that are under way together. */
const BATCH = 32;
/** Batches between two questions for the number of entries. */
const COUNT_EVERY = 1_000;
/** What is counted begins after this share of the look-ups. */
const WARM_UP = 0.5;
/** Largest difference of hit ratios. */
const BAR = 0.01;
/** So many minutes the clock of Redis counts; a number of ns below it is exact. */
const CYCLE_MS = 65_536 * 60_000;
/** Policies that stand for nobody, to show how far apart hit ratios can be. */
const CONTROLS = ['lru', 'random', 'fifo', 'lfu'];

interface Played {
  readonly hitRatio: number;
  readonly entries: number;
  /** The wall clock at each batch, ms. */
  readonly times: Float64Array;
}

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '3000000' },
    keys: { type: 'string', default: '400000' },
    exponent: { type: 'string', default: '0.9' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'real-caches-'));
try {
  process.exitCode = (await compareAll()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compareAll(): Promise<boolean> {
  const keys = Number(values.keys);
  const trace = new Int32Array(Number(values.requests));
  const popularity = new Popularity({ kind: 'zipf', exponent: Number(values.exponent) }, keys);
  const stream = streamFor('1', 'real-caches', 'keys');
  for (let at = 0; at < trace.length; at++) trace[at] = popularity.draw(stream);
  console.log(
    `${trace.length} look-ups of ${keys} keys, Zipf ${values.exponent}, ${BATCH} at once`,
  );
  const starts = [
    () => startRedis(folder, 'allkeys-lru', 10),
    () => startRedis(folder, 'allkeys-lfu', 10),
    () => startMemcached(folder, 8),
  ];
  let holds = true;
  for (const start of starts) holds = (await compare(await start(), trace)) && holds;
  return holds;
}

async function compare(server: Server, trace: Int32Array): Promise<boolean> {
  let played: Played;
  try {
    played = await play(server, trace);
  } finally {
    server.stop();
  }
  const { entries, hitRatio, times } = played;
  const seconds = (times[times.length - 1]! - times[0]!) / 1_000;
  const model = hitRatioOf(server.policy, entries, trace, times);
  const difference = model - hitRatio;
  const holds = Math.abs(difference) <= BAR;
  console.log(`\n${server.title}: ${entries} entries, ${seconds.toFixed(1)} s`);
  console.log(`  hit ratio of the server  ${percent(hitRatio)}`);
  console.log(
    `  ${server.policy.padEnd(23)}  ${percent(model)}  ${points(difference)}  ` +
      (holds ? 'held' : 'MISSED'),
  );
  for (const policy of CONTROLS) {
    const other = hitRatioOf(policy, entries, trace, times);
    console.log(
      `  for comparison ${policy.padEnd(8)}  ${percent(other)}  ${points(other - hitRatio)}`,
    );
  }
  return holds;
}

async function play(server: Server, trace: Int32Array): Promise<Played> {
  const batches = Math.ceil(trace.length / BATCH);
  const times = new Float64Array(batches);
  const counting = Math.floor(batches * WARM_UP);
  let hits = 0;
  let entries = 0;
  let counts = 0;
  for (let batch = 0; batch < batches; batch++) {
    const wanted = Array.from(trace.subarray(batch * BATCH, (batch + 1) * BATCH));
    times[batch] = Date.now();
    const found = await server.get(wanted);
    await server.set([...new Set(wanted.filter((_, index) => !found[index]))]);
    if (batch < counting) continue;
    for (const isHit of found) if (isHit) hits++;
    if (batch % COUNT_EVERY > 0) continue;
    entries += await server.entries();
    counts++;
  }
  const counted = trace.length - counting * BATCH;
  return { hitRatio: hits / counted, entries: Math.round(entries / counts), times };
}

function hitRatioOf(
  policy: string,
  entries: number,
  trace: Int32Array,
  times: Float64Array,
): number {
  const clock = { now: 0 };
  const stream = streamFor('1', 'real-caches', policy);
  const limits = { entries, bytes: Infinity };
  const store = new CacheStore(limits, evictionPolicies.get(policy)!, stream, clock);
  const counting = Math.floor(times.length * WARM_UP);
  let hits = 0;
  for (let batch = 0; batch < times.length; batch++) {
    clock.now = (times[batch]! % CYCLE_MS) * 1e6;
    const missing = new Set<number>();
    for (const key of trace.subarray(batch * BATCH, (batch + 1) * BATCH)) {
      const slot = store.find(key);
      if (slot < 0) missing.add(key);
      else {
        store.touch(slot);
        if (batch >= counting) hits++;
      }
    }
    for (const key of missing) store.put(key, 0, 1, Infinity);
  }
  return hits / (trace.length - counting * BATCH);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function points(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference * 100).toFixed(2)} points`;
}
