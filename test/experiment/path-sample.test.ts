import { describe, expect, test } from 'vitest';
import { causeOfClaim } from '../../src/experiment/claim-cause.ts';
import { Experiment } from '../../src/experiment/experiment.ts';
import { liveVerdicts } from '../../src/experiment/live.ts';
import { PathSample } from '../../src/experiment/path-sample.ts';
import { Recording } from '../../src/experiment/recording.ts';
import { sampleHash } from '../../src/model/hop-log.ts';
import { everything, scenarioOf, withClaims } from './small-designs.ts';

function sampled(text: string, limit: number, slice = Infinity) {
  const experiment = new Experiment(scenarioOf(text));
  const sample = new PathSample(experiment, limit);
  const advance = (events: number) => experiment.run.advance(Infinity, events);
  while (!sample.advance(slice, advance));
  return { experiment, sample };
}

function numbersOf(sample: PathSample): number[] {
  return sample.paths.map(({ request }) => request).sort((left, right) => left - right);
}

describe('a sample of paths', () => {
  const all = sampled(everything, Infinity);
  const straight = new Experiment(scenarioOf(everything));
  straight.run.advance(Infinity);

  test('leaves the run as it is', () => {
    expect(all.experiment.run.hash).toBe(straight.run.hash);
  });

  test('holds every request that ended as long as there is room', () => {
    const { operations, requestsSoFar } = all.experiment.run.world;
    const open = operations.reduce((sum, { inFlight }) => sum + inFlight, 0);
    expect(all.sample.size).toBe(requestsSoFar - open);
    expect(new Set(numbersOf(all.sample)).size).toBe(all.sample.size);
  });

  test.each([Infinity, 10_000, 777])('is the same in slices of %d events', (slice) => {
    const { sample } = sampled(everything, 1_000, slice);
    const { weight } = sample.paths[0]!;
    expect(sample.size).toBeGreaterThan(400);
    expect(sample.size).toBeLessThanOrEqual(1_000);
    const low = numbersOf(all.sample).filter((one) => sampleHash(one) < 4294967296 / weight);
    expect(numbersOf(sample)).toEqual(low);
  });

  test('counts nobody twice when the run goes back, and forgets a future that is none', () => {
    const recording = new Recording(new Experiment(scenarioOf(everything)));
    const sample = new PathSample(recording.experiment, Infinity);
    const advance = (to: number) =>
      sample.advance(Infinity, (events) => recording.advance(to, events));
    advance(12e9);
    const before = numbersOf(sample);
    recording.approach(3e9);
    sample.moved();
    advance(12e9);
    expect(numbersOf(sample)).toEqual(before);
    sample.forgetFrom(6e9);
    expect(sample.paths.every(({ end }) => end < 6e9)).toBe(true);
    recording.approach(6e9);
    sample.moved();
    advance(20e9);
    const missing = all.sample.size - sample.size;
    // Only requests that were under way at a checkpoint may be missing.
    expect(missing).toBeGreaterThanOrEqual(0);
    expect(missing).toBeLessThan(100);
  });
});

describe('the cause of a missed requirement', () => {
  const shards = `
name: One slow shard
duration: 20s
traffic: { app: { rate: 100/s, arrivals: constant, operation: get, to: api, deadline: 100ms, timeout: 4s } }
data: { goods: { keys: 1k, stored-in: db } }
components:
  api: { kind: service, timeout: 5s, operations: { get: [ { read: goods } ] } }
  db: { kind: database, shards: 4 by hash, service: { read: 10ms }, workers: 100 }
network: { same-zone: 1ms, cross-zone: 1ms, clients: 10ms }
faults: [ { at: 2s, slow: db/shard-2, by: 10x } ]
`;
  const causes = (text: string, ...claims: string[]) => {
    const { experiment, sample } = sampled(withClaims(text, 'requirements', claims), 10_000);
    return liveVerdicts(experiment, sample).map(({ cause, verdict }) => [verdict, cause]);
  };

  test('is where the slow requests spent their time', () => {
    expect(causes(shards, 'p99 < 50ms', 'p50 < 50ms', 'p95 of get < 30ms')).toEqual([
      ['FAIL', '82 % of it work at db/shard-2, after the slowing of db/shard-2 at 0:02'],
      ['PASS', null],
      ['FAIL', '82 % of it work at db/shard-2, after the slowing of db/shard-2 at 0:02'],
    ]);
  });

  test('is what most requests failed of, and where, when it is about how many did well', () => {
    expect(causes(shards, 'availability > 99%')).toEqual([
      ['FAIL', '100 % of failures: answered after the deadline'],
    ]);
    const faults = (text: string) => shards.replace(/faults: .*/, `faults: [ ${text} ]`);
    const impatient = faults('{ at: 2s, partition: db/shard-2 }').replace('5s', '30ms');
    expect(causes(impatient, 'availability > 99%', 'goodput > 99/s')).toEqual([
      ['FAIL', '100 % of failures: timeout at api > db'],
      ['FAIL', '100 % of failures: timeout at api > db'],
    ]);
    expect(causes(faults('{ at: 2s, crash: db/shard-2 }'), 'availability > 99%')).toEqual([
      ['FAIL', '100 % of failures: refused at api > db'],
    ]);
    const crowded = shards.replace('workers: 100', 'workers: 1, connections: 2');
    expect(causes(crowded, 'availability > 99%')[0]![1]).toMatch(
      /^\d+ % of failures: queue-full at db$/,
    );
  });

  test('is not looked for where nothing was sampled', () => {
    const text = withClaims(shards, 'requirements', ['p99 < 50ms']);
    const { experiment } = sampled(text, 10);
    const [claim] = experiment.scenario.requirements;
    expect(causeOfClaim(experiment, claim!, [])).toBeNull();
  });
});
