import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import {
  desiredInstances,
  stabilised,
} from '../../../src/model/components/service/scaling-rule.ts';
import { NodeState } from '../../../src/model/node.ts';
import type { Run } from '../../../src/model/run.ts';
import {
  SECOND,
  expectDrained,
  expectSound,
  finished,
  operation,
  own,
  runOf,
  timesOf,
  total,
} from '../rehearsal.ts';

const aim = { target: 0.75, tolerance: 0.1 };

describe('the rule of scaling', () => {
  // Kubernetes blog, 28 April 2025, on the tolerance in v1.33: 50 pods at 90 %, the target is 75 %.
  it('A1: wants ⌈instances × share ÷ target⌉, and no change within the tolerance (LB-HPA)', () => {
    const desired = (busy: number) => desiredInstances({ ready: 50, unready: 0, busy }, aim);
    expect([0.9, 0.8, 0.4].map(desired)).toEqual([60, 50, 27]);
    expect([0.675, 0.67, 0.825, 0.83, 0].map(desired)).toEqual([50, 45, 50, 56, 0]);
  });

  it('A1: never exceeds a whole number by what fractions are exact to', () => {
    for (let percent = 1; percent <= 100; percent++) {
      for (const target of [30, 50, 70, 75, 80, 90]) {
        const exact = Math.ceil((40 * percent) / target);
        const load = { ready: 40, unready: 0, busy: percent / 100 };
        const desired = desiredInstances(load, { target: target / 100, tolerance: 0 });
        expect(desired, `${percent} % of ${target} %`).toBe(percent === target ? 40 : exact);
      }
    }
  });

  it('A1: takes instances that start for idle when more are wanted, and leaves them out when fewer', () => {
    const desired = (ready: number, unready: number, busy: number, target = 0.7) =>
      desiredInstances({ ready, unready, busy }, { target, tolerance: 0.1 });
    expect(desired(3, 0, 1)).toBe(5);
    // Three of five are too busy; with the other two they will not be.
    expect(desired(3, 2, 1)).toBe(5);
    // Five of eight are so busy that even all eight will be: 5 / 0.3 in all.
    expect(desired(5, 3, 1, 0.3)).toBe(17);
    expect(desired(5, 3, 0.1)).toBe(1);
    expect(desired(0, 3, 0)).toBe(3);
  });

  it('A2: goes up to the least and down to the most that was wanted in the windows', () => {
    const wishes = (...instances: readonly number[]) =>
      instances.map((wanted, index) => ({ time: index * 10, instances: wanted }));
    const go = (current: number, list: readonly number[], upNs: number, downNs: number) =>
      stabilised(current, wishes(...list), { upNs, downNs });
    expect(go(4, [9, 7, 8], 0, 0)).toBe(8);
    expect(go(4, [9, 7, 8], 15, 15)).toBe(7);
    expect(go(9, [8, 3, 5], 0, 15)).toBe(5);
    expect(go(9, [8, 3, 5], 0, 25)).toBe(8);
    expect(go(9, [12, 3, 5], 0, 25)).toBe(9);
    // A wish as old as the window counts no longer.
    expect(go(9, [8, 3, 5], 0, 20)).toBe(5);
    expect(go(6, [4, 8], 15, 15)).toBe(6);
  });
});

interface Shop {
  readonly autoscale: string;
  readonly traffic: string;
  readonly api?: string;
  readonly steps?: string;
  readonly edge?: string;
  readonly faults?: string;
  readonly duration?: number;
}

function shop({ autoscale, traffic, api = '', steps, edge = '', faults = '', duration }: Shop) {
  return `
name: A shop that grows
duration: ${duration ?? 120}s
network: { same-zone: 0s }
traffic: { app: { to: edge, arrivals: constant, ${traffic} } }
components:
  edge: { kind: load-balancer, to: api, policy: least-requests${edge} }
  api:
    kind: service
    autoscale: { ${autoscale} }
    workers: 10
    start-up: 4s
    operations: { get: [ ${steps ?? '{ work: 100ms }'} ] }${api}
faults: [ ${faults} ]
`;
}

/** Numbers of the instances of the api in a state. */
function instancesIn(run: Run, state: keyof typeof NodeState): number[] {
  const { nodes } = run.world.component('api');
  return nodes.filter((node) => node.state === NodeState[state]).map(({ index }) => index + 1);
}

function arrivalsAt(run: Run, instance: number): number {
  const { tally } = run.world.component('api').nodes[instance - 1]!.station!;
  return tally.counts[tally.columns.indexOf('arrivals')]!;
}

