import { expect, test } from 'vitest';
import type { Database } from '../../src/model/components/database/database.ts';
import { seriesOf, SeriesRows } from '../../src/worker/series-rows.ts';
import { experimentOf } from '../experiment/gallery.ts';

test('the last window of a run may be shorter, and rates are by its own length', () => {
  const { run } = experimentOf(`
name: Cut short
duration: 2.05s
traffic: { app: { rate: 200/s, arrivals: constant, to: api } }
components:
  api: { kind: service, workers: 1, operations: { get: [ { work: 1ms }, { read: goods } ] } }
  db: { kind: database, shards: 2, replicas: 0 }
data: { goods: { keys: 1000, stored-in: db } }
`);
  run.advance(Infinity);
  const rows = new SeriesRows(run.world).drain();
  const ids = seriesOf(run.world).map(({ id }) => id);
  const last = rows.subarray(-(ids.length + 1));
  expect(last[0]).toBe(2.05);
  const valueOf = (id: string) => last[1 + ids.indexOf(id)]!;
  // Ten requests come and are answered in the last twentieth of a second.
  expect(valueOf('ok')).toBeCloseTo(200, 6);
  const shards = ids.filter((id) => id.startsWith('shard:')).map(valueOf);
  expect(shards).toHaveLength(2);
  expect(shards[0]! + shards[1]!).toBeCloseTo(200, 6);
});

test('look-ups of points and of the memory of a database are divided by how they ended', () => {
  const { run } = experimentOf(`
name: Two that remember
duration: 4s
traffic: { app: { rate: 200/s, operation: get, to: edge } }
components:
  edge: { kind: cdn, origin: api, caches: [get], data: goods, capacity: 300 entries, ttl: 1s }
  api: { kind: service, operations: { get: [ { read: goods } ] } }
  db: { kind: database, buffer-pool: 100 entries }
data: { goods: { keys: 1000, stored-in: db } }
`);
  run.advance(Infinity);
  const rows = new SeriesRows(run.world).drain();
  const ids = seriesOf(run.world).map(({ id }) => id);
  const width = ids.length + 1;
  const counted = (id: string) => {
    let sum = 0;
    for (let at = 0; at < rows.length; at += width) {
      sum += rows[at + 1 + ids.indexOf(id)]! * (rows[at]! - (rows[at - width] ?? 0));
    }
    return Math.round(sum);
  };
  const { tally } = run.world.component('edge');
  const all = (column: string) => tally!.sum(column, 0, Infinity);
  expect(counted('reason:edge:hit')).toBe(all('hits'));
  expect(counted('reason:edge:expired')).toBe(all('expirations'));
  expect(all('expirations')).toBeGreaterThan(0);
  expect(counted('reason:edge:expired') + counted('reason:edge:absent')).toBe(all('misses'));
  const { pool } = run.world.component('db') as Database;
  expect(counted('reason:db:hit')).toBe(pool!.tally.sum('poolHits', 0, Infinity));
  expect(counted('reason:db:absent')).toBe(pool!.tally.sum('poolMisses', 0, Infinity));
});
