import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { NeighbourTable } from '../../src/model/neighbour-table.ts';
import { plainView } from './cache-traces.ts';

describe('a table of neighbours', () => {
  it('draws only those that are in, however it grew and shrank', () => {
    const stream = streamFor('1', 'neighbours', 'acts');
    const table = new NeighbourTable(plainView(1));
    table.grow(2_000);
    const there = new Set<number>();
    const drawn = new Int32Array(5);
    for (let step = 0; step < 20_000; step++) {
      // It fills for a while and then empties, so that it grows and becomes smaller again.
      const slot = stream.below(2_000);
      const fills = step < 8_000 || step > 18_000;
      if (!there.has(slot) && fills) {
        table.add(slot);
        there.add(slot);
      } else if (there.delete(slot)) table.remove(slot);
      const sample = [...drawn.subarray(0, table.draw(stream, drawn))];
      expect(sample.filter((one) => !there.has(one))).toEqual([]);
    }
  });

  it('finds as many as are wanted in a full table, and sooner or later everyone', () => {
    const stream = streamFor('2', 'neighbours', 'acts');
    const table = new NeighbourTable(plainView(1));
    table.grow(1_000);
    for (let slot = 0; slot < 1_000; slot++) table.add(slot);
    const drawn = new Int32Array(5);
    const met = new Set<number>();
    for (let step = 0; step < 4_000; step++) {
      expect(table.draw(stream, drawn)).toBe(5);
      for (const slot of drawn) met.add(slot);
    }
    expect(met.size).toBeGreaterThan(990);
  });
});
