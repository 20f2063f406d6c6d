// Faults stand in a list outside the agenda. They strike in its order, before the events of their
// moment, and the list may be replaced on the way.
import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { Run } from '../../src/model/run.ts';
import type { FaultPlan } from '../../src/model/plan.ts';
import { finished, operation, planOf, runOf, SECOND } from './rehearsal.ts';

/** A request every 10 ms, on the millisecond; each is answered at once. */
const text = (faults: readonly string[]) => `
name: A service that answers at once
duration: 30s
traffic: { app: { rate: 100/s, arrivals: constant, to: api } }
components:
  api: { kind: service, instances: 2, start-up: 0s, operations: { get: [ { work: 1ms } ] } }
network: { same-zone: 0s, clients: 0s }
faults: [ ${faults.join(', ')} ]
`;

const fault = (atNs: number, verb: string, target: string): FaultPlan => {
  return { atNs, verb, targets: [target], forNs: null, factor: 1 };
};

function happenings(run: Run): string[] {
  return run.world.timeline.entries.map(({ text: words }) => words);
}

describe('a fault', () => {
  it('strikes before the events of its moment: the request that comes then finds it', () => {
    // Requests come at 10 ms, 20 ms, …; the 100th at 1 s meets two instances that are down.
    const run = finished(text(['{ at: 1s, crash: api }']));
    const { tally } = operation(run, 'get');
    expect(tally.sum('ok', 0, tally.length)).toBe(99);
  });

  it('strikes after the events of the nanosecond before', () => {
    const run = finished(text(['{ at: 1000000001ns, crash: api }']));
    const { tally } = operation(run, 'get');
    // The 100th request has come, and dies at work.
    expect(tally.sum('ok', 0, tally.length)).toBe(99);
    const [first] = run.world.timeline.entries;
    expect(first!.time).toBe(1_000_000_001);
  });

  it('falls into the window that begins when it strikes', () => {
    const run = finished(text(['{ at: 2s, crash: api }']));
    const { tally } = operation(run, 'get');
    const failed = (window: number) => tally.at(window, 'failed');
    expect(failed(1)).toBe(0);
    expect(failed(2)).toBeGreaterThan(0);
  });

  it('strikes in the order of the list among those of its moment', () => {
    const list = ['{ at: 2s, heal: api }', '{ at: 1s, crash: api/2 }', '{ at: 1s, crash: api/1 }'];
    expect(happenings(finished(text(list)))).toEqual([
      'crash of api/2',
      'crash of api/1',
      'heal of api',
    ]);
  });

  it('at the very start strikes before everything else', () => {
    const run = finished(text(['{ at: 0s, crash: api }']));
    expect(operation(run, 'get').tally.sum('ok', 0, 30)).toBe(0);
  });

  it('at the end or later does not strike', () => {
    expect(happenings(finished(text(['{ at: 30s, crash: api }'])))).toEqual([]);
  });

  it('is an event in the count and in the hash', () => {
    const [without, healed] = [[], ['{ at: 1s, heal: api }']].map((list) => finished(text(list)));
    expect(healed!.world.simulation.events).toBe(without!.world.simulation.events + 1);
    expect(healed!.hash).not.toBe(without!.hash);
  });

  it('counts when somebody stops after a number of events', () => {
    const run = runOf(text(['{ at: 1s, crash: api/1 }', '{ at: 1s, crash: api/2 }']));
    run.advance(SECOND);
    expect(happenings(run)).toEqual([]);
    run.advance(Infinity, 1);
    expect(happenings(run)).toEqual(['crash of api/1']);
    expect(run.time).toBe(SECOND);
    run.advance(Infinity, 1);
    expect(happenings(run)).toHaveLength(2);
  });
});

describe('the list', () => {
  const list = [fault(2e9, 'crash', 'api/1'), fault(5e9, 'crash', 'api/2')];
  const straight = finished(text(['{ at: 2s, crash: api/1 }', '{ at: 5s, crash: api/2 }']));

  it('may be given on the way, and the run is that of the file with the same list', () => {
    for (const moment of [0, 1.5e9, 2e9]) {
      const run = runOf(text([]));
      run.advance(moment);
      run.faults.plan(list);
      run.advance(Infinity);
      expect(run.hash).toBe(straight.hash);
    }
  });

  it('may lose what is still to come, and get it back', () => {
    const run = runOf(text([]));
    run.faults.plan(list);
    run.advance(3e9);
    run.faults.plan(list.slice(0, 1));
    expect(run.faults.nextStrike).toBe(Infinity);
    run.advance(4e9);
    run.faults.plan(list);
    expect(run.faults.nextStrike).toBe(5e9);
    run.advance(Infinity);
    expect(run.hash).toBe(straight.hash);
  });

  it('holds also after the run has gone back to where nothing had struck', () => {
    const run = new Run(planOf(text([])));
    run.advance(1e9);
    const checkpoint = new Checkpoint(run);
    run.faults.plan(list);
    run.advance(9e9);
    checkpoint.restore();
    run.faults.plan(list);
    run.advance(Infinity);
    expect(run.hash).toBe(straight.hash);
  });

  it('takes one whose time is now as the next to come', () => {
    const run = runOf(text([]));
    run.advance(4e9);
    run.intervene(fault(4e9, 'crash', 'api'));
    run.advance(4e9 + 1);
    expect(happenings(run)).toEqual(['crash of api']);
  });
});
