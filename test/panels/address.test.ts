import { expect, test } from 'vitest';
import { readAddress, writeAddress, type Address } from '../../src/panels/address.ts';

const address: Address = {
  scenario: 'photo-feed',
  mode: 'investigate',
  time: 12.5,
  selection: 'photos-db/shard-2',
  place: '1.5,20,-30',
  theme: 'light',
};

test('what is written into the address reads back the same', () => {
  const search = writeAddress('', address);
  expect(search).toContain('select=photos-db/shard-2');
  expect(readAddress(search)).toEqual(address);
});

test('what is usual is not written, and parameters of others stay', () => {
  const usual: Address = {
    scenario: 'photo-feed',
    mode: 'watch',
    time: null,
    selection: null,
    place: null,
    theme: null,
  };
  expect(writeAddress('?embed=1&mode=investigate&t=3', usual)).toBe('?embed=1&scenario=photo-feed');
  expect(writeAddress('?t=1', { ...usual, scenario: null })).toBe('');
});

test('nonsense in the address means the usual', () => {
  expect(readAddress('?mode=fly&t=soon&theme=pink')).toEqual({
    scenario: null,
    mode: 'watch',
    time: null,
    selection: null,
    place: null,
    theme: null,
  });
  expect(readAddress('?t=-5').time).toBeNull();
  expect(readAddress('?t=0').time).toBe(0);
  expect(readAddress('?t=').time).toBeNull();
});
