import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { Belady } from '../../src/laboratory/belady.ts';
import { PositionSet } from '../../src/laboratory/position-set.ts';
import { misses } from '../model/cache-traces.ts';

/** The fewest misses there can be, by trying every choice: the oracle for small traces. */
function fewestMisses(trace: Int32Array, entries: number, bypass: boolean): number {
  const known = new Map<string, number>();
  const from = (at: number, held: readonly number[]): number => {
    if (at === trace.length) return 0;
    const key = trace[at]!;
    if (held.includes(key)) return from(at + 1, held);
    const state = `${at}:${held.join()}`;
    const found = known.get(state);
    if (found !== undefined) return found;
    const choices: (readonly number[])[] = [];
    if (bypass) choices.push(held);
    if (held.length < entries) choices.push([...held, key]);
    else for (const victim of held) choices.push([...held.filter((one) => one !== victim), key]);
    const sorted = choices.map((choice) => [...choice].sort((a, b) => a - b));
    const best = 1 + Math.min(...sorted.map((choice) => from(at + 1, choice)));
    known.set(state, best);
    return best;
  };
  return from(0, []);
}

describe("Bélády's bound", () => {
  it.each([false, true])('is the best of all choices there are (with bypass: %s)', (bypass) => {
    const stream = streamFor('1', 'belady', 'keys');
    for (let round = 0; round < 200; round++) {
      const keys = 3 + stream.below(4);
      const trace = Int32Array.from({ length: 18 }, () => stream.below(keys));
      const entries = 1 + stream.below(3);
      const { misses: found } = new Belady(trace, keys).count(entries, { bypass });
      expect(found).toBe(fewestMisses(trace, entries, bypass));
    }
  });

  it('is met by no policy with fewer misses', () => {
    const stream = streamFor('2', 'belady', 'keys');
    const trace = Int32Array.from({ length: 20_000 }, () => stream.below(1 + stream.below(300)));
    const belady = new Belady(trace, 300);
    for (const entries of [5, 50, 150]) {
      const bound = belady.count(entries, { bypass: false }).misses;
      expect(belady.count(entries, { bypass: true }).misses).toBeLessThanOrEqual(bound);
      for (const policy of ['lru', 'lfu', 'sieve', 'w-tiny-lfu']) {
        expect(misses(policy, entries, trace)).toBeGreaterThanOrEqual(bound);
      }
    }
  });

  it('keeps its books: what came in left or is there, and the rest was passed by', () => {
    const stream = streamFor('3', 'belady', 'keys');
    const trace = Int32Array.from({ length: 5_000 }, () => stream.below(100));
    const {
      misses: missed,
      evictions,
      bypasses,
    } = new Belady(trace, 100).count(20, {
      bypass: true,
    });
    expect(bypasses).toBeGreaterThan(0);
    expect(missed - bypasses - evictions).toBe(20);
  });
});

describe('a set of positions', () => {
  it.each([1, 31, 32, 33, 1_024, 1_025, 40_000])('of %i knows its greatest', (bound) => {
    const stream = streamFor('4', 'set', String(bound));
    const set = new PositionSet(bound);
    const plain = new Set<number>();
    expect(set.last()).toBe(-1);
    for (let step = 0; step < 400; step++) {
      const position = stream.below(bound);
      if (plain.delete(position)) set.delete(position);
      else {
        plain.add(position);
        set.add(position);
      }
      expect(set.has(position)).toBe(plain.has(position));
      expect(set.last()).toBe(Math.max(-1, ...plain));
    }
  });
});
