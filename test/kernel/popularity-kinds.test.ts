import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { Popularity } from '../../src/kernel/popularity.ts';
import type { PopularitySpec } from '../../src/kernel/popularity.ts';
import { KeyPermutation } from '../../src/kernel/popularity/key-permutation.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { minstdTrace } from '../model/cache-traces.ts';

const MOVING: readonly PopularitySpec[] = [
  { kind: 'scrambled-zipf', exponent: 0.99 },
  { kind: 'drift', keys: 0.1, requests: 0.9, every: { requests: 400 } },
  { kind: 'drift', keys: 0.1, requests: 1, every: { ns: 90_000 } },
  { kind: 'latest', exponent: 0.99, every: { requests: 300 } },
  { kind: 'latest', exponent: 0.5, every: { ns: 70_000 } },
  { kind: 'shift', exponent: 0.99, every: { requests: 5_000 } },
  { kind: 'one-hit', requests: 0.2, exponent: 0.99 },
  { kind: 'minstd-zipf' },
  { kind: 'loop', length: 37 },
  { kind: 'zipf', exponent: 1.2 },
];

const streamOf = (purpose: string) => streamFor('1', 'test', purpose);

/** Draws so many keys, a microsecond apart, from time 0 on. */
function draws(popularity: Popularity, count: number, purpose: string): number[] {
  const stream = streamOf(purpose);
  return Array.from({ length: count }, (_, at) => popularity.draw(stream, at * 1_000));
}

describe('every popularity that moves or scatters', () => {
  it.each(MOVING)('$kind: draws each key as often as it says before the draw', (spec) => {
    const popularity = new Popularity(spec, 50);
    const stream = streamOf('shares');
    const expected = new Float64Array(50);
    const counts = new Int32Array(50);
    const times = 40_000;
    for (let at = 0; at < times; at++) {
      counts[popularity.draw(stream, at * 1_000)]!++;
      // After the draw, shares are those that the draw was made with.
      for (let key = 0; key < 50; key++) expected[key]! += popularity.probability(key);
    }
    expect(expected.reduce((sum, share) => sum + share, 0)).toBeCloseTo(times, 4);
    for (let key = 0; key < 50; key++) {
      const deviation = Math.sqrt(expected[key]! + 1);
      expect(Math.abs(counts[key]! - expected[key]!)).toBeLessThan(4.5 * deviation);
    }
  });

  it.each(MOVING)('$kind: ranks every key once, the popular ones first', (spec) => {
    const popularity = new Popularity(spec, 60);
    draws(popularity, 12_345, 'ranks');
    const keys = Array.from({ length: 60 }, (_, rank) => popularity.keyAt(rank));
    expect(new Set(keys).size).toBe(60);
    const shares = keys.map((key) => popularity.probability(key));
    let sum = 0;
    for (const [rank, share] of shares.entries()) {
      sum += share;
      expect(popularity.topShare(rank + 1)).toBeCloseTo(sum, 10);
      if (spec.kind === 'one-hit' && rank === 30) continue;
      if (rank > 0) expect(share).toBeLessThanOrEqual(shares[rank - 1]! + 1e-15);
    }
  });

  it.each(MOVING)('$kind: goes on from a checkpoint as it did before', (spec) => {
    const root = { popularity: new Popularity(spec, 100), stream: streamOf('checkpoint') };
    const draw = (at: number) => root.popularity.draw(root.stream, at * 1_000);
    for (let at = 0; at < 1_234; at++) draw(at);
    const checkpoint = new Checkpoint(root);
    const first = Array.from({ length: 2_000 }, (_, at) => draw(1_234 + at));
    checkpoint.restore();
    expect(Array.from({ length: 2_000 }, (_, at) => draw(1_234 + at))).toEqual(first);
  });
});

describe('a scrambled popularity', () => {
  it.each([1, 2, 3, 17, 64, 1_000, 65_537])('gives each of %d keys to one rank', (keys) => {
    const permutation = new KeyPermutation(keys);
    for (const number of [0, 1, 77, 1e9]) {
      const seen = new Uint8Array(keys);
      for (let key = 0; key < keys; key++) {
        const place = permutation.forward(key, number);
        seen[place]!++;
        expect(permutation.backward(place, number)).toBe(key);
      }
      expect(seen.every((times) => times === 1)).toBe(true);
    }
  });

  it('scatters the popular keys evenly, over a billion keys too', () => {
    for (const keys of [10_000, 1e9]) {
      const popularity = new Popularity({ kind: 'scrambled-zipf', exponent: 0.99 }, keys);
      const tenths = new Int32Array(10);
      for (let rank = 0; rank < 1_000; rank++) {
        tenths[Math.floor((popularity.keyAt(rank) / keys) * 10)]!++;
      }
      const distance = tenths.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
      // Chi-squared of nine degrees of freedom: 27.9 once in a thousand.
      expect(distance).toBeLessThan(27.9);
    }
  });
});

