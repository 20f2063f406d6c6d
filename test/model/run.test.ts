import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Run } from '../../src/model/run.ts';
import { SECOND, expectSound, finished, planOf, runOf, total } from './rehearsal.ts';

const lively = `
name: Lively
duration: 9s
warm-up: 1500ms
traffic:
  app:
    rate: 150/s
    to: edge
    timeout: 100ms
    retries: { attempts: 3, backoff: exponential(5ms) }
    mix: { get: 80%, put: 20% }
  loop: { clients: 4, think: exponential(20ms), to: edge, operation: get, timeout: 200ms }
data: { goods: { keys: 500, stored-in: db, cached-in: redis } }
components:
  edge: { kind: load-balancer, to: api, policy: two-choices, health-check: { every: 500ms } }
  api:
    kind: service
    instances: 3
    workers: 2
    queue: 10
    operations:
      get: [ { work: exponential(4ms) }, { read: goods } ]
      put: [ { parallel: [ { work: 2ms }, { write: goods } ] } ]
  redis: { kind: cache, capacity: 100 entries, ttl: 1s ±10% }
  db: { kind: database, replicas: 1, lag: exponential(10ms) }
faults:
  - { at: 2s, restart: api/1 }
  - { at: 4s, partition: db/shard-1/primary, for: 2s }
`;

describe('a run', () => {
  const plan = planOf(lively);
  const straight = new Run(plan);
  straight.advance(Infinity);

  it('is the same however it is sliced, and from however small tables', () => {
    const slice = fc.record({ span: fc.nat(900), events: fc.integer({ min: 1, max: 3_000 }) });
    fc.assert(
      fc.property(fc.nat(50), fc.array(slice, { minLength: 1 }), (capacity, slices) => {
        const run = new Run(plan, capacity + 1);
        for (let index = 0; run.ending === null; index++) {
          const { span, events } = slices[index % slices.length]!;
          run.advance(run.time + (span + 1) * 1e6, events);
        }
        expect(run.hash).toBe(straight.hash);
        expect(run.world.simulation.events).toBe(straight.world.simulation.events);
        expect(seriesOf(run)).toEqual(seriesOf(straight));
      }),
      { numRuns: 30 },
    );
  });

  it('says whether it came as far as asked', () => {
    const run = new Run(plan);
    expect(run.advance(2 * SECOND)).toBe(true);
    expect(run.time).toBe(2 * SECOND);
    expect(run.advance(Infinity, 10)).toBe(false);
    expect(run.ending).toBeNull();
    expect(run.advance(Infinity)).toBe(true);
    expect(run.ending).toEqual({ kind: 'duration', time: 9 * SECOND, text: 'the end of the run' });
    expect(run.advance(Infinity)).toBe(true);
    expect(run.time).toBe(9 * SECOND);
  });

  it('stays where it is when asked to run to a time that has passed', () => {
    const run = new Run(plan);
    run.advance(3 * SECOND);
    run.advance(1 * SECOND);
    expect(run.time).toBe(3 * SECOND);
    run.advance(Infinity);
    expect(run.hash).toBe(straight.hash);
  });

  it('is sound at every moment, with Little and utilisation on every station', () => {
    const run = new Run(plan);
    for (let time = 0.3; time <= 9; time += 0.3) {
      run.advance(Math.floor(time * SECOND));
      expectSound(run);
    }
    run.advance(Infinity);
    expect(run.hash).toBe(straight.hash);
  });

  it('is another one with another seed', () => {
    expect(finished(lively, { seed: 2 }).hash).not.toBe(straight.hash);
    expect(finished(lively, { seed: 1 }).hash).toBe(straight.hash);
  });

  it('is not changed by being looked at: hops are sampled without touching it', () => {
    for (const ratio of [1, 7, Infinity]) {
      const run = new Run(plan);
      run.world.hops.sampleOneIn(ratio);
      let hops = 0;
      while (run.ending === null) {
        run.advance(run.time + 0.3 * SECOND);
        hops += run.world.hops.drain().length;
      }
      expect(run.hash).toBe(straight.hash);
      expect(hops > 0).toBe(ratio !== Infinity);
    }
  });

  it('is as it was for everybody else when a box and a population are added', () => {
    const run = finished(
      lively
        .replace('  loop:', '  other: { rate: 50/s, to: island, operation: ping }\n  loop:')
        .replace(
          '  edge:',
          '  island: { kind: service, operations: { ping: [ { work: 5ms } ] } }\n  edge:',
        ),
    );
    for (const name of ['get', 'put']) {
      for (const column of ['offered', 'ok', 'failed', 'attempts', 'latencyNs']) {
        expect(total(run, name, column), `${column} of ${name}`).toBe(
          total(straight, name, column),
        );
      }
    }
    expect(total(run, 'ping', 'offered')).toBeGreaterThan(300);
  });
});

describe('the budget of a run', () => {
  const busy = (limits: string) => `
name: Busy
duration: 60s
limits: ${limits}
traffic: { app: { rate: 500/s, to: api, timeout: none } }
components: { api: { kind: service, workers: 1, queue: unlimited, operations: { get: [ { work: 20ms } ] } } }
`;

  it.each([
    ['{ events: 5k }', 'events'],
    ['{ requests-in-flight: 700 }', 'requests-in-flight'],
  ])('%s ends it with a clear reason, at the same event for any slices', (limits, kind) => {
    const straight = finished(busy(limits));
    expect(straight.ending).toMatchObject({ kind });
    expect(straight.ending!.time).toBeLessThan(60 * SECOND);
    expectSound(straight);
    const entry = straight.world.timeline.entries.at(-1)!;
    expect([entry.kind, entry.text.startsWith('stopped: the limit of')]).toEqual(['budget', true]);
    for (const events of [1, 13, 1_000]) {
      for (const span of [1e6, 0.7 * SECOND, Infinity]) {
        const run = runOf(busy(limits));
        while (run.ending === null) run.advance(run.time + span, events);
        expect(run.hash, `slices of ${events} events and ${span} ns`).toBe(straight.hash);
        expect(run.world.simulation.events).toBe(straight.world.simulation.events);
      }
    }
  });

  it('of events is not overdrawn', () => {
    expect(finished(busy('{ events: 5k }')).world.simulation.events).toBe(5_000);
  });
});

describe('the scenarios of the gallery', () => {
  const folder = join(import.meta.dirname, '../../scenarios');
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

  it('are there', () => {
    expect(files).toContain('photo-feed.yaml');
  });

  it.each(files)('lose no request and count none twice: %s', { timeout: 120_000 }, (file) => {
    const run = runOf(readFileSync(join(folder, file), 'utf8'));
    const most = 600_000;
    for (let step = 0; step < 8 && run.ending === null; step++) {
      run.advance(Infinity, most / 8);
      expectSound(run);
    }
    expect(run.world.simulation.events).toBeGreaterThan(300);
  });
});

/** What each window holds of each operation. */
function seriesOf(run: Run): unknown {
  return run.world.operations.map(({ tally, windowP99 }) => [
    windowP99,
    Array.from({ length: tally.length }, (_, window) => tally.at(window, 'ok')),
  ]);
}
