import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { Run } from '../../src/model/run.ts';
import { finished, planOf } from './rehearsal.ts';

const scenario = (popularity: string, cache = 'eviction: lru'): string => `
name: What is popular
duration: 60s
traffic: { crowd: { rate: 500/s, to: front } }
data: { things: { keys: 10k, popularity: "${popularity}", stored-in: store, cached-in: memory } }
components:
  front: { kind: service, workers: 64, operations: { look: [{ read: things }] } }
  memory: { kind: cache, capacity: 500 entries, ${cache} }
  store: { kind: database, workers: 64 }
`;

/** Share of hits in the second half of a minute. */
function hitShare(text: string, from = 30): number {
  const { tally } = finished(text).world.components.find(({ kind }) => kind === 'cache')!;
  const [hits, misses] = ['hits', 'misses'].map((column) => tally!.sum(column, from, 60));
  return hits! / (hits! + misses!);
}

describe('in a run', () => {
  it('a working set that moves each second is followed by lru and lost by lfu', () => {
    const drift = 'drift(3%, 100%, every 100ms)';
    const [lru, lfu] = ['lru', 'lfu'].map((eviction) =>
      hitShare(scenario(drift, `eviction: ${eviction}`)),
    );
    // Ten new keys a second miss once each, of 500 look-ups.
    expect(lru!).toBeGreaterThan(0.97);
    expect(lfu!).toBeLessThan(lru! - 0.05);
  });

  it('a popularity dealt out anew empties what a cache is worth, until it has learned again', () => {
    const text = scenario('shift(1.2, every 50s)', 'eviction: lru, warm: popular');
    const { tally } = finished(text).world.components.find(({ kind }) => kind === 'cache')!;
    const share = (from: number, to: number) => {
      const hits = tally!.sum('hits', from, to);
      return hits / (hits + tally!.sum('misses', from, to));
    };
    expect(share(50, 51)).toBeLessThan(share(48, 50) - 0.1);
    expect(share(58, 60)).toBeGreaterThan(share(50, 51) + 0.1);
  });

  it('a cache begins with what is popular, wherever its keys are', () => {
    const warm = (popularity: string) =>
      hitShare(scenario(popularity, 'eviction: lfu, warm: popular'), 0);
    const scattered = warm('scrambled-zipf(0.99)');
    expect(Math.abs(scattered - warm('zipf(0.99)'))).toBeLessThan(0.02);
    expect(scattered).toBeGreaterThan(0.5);
  });

  it.each([
    'drift(5%, 90%, every 100ms)',
    'latest(0.99, every 20)',
    'shift(0.99, every 2s)',
    'one-hit(20%, 0.99)',
    'minstd-zipf',
    'loop(600)',
    'scan',
  ])('%s goes on from a checkpoint as it did before', (popularity) => {
    const run = new Run(planOf(scenario(popularity, 'eviction: arc')));
    run.advance(5e9);
    const checkpoint = new Checkpoint(run);
    run.advance(10e9);
    const first = run.hash;
    checkpoint.restore();
    run.advance(10e9);
    expect(run.hash).toEqual(first);
  });
});
