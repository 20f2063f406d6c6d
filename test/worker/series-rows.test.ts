import { expect, test } from 'vitest';
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
