import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/model/run.ts';
import {
  SECOND,
  expectDrained,
  expectSound,
  finished,
  operation,
  own,
  runOf,
  stationTotal,
  timesOf,
  total,
} from '../rehearsal.ts';

/** Seconds from a moment to each time at which an instance was taken out. */
function detections(run: Run, from: number): number[] {
  const { entries } = run.world.timeline;
  const out = entries.filter(({ kind, text }) => kind === 'health' && text.includes('taken out'));
  return out.map(({ time }) => time / SECOND - from);
}

function meanOf(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

function many(fault: string): Run {
  return finished(`
name: Five hundred instances fail at once
duration: 60s
traffic: { app: { rate: 1/s, to: edge } }
components:
  edge:
    kind: load-balancer
    to: api
    health-check: { every: 5s, timeout: 2s, unhealthy-after: 3 }
  api: { kind: service, instances: 500, operations: { get: [ { work: 1ms } ] } }
faults: [ ${fault} ]
`);
}

describe('health checks', () => {
  // The first failing probe comes U(0, 5 s) after the failure, two more follow at 5 s, and the
  // third is given up after its timeout: 12 to 17 s, in the mean 14.5 s (R-DETECT).
  it('H1: notice a node that is cut off after 12 to 17 s, 14.5 s in the mean (R-DETECT)', () => {
    const times = detections(many('{ at: 20s, partition: api, for: 30s }'), 20);
    expect(times).toHaveLength(500);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(12);
    expect(Math.max(...times)).toBeLessThanOrEqual(17);
    expect(Math.abs(meanOf(times) / 14.5 - 1)).toBeLessThan(0.02);
  });

  it('H1: notice a crash earlier by the timeout, because a dead node refuses at once', () => {
    const times = detections(many('{ at: 20s, crash: api }'), 20);
    expect(times).toHaveLength(500);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...times)).toBeLessThanOrEqual(15);
    expect(Math.abs(meanOf(times) / 12.5 - 1)).toBeLessThan(0.02);
  });

  it('H1: put an instance back after so many good probes', () => {
    const run = many('{ at: 20s, crash: api, for: 20s }');
    const back = timesOf(run, 'health').filter((time) => time > 45);
    // Up again at 45 s, after its start-up of 5 s; the second good probe comes 5 to 10 s later.
    expect(back).toHaveLength(500);
    expect(Math.min(...back)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...back)).toBeLessThanOrEqual(55);
  });

  it('H1: do not fall for a failure that is shorter than their patience', () => {
    expect(detections(many('{ at: 20s, partition: api, for: 9s }'), 20)).toEqual([]);
  });
});

const pair = (more: string, faults: string) => `
name: A pair behind a balancer
duration: 40s
traffic: { app: { rate: 200/s, arrivals: constant, to: edge, stop: 30s, timeout: 2s } }
components:
  edge: { kind: load-balancer, to: api, health-check: { every: 1s }${more} }
  api: { kind: service, instances: 2, start-up: 2s, operations: { get: [ { work: 20ms } ] } }
faults: [ ${faults} ]
`;

