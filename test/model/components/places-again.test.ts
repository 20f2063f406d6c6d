// Every place of a cache in one design, with faults in all of them: going back to any moment and on
// from there changes nothing.
import { expect, it } from 'vitest';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import type { Run } from '../../../src/model/run.ts';
import { SECOND, expectDrained, finished, runOf } from '../rehearsal.ts';

const design = `
name: Caches everywhere
duration: 20s
zones: [home, east, west]
traffic:
  eastern: { rate: 200/s, stop: 16s, to: edge, zone: east, deadline: 3s, mix: { view: 90%, upload: 10% } }
  western: { rate: 100/s, stop: 16s, to: edge, zone: west, deadline: 3s, mix: { view: 90%, upload: 10% } }
data:
  photos:
    { keys: 400, size: 10KB, popularity: zipf(0.7), stored-in: db, cached-in: [local, near, far] }
components:
  edge:
    { kind: cdn, origin: shield, caches: [view], data: photos, zones: [east, west],
      capacity: 100 entries, fill: push, timeout: 2s,
      ttl: 4s, stale-if-error: 2s, message-lag: exponential(1s) }
  shield:
    { kind: cdn, origin: api, caches: [view], data: photos, zones: home, capacity: 150 entries,
      on-write: invalidate, message-lag: exponential(300ms), timeout: 2s }
  api:
    kind: service
    zones: home
    instances: 2
    workers: unlimited
    operations: { view: [ { read: photos } ], upload: [ { write: photos } ] }
  local: { kind: cache, inside: api, capacity: 10 entries, promote: 30%, on-write: message }
  near: { kind: cache, zones: home, capacity: 30 entries, inclusion: exclusive }
  far: { kind: cache, zones: home, capacity: 40 entries, ttl: 3s }
  db: { kind: database, zones: home, replicas: 1, read-from: any, buffer-pool: 20%, start-up: 1s }
network: { cross-zone: 20ms, same-zone: 500us }
faults:
  - { at: 4s, crash: api/1, for: 2s }
  - { at: 6s, crash: db/shard-1/replica-1, for: 1s }
  - { at: 8s, restart-cold: edge/node-2 }
  - { at: 9s, partition: [home, east], for: 3s }
  - { at: 10s, change: api.instances, to: 3 }
  - { at: 13s, restart: shield }
  - { at: 14s, restart-cold: near }
`.replace('20%, start', '20% of photos, start');

function countsOf(run: Run): number[][] {
  return run.world.components.map(({ tally }) => [...(tally?.counts ?? [])]);
}

it('a run with caches at all places goes on from any moment as it did', () => {
  const straight = finished(design);
  const run = runOf(design);
  for (let second = 1; second < 20; second += 3.1) {
    run.advance(second * SECOND);
    const checkpoint = new Checkpoint(run);
    const { hash } = run;
    run.advance((second + 2.5) * SECOND);
    checkpoint.restore();
    expect(run.hash).toBe(hash);
  }
  run.advance(Infinity);
  expect(run.hash).toBe(straight.hash);
  expect(countsOf(run)).toEqual(countsOf(straight));
  expectDrained(straight);
});
