import alea from 'seedrandom/lib/alea.js';
import { describe, expect, it } from 'vitest';
import { Stream, streamFor } from '../../src/kernel/random.ts';

const DRAWS = 1_000_000;

/** sfc32 as its author writes it, on unbounded integers: the judge of the typed-array version. */
function* sfc32(words: readonly number[]): Generator<number> {
  const mask = 0xffffffffn;
  let [a, b, c, counter] = words.map((word) => BigInt(word) & mask) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  for (;;) {
    const result = (a + b + counter) & mask;
    counter = (counter + 1n) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = ((((c << 21n) | (c >> 11n)) & mask) + result) & mask;
    yield Number(result);
  }
}

/** Pearson's statistic against equal expectations, as standard deviations from its mean. */
function evenness(counts: ArrayLike<number>): number {
  const cells = Array.from(counts);
  const expected = cells.reduce((total, count) => total + count, 0) / cells.length;
  let statistic = 0;
  for (const count of cells) statistic += (count - expected) ** 2 / expected;
  return (statistic - (cells.length - 1)) / Math.sqrt(2 * (cells.length - 1));
}

describe('a stream', () => {
  it('is sfc32 word by word', () => {
    const starts: [number, number, number, number][] = [
      [1, 2, 3, 4],
      [-1, 0x7fffffff, -0x80000000, -1],
      [0, 0, 0, 1],
    ];
    for (const words of starts) {
      const stream = new Stream(...words);
      const judge = sfc32(words);
      for (let i = 0; i < 1000; i += 1) expect(stream.uint32()).toBe(judge.next().value);
    }
  });

  it('is seeded by seedrandom from seed, component and purpose', () => {
    const generator = alea('17|cache-1|service-time');
    const words = Array.from({ length: 4 }, () => generator.int32());
    const expected = new Stream(words[0]!, words[1]!, words[2]!, words[3]!);
    for (let i = 0; i < 16; i += 1) expected.int32();
    const stream = streamFor('17', 'cache-1', 'service-time');
    for (let i = 0; i < 100; i += 1) expect(stream.int32()).toBe(expected.int32());
  });

  it('gives the golden numbers of its name', () => {
    const stream = streamFor('1', 'service', 'work');
    const words = Array.from({ length: 4 }, () => stream.uint32());
    expect(words).toEqual([530970475, 2851843258, 1738065028, 2176131062]);
    expect([stream.uniform(), stream.exponential(), stream.normal(), stream.below(1000)]).toEqual([
      0.23969784227665514, 0.9185510456052914, -0.44890056058753325, 711,
    ]);
  });

  it('gives the golden sums over a hundred thousand draws, the rare paths included', () => {
    const stream = streamFor('1', 'service', 'work');
    let exponential = 0;
    let normal = 0;
    for (let i = 0; i < 100_000; i += 1) {
      exponential += stream.exponential();
      normal += stream.normal();
    }
    expect([exponential, normal]).toEqual([99715.63848086145, -9.64441431983822]);
  });

  it('goes on from a copied state as the original does', () => {
    const stream = streamFor('1', 'service', 'work');
    for (let i = 0; i < 1000; i += 1) stream.exponential();
    const copy = new Stream(0, 0, 0, 0);
    copy.state.set(stream.state);
    for (let i = 0; i < 1000; i += 1) expect(copy.exponential()).toBe(stream.exponential());
  });

  it('differs when seed, component or purpose differs', () => {
    const first = (seed: string, component: string, purpose: string): string => {
      const stream = streamFor(seed, component, purpose);
      return `${stream.uint32()} ${stream.uint32()}`;
    };
    const seen = new Set<string>();
    for (let i = 0; i < 2000; i += 1) {
      seen.add(first(`${i}`, 'a', 'b'));
      seen.add(first('a', `node-${i}`, 'b'));
      seen.add(first('a', 'b', `purpose-${i}`));
    }
    expect(seen.size).toBe(6000);
    expect(first('1', 'a', 'b|c')).not.toBe(first('1', 'a', 'c|b'));
    expect(() => streamFor('1', 'a|b', 'c')).toThrow('separator');
  });

  it('is not correlated with the stream of a neighbouring name', () => {
    for (let pair = 0; pair < 20; pair += 1) {
      const left = streamFor('1', `node-${pair}`, 'work');
      const right = streamFor('1', `node-${pair + 1}`, 'work');
      let product = 0;
      const draws = 20_000;
      for (let i = 0; i < draws; i += 1)
        product += (left.uniform() - 0.5) * (right.uniform() - 0.5);
      // The product of two uniform deviations has variance 1/144.
      expect(Math.abs(product / draws) * 12 * Math.sqrt(draws)).toBeLessThan(4.5);
    }
  });

  it('starts unlike its neighbours: first draws over many names are even', () => {
    const counts = new Float64Array(100);
    for (let i = 0; i < 100_000; i += 1) {
      const first = streamFor('1', `node-${i}`, 'work').uniform();
      counts[Math.floor(first * 100)]! += 1;
    }
    expect(Math.abs(evenness(counts))).toBeLessThan(4);
  });
});

