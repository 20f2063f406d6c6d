import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInput } from '../../src/scenario/input.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What the platform makes of the bytes; null when they are not UTF-8. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

describe('the bytes of a file', () => {
  test('are text exactly when the platform says so', () => {
    const lead = fc.constantFrom(0x41, 0xc0, 0xc2, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5);
    const byte = fc.oneof(
      fc.integer({ min: 0x20, max: 0xff }),
      lead,
      fc.integer({ min: 0x80, max: 0xbf }),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from(list);
        const { problem } = readInput(bytes);
        expect(problem?.code === 'not-text').toBe(decoded(bytes) === null);
      }),
      { numRuns: 5_000 },
    );
  });

  test('come back as the text they were made from', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !/\p{Cc}|\ufeff/u.test(each));
    fc.assert(
      fc.property(text, (each) => {
        expect(readInput(new TextEncoder().encode(each))).toEqual({ text: each, problem: null });
      }),
    );
  });

  test.each([
    ['a\u0000b', 'control-character', 1],
    ['a\u001bb', 'control-character', 1],
    ['a\u0080b', 'control-character', 1],
    ['a\uffffb', 'control-character', 1],
  ])('%j is refused as %s at %d', (text, code, offset) => {
    expect(readInput(text).problem).toMatchObject({ code, offset });
  });

  test('tabs and all line ends are text', () => {
    expect(readInput('a\tb\r\nc\nd\u0085e').problem).toBeNull();
  });
});
