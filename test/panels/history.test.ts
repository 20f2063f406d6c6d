import { describe, expect, test } from 'vitest';
import { HEAT_STRIDE } from '../../src/protocol/frame.ts';
import { History } from '../../src/panels/history.ts';

/** Windows of one second with one series, whose value tells the future that it belongs to. */
function played(history: History, from: number, to: number, value: number): void {
  for (let end = from + 1; end <= to; end += 1) history.append(Float64Array.of(end, value));
}

describe('the history', () => {
  test('keeps rows by column and tells of them when asked to', () => {
    const history = new History();
    history.begin(3);
    const version = history.version.value;
    history.append(Float64Array.of(1, 10, 100, 2, 20, 200));
    expect(history.version.value).toBe(version);
    history.announce();
    expect(history.version.value).toBe(version + 1);
    expect(history.times).toEqual([1, 2]);
    expect(history.series(1)).toEqual([100, 200]);
  });

  test('keeps the counts of the heat map row by row', () => {
    const history = new History();
    history.begin(2);
    const heat = new Float32Array(2 * HEAT_STRIDE);
    heat[HEAT_STRIDE + 5] = 7;
    history.append(Float64Array.of(1, 0, 2, 0), heat);
    expect(history.heat.map((row) => row[5])).toEqual([0, 7]);
    expect(history.heat[1]).toHaveLength(HEAT_STRIDE);
  });

  test('a row that comes again takes the place of the one before', () => {
    const history = new History();
    history.begin(2);
    played(history, 0, 4, 1);
    history.append(Float64Array.of(2, 9));
    expect(history.times).toEqual([1, 2, 3, 4]);
    expect(history.series(0)).toEqual([1, 9, 1, 1]);
  });

  test('a fork leaves the old future behind as a ghost', () => {
    const history = new History();
    history.begin(2);
    played(history, 0, 6, 1);
    expect(history.fork(3)).toBe('replaced');
    played(history, 3, 5, 2);
    expect(history.times).toEqual([1, 2, 3, 4, 5]);
    expect(history.series(0)).toEqual([1, 1, 1, 2, 2]);
    expect(history.ghost?.forkedAt).toBe(3);
    expect(history.ghost?.times).toEqual([4, 5, 6]);
    expect(history.ghost?.series(0)).toEqual([1, 1, 1]);
  });

  test('undoing brings the old future back as frames tell it again', () => {
    const history = new History();
    history.begin(2);
    played(history, 0, 6, 1);
    history.fork(3);
    played(history, 3, 5, 2);
    history.fork(3);
    played(history, 3, 6, 1);
    expect(history.series(0)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(history.ghost?.series(0)).toEqual([2, 2]);
  });

  test('two acts at once leave the future from before both as the ghost', () => {
    const history = new History();
    history.begin(2);
    played(history, 0, 6, 1);
    history.fork(3);
    expect(history.fork(3.4)).toBe('joined');
    expect(history.ghost?.forkedAt).toBe(3);
    expect(history.ghost?.times).toEqual([4, 5, 6]);
  });

  test('an act before the last one, which had no future yet, joins both pieces of the old one', () => {
    const history = new History();
    history.begin(2);
    played(history, 0, 6, 1);
    history.fork(4);
    expect(history.fork(2)).toBe('joined');
    expect(history.times).toEqual([1, 2]);
    expect(history.ghost?.forkedAt).toBe(2);
    expect(history.ghost?.times).toEqual([3, 4, 5, 6]);
  });

  test('an act at the frontier has no ghost of its own and leaves the one there is', () => {
    const history = new History();
    history.begin(2);
    played(history, 0, 6, 1);
    expect(history.fork(6)).toBe('replaced');
    expect(history.ghost).toBeNull();
    played(history, 6, 9, 2);
    history.fork(7);
    played(history, 7, 8, 3);
    expect(history.fork(8)).toBe('kept');
    expect(history.ghost?.series(0)).toEqual([2, 2]);
  });
});
