import { expect, test } from 'vitest';
import { padded, table } from '../../src/report/table.ts';

const columns = [
  { title: 'name', align: 'left' },
  { title: 'count', align: 'right' },
  { title: 'note', align: 'left' },
] as const;

test('words begin at one edge, numbers end at one, no line ends in spaces', () => {
  expect(
    table(columns, [
      ['api', '7', ''],
      ['photos-db', '1,234', 'ok'],
    ]),
  ).toEqual(['name       count  note', 'api            7', 'photos-db  1,234  ok']);
});

test('a table without rows is nothing at all', () => {
  expect(table(columns, [])).toEqual([]);
});

test('a character beyond the basic plane is one wide', () => {
  expect(padded('😀', 3, 'left')).toBe('😀  ');
  expect(padded('too long', 3, 'right')).toBe('too long');
});
