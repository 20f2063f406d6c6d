import { describe, expect, it } from 'vitest';
import { sineOfTurn } from '../../../src/model/workloads/sine.ts';

describe('the sine of a fraction of a turn', () => {
  it('is within a ten-millionth of the sine, over many turns in both directions', () => {
    let worst = 0;
    for (let step = -20_000; step <= 20_000; step++) {
      const turns = step / 4_321;
      worst = Math.max(worst, Math.abs(sineOfTurn(turns) - Math.sin(2 * Math.PI * turns)));
    }
    expect(worst).toBeLessThan(1e-7);
  });

  it('never leaves the range from −1 to 1', () => {
    for (let step = 0; step <= 100_000; step++) {
      expect(Math.abs(sineOfTurn(step / 100_000))).toBeLessThanOrEqual(1);
    }
  });

  it('repeats every turn and turns its sign every half', () => {
    for (const turns of [0, 0.1, 0.25, 0.3, 0.49]) {
      expect(sineOfTurn(turns + 1)).toBeCloseTo(sineOfTurn(turns), 12);
      expect(sineOfTurn(turns + 0.5)).toBeCloseTo(-sineOfTurn(turns), 12);
    }
  });
});