describe('a load balancer', () => {
  it('H1: resets what the dead instance had, and has half refused in the blind window', () => {
    const run = finished(pair('', '{ at: 10s, crash: api/1 }'));
    const [noticed] = detections(run, 10);
    expect(noticed).toBeGreaterThan(2);
    expect(noticed).toBeLessThanOrEqual(3);
    // Two requests of 20 ms are at each instance; every second request until the notice is lost.
    expect(total(run, 'get', 'failed-reset')).toBeGreaterThanOrEqual(1);
    expect(total(run, 'get', 'failed-reset')).toBeLessThanOrEqual(3);
    expect(Math.abs(total(run, 'get', 'failed-refused') - 100 * noticed!)).toBeLessThanOrEqual(3);
    const { tally } = operation(run, 'get');
    expect(tally.sum('failed', 14, 40)).toBe(0);
    expectDrained(run);
  });

  it('E2: hides the blind window by a retry at layer 7, which avoids the dead instance', () => {
    const more = ', retries: { attempts: 2, backoff: none }';
    const run = finished(pair(more, '{ at: 10s, crash: api/1 }'));
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
    expectDrained(run);
  });

  it('E2: tries the same instance again when no other counts as healthy', () => {
    const more = ', retries: { attempts: 5, backoff: constant(1s), jitter: none }';
    const faults = '{ at: 5s, crash: api/1 }, { at: 15s, restart: api/2 }';
    const run = finished(pair(more, faults).replace('timeout: 2s', 'timeout: none'));
    const { tally } = operation(run, 'get');
    // The only one left is down for 2 s; whoever comes then goes on asking until it is back.
    expect(total(run, 'get', 'failed')).toBe(0);
    expect(tally.sum('ok', 0, 40)).toBe(total(run, 'get', 'offered'));
    expectDrained(run);
  });

  it('has no target when all instances are out, and says so', () => {
    const run = finished(pair('', '{ at: 10s, crash: api, for: 10s }'));
    const { tally } = operation(run, 'get');
    expect(own(run, 'edge', 'noTarget')).toBe(total(run, 'get', 'failed-no-target'));
    expect(tally.sum('failed-no-target', 14, 22)).toBe(200 * 8);
    expect(tally.sum('ok', 25, 30)).toBe(1_000);
    expectDrained(run);
  });

  it('resets its requests when it dies itself, and forgets nothing of what it had sent', () => {
    const run = runOf(pair('', '{ at: 10s, crash: edge, for: 5s }'));
    run.advance(10 * SECOND + 1);
    expectSound(run);
    expect(run.world.calls.inUse).toBeGreaterThan(0);
    run.advance(Infinity);
    // The instances finish what they had, though nobody waits.
    expect(stationTotal(run, 'api', 'lost')).toBe(0);
    expect(total(run, 'get', 'failed-reset')).toBe(4);
    const { tally } = operation(run, 'get');
    expect(tally.sum('failed-refused', 10, 17)).toBeGreaterThan(950);
    expect(tally.sum('failed', 17, 40)).toBe(0);
    expectDrained(run);
  });

  it('goes on checking when one of several balancer processes is down', () => {
    const run = finished(`
name: Two balancers
duration: 40s
traffic: { app: { rate: 100/s, to: edge, stop: 30s } }
components:
  edge: { kind: load-balancer, instances: 2, to: api, health-check: { every: 1s } }
  api: { kind: service, instances: 2, operations: { get: [ { work: 5ms } ] } }
faults: [ { at: 5s, crash: edge/1 }, { at: 10s, crash: api/1 } ]
`);
    expect(detections(run, 10)).toHaveLength(1);
  });

  it('adds its delay and its two hops to the way', () => {
    const run = finished(`
name: Delay
duration: 10s
traffic: { app: { rate: 10/s, to: edge } }
components:
  edge: { kind: load-balancer, to: api, delay: 3ms }
  api: { kind: service, operations: { get: [ { work: 5ms } ] } }
network: { same-zone: 1ms, clients: 10ms }
`);
    const { latency } = operation(run, 'get');
    const all = latency.merged(0, 1);
    expect([all.min, all.max]).toEqual([30e6, 30e6]);
  });

  it('passes requests on to a cache by key and to another balancer', () => {
    const run = finished(`
name: Balancer before balancer before cache
duration: 10s
traffic: { app: { rate: 100/s, to: outer, operation: read, keys: photos, stop: 9s } }
data: { photos: { keys: 100, stored-in: db, cached-in: redis } }
components:
  outer: { kind: load-balancer, to: inner }
  inner: { kind: load-balancer, to: redis }
  redis: { kind: cache, nodes: 3, strategy: read-through, capacity: 100 entries }
  db: { kind: database }
`);
    expect(total(run, 'read', 'ok')).toBe(total(run, 'read', 'offered'));
    expect(own(run, 'redis', 'hits')).toBeGreaterThan(700);
    expectDrained(run);
  });
});
