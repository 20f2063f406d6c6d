// The numbers that keys get: the hash is the published one, the table agrees with a plain map, and
// it takes no more memory than is said.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashKey } from '../../../src/laboratory/traces/key-hash.ts';
import { KeyTable } from '../../../src/laboratory/traces/key-table.ts';
import { decimalAt } from '../../../src/laboratory/traces/byte-numbers.ts';
import { bytesOf } from './read-trace.ts';

function hashOf(text: string): string {
  const halves = new Int32Array(2);
  const bytes = bytesOf(`..${text}.`);
  hashKey(bytes, 2, bytes.length - 1, halves);
  return [...new Uint32Array(halves.buffer)].map((half) => half.toString(16)).join(' ');
}

describe('the hash of a key', () => {
  test('is that of MurmurHash3_x86_128 with seed 0', () => {
    expect(hashOf('')).toBe('0 0');
    expect(hashOf('The quick brown fox jumps over the lazy dog')).toBe('2f1583c3 ecee2c67');
  });

  test('differs for keys that differ in any one byte, at any length', () => {
    for (let length = 1; length < 40; length++) {
      const seen = new Set<string>([hashOf('a'.repeat(length))]);
      for (let place = 0; place < length; place++) {
        seen.add(hashOf(`${'a'.repeat(place)}b${'a'.repeat(length - place - 1)}`));
      }
      expect(seen.size).toBe(length + 1);
    }
  });

  test('gives a million keys a million hashes that fill both halves evenly', () => {
    const table = new KeyTable(2 ** 21);
    const halves = new Int32Array(2);
    const text = new Uint8Array(7);
    let collisions = 0;
    const upper = new Float64Array(16);
    for (let key = 0; key < 1_000_000; key++) {
      for (let digit = 0, rest = key; digit < 7; digit++, rest = Math.floor(rest / 10)) {
        text[digit] = 48 + (rest % 10);
      }
      hashKey(text, 0, 7, halves);
      upper[halves[1]! >>> 28]!++;
      if (table.number(halves[0]!, halves[1]!) !== key) collisions++;
    }
    expect(collisions).toBe(0);
    // 62,500 each, with a standard deviation of 242: six of them.
    for (const count of upper) expect(Math.abs(count - 62_500)).toBeLessThan(1_452);
    expect(table.bytes / table.size).toBeLessThan(19.5);
  });
});

describe('the table of keys', () => {
  test('numbers keys as a plain map would, with both halves counting', () => {
    const half = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(half, half), { maxLength: 400 }), (keys) => {
        const table = new KeyTable(1000);
        const plain = new Map<string, number>();
        for (const [low, high] of keys) {
          const name = `${low} ${high}`;
          if (!plain.has(name)) plain.set(name, plain.size);
          expect(table.number(low, high)).toBe(plain.get(name));
        }
        expect(table.size).toBe(plain.size);
      }),
    );
  });

  test('keeps known keys when it is full, and takes no new ones', () => {
    const table = new KeyTable(3);
    expect([5, 6, 7, 8, 6, 9].map((low) => table.number(low, 0))).toEqual([0, 1, 2, -1, 1, -1]);
  });

  test('holds neighbouring ids, as binary traces have them', () => {
    const table = new KeyTable(1e6);
    let wrong = 0;
    for (let i = 0; i < 400_000; i++) {
      const id = i % 200_000;
      if (table.number(id * 4096, 0) !== id) wrong++;
    }
    expect(wrong).toBe(0);
    expect(table.bytes / table.size).toBeLessThan(20);
  });
});

describe('numbers in bytes', () => {
  const read = (text: string) => {
    const bytes = bytesOf(`9${text}9`);
    return decimalAt(bytes, 1, bytes.length - 1);
  };

  test.each(['0', '12', '-7', '0.5', '.5', '5.', '1e3', '1.25E-2', ' 42 ', '1700000000.123456'])(
    '%j is what it says',
    (text) => expect(read(text)).toBe(Number(text)),
  );

  test.each(['', ' ', '-', '.', 'e5', '1e', '1e+', '1x', '0x10', '1 2', '--1', '1.2.3', 'NaN'])(
    '%j is no number',
    (text) => expect(read(text)).toBeNaN(),
  );

  test('any decimal is read to fifteen digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
        const text = value.toFixed(3);
        expect(Math.abs(read(text) - Number(text))).toBeLessThanOrEqual(Math.abs(value) * 1e-15);
      }),
    );
  });
});
