import { describe, expect, it } from 'vitest';
import {
  PriorityLevels,
  healthScore,
  loadsByHealth,
  loadsBySize,
} from '../../src/model/priority-levels.ts';

/** The loads of levels of a hundred instances each, so many of them healthy. */
function loadsOf(...healthy: readonly number[]): number[] {
  return loadsByHealth(healthy.map((count) => healthScore(count, 100, 1.4)));
}

describe('priority levels', () => {
  // The tables of Envoy's documentation, Load balancing: priority levels.
  it.each([
    [
      [100, 100],
      [100, 0],
    ],
    [
      [72, 72],
      [100, 0],
    ],
    [
      [71, 71],
      [99, 1],
    ],
    [
      [50, 50],
      [70, 30],
    ],
    [
      [25, 100],
      [35, 65],
    ],
    [
      [25, 25],
      [50, 50],
    ],
    [
      [100, 100, 100],
      [100, 0, 0],
    ],
    [
      [72, 72, 100],
      [100, 0, 0],
    ],
    [
      [71, 71, 100],
      [99, 1, 0],
    ],
    [
      [50, 50, 100],
      [70, 30, 0],
    ],
    [
      [25, 100, 100],
      [35, 65, 0],
    ],
    [
      [25, 25, 100],
      [35, 35, 30],
    ],
    [
      [25, 25, 20],
      [36, 36, 28],
    ],
  ])('B2: with %j per cent healthy get the loads %j (LB-ENVOY-PRIORITY)', (healthy, loads) => {
    expect(loadsOf(...healthy)).toEqual(loads);
  });

  it('B2: share in proportion when they cannot take all together (LB-ENVOY-PRIORITY)', () => {
    expect(loadsByHealth([20, 30])).toEqual([40, 60]);
    expect(loadsByHealth([1, 1, 1])).toEqual([34, 33, 33]);
  });

  it('B2: give everything to the first when nobody is healthy, and nothing to an empty one', () => {
    expect(loadsOf(0, 0, 0)).toEqual([100, 0, 0]);
    expect(healthScore(0, 0, 1.4)).toBe(0);
    expect(loadsByHealth([healthScore(0, 0, 1.4), 70])).toEqual([0, 100]);
  });

  it('B2: always share out exactly 100, whatever their health and sizes', () => {
    for (let first = 0; first <= 30; first++) {
      for (let second = 0; second <= 30; second++) {
        const third = (first * 7 + second) % 31;
        const scores = [first, second, third].map((healthy) => healthScore(healthy, 30, 1.2));
        for (const loads of [loadsByHealth(scores), loadsBySize([first + 1, second, third])]) {
          expect(loads.reduce((sum, load) => sum + load, 0)).toBe(100);
          expect(Math.min(...loads)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });

  it('B2: count a surplus in whole per cent, so that 5 of 7 are enough with 1.4', () => {
    expect(healthScore(5, 7, 1.4)).toBe(100);
    expect(healthScore(71, 100, 1.4)).toBe(99);
    expect(healthScore(9, 10, 1)).toBe(90);
  });

  it('B2: divide a hundred draws as the loads say', () => {
    const levels = new PriorityLevels([4, 2, 1]);
    expect(levels.starts).toEqual([0, 4, 6, 7]);
    levels.loads.set([36, 0, 64]);
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 100; draw++) counts[levels.levelAt(draw)]!++;
    expect(counts).toEqual([36, 0, 64]);
  });
});
