// Designs in which it is known beforehand what makes slow requests slow, and by how much.
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/experiment/explain.ts';
import { Experiment } from '../../src/experiment/experiment.ts';
import { faultBefore } from '../../src/experiment/fault-before.ts';
import { Recording } from '../../src/experiment/recording.ts';
import type { WhyAsked } from '../../src/experiment/trace-types.ts';
import { scenarioOf } from './small-designs.ts';

/** Reads take 10 ms at each of four shards, and 122 ms in all at the one that is slow. */
const shards = (faults: string) => `
name: Four shards
duration: 60s
traffic: { app: { rate: 100/s, arrivals: constant, mix: { get: 80%, ping: 20% }, to: api } }
data: { goods: { keys: 1k, stored-in: db } }
components:
  api:
    kind: service
    instances: 3
    operations: { get: [ { read: goods } ], ping: [ { wait: 1ms } ] }
  db: { kind: database, shards: 4 by hash, service: { read: 10ms }, workers: 100 }
network: { same-zone: 1ms, cross-zone: 1ms, clients: 10ms }
faults: [ ${faults} ]
`;
const slow = '{ at: 20s, slow: db/shard-2, by: 10x, for: 10s }';

function recordingOf(text: string, seconds = 60): Recording {
  const recording = new Recording(new Experiment(scenarioOf(text)));
  recording.advance(seconds * 1e9);
  return recording;
}

function why(text: string, asked: Partial<WhyAsked> = {}) {
  const recording = recordingOf(text);
  const whole = { from: 0, to: 60, operation: null, quantile: 0.99, ...asked };
  return explain(recording, whole, recording.frontier);
}

describe('the causes of slow requests', () => {
  test('name the one slow shard first, with its share', () => {
    const found = why(shards(slow))!;
    const [first, second] = found.causes;
    expect(first).toMatchObject({ kind: 'service', where: 'db/shard-2', meanMs: 100 });
    expect(first!.share).toBeCloseTo(100 / 122, 9);
    expect(second).toMatchObject({ kind: 'network', where: 'app > api', meanMs: 20, usualMs: 20 });
    expect(second!.share).toBeCloseTo(20 / 122, 9);
    expect(found.causes).toHaveLength(3);
    expect(found.sentence).toBe(
      '82 % of it work at db/shard-2, after the slowing of db/shard-2 at 0:20',
    );
    expect(found).toMatchObject({ oneIn: 1, thresholdMs: 122 });
    // About 80 reads a second, a quarter of them at that shard, for ten seconds.
    expect(found.slow).toBeGreaterThan(150);
    expect(found.slow).toBeLessThan(250);
    expect(found.looked).toBeGreaterThan(5_900);
  });

  test('set beside it what is usual', () => {
    const asked = { from: 20.2, to: 30, operation: 'get' };
    const { causes, looked, slow: count } = why(shards(slow), asked)!;
    const share = count / looked;
    const shard = causes.find(({ where }) => where === 'db/shard-2')!;
    expect(shard.usualMs).toBeCloseTo(100 * share, 6);
  });

  test('name the component when no part of it stands out', () => {
    const found = why(shards(''), { operation: 'get' })!;
    const parts = found.causes.map(({ kind, where, share }) => [kind, where, share.toFixed(4)]);
    expect(parts).toEqual([
      ['network', 'app > api', (20 / 32).toFixed(4)],
      ['service', 'db', (10 / 32).toFixed(4)],
      ['network', 'api > db', (2 / 32).toFixed(4)],
    ]);
    expect(found.sentence).toBe('63 % of it on the network app > api');
  });

  test('name the one slow instance', () => {
    const text = shards('{ at: 20s, crash: api/1, for: 1s }, { at: 40s, slow: api/3, by: 50x }');
    const busy = text.replace('{ wait: 1ms }', '{ work: 1ms }');
    const found = why(busy, { operation: 'ping', quantile: 0.95 })!;
    expect(found.causes[0]).toMatchObject({ kind: 'service', where: 'api/3', meanMs: 50 });
    expect(found.sentence).toBe('71 % of it work at api/3, after the slowing of api/3 at 0:40');
  });

  test('leave out requests that failed, however long they took', () => {
    const text = shards('{ at: 20s, partition: db/shard-2, for: 10s }');
    const patient = text.replace('instances: 3', 'instances: 3\n    timeout: 3s');
    const found = why(patient, { operation: 'get' })!;
    expect(found.thresholdMs).toBe(32);
    expect(why(patient, { from: 20, to: 20 })).toBeNull();
  });

  test('stand for all requests when only some are looked at', () => {
    const text = shards(slow).replace('rate: 100/s', 'rate: 400/s');
    const found = why(text)!;
    expect(found.oneIn).toBe(3);
    expect(found.looked).toBeGreaterThan(7_000);
    expect(found.looked).toBeLessThan(9_000);
    expect(found.causes[0]!.share).toBeCloseTo(100 / 122, 9);
  });
});

describe('the fault that went before', () => {
  const { world } = new Experiment(scenarioOf(shards(''))).run;
  const ends = Array.from({ length: 100 }, (_, second) => (100 + second) * 1e9);
  const named = (where: string, ...entries: [number, 'fault' | 'recovery', string, string][]) => {
    world.timeline.entries.length = 0;
    for (const [seconds, kind, target, text] of entries) {
      world.timeline.add(seconds * 1e9, kind, target, text);
    }
    return faultBefore(world, where, ends);
  };

  test('is the last that struck before nearly all of them', () => {
    const early = [50, 'fault', 'db', 'slow of db'] as const;
    const late = [90, 'fault', 'api/2', 'restart-cold of api/2'] as const;
    expect(named('api', [...early], [...late])).toBe('the cold restart of api/2 at 1:30');
    expect(named('api', [...late], [150, 'fault', 'api', 'crash of api'])).toContain('at 1:30');
    expect(named('api')).toBeNull();
  });

  test('touches the place itself, or what it calls, and not another shard', () => {
    const crash = (target: string) => [90, 'fault', target, `crash of ${target}`] as const;
    expect(named('api', [...crash('db/shard-2/primary')])).toContain('db/shard-2/primary');
    expect(named('db/shard-2', [...crash('db/shard-2/primary')])).toContain('primary');
    expect(named('db/shard-2', [...crash('db/shard-1')])).toBeNull();
    expect(named('db', [...crash('api')])).toBeNull();
    expect(named('app > api', [...crash('api')])).toContain('api');
  });

  test('has not been over for a minute', () => {
    const crash = [10, 'fault', 'api', 'crash of api'] as const;
    const over = (at: number) => [at, 'recovery', 'api', 'end of crash of api'] as const;
    expect(named('api', [...crash], [...over(60)])).toBe('the crash of api at 0:10');
    expect(named('api', [...crash], [...over(40)])).toBeNull();
    const slowing = [10, 'fault', 'api', 'slow of api'] as const;
    const healed = (at: number) => [at, 'recovery', 'api', 'heal of api'] as const;
    expect(named('api', [...slowing], [...healed(60)])).toBe('the slowing of api at 0:10');
    expect(named('api', [...slowing], [...healed(40)])).toBeNull();
    expect(named('api', [...crash], [...healed(40)])).toBe('the crash of api at 0:10');
  });
});
