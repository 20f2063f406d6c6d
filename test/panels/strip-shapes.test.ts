import { describe, expect, test } from 'vitest';
import { History } from '../../src/panels/history.ts';
import { stripShapes } from '../../src/panels/strip-shapes.ts';
import type { ScenarioView, SeriesView } from '../../src/protocol/scenario-view.ts';
import { viewOf } from '../../src/worker/view.ts';
import { description } from '../browser/mock-system.ts';

const series: SeriesView[] = [
  { id: 'p99:view', chart: 'latency', label: 'p99 view', unit: 'ms' },
  { id: 'ok', chart: 'throughput', label: 'ok', unit: '/s' },
  { id: 'failed', chart: 'throughput', label: 'failed', unit: '/s' },
];
const view: ScenarioView = {
  ...viewOf(description, 1),
  durationSeconds: 10,
  windowSeconds: 1,
  series,
};

function historyOf(rows: readonly number[][]): History {
  const history = new History();
  history.begin(4);
  for (const row of rows) history.append(Float64Array.from(row));
  return history;
}

describe('the strip', () => {
  test('draws windows where they lie in the run, and bad answers to the same scale', () => {
    const { good, bad } = stripShapes(
      view,
      historyOf([
        [1, 10, 100, 0],
        [2, 10, 50, 50],
      ]),
    );
    expect(good).toBe('M0 100L0.0 22.0L100.0 22.0L100.0 22.0L200.0 22.0L200.0 100Z');
    expect(bad).toBe('M0 100L0.0 100.0L100.0 100.0L100.0 61.0L200.0 61.0L200.0 100Z');
  });

  test('the line of the p99 is broken where nothing was measured', () => {
    const { p99 } = stripShapes(
      view,
      historyOf([
        [1, 10, 1, 0],
        [2, NaN, 0, 0],
        [3, 100, 1, 0],
      ]),
    );
    expect(p99.match(/M/g)).toHaveLength(2);
    expect(p99).toContain('M0.0 94.0');
    expect(p99).toContain('300.0 6.0');
  });

  test('the ghost is drawn from the fork on', () => {
    const history = historyOf([
      [1, 10, 1, 0],
      [2, 10, 1, 1],
    ]);
    expect(stripShapes(view, history).ghostP99).toBe('');
    history.fork(1);
    expect(stripShapes(view, history).ghostP99).toMatch(/^M100\.0 .*L200\.0/);
    expect(stripShapes(view, history).ghostBad).toMatch(/^M100\.0 /);
  });

  test('without rows there is nothing to draw', () => {
    expect(stripShapes(view, historyOf([])).good).toBe('');
  });
});
