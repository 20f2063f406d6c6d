import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
