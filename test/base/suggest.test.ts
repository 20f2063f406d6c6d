import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { existing, listed, nearest } from '../../src/base/suggest.ts';

test('a slip of one letter, a swap and a wrong case are recognised', () => {
  const words = ['least-requests', 'round-robin', 'random'];
  expect(nearest('least-request', words)).toBe('least-requests');
  expect(nearest('ronud-robin', words)).toBe('round-robin');
  expect(nearest('RANDOM', words)).toBe('random');
});

test('another word is not taken for a slip', () => {
  expect(nearest('explode', ['crash', 'slow'])).toBeNull();
  expect(nearest('b', ['a', 'c'])).toBeNull();
  expect(nearest('', ['a'])).toBeNull();
});

test('a long word is never changed by more than four letters', () => {
  expect(nearest('abcdefghijklmnop', ['abcdefghijklxxxx'])).toBe('abcdefghijklxxxx');
  expect(nearest('abcdefghijklmnopq', ['abcdefghijklxxxxx'])).toBeNull();
});

test('a word among the candidates is always its own nearest', () => {
  const word = fc.stringMatching(/^[a-z]{1,30}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.nat(), (words, pick) => {
      const wanted = words[pick % words.length]!;
      expect(nearest(wanted, words)).toBe(wanted);
    }),
  );
});

test('what there is is said in the singular and in the plural', () => {
  expect(existing('x', ['shop'])).toBe('there is `shop`');
  expect(existing('x', ['shop', 'cart'])).toBe('there are `shop` and `cart`');
  expect(existing('x', [])).toBeNull();
});

test('a long list says how much of it is left out', () => {
  const words = Array.from({ length: 20 }, (_, index) => `w${index}`);
  expect(listed(words)).toContain('`w15` and 4 more');
  expect(listed(['a', 'b'], 'or')).toBe('`a` or `b`');
});