describe('the latest popularity', () => {
  it('asks most for the newest key, and a new one takes the place of the oldest', () => {
    const every = { requests: 10_000 };
    const popularity = new Popularity({ kind: 'latest', exponent: 1, every }, 5);
    const stream = streamOf('latest');
    const mostAsked = () => {
      const counts = new Int32Array(5);
      for (let at = 0; at < 10_000; at++) counts[popularity.draw(stream)]!++;
      return counts.indexOf(Math.max(...counts));
    };
    expect(Array.from({ length: 7 }, mostAsked)).toEqual([4, 0, 1, 2, 3, 4, 0]);
  });
});

describe('a drifting working set', () => {
  it('is a window that moves on by a key each so many requests, around the end too', () => {
    const every = { requests: 50 };
    const popularity = new Popularity({ kind: 'drift', keys: 0.2, requests: 1, every }, 10);
    const keys = draws(popularity, 1_000, 'drift');
    for (let move = 0; move < 20; move++) {
      const window = [...new Set(keys.slice(move * 50, move * 50 + 50))].sort((a, b) => a - b);
      const expected = [move % 10, (move + 1) % 10].sort((a, b) => a - b);
      expect(window).toEqual(expected);
    }
  });

  it('moves by the time of the run where a time is given, however many requests there are', () => {
    const every = { ns: 1e9 };
    const popularity = new Popularity({ kind: 'drift', keys: 0.1, requests: 1, every }, 10);
    const stream = streamOf('time');
    const at = (seconds: number) => popularity.draw(stream, seconds * 1e9);
    expect([0, 0.9, 1, 1.5, 7.2, 10, 12.9].map(at)).toEqual([0, 0, 1, 1, 7, 0, 2]);
  });
});

describe('a popularity that shifts', () => {
  it('deals ranks out anew each time, and as given until then', () => {
    const every = { ns: 1e9 };
    const popularity = new Popularity({ kind: 'shift', exponent: 1, every }, 1_000);
    const stream = streamOf('shift');
    const top = (seconds: number) => {
      popularity.draw(stream, seconds * 1e9);
      return Array.from({ length: 20 }, (_, rank) => popularity.keyAt(rank));
    };
    const first = top(0.5);
    expect(first).toEqual(Array.from({ length: 20 }, (_, rank) => rank));
    const second = top(1.5);
    const third = top(2.5);
    expect(second.filter((key) => first.includes(key)).length).toBeLessThan(4);
    expect(third.filter((key) => second.includes(key)).length).toBeLessThan(4);
    expect(top(1.7)).toEqual(second);
  });
});

describe('one-hit wonders', () => {
  it('come once each, as many as the share says, until all of the upper half have come', () => {
    const popularity = new Popularity({ kind: 'one-hit', requests: 0.25, exponent: 1 }, 40_000);
    const wonders = draws(popularity, 60_000, 'wonders').filter((key) => key >= 20_000);
    expect(new Set(wonders).size).toBe(wonders.length);
    expect(Math.abs(wonders.length / 60_000 - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 60_000));
    const later = draws(popularity, 60_000, 'more').filter((key) => key >= 20_000);
    expect(later[20_000 - wonders.length]).toBe(20_000);
  });
});

describe('the popularity from the minimal standard generator', () => {
  it('draws the published trace, whatever the stream', () => {
    const popularity = new Popularity({ kind: 'minstd-zipf' }, 1_000);
    expect(draws(popularity, 100_000, 'any')).toEqual(minstdTrace(false));
  });
});

describe('a loop', () => {
  it('takes the first keys in turn, over and over', () => {
    const popularity = new Popularity({ kind: 'loop', length: 3 }, 10);
    expect(draws(popularity, 7, 'loop')).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect([popularity.probability(2), popularity.probability(3)]).toEqual([1 / 3, 0]);
  });
});
