import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { FrequencySketch, MOST } from '../../src/model/frequency-sketch.ts';

function sketchFor(entries: number): FrequencySketch {
  const sketch = new FrequencySketch();
  sketch.ensure(entries, entries);
  return sketch;
}

describe('a sketch of frequencies', () => {
  it('never guesses too low before it halves, up to fifteen', () => {
    const sketch = sketchFor(1_000);
    const stream = streamFor('1', 'sketch', 'keys');
    const counts = new Map<number, number>();
    for (let step = 0; step < 9_000; step++) {
      const key = stream.below(1 + stream.below(2_000));
      sketch.increment(key);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, count] of counts) {
      expect(sketch.frequency(key)).toBeGreaterThanOrEqual(Math.min(count, MOST));
    }
  });

  it('guesses nearly all keys exactly as long as it holds what it is made for', () => {
    const sketch = sketchFor(1_024);
    for (let key = 0; key < 1_024; key++) {
      for (let count = 0; count < key % 8; count++) sketch.increment(key);
    }
    let exact = 0;
    for (let key = 0; key < 1_024; key++) if (sketch.frequency(key) === key % 8) exact++;
    expect(exact).toBeGreaterThan(1_024 * 0.98);
  });

  it('stops at fifteen and halves after ten counts an entry', () => {
    const sketch = sketchFor(100);
    for (let count = 0; count < 40; count++) sketch.increment(7);
    expect(sketch.frequency(7)).toBe(15);
    // Counts that find fifteen do not count: fifteen of the thousand are used up.
    for (let key = 1_000; key < 1_000 + 984; key++) sketch.increment(key);
    expect(sketch.frequency(7)).toBe(15);
    sketch.increment(5_000);
    expect(sketch.frequency(7)).toBe(7);
  });

  it('keeps what it has counted when it grows', () => {
    const sketch = sketchFor(64);
    for (let key = 0; key < 50; key++)
      for (let count = 0; count <= key % 5; count++) sketch.increment(key);
    const before = Array.from({ length: 50 }, (_, key) => sketch.frequency(key));
    sketch.ensure(5_000, 100_000);
    expect(Array.from({ length: 50 }, (_, key) => sketch.frequency(key))).toEqual(before);
  });
});
