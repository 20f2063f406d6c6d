import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { Popularity, popularityFault } from '../../src/kernel/popularity.ts';
import type { PopularitySpec } from '../../src/kernel/popularity.ts';

/** Cells of ranks, narrow at the head, against the shares the popularity itself reports. */
function distance(popularity: Popularity, draws: number, purpose: string): number {
  const edges = [0];
  for (let edge = 1; edge < popularity.keys; edge = Math.ceil(edge * 1.5)) edges.push(edge);
  edges.push(popularity.keys);
  const stream = streamFor('1', 'test', purpose);
  const counts = edges.map(() => 0);
  for (let i = 0; i < draws; i += 1) {
    const key = popularity.draw(stream);
    let cell = 0;
    while (edges[cell + 1]! <= key) cell += 1;
    counts[cell]! += 1;
  }
  let statistic = 0;
  let cells = -1;
  for (let cell = 0; cell + 1 < edges.length; cell += 1) {
    const share = popularity.topShare(edges[cell + 1]!) - popularity.topShare(edges[cell]!);
    const expected = share * draws;
    // Pearson's statistic asks for some expected hits; thinner cells are far in the tail.
    if (expected < 10) continue;
    cells += 1;
    statistic += (counts[cell]! - expected) ** 2 / expected;
  }
  return (statistic - cells) / Math.sqrt(2 * Math.max(cells, 1));
}

const EXPONENTS = [0, 0.2, 0.5, 0.99, 1, 1.00001, 1.3, 2, 5];

describe('zipf', () => {
  it.each(EXPONENTS)(
    'of exponent %d over ten thousand keys: they come as often as they should',
    (exponent) => {
      const popularity = new Popularity({ kind: 'zipf', exponent }, 10_000);
      expect(distance(popularity, 300_000, `table ${exponent}`)).toBeLessThan(4);
    },
  );

  it.each(EXPONENTS)('of exponent %d over half a billion keys: the same', (exponent) => {
    const popularity = new Popularity({ kind: 'zipf', exponent }, 500_000_000);
    expect(distance(popularity, 300_000, `rejection ${exponent}`)).toBeLessThan(4);
  });

  it.each(EXPONENTS)('of exponent %d: shares are those of the plain sum', (exponent) => {
    for (const keys of [1, 2, 63, 64, 65, 200, 5000]) {
      const popularity = new Popularity({ kind: 'zipf', exponent }, keys);
      let total = 0;
      for (let rank = 1; rank <= keys; rank += 1) total += rank ** -exponent;
      let share = 0;
      for (let key = 0; key < keys; key += 1) {
        const probability = (key + 1) ** -exponent / total;
        expect(Math.abs(popularity.probability(key) / probability - 1)).toBeLessThan(1e-12);
        share += probability;
        expect(Math.abs(popularity.topShare(key + 1) / share - 1)).toBeLessThan(1e-12);
      }
    }
  });

  it('reports the share of the top tenth of a million keys at 0.99', () => {
    const popularity = new Popularity({ kind: 'zipf', exponent: 0.99 }, 1_000_000);
    let top = 0;
    let all = 0;
    for (let rank = 1; rank <= 1_000_000; rank += 1) {
      all += rank ** -0.99;
      if (rank === 100_000) top = all;
    }
    expect(popularity.topShare(100_000)).toBeCloseTo(top / all, 12);
  });

  it.each([0.5, 0.99, 2])(
    'of exponent %d: each of a few hundred keys has its share',
    (exponent) => {
      const popularity = new Popularity({ kind: 'zipf', exponent }, 400);
      const stream = streamFor('1', 'test', `each ${exponent}`);
      const counts = new Int32Array(400);
      const draws = 2_000_000;
      for (let i = 0; i < draws; i += 1) counts[popularity.draw(stream)]! += 1;
      let statistic = 0;
      let cells = -1;
      for (let key = 0; key < 400; key += 1) {
        const expected = popularity.probability(key) * draws;
        if (expected < 10) continue;
        cells += 1;
        statistic += (counts[key]! - expected) ** 2 / expected;
      }
      expect(Math.abs(statistic - cells) / Math.sqrt(2 * cells)).toBeLessThan(4);
    },
  );
});

describe('a hotspot', () => {
  it('gives the hot share of the keys the hot share of the requests', () => {
    const popularity = new Popularity({ kind: 'hotspot', keys: 0.2, requests: 0.8 }, 100);
    expect(distance(popularity, 300_000, 'hotspot')).toBeLessThan(4);
    expect(popularity.topShare(20)).toBeCloseTo(0.8, 12);
    expect(popularity.topShare(60)).toBeCloseTo(0.9, 12);
    expect(popularity.probability(0)).toBeCloseTo(0.04, 12);
    expect(popularity.probability(99)).toBeCloseTo(0.0025, 12);
  });

  it('has at least one hot key, and is uniform when all keys are hot', () => {
    const stream = streamFor('1', 'test', 'hotspot');
    const tiny = new Popularity({ kind: 'hotspot', keys: 0.001, requests: 1 }, 10);
    for (let i = 0; i < 100; i += 1) expect(tiny.draw(stream)).toBe(0);
    const all = new Popularity({ kind: 'hotspot', keys: 1, requests: 1 }, 4);
    expect(all.probability(3)).toBe(0.25);
    const single = new Popularity({ kind: 'hotspot', keys: 0.1, requests: 0.5 }, 1);
    for (let i = 0; i < 100; i += 1) expect(single.draw(stream)).toBe(0);
  });
});

