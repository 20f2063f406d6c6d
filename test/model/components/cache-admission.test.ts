import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import type { Run } from '../../../src/model/run.ts';
import { finished, own, runOf, SECOND } from '../rehearsal.ts';

function shop(redis: string): string {
  return `
name: A cache with a doorman
duration: 8s
traffic: { app: { rate: 1k/s, to: api } }
data:
  goods: { keys: 5k, popularity: zipf(0.9), size: 2KB, stored-in: db, cached-in: redis }
components:
  api: { kind: service, workers: unlimited, operations: { get: [ { read: goods } ] } }
  redis: { kind: cache, ${redis} }
  db: { kind: database, workers: unlimited, connections: unlimited }
`;
}

function hitRatio(run: Run): number {
  return own(run, 'redis', 'hits') / (own(run, 'redis', 'hits') + own(run, 'redis', 'misses'));
}

describe('the admission of a cache', () => {
  const room = 'capacity: 200 entries';

  it('counts whom it turns away, and nobody is turned away when all may come in', () => {
    const open = finished(shop(room));
    const closed = finished(shop(`${room}, admission: size-threshold(1KB)`));
    expect([own(open, 'redis', 'refusals'), own(closed, 'redis', 'hits')]).toEqual([0, 0]);
    // Whoever misses is fetched and turned away; the last ones are still under way.
    const missed = own(closed, 'redis', 'misses');
    const refused = own(closed, 'redis', 'refusals');
    expect(refused).toBeGreaterThan(missed - 50);
    expect(refused).toBeLessThanOrEqual(missed);
    expect(finishedRefusals(`${room}, admission: size-threshold(2KB)`)).toBe(0);
  });

  it('turns away the share of fills that the probability says', () => {
    const run = finished(shop(`${room}, admission: probability(20%)`));
    const share = own(run, 'redis', 'refusals') / own(run, 'redis', 'fills');
    expect(share).toBeGreaterThan(0.77);
    expect(share).toBeLessThan(0.83);
  });

  it('makes a small cache hit more often by tiny-lfu', () => {
    const plain = hitRatio(finished(shop(room)));
    const guarded = hitRatio(finished(shop(`${room}, admission: tiny-lfu`)));
    expect(guarded).toBeGreaterThan(plain + 0.05);
  });

  it.each(['tiny-lfu', 'probability(20%)'])('goes on from a checkpoint with %s', (admission) => {
    const straight = finished(shop(`${room}, admission: ${admission}, eviction: w-tiny-lfu`));
    const run = runOf(shop(`${room}, admission: ${admission}, eviction: w-tiny-lfu`));
    run.advance(3 * SECOND);
    const checkpoint = new Checkpoint(run);
    run.advance(6 * SECOND);
    checkpoint.restore();
    run.advance(8 * SECOND);
    expect(run.hash).toBe(straight.hash);
  });
});

function finishedRefusals(redis: string): number {
  return own(finished(shop(redis)), 'redis', 'refusals');
}
