// Steps that wait for some of their branches: when they go on, when they fail, what becomes of the
// branches that nobody waits for any more.
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { MS, expectDrained, expectSound, finished, operation } from './rehearsal.ts';
import { stationTotal, total } from './rehearsal.ts';

/** Ten requests a second for ten seconds at a service whose operation has this one step. */
const scenario = (step: string) => `
name: Some of several
duration: 30s
traffic: { app: { rate: 10/s, arrivals: constant, stop: 10s, to: api, timeout: none } }
components:
  api: { kind: service, calls: { gone: { timeout: 50ms } }, operations: { get: [ ${step} ] } }
  leaf: { kind: service, workers: unlimited, operations: { serve: [ { work: 300ms } ] } }
  gone: { kind: service, operations: { serve: [ { work: 1s } ] } }
network: { same-zone: 0s, cross-zone: 0s, clients: 0s }
`;

/** Longest and shortest latency of the answered requests, ms. */
function latencies(run: Run): { min: number; max: number } {
  const { latency } = operation(run, 'get');
  const { min, max } = latency.merged(0, latency.closed.length + 1);
  return { min: min / MS, max: max / MS };
}

const some = (needed: number, branches: string) =>
  `{ parallel: { wait-for: ${needed}, branches: [ ${branches} ] } }`;

describe('S6: a step that waits for some of its branches', () => {
  it('goes on when the last one that it needs has ended well', () => {
    const run = finished(scenario(some(2, '{ wait: 10ms }, { wait: 20ms }, { wait: 90ms }')));
    expect(latencies(run)).toEqual({ min: 20, max: 20 });
    expectDrained(run);
  });

  it('lets late branches finish their work', () => {
    const run = finished(scenario(some(1, '{ wait: 10ms }, { call: leaf }, { call: leaf }')));
    const offered = total(run, 'get', 'offered');
    expect(offered).toBeGreaterThan(90);
    expect(total(run, 'get', 'ok')).toBe(offered);
    expect(latencies(run).max).toBe(10);
    expect(stationTotal(run, 'leaf', 'completions')).toBe(2 * offered);
    expectSound(run);
    expectDrained(run);
  });

  it('passes over branches that fail, as long as enough are left', () => {
    const run = finished(scenario(some(2, '{ wait: 10ms }, { call: gone }, { wait: 70ms }')));
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
    expect(latencies(run)).toEqual({ min: 70, max: 70 });
    expectDrained(run);
  });

  it('fails as soon as too few are left, with the reason of the last that failed', () => {
    const step = some(2, '{ call: gone }, { call: gone }, { call: leaf }');
    const closed = scenario(step).replace(
      'rate: 10/s, arrivals: constant',
      'clients: 1, think: 50ms',
    );
    const run = finished(closed);
    // One request every 100 ms: it does not wait for the 300 ms of the leaf.
    expect(total(run, 'get', 'offered')).toBe(100);
    expect(total(run, 'get', 'failed-timeout')).toBe(100);
    expect(stationTotal(run, 'leaf', 'completions')).toBe(100);
    expectDrained(run);
  });

  it('starts every branch when the first ones end at once', () => {
    const run = finished(scenario(some(1, '{ wait: 0s }, { call: leaf }, { call: leaf }')));
    expect(latencies(run)).toEqual({ min: 0, max: 0 });
    expect(stationTotal(run, 'leaf', 'completions')).toBe(2 * total(run, 'get', 'offered'));
    expectDrained(run);
  });

  it('makes equal branches of the same steps', () => {
    const step =
      '{ parallel: { times: 4, wait-for: 3, steps: [ { wait: 5ms }, { call: leaf } ] } }';
    const run = finished(scenario(step));
    expect(stationTotal(run, 'leaf', 'completions')).toBe(4 * total(run, 'get', 'offered'));
    expect(latencies(run)).toEqual({ min: 305, max: 305 });
    expectDrained(run);
  });

  it('waits for all equal branches when it does not say for how many', () => {
    const run = finished(scenario('{ parallel: { times: 3, steps: [ { call: gone } ] } }'));
    expect(total(run, 'get', 'failed-timeout')).toBe(total(run, 'get', 'offered'));
    expectDrained(run);
  });
});