describe('a scan', () => {
  it('takes the keys in turn and touches no luck', () => {
    const stream = streamFor('1', 'test', 'scan');
    const before = [...stream.state];
    const popularity = new Popularity({ kind: 'scan' }, 3);
    const keys = Array.from({ length: 7 }, () => popularity.draw(stream));
    expect(keys).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect([...stream.state]).toEqual(before);
    expect(popularity.topShare(2)).toBeCloseTo(2 / 3, 12);
  });
});

/** Those of which key 0 is the most popular and no key more so than the one before. */
const RANKED: readonly PopularitySpec[] = [
  { kind: 'uniform' },
  { kind: 'zipf', exponent: 1.1 },
  { kind: 'hotspot', keys: 0.1, requests: 0.9 },
  { kind: 'scan' },
  { kind: 'loop', length: 300 },
  { kind: 'minstd-zipf' },
  { kind: 'drift', keys: 0.1, requests: 0.9, every: { requests: 7 } },
  { kind: 'shift', exponent: 0.8, every: { ns: 1e9 } },
];
const KINDS: readonly PopularitySpec[] = [
  ...RANKED,
  { kind: 'scrambled-zipf', exponent: 1.1 },
  { kind: 'latest', exponent: 0.9, every: { requests: 3 } },
  { kind: 'latest', exponent: 0, every: { ns: 5 } },
  { kind: 'one-hit', requests: 0.2, exponent: 0.9 },
];

describe('every popularity', () => {
  it.each(RANKED)('$kind: has probabilities that sum to 1 and never grow with the key', (spec) => {
    const popularity = new Popularity(spec, 1000);
    let sum = 0;
    for (let key = 0; key < 1000; key += 1) {
      if (key > 0) {
        expect(popularity.probability(key)).toBeLessThanOrEqual(popularity.probability(key - 1));
      }
      sum += popularity.probability(key);
    }
    expect(sum).toBeCloseTo(1, 12);
    expect([popularity.topShare(-5), popularity.topShare(0), popularity.topShare(1e6)]).toEqual([
      0, 0, 1,
    ]);
    expect([popularity.probability(-1), popularity.probability(1000)]).toEqual([0, 0]);
  });

  it.each(KINDS)('$kind: stays inside its keys, one key included', (spec) => {
    const stream = streamFor('1', 'test', 'range');
    for (const keys of [1, 2, 7, 100]) {
      const popularity = new Popularity(spec, keys);
      for (let i = 0; i < 1000; i += 1) {
        const key = popularity.draw(stream);
        expect(Number.isInteger(key) && key >= 0 && key < keys).toBe(true);
      }
    }
  });

  it('refuses a number of keys outside 1 to 10^9', () => {
    for (const keys of [0, -1, 1.5, NaN, 1e9 + 1]) {
      expect(() => new Popularity({ kind: 'uniform' }, keys)).toThrow('keys');
    }
  });

  it('refuses numbers that make no popularity, and names them', () => {
    const faults: [PopularitySpec, string][] = [
      [{ kind: 'zipf', exponent: -1 }, 'exponent is -1'],
      [{ kind: 'zipf', exponent: NaN }, 'exponent is NaN'],
      [{ kind: 'hotspot', keys: 0, requests: 1 }, 'keys is 0'],
      [{ kind: 'hotspot', keys: 1.1, requests: 1 }, 'keys is 1.1'],
      [{ kind: 'hotspot', keys: 0.5, requests: 0.4 }, 'requests is 0.4'],
      [{ kind: 'hotspot', keys: 0.5, requests: 1.5 }, 'requests is 1.5'],
      [{ kind: 'drift', keys: 0.5, requests: 1, every: { ns: 0 } }, 'every is 0'],
      [{ kind: 'latest', exponent: 1, every: { requests: NaN } }, 'every is NaN'],
      [{ kind: 'shift', exponent: -1, every: { ns: 1 } }, 'exponent is -1'],
      [{ kind: 'loop', length: 0.5 }, 'length is 0.5'],
      [{ kind: 'one-hit', requests: 2, exponent: 1 }, 'requests is 2'],
    ];
    for (const [spec, sentence] of faults) {
      expect(popularityFault(spec)).toContain(sentence);
      expect(() => new Popularity(spec, 10)).toThrow(sentence);
    }
    for (const spec of KINDS) expect(popularityFault(spec)).toBeUndefined();
  });
});
