import type { ShardingPolicy } from '../../sharding.ts';

/** The multiplier 2862933555777941757 in halves of 32 bits. */
const MULTIPLIER_HIGH = 0x27bb2ee6;
const MULTIPLIER_LOW = 0x87b0b0fd;

/**
 * Bucket from 0 of a key of 64 bits, given in two halves, among `buckets` ≥ 1. A generator seeded
 * with the key draws the next number of buckets at which the key would move; the last one that was
 * reached is its place. So a key moves only to a bucket that is new.
 *
 * Source: Lamping, Veach, A Fast, Minimal Memory, Consistent Hash Algorithm, 2014. The product of
 * 64 bits is put together from halves, because numbers here are exact to 53 bits.
 */
export function jumpHash(keyHigh: number, keyLow: number, buckets: number): number {
  let high = keyHigh | 0;
  let low = keyLow | 0;
  let bucket = 0;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    const crossed = Math.imul(low, MULTIPLIER_HIGH) + Math.imul(high, MULTIPLIER_LOW);
    high = (upperHalf(low, MULTIPLIER_LOW) + crossed) | 0;
    low = (Math.imul(low, MULTIPLIER_LOW) + 1) | 0;
    if (low === 0) high = (high + 1) | 0;
    next = Math.floor((bucket + 1) * (2147483648 / ((high >>> 1) + 1)));
  }
  return bucket;
}

/** The upper 32 of the 64 bits of a product of two numbers of 32 bits without sign. */
function upperHalf(left: number, right: number): number {
  const leftLow = left & 0xffff;
  const leftHigh = left >>> 16;
  const rightLow = right & 0xffff;
  const rightHigh = right >>> 16;
  const middle = leftHigh * rightLow + ((leftLow * rightLow) >>> 16);
  const other = leftLow * rightHigh + (middle & 0xffff);
  return leftHigh * rightHigh + (middle >>> 16) + (other >>> 16);
}

/** By the jump hash of the key: even, and a shard that is added takes only its share of keys. */
const policy: ShardingPolicy = {
  name: 'jump',
  summary: 'By the jump hash of the key: even, and a shard that is added takes only its share.',
  source: 'Lamping, Veach, A Fast, Minimal Memory, Consistent Hash Algorithm, 2014',
  shardOf: (rank, _keys, shards) => jumpHash(Math.floor(rank / 4294967296), rank, shards),
};

export default policy;
