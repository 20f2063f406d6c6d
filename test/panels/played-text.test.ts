import { expect, test } from 'vitest';
import { addedLines, playedName } from '../../src/panels/played-text.ts';

test('the lines of an act are found in the text', () => {
  const before = 'name: a\n\nfaults:\n  - { at: 1s, crash: a }\nexpect: []\n';
  const after = before.replace('expect', '  - { at: 2s, crash: b }\nexpect');
  expect(addedLines(before, after)).toEqual({ first: 5, count: 1 });
  expect(addedLines(after, before)).toBeNull();
  expect(addedLines(before, before)).toBeNull();
});

test('a new section is marked without the empty line before it', () => {
  const after = 'name: a\n\nfaults:\n  - { at: 2s, crash: b }\n';
  expect(addedLines('name: a\n', after)).toEqual({ first: 3, count: 2 });
});

test('a value that was changed is marked', () => {
  expect(addedLines('a: 1\nb: 2\nc: 3\n', 'a: 1\nb: 5\nc: 3\n')).toEqual({ first: 2, count: 1 });
});

test('a played file keeps its name, with a word that says so', () => {
  expect(playedName('photo-feed.yaml')).toBe('photo-feed-played.yaml');
  expect(playedName('photo-feed-played.yaml')).toBe('photo-feed-played.yaml');
  expect(playedName('')).toBe('scenario-played.yaml');
});
