import { describe, expect, it } from 'vitest';
import { Database } from '../../../src/model/components/database/database.ts';
import type { BufferPool } from '../../../src/model/components/database/buffer-pool.ts';
import type { Run } from '../../../src/model/run.ts';
import { MS, componentAs, expectDrained, finished, operation, runOf } from '../rehearsal.ts';

interface Shape {
  readonly db?: string;
  readonly mix?: string;
  readonly faults?: string;
}

/** Readers and writers that ask a database directly. */
function store(shape: Shape): string {
  return `
name: A buffer pool
duration: 40s
traffic:
  app: { rate: 500/s, stop: 30s, to: db, mix: ${shape.mix ?? '{ read: { share: 100%, keys: goods } }'} }
data: { goods: { keys: 1000, size: 2KB, popularity: zipf(0.9), stored-in: db } }
components:
  db:
    kind: database
    workers: unlimited
    connections: unlimited
    start-up: 1s
    service: { read: 1ms, write: 2ms }
    ${shape.db ?? ''}
network: { same-zone: 0s, clients: 0s }
faults: [ ${shape.faults ?? ''} ]
`;
}

function poolOf(run: Run): BufferPool {
  return componentAs(run, 'db', Database).pool!;
}

function counts(run: Run): { hits: number; misses: number; evictions: number } {
  const [hits, misses, evictions] = poolOf(run).tally.counts;
  return { hits: hits!, misses: misses!, evictions: evictions! };
}

describe('a buffer pool', () => {
  it('C45: adds the time of a disk read to a statement whose record is not in memory', () => {
    const run = finished(store({ db: 'buffer-pool: 10% of goods' }));
    const { hits, misses } = counts(run);
    expect(hits + misses).toBe(componentAs(run, 'db', Database).tally.counts[0]);
    const { latency } = operation(run, 'read');
    const all = latency.merged(0, latency.closed.length + 1);
    expect(all.min).toBe(1 * MS);
    expect(all.max).toBe(5 * MS);
    expect(all.countAbove(3 * MS)).toBe(misses);
    expectDrained(run);
  });

  it('C45: holds the time of every statement the same without a pool', () => {
    const run = finished(store({}));
    const { latency } = operation(run, 'read');
    expect(latency.merged(0, latency.closed.length + 1).max).toBe(1 * MS);
    expect(componentAs(run, 'db', Database).pool).toBeNull();
  });

  it('C45: holds as many records as its capacity says, in records, shares or bytes', () => {
    for (const capacity of ['100 entries', '10% of goods', '200KB']) {
      const run = finished(store({ db: `buffer-pool: ${capacity}` }));
      expect(poolOf(run).stores.map(({ size }) => size)).toEqual([100]);
      expect(counts(run).evictions).toBeGreaterThan(1000);
    }
  });

  it('C45: hits exactly where a list kept by hand would, in order of last use', () => {
    const text = store({ db: 'buffer-pool: 50 entries' }).replace(
      'rate: 500/s',
      'rate: 100/s, arrivals: constant',
    );
    const run = finished(text);
    const { keys } = runOf(text).world;
    const goods = keys.dataset('goods');
    const stream = keys.stream('app', goods);
    const recent: number[] = [];
    let hits = 0;
    const { hits: measured, misses } = counts(run);
    for (let request = 0; request < measured + misses; request++) {
      const key = goods.draw(stream);
      const place = recent.indexOf(key);
      if (place >= 0) hits += recent.splice(place, 1).length;
      recent.unshift(key);
      recent.length = Math.min(recent.length, 50);
    }
    expect(measured + misses).toBe(2999);
    expect(measured).toBe(hits);
  });

  it('C45: begins empty or with the most popular records, and a restart empties it', () => {
    const warm = runOf(store({ db: 'buffer-pool: 10% of goods\n    warm: popular' }));
    const keys = Array.from({ length: 1000 }, (_, key) => key);
    const held = keys.filter((key) => poolOf(warm).stores[0]!.find(key) >= 0);
    expect(held).toEqual(keys.slice(0, 100));
    const [calm, restarted] = ['', '{ at: 20s, restart: db }'].map((faults) =>
      counts(finished(store({ db: 'buffer-pool: 100% of goods', faults }))),
    );
    expect(restarted!.misses).toBeGreaterThan(calm!.misses * 1.5);
  });

  it('C45: is a pool of its own at each replica and shard', () => {
    const run = finished(
      store({
        db: 'buffer-pool: 50 entries\n    replicas: 1\n    read-from: any\n    shards: 2 by hash',
      }),
    );
    expect(poolOf(run).stores.map(({ size }) => size)).toEqual([50, 50, 50, 50]);
    const popular = runOf(
      store({
        db: 'buffer-pool: 100% of goods\n    warm: popular\n    replicas: 1\n    shards: 2 by hash',
      }),
    );
    const [first, , second] = poolOf(popular).stores.map(({ size }) => size);
    expect(first! + second!).toBe(1000);
  });

  it('C45: also reads from the disk what a write is about to change', () => {
    const mix = '{ write: { share: 100%, keys: goods } }';
    const run = finished(store({ db: 'buffer-pool: 10% of goods', mix }));
    const { latency } = operation(run, 'write');
    const all = latency.merged(0, latency.closed.length + 1);
    expect([all.min, all.max]).toEqual([2 * MS, 6 * MS]);
  });
});
