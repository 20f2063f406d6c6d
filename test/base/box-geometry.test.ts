import { describe, expect, test } from 'vitest';
import { boxShape, type BoxContents, type StageForm } from '../../src/base/box-geometry.ts';

const contents = (shards: readonly number[], more: Partial<BoxContents> = {}): BoxContents => ({
  glyph: 'service',
  name: 'api',
  caption: `${shards.length} instances`,
  shards,
  ...more,
});
const unsharded = (count: number) => Array.from({ length: count }, () => -1);
const sharded = (shards: number, each: number) =>
  Array.from({ length: shards * each }, (_, index) => Math.floor(index / each));

describe.each<StageForm>(['wide', 'tall'])('on a %s stage', (form) => {
  test.each([0, 1, 2, 5, 7, 8, 10, 12, 13, 60, 500])(
    'the cells of %i instances keep apart',
    (n) => {
      const { cells, width, height } = boxShape(contents(unsharded(n)), form);
      expect(cells).toHaveLength(n);
      const inside = cells.every(
        (cell) =>
          cell.x >= 0 &&
          cell.y >= 0 &&
          cell.x + cell.width <= width &&
          cell.y + cell.height <= height,
      );
      const apart = cells.every((cell, index) =>
        cells
          .slice(index + 1)
          .every(
            (other) =>
              cell.x + cell.width <= other.x ||
              other.x + other.width <= cell.x ||
              cell.y + cell.height <= other.y ||
              other.y + other.height <= cell.y,
          ),
      );
      expect({ inside, apart }).toEqual({ inside: true, apart: true });
    },
  );
});

test('more than twelve instances fall back to the compact grid', () => {
  expect(boxShape(contents(unsharded(12)), 'wide').compact).toBe(false);
  expect(boxShape(contents(unsharded(13)), 'wide').compact).toBe(true);
});

test('ten instances stand in two full columns', () => {
  const { cells } = boxShape(contents(unsharded(10)), 'wide');
  expect(new Set(cells.map(({ x }) => x)).size).toBe(2);
});

test('each shard is a column with a head, its nodes below each other', () => {
  const { cells, columnHeads } = boxShape(contents(sharded(4, 3), { glyph: 'database' }), 'wide');
  expect(columnHeads).toHaveLength(4);
  expect(new Set(cells.map(({ x }) => x)).size).toBe(4);
  expect(new Set(cells.map(({ y }) => y)).size).toBe(3);
  expect(cells[0]!.x).toBe(columnHeads[0]!.x);
});
