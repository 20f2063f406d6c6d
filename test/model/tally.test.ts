import { describe, expect, it } from 'vitest';
import { Tally, sumOver } from '../../src/model/tally.ts';

function filled(windows: number): Tally {
  const tally = new Tally(['calls', 'failed'], ['queueMax']);
  for (let window = 0; window < windows; window++) {
    tally.counts[0]! += window;
    tally.counts[1]! += 1;
    tally.maxima[0] = 100 - window;
    tally.flush();
  }
  return tally;
}

describe('a tally', () => {
  it('notes the growth of each window, however many there are', () => {
    const tally = filled(1_000);
    expect(tally.length).toBe(1_000);
    for (const window of [0, 1, 15, 16, 17, 500, 999]) {
      expect(tally.at(window, 'calls')).toBe(window);
      expect(tally.at(window, 'failed')).toBe(1);
      expect(tally.at(window, 'queueMax')).toBe(100 - window);
    }
  });

  it('sums to its running total over all windows, and in part over some', () => {
    const tally = filled(40);
    expect(tally.sum('calls', 0, 40)).toBe(tally.counts[0]);
    expect(tally.sum('calls', 10, 13)).toBe(10 + 11 + 12);
    expect(tally.sum('calls', 10, 10)).toBe(0);
    expect(tally.sum('failed', 35, 1_000)).toBe(5);
  });

  it('leaves what came after the last window out of every window', () => {
    const tally = filled(3);
    tally.counts[1]! += 50;
    expect(tally.sum('failed', 0, 100)).toBe(3);
    tally.flush();
    expect(tally.at(3, 'failed')).toBe(50);
  });

  it('starts each window with no largest level', () => {
    const tally = new Tally(['calls'], ['queueMax']);
    tally.maxima[0] = 9;
    tally.flush();
    tally.flush();
    expect([tally.at(0, 'queueMax'), tally.at(1, 'queueMax')]).toEqual([9, 0]);
    expect(tally.maximum('queueMax', 0, 2)).toBe(9);
    expect(tally.maximum('queueMax', 1, 2)).toBe(0);
  });

  it('refuses a column it does not have, and the sum of largest levels', () => {
    const tally = filled(1);
    expect(() => tally.sum('hits', 0, 1)).toThrow('There is no column hits');
    expect(() => tally.sum('queueMax', 0, 1)).toThrow('Largest levels cannot be summed');
  });

  it('adds a column over several', () => {
    expect(sumOver([filled(5), filled(3)], 'failed', 0, 10)).toBe(8);
    expect(sumOver([], 'failed', 0, 10)).toBe(0);
  });
});
