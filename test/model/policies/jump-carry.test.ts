// The jump hash multiplies 64 bits in halves; here the low half runs over into the high one.
import { expect, it } from 'vitest';
import { jumpHash } from '../../../src/model/policies/sharding/jump.ts';

const MULTIPLIER = 2862933555777941757n;
const WORD = 1n << 64n;

/** The algorithm as Lamping and Veach print it, on whole numbers of any size. */
function printed(key: bigint, buckets: number): number {
  let state = key;
  let bucket = -1;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    state = (state * MULTIPLIER + 1n) % WORD;
    next = Math.floor((bucket + 1) * (2147483648 / (Number(state >> 33n) + 1)));
  }
  return bucket;
}

/** The low half whose next state has nothing but zeros in its low half. */
function lowBeforeZero(): bigint {
  const half = 1n << 32n;
  let inverse = 1n;
  for (let round = 0; round < 6; round++) {
    inverse = (inverse * (2n - ((MULTIPLIER * inverse) % half) + half)) % half;
  }
  return (half - inverse) % half;
}

it('carries into the high half when the low half comes to zero', () => {
  const low = lowBeforeZero();
  expect((low * MULTIPLIER + 1n) % (1n << 32n)).toBe(0n);
  for (let high = 0n; high < 3_000n; high++) {
    const key = high * 1_234_567n * (1n << 32n) + low;
    const [upper, lower] = [Number((key % WORD) >> 32n), Number(low)];
    expect(jumpHash(upper, lower, 1_000_000), `key ${key}`).toBe(printed(key % WORD, 1_000_000));
  }
});
