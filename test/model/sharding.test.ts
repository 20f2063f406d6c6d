import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashRing } from '../../src/model/hash-ring.ts';
import { jumpHash } from '../../src/model/policies/sharding/jump.ts';
import { shardingPolicies } from '../../src/model/sharding.ts';

const policies = [...shardingPolicies.values()].map((policy) => ({ name: policy.name, policy }));

describe.each(policies)('sharding by $name', ({ policy }) => {
  it('says what it does and where it comes from, each in a line', () => {
    expect(policy.summary).toMatch(/^[A-Z].{10,}\.$/);
    expect(policy.source.length).toBeGreaterThan(5);
  });

  it('finds a shard from 0 to the last for every key, and always the same', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 500 }));
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), ([keys, shards], place) => {
        for (const rank of [0, keys - 1, Math.floor(place * (keys - 1))]) {
          const shard = policy.shardOf(rank, keys, shards);
          expect(Number.isInteger(shard) && shard >= 0 && shard < shards).toBe(true);
          expect(policy.shardOf(rank, keys, shards)).toBe(shard);
        }
      }),
    );
  });

  it('gives every shard nearly the same number of keys', () => {
    const counts = new Float64Array(8);
    for (let rank = 0; rank < 80_000; rank++) counts[policy.shardOf(rank, 80_000, 8)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(8_750));
  });

  it('puts everything on the only shard', () => {
    for (const rank of [0, 1, 99]) expect(policy.shardOf(rank, 100, 1)).toBe(0);
  });
});

describe('sharding', () => {
  const shardsOf = (name: string, keys: number, shards: number) =>
    Array.from({ length: keys }, (_, rank) =>
      shardingPolicies.get(name)!.shardOf(rank, keys, shards),
    );

  it('by range keeps neighbours together', () => {
    expect(shardsOf('range', 12, 4)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
  });

  it('by modulo deals keys in turn, and nearly all move when a shard is added (LB-MOVE)', () => {
    expect(shardsOf('modulo', 6, 4)).toEqual([0, 1, 2, 3, 0, 1]);
    const ten = shardsOf('modulo', 110, 10);
    const moved = shardsOf('modulo', 110, 11).filter((shard, rank) => shard !== ten[rank]);
    // Over one period of 110 keys exactly 10 stay: 10/11 move.
    expect(moved).toHaveLength(100);
  });

  it('by hash tears neighbours apart', () => {
    const shards = shardsOf('hash', 10_000, 10);
    const together = shards.filter((shard, rank) => rank > 0 && shard === shards[rank - 1]).length;
    expect(Math.abs(together - 1_000)).toBeLessThan(4 * Math.sqrt(900));
  });
});

/** The jump hash as its authors print it, in integers of 64 bits. */
function jumpOf64Bits(key: bigint, buckets: number): number {
  let state = key;
  let bucket = 0;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    state = BigInt.asUintN(64, state * 2862933555777941757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / Number((state >> 33n) + 1n)));
  }
  return bucket;
}

describe('jump', () => {
  const jump = (key: bigint, buckets: number) =>
    jumpHash(Number(key >> 32n), Number(key & 0xffffffffn), buckets);
  const places = (key: bigint, most: number) =>
    Array.from({ length: most }, (_, index) => jump(key, index + 1));

  // Lamping and Veach, 2014; the vectors come from their C++ program and from Guava, as the tests
  // of dgryski/go-jump have them.
  it('D7: gives the known places of known keys (LB-JUMP)', () => {
    expect(places(0n, 20)).toEqual(Array.from({ length: 20 }).fill(0));
    expect(places(1n, 19)).toEqual([0, 0, 0, 0, 0, 0, ...Array(11).fill(6), 17, 17]);
    expect(places(0xdeadbeefn, 19)).toEqual([0, 1, 2, 3, 3, ...Array(11).fill(5), 16, 16, 16]);
    expect(places(0x0ddc0ffeebadf00dn, 19)).toEqual([0, 1, ...Array(13).fill(2), 15, 15, 15, 15]);
    const { shardOf } = shardingPolicies.get('jump')!;
    const firstTwenty = Array.from({ length: 20 }, (_, rank) => shardOf(rank, 20, 100));
    expect(firstTwenty).toEqual([
      0, 55, 62, 8, 45, 59, 86, 97, 82, 59, 73, 37, 17, 56, 86, 21, 90, 37, 38, 83,
    ]);
    const single: [bigint, number, number][] = [
      [10863919174838991n, 11, 6],
      [2016238256797177309n, 11, 3],
      [1673758223894951030n, 11, 5],
      [2n, 100_001, 80_343],
      [2201n, 100_001, 22_152],
      [2202n, 100_001, 15_018],
    ];
    for (const [key, buckets, place] of single) expect(jump(key, buckets)).toBe(place);
  });

  it('is the same as in integers of 64 bits', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.integer({ min: 1, max: 1e6 }),
        (key, buckets) => {
          expect(jump(key, buckets)).toBe(jumpOf64Bits(key, buckets));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('moves a key only to a shard that is new, one in eleven from 10 to 11 (LB-MOVE)', () => {
    const { shardOf } = shardingPolicies.get('jump')!;
    let moved = 0;
    for (let rank = 0; rank < 100_000; rank++) {
      const [ten, eleven] = [shardOf(rank, 1e5, 10), shardOf(rank, 1e5, 11)];
      if (eleven === ten) continue;
      moved++;
      expect(eleven).toBe(10);
    }
    // Karger et al., 1997; Lamping and Veach, 2014. Four standard deviations of 100,000 keys.
    expect(Math.abs(moved / 100_000 - 1 / 11)).toBeLessThan(0.0036363636363636364);
  });
});

describe('a hash ring', () => {
  it('moves the keys that the new member owns and no others, about one in eleven (LB-MOVE)', () => {
    const names = Array.from({ length: 11 }, (_, index) => `db/${index + 1}`);
    const [ten, eleven] = [new HashRing(names.slice(0, 10), 100), new HashRing(names, 100)];
    let moved = 0;
    for (let key = 0; key < 100_000; key++) {
      const owner = eleven.ownerOf(key);
      if (owner === ten.ownerOf(key)) continue;
      moved++;
      expect(owner).toBe(10);
    }
    // The share of one of n members with v points each scatters by √((n - 1) / (n v + 1)).
    const scatter = Math.sqrt(10 / (11 * 100 + 1));
    expect(Math.abs(moved / 100_000 - 1 / 11)).toBeLessThan((4 * scatter) / 11);
  });
});
