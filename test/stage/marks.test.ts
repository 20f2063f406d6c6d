import { describe, expect, test } from 'vitest';
import { HopKind, EVICTIONS_MODULUS, NODE_STRIDE, NodeColumn } from '../../src/protocol/frame.ts';
import { restingReading } from '../../src/protocol/node-reading.ts';
import { DotBudget } from '../../src/stage/dot-budget.ts';
import { fuelSteps, pieceCount, pieceOf } from '../../src/stage/dot-pieces.ts';
import { Evictions } from '../../src/stage/evictions.ts';
import { stateMix } from '../../src/stage/glyphs/tile.ts';
import { MarksSeen } from '../../src/stage/marks-seen.ts';

describe('the piece of a dot', () => {
  test('drains step by step with the time that is left, and is empty only at the end', () => {
    const pieces = [1, 0.7, 0.4, 0.01, 0].map((fuel) => pieceOf(HopKind.read, fuel));
    expect(new Set(pieces).size).toBe(5);
    expect(pieces[0]! - pieces[4]!).toBe(fuelSteps);
    expect(pieceOf(HopKind.read, NaN)).toBe(pieces[0]);
  });

  test('is another one for every kind', () => {
    const pieces = Object.values(HopKind).map((kind) => pieceOf(kind, NaN));
    expect(new Set(pieces).size).toBe(pieces.length);
    expect(Math.max(...pieces)).toBeLessThan(pieceCount);
  });
});

describe('falling squares', () => {
  const rows = (count: number) => {
    const numbers = new Float32Array(NODE_STRIDE);
    numbers[NodeColumn.evictions] = count % EVICTIONS_MODULUS;
    return numbers;
  };

  test('stand for every entry that was evicted, in round numbers', () => {
    const evictions = new Evictions(1);
    let count = EVICTIONS_MODULUS - 500;
    let squares = 0;
    let expected = 0;
    for (let frame = 1; frame <= 200; frame += 1) {
      count += 10;
      const before = evictions.perSquare;
      const due = evictions.take(rows(count), frame * 33);
      for (const [, number] of due) squares += number * before;
      if (frame > 100) expected += 10;
      if (frame === 100) squares = 0;
    }
    expect(evictions.perSquare).toBe(100);
    expect(Math.abs(squares - expected)).toBeLessThanOrEqual(evictions.perSquare);
  });

  test('do not fall for what was evicted while the run was moved', () => {
    const evictions = new Evictions(1);
    for (let frame = 1; frame < 80; frame += 1) evictions.take(rows(frame), frame * 33);
    evictions.forget();
    expect(evictions.take(rows(90_000), 80 * 33)).toEqual([]);
  });
});

describe('the budget of dots', () => {
  const frames = (budget: DotBudget, interval: number, count = 60) => {
    let changed = false;
    for (let frame = 0; frame < count; frame += 1) changed = budget.note(interval, 1) || changed;
    return changed;
  };

  test('falls while frames come late and rises again when they do not', () => {
    const budget = new DotBudget();
    const full = budget.budget(2000);
    expect(frames(budget, 45)).toBe(true);
    const less = budget.budget(2000);
    expect(less).toBeLessThan(full);
    frames(budget, 16.7);
    expect(budget.budget(2000)).toBeGreaterThan(less);
    for (let turn = 0; turn < 10; turn += 1) frames(budget, 16.7);
    expect(budget.budget(2000)).toBe(full);
  });

  test('stays as it is while frames come in time', () => {
    const budget = new DotBudget();
    expect(frames(budget, 16.7, 600)).toBe(false);
  });
});

test('the legend names what was seen lately, in its own order', () => {
  const seen = new MarksSeen();
  seen.seeHop(HopKind.write, 0.3, false, 0);
  seen.seeHop(HopKind.read, NaN, true, 1000);
  expect(seen.list(1000)).toEqual(['read', 'write', 'draining', 'swallowed']);
  expect(seen.list(4500)).toEqual(['read', 'swallowed']);
});

test('a tile counts states with the worst first and leaves out what is switched off', () => {
  const mix = stateMix([
    restingReading,
    { ...restingReading, state: 'off' },
    { ...restingReading, ejected: 1 },
    { ...restingReading, state: 'down' },
    restingReading,
  ]);
  expect(mix.map(({ word, count }) => `${count} ${word}`)).toEqual(['1 down', '1 ejected', '2 up']);
});