function scalings(run: Run): string[] {
  const { entries } = run.world.timeline;
  return entries.filter(({ kind }) => kind === 'scaling').map(({ text }) => text);
}

describe('an autoscaler', () => {
  it('A1: goes from 50 to 60 instances at 90 % of the workers with a target of 75 % (LB-HPA)', () => {
    // 4,500 requests a second of 100 ms each keep 450 of the 500 workers busy.
    const run = runOf(
      shop({
        autoscale: 'min: 10, max: 100, target: 75%',
        traffic: 'rate: 4500/s',
        api: '\n    instances: 50',
        duration: 20,
      }),
    );
    run.advance(16 * SECOND);
    expect(scalings(run)).toEqual([
      'api grows from 50 to 60 instances: 90% of its workers are busy, the target is 75%',
    ]);
    expect(instancesIn(run, 'starting')).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
    expect(instancesIn(run, 'off')).toHaveLength(40);
  });

  it('A3: sends to new instances once they have started, and never to those that are off', () => {
    const run = runOf(
      shop({ autoscale: 'min: 2, max: 6, target: 50%', traffic: 'rate: 150/s, stop: 110s' }),
    );
    run.advance(15 * SECOND);
    expect(instancesIn(run, 'up')).toEqual([1, 2]);
    run.advance(18.9 * SECOND);
    expect(instancesIn(run, 'starting')).toEqual([3]);
    expect(arrivalsAt(run, 3)).toBe(0);
    run.advance(25 * SECOND);
    expect(instancesIn(run, 'up')).toEqual([1, 2, 3]);
    expect(arrivalsAt(run, 3)).toBeGreaterThan(200);
    run.advance(Infinity);
    for (const instance of [4, 5, 6]) expect(arrivalsAt(run, instance)).toBe(0);
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
    expectDrained(run);
  });

  it('A3: is known to every caller: balancers, services and clients', () => {
    const run = finished(`
name: Three ways to an autoscaled service
duration: 60s
traffic:
  direct: { rate: 50/s, operation: get, to: api, stop: 55s }
  balanced: { rate: 50/s, operation: get, to: edge, stop: 55s }
  through: { rate: 50/s, operation: ask, to: front, stop: 55s }
components:
  edge: { kind: load-balancer, to: api, policy: maglev, health-check: { every: 1s } }
  front: { kind: service, operations: { ask: [ { call: api.get } ] } }
  api:
    kind: service
    autoscale: { min: 1, max: 8, target: 50% }
    workers: 20
    operations: { get: [ { work: 100ms } ] }
`);
    expect(total(run, 'get', 'failed') + total(run, 'ask', 'failed')).toBe(0);
    expect(instancesIn(run, 'off').length).toBeGreaterThan(4);
    expect(instancesIn(run, 'up').length).toBeGreaterThan(1);
    for (const instance of instancesIn(run, 'off')) expect(arrivalsAt(run, instance)).toBe(0);
    for (const instance of instancesIn(run, 'up')) {
      expect(arrivalsAt(run, instance)).toBeGreaterThan(500);
    }
    // What is off was never probed, so it was never taken out.
    expect(timesOf(run, 'health')).toEqual([]);
    expectDrained(run);
  });

  it('A2: shrinks only when the down-window has passed', () => {
    const run = finished(
      shop({
        autoscale: 'min: 1, max: 5, target: 50%, every: 5s, down-window: 30s',
        traffic: 'rate: 200/s, stop: 42s',
        duration: 100,
      }),
    );
    const down = run.world.timeline.entries.filter(({ text }) => text.includes('shrinks'));
    expect(down.map(({ time, text }) => [time / SECOND, text.replace(/:.*/, '')])).toEqual([
      // Five were last wanted at 15 s, when the line that had grown until then was served.
      [50, 'api shrinks from 5 to 4 instances'],
      // Four at 40 s, and two at 45 s for the two seconds that were left.
      [70, 'api shrinks from 4 to 2 instances'],
      [75, 'api shrinks from 2 to 1 instance'],
    ]);
    expect(instancesIn(run, 'off')).toEqual([2, 3, 4, 5]);
    expect(operation(run, 'get').tally.sum('shed', 20, 100)).toBe(0);
    expectDrained(run);
  });

  it('A4: kills no request: an instance leaves when it has answered what it has', () => {
    const run = runOf(
      shop({
        autoscale: 'min: 1, max: 5, target: 50%, every: 5s, down-window: 5s',
        traffic: 'rate: 100/s, stop: 20s, timeout: none',
        edge: ', timeout: none',
        steps: '{ work: 100ms }, { wait: 30s }, { work: 1ms }',
        duration: 80,
      }).replace('same-zone: 0s', 'same-zone: 500ms'),
    );
    run.advance(36 * SECOND);
    // All have stopped working and wait for something; only the first is wanted.
    const leaving = scalings(run).filter((text) => text.includes('shrinks'));
    expect(leaving.at(-1)).toContain('to 1 instance:');
    expect(instancesIn(run, 'up').length).toBeGreaterThan(1);
    expectSound(run);
    run.advance(Infinity);
    expect(instancesIn(run, 'up')).toEqual([1]);
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
    expectDrained(run);
  });

  it('A5: an instance that is off cannot crash, and a restart does not start it', () => {
    const run = finished(
      shop({
        autoscale: 'min: 2, max: 5',
        traffic: 'rate: 50/s, stop: 100s',
        faults: '{ at: 5s, crash: api/4, for: 10s }, { at: 20s, restart: api/5 }',
      }),
    );
    expect(instancesIn(run, 'off')).toEqual([3, 4, 5]);
    expect(timesOf(run, 'recovery')).toEqual([15]);
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
  });

  it('A5: one that dies while it starts joins when its crash is over', () => {
    const run = runOf(
      shop({
        autoscale: 'min: 2, max: 3, target: 40%',
        traffic: 'rate: 120/s, stop: 100s',
        faults: '{ at: 16s, crash: api/3, for: 10s }',
      }),
    );
    run.advance(29 * SECOND);
    expect(instancesIn(run, 'starting')).toEqual([3]);
    expect(arrivalsAt(run, 3)).toBe(0);
    run.advance(32 * SECOND);
    expect(instancesIn(run, 'up')).toEqual([1, 2, 3]);
    expect(arrivalsAt(run, 3)).toBeGreaterThan(50);
    run.advance(Infinity);
    expect(total(run, 'get', 'failed')).toBe(0);
    expectDrained(run);
  });

  it('A5: an instance that crashes stays among those that are wanted', () => {
    const run = finished(
      shop({
        autoscale: 'min: 3, max: 4, target: 80%',
        traffic: 'rate: 90/s, stop: 100s',
        edge: ', health-check: { every: 1s }',
        faults: '{ at: 10s, crash: api/2, for: 20s }',
      }),
    );
    expect(instancesIn(run, 'up')).toEqual([1, 2, 3]);
    expect(scalings(run)).toEqual([]);
    const { tally } = operation(run, 'get');
    expect(tally.sum('failed', 15, 120)).toBe(0);
  });

  it('B1: a panic counts those that are there, not those that are off', () => {
    const run = finished(
      shop({
        autoscale: 'min: 2, max: 10',
        traffic: 'rate: 50/s, stop: 100s',
        edge: ', health-check: { every: 1s }, panic-threshold: 60%',
        faults: '{ at: 10s, crash: api/2, for: 10s }',
      }),
    );
    const texts = run.world.timeline.entries.map(({ text }) => text);
    expect(texts.filter((text) => text.includes('panics'))).toEqual([
      'edge panics: 1 of 2 of api are healthy, below 60%, so all get requests',
    ]);
    for (const instance of [3, 10]) expect(arrivalsAt(run, instance)).toBe(0);
  });

  it('counts the time that instances are switched on', () => {
    const run = finished(
      shop({
        autoscale: 'min: 2, max: 4, target: 50%, tolerance: 20%, every: 10s',
        traffic: 'rate: 150/s, stop: 99s',
        duration: 100,
      }),
    );
    // Three are wanted at 10 s, and the third serves from 14 s.
    expect(scalings(run)).toHaveLength(2);
    expect(own(run, 'api', 'instanceNs') / SECOND).toBe(2 * 100 + 86);
  });

  it('is the same again after going back to a checkpoint', () => {
    const text = shop({
      autoscale: 'min: 1, max: 6, target: 50%, every: 3s, down-window: 6s',
      traffic: 'rate: 250/s, stop: 40s',
      steps: '{ work: exponential(100ms) }',
      edge: ', health-check: { every: 1s }, outlier-ejection: { base: 2s, every: 1s }',
      faults: '{ at: 12s, crash: api/2, for: 9s }',
    });
    const run = runOf(text);
    run.advance(8.2 * SECOND);
    const checkpoint = new Checkpoint(run);
    run.advance(60 * SECOND);
    const seen = [run.hash, ...scalings(run)];
    expect(seen.length).toBeGreaterThan(3);
    checkpoint.restore();
    run.advance(60 * SECOND);
    expect([run.hash, ...scalings(run)]).toEqual(seen);
    run.advance(Infinity);
    expectDrained(run);
  });
});
