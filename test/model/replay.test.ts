// Recorded requests: sent when they came, for the keys and operations they had, whatever the seed.
import { describe, expect, test } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { SECOND, expectDrained, finished, own, runOf, stationTotal, total } from './rehearsal.ts';

const design = (replay: string, seed = 1) => `
name: Recorded requests
duration: 10s
seed: ${seed}
traffic:
  app: { to: redis, keys: photos, ${replay} }
data:
  photos: { keys: 5, size: 1KB, stored-in: db, cached-in: redis }
components:
  redis: { kind: cache, strategy: read-through, capacity: 2 entries, eviction: lru, nodes: 1 }
  db: { kind: database, shards: 1, replicas: 0, service: { read: 1ms, write: 1ms }, workers: 1 }
`;

const three = 'replay: [1s a read, 1s b write, 2500ms a read]';

/** Requests offered so far at each of these seconds. */
function offeredAt(text: string, seconds: readonly number[]): number[] {
  const run = runOf(text);
  return seconds.map((second) => {
    run.advance(second * SECOND);
    return run.world.operations.reduce((sum, { name }) => sum + total(run, name, 'offered'), 0);
  });
}

describe('a population that replays', () => {
  test('sends each request at its time, and no others', () => {
    const seconds = [0.999, 1.001, 2.499, 2.501, 9.9];
    expect(offeredAt(design(three), seconds)).toEqual([0, 2, 2, 3, 3]);
    const run = finished(design(three));
    expectDrained(run);
    expect([total(run, 'read', 'offered'), total(run, 'write', 'offered')]).toEqual([2, 1]);
  });

  test('takes seconds for a time without a unit', () => {
    const bare = 'replay: [1 a read, 1.0 b write, 2.5 a read]';
    expect(finished(design(bare)).hash).toBe(finished(design(three)).hash);
  });

  test('starts its clock when the population starts', () => {
    const text = design(`start: 2s, ${three}`);
    expect(offeredAt(text, [2.999, 3.001, 4.499, 4.501])).toEqual([0, 2, 2, 3]);
  });

  test('goes twice as fast at twice the speed', () => {
    const text = design(`speed: 2x, ${three}`);
    expect(offeredAt(text, [0.499, 0.501, 1.249, 1.251])).toEqual([0, 2, 2, 3]);
  });

  test('sends nothing after its stop', () => {
    expect(offeredAt(design(`stop: 2s, ${three}`), [9.9])).toEqual([2]);
  });

  test('asks for the recorded keys: a cache of two entries hits where its keys repeat', () => {
    // Counted by hand for two entries and LRU: a, b miss; a hits; c puts b out; a hits; b misses.
    const keys = ['a', 'b', 'a', 'c', 'a', 'b'];
    const run = finished(
      design(`replay: [${keys.map((key, i) => `${i}s ${key} read`).join(', ')}]`),
    );
    expect([own(run, 'redis', 'hits'), own(run, 'redis', 'misses')]).toEqual([2, 4]);
    expect(stationTotal(run, 'db', 'arrivals')).toBe(4);
  });

  test('calls get a read and set a write, as traces of caches do', () => {
    const words = 'replay: [1s a get, 1s b set, 2500ms a get]';
    expect(finished(design(words)).hash).toBe(finished(design(three)).hash);
  });

  test('takes the operation of the population where the request has none', () => {
    const run = finished(design('operation: write, replay: [1s a, 2s b read, 3s a]'));
    expect([total(run, 'read', 'offered'), total(run, 'write', 'offered')]).toEqual([1, 2]);
  });

  test('comes to the same end from any moment that is gone back to', () => {
    const run = runOf(design(three));
    run.advance(2 * SECOND);
    const half = new Checkpoint(run);
    run.advance(Infinity);
    const { hash } = run;
    half.restore();
    run.advance(Infinity);
    expect(run.hash).toBe(hash);
    expect(hash).toBe(finished(design(three)).hash);
  });
});
