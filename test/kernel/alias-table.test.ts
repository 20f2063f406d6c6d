import { describe, expect, it } from 'vitest';
import { buildAliasTable, drawFromAliasTable } from '../../src/kernel/alias-table.ts';
import type { AliasTable } from '../../src/kernel/alias-table.ts';
import { streamFor } from '../../src/kernel/random.ts';

/** The probabilities a table stands for, read from its columns without drawing. */
function probabilitiesOf(table: AliasTable): Float64Array {
  const shares = new Float64Array(table.size);
  for (let column = 0; column < table.size; column += 1) {
    const own = table.cells[2 * column]! / 2 ** 32;
    shares[column]! += own / table.size;
    shares[table.cells[2 * column + 1]!]! += (1 - own) / table.size;
  }
  return shares;
}

describe('an alias table', () => {
  it.each([
    ['one weight', [5]],
    ['equal weights', [1, 1, 1]],
    ['one of them zero', [1, 0, 3]],
    ['one that dwarfs the rest', [1e9, 1, 1, 1]],
    ['ten that fall off', Array.from({ length: 10 }, (_, i) => 1 / (i + 1))],
    ['a thousand mixed ones', Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1009)],
  ])('stands for the weights it was built from: %s', (_, weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const shares = probabilitiesOf(buildAliasTable(weights));
    weights.forEach((weight, i) => {
      expect(Math.abs(shares[i]! - weight / total)).toBeLessThan(1e-9);
    });
  });

  it('draws each index in proportion to its weight and never one of weight zero', () => {
    const weights = [1, 0, 2, 3, 4];
    const table = buildAliasTable(weights);
    const stream = streamFor('1', 'test', 'alias');
    const counts = weights.map(() => 0);
    const draws = 200_000;
    for (let i = 0; i < draws; i += 1) counts[drawFromAliasTable(table, stream)]! += 1;
    weights.forEach((weight, i) => {
      const expected = (draws * weight) / 10;
      expect(Math.abs(counts[i]! - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected));
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(buildAliasTable([1, 2]))).toBe(true);
  });

  it('refuses weights that are no weights', () => {
    for (const weights of [[], [0, 0], [1, -1], [1, NaN], [1, Infinity]]) {
      expect(() => buildAliasTable(weights)).toThrow();
    }
  });
});