describe('uniform numbers', () => {
  it('are even in their high and their low bits', () => {
    const stream = streamFor('2', 'test', 'uniform');
    const high = new Float64Array(1024);
    const low = new Float64Array(1024);
    for (let i = 0; i < DRAWS; i += 1) {
      high[Math.floor(stream.uniform() * 1024)]! += 1;
      low[stream.uint32() & 1023]! += 1;
    }
    expect(Math.abs(evenness(high))).toBeLessThan(4);
    expect(Math.abs(evenness(low))).toBeLessThan(4);
  });

  it('never reach 0 or 1', () => {
    // State chosen so that the words drawn are 0 and 2^32 − 1.
    const none = new Stream(0, 0, 5, 0).uniform();
    const all = new Stream(-1, 0, 5, 0).uniform();
    expect(none).toBe(2 ** -33);
    expect(all).toBe(1 - 2 ** -33);
  });
});

describe('below', () => {
  it.each([1, 2, 3, 10, 1000])('%i gives every number below it equally often', (n) => {
    const stream = streamFor('3', 'test', `below ${n}`);
    const counts = new Float64Array(n);
    for (let i = 0; i < 200_000; i += 1) counts[stream.below(n)]! += 1;
    expect(counts.length).toBe(n);
    if (n > 1) expect(Math.abs(evenness(counts))).toBeLessThan(4);
  });

  it('has no bias where a plain product would have one of a third', () => {
    // 2^32 words over 3 × 2^29 numbers: without rejection two in three come thrice, one twice.
    const n = 3 * 2 ** 29;
    const stream = streamFor('3', 'test', 'below');
    const counts = new Float64Array(3);
    for (let i = 0; i < 300_000; i += 1) counts[stream.below(n) % 3]! += 1;
    expect(Math.abs(evenness(counts))).toBeLessThan(4);
  });

  it('is the exact high word of the product, checked on unbounded integers', () => {
    for (const n of [3, 7, 1000, 2 ** 21 + 1, 10 ** 9, 2 ** 31 - 1, 2 ** 31]) {
      const stream = streamFor('4', 'test', `${n}`);
      const copy = streamFor('4', 'test', `${n}`);
      for (let i = 0; i < 2000; i += 1) {
        const biased = BigInt(2 ** 32 % n);
        let product = BigInt(copy.uint32()) * BigInt(n);
        while ((product & 0xffffffffn) < biased) product = BigInt(copy.uint32()) * BigInt(n);
        expect(stream.below(n)).toBe(Number(product >> 32n));
      }
    }
  });

  it('refuses a bound outside 1 to 2^31', () => {
    const stream = streamFor('1', 'test', 'below');
    for (const n of [0, -1, 2 ** 31 + 1, NaN]) expect(() => stream.below(n)).toThrow('bound');
  });
});

describe('exponential numbers', () => {
  it('have mean 1, variance 1 and third moment 6 within four standard errors', () => {
    const stream = streamFor('5', 'test', 'exponential');
    const sums = [0, 0, 0];
    for (let i = 0; i < DRAWS; i += 1) {
      const x = stream.exponential();
      for (let k = 0; k < 3; k += 1) sums[k]! += x ** (k + 1);
    }
    // The k-th moment is k!, so the variance of x^k is (2k)! − (k!)².
    const standardErrors = [1, Math.sqrt(20), Math.sqrt(684)].map((s) => s / Math.sqrt(DRAWS));
    [1, 2, 6].forEach((moment, k) => {
      expect(Math.abs(sums[k]! / DRAWS - moment)).toBeLessThan(4 * standardErrors[k]!);
    });
  });

  it('fall evenly into cells of equal probability, wedges of the layers included', () => {
    const stream = streamFor('6', 'test', 'exponential');
    const counts = new Float64Array(2000);
    for (let i = 0; i < 2 * DRAWS; i += 1) {
      counts[Math.floor(Math.exp(-stream.exponential()) * 2000)]! += 1;
    }
    expect(Math.abs(evenness(counts))).toBeLessThan(4);
  });

  it('exceed each tail quantile as often as they should, also beyond the last layer', () => {
    const stream = streamFor('7', 'test', 'exponential');
    const limits = [2, 4, 6, 7.69711747013105, 9, 11];
    const counts = limits.map(() => 0);
    const draws = 4 * DRAWS;
    let least = Infinity;
    for (let i = 0; i < draws; i += 1) {
      const x = stream.exponential();
      least = Math.min(least, x);
      for (let k = 0; k < limits.length && x > limits[k]!; k += 1) counts[k]! += 1;
    }
    expect(least).toBeGreaterThan(0);
    limits.forEach((limit, k) => {
      const expected = draws * Math.exp(-limit);
      expect(Math.abs(counts[k]! - expected)).toBeLessThan(4 * Math.sqrt(expected));
    });
  });
});

describe('normal numbers', () => {
  it('have the moments of the standard normal law within four standard errors', () => {
    const stream = streamFor('8', 'test', 'normal');
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < DRAWS; i += 1) {
      const x = stream.normal();
      for (let k = 0; k < 4; k += 1) sums[k]! += x ** (k + 1);
    }
    const standardErrors = [1, Math.sqrt(2), Math.sqrt(15), Math.sqrt(96)];
    [0, 1, 0, 3].forEach((moment, k) => {
      const distance = Math.abs(sums[k]! / DRAWS - moment);
      expect(distance).toBeLessThan((4 * standardErrors[k]!) / Math.sqrt(DRAWS));
    });
  });
});
