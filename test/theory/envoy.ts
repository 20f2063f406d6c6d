/**
 * How a balancer of Envoy's kind deals with instances that are sick: shares of priority levels, the
 * panic threshold, the ejection of outliers.
 *
 * Source: Envoy documentation, Load balancing: priority levels, panic threshold; Outlier detection,
 * 2023. Two rows of the page on panic contradict the formula of the page on priorities; the
 * formula is held to.
 */

import { healthScore, loadsByHealth } from '../../src/model/priority-levels.ts';
import { runFile } from './compare.ts';
import { counted, share as shareOf } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

export const envoy: readonly MeasuredCase[] = [
  {
    id: 'LB-ENVOY-PRIORITY',
    title: 'Shares of priority levels',
    about:
      'Per cent of the requests that go to each level, by per cent of healthy instances in each, ' +
      'with a surplus of 1.4; the last of them in a run too. Theory: Envoy documentation, priority ' +
      'levels.',
    files: ['lb-envoy-priority'],
    seconds: 2,
    measure: (options) => [...LEVELS.flatMap(measureLoads), ...measureLevels(options)],
  },
  {
    id: 'LB-ENVOY-PANIC',
    title: 'Fewer than half are healthy',
    about:
      'Ten instances in turn of which four or five are alive, and a panic threshold of 50 %; the ' +
      'share of the requests that the dead ones get. Theory: Envoy documentation, panic threshold.',
    files: ['lb-envoy-panic'],
    seconds: 1,
    measure: (options) => [
      counted('share to the dead, 4 of 10 healthy', 0.6, shareToDead(6, options)),
      counted('share to the dead, 5 of 10 healthy', 0, shareToDead(5, options)),
    ],
  },
  {
    id: 'LB-ENVOY-OUTLIER',
    title: 'Instances that fail at their work',
    about:
      'Ten instances of which one or two fail every request and pass every probe. Theory: Envoy ' +
      'documentation, outlier detection: out for 30 s, 60 s, 90 s, and a tenth of them at a time.',
    files: ['lb-envoy-outlier'],
    seconds: 2,
    measure: measureEjections,
  },
];

/** Per cent of each level that are healthy, and of the requests that each gets. */
const LEVELS: readonly LevelRow[] = [
  { healthy: [100, 100], loads: [100, 0] },
  { healthy: [72, 72], loads: [100, 0] },
  { healthy: [71, 71], loads: [99, 1] },
  { healthy: [50, 50], loads: [70, 30] },
  { healthy: [25, 100], loads: [35, 65] },
  { healthy: [25, 25], loads: [50, 50] },
  { healthy: [100, 100, 100], loads: [100, 0, 0] },
  { healthy: [72, 72, 100], loads: [100, 0, 0] },
  { healthy: [71, 71, 100], loads: [99, 1, 0] },
  { healthy: [50, 50, 100], loads: [70, 30, 0] },
  { healthy: [25, 100, 100], loads: [35, 65, 0] },
  { healthy: [25, 25, 100], loads: [35, 35, 30] },
  { healthy: [25, 25, 20], loads: [36, 36, 28] },
];

interface LevelRow {
  readonly healthy: readonly number[];
  readonly loads: readonly number[];
}

/** One number for each level of a row. */
function measureLoads({ healthy, loads }: LevelRow): Finding[] {
  const found = loadsByHealth(healthy.map((percent) => healthScore(percent, 100, 1.4)));
  return loads.map((load, level) =>
    counted(`level ${level + 1} of ${healthy.join('/')} healthy`, load, found[level]!, '%'),
  );
}

/** A run with 25, 25 and 20 of a hundred left in each level. */
function measureLevels(options: MeasureOptions): Finding[] {
  const dead = [...range(26, 100), ...range(126, 200), ...range(221, 300)];
  const { components } = runFile('lb-envoy-priority', { ...options, set: [crashing(dead)] });
  const arrivals = [0, 0, 0];
  for (let instance = 1; instance <= 300; instance++) {
    const level = Math.floor((instance - 1) / 100);
    arrivals[level]! += components[`server/${instance}`]!.arrivals;
  }
  const all = arrivals.reduce((sum, count) => sum + count, 0);
  const scores = [20, 30];
  return [
    ...loadsByHealth(scores).map((load, level) =>
      counted(`level ${level + 1} of health scores 20/30`, [40, 60][level]!, load, '%'),
    ),
    ...[0.36, 0.36, 0.28].map((expected, level) =>
      shareOf(`level ${level + 1} of 25/25/20 in a run`, expected, arrivals[level]!, all),
    ),
  ];
}

function shareToDead(dead: number, options: MeasureOptions): number {
  const set = [crashing(range(11 - dead, 10))];
  const { operations } = runFile('lb-envoy-panic', { ...options, set });
  const { ok, failed } = Object.values(operations)[0]!;
  const refused = failed['refused'] ?? 0;
  return refused / (ok + refused);
}

/** The ejections of one bad instance, and how many of two are out at a time. */
function measureEjections(options: MeasureOptions): Finding[] {
  const slow = (instance: number) => ({ at: '0s', slow: `server/${instance}`, by: '10000x' });
  const ejections = (...bad: readonly number[]) => {
    const faults = { path: 'faults', value: JSON.stringify(bad.map(slow)) };
    return runFile('lb-envoy-outlier', { ...options, set: [faults] }).timeline;
  };
  const times = ejections(3)
    .map(({ text }) => / ejected by .* for (\S+) after/.exec(text)?.[1])
    .filter((text) => text !== undefined);
  let out = 0;
  let most = 0;
  for (const { text } of ejections(3, 7)) {
    if (text.includes(' ejected by ')) most = Math.max(most, ++out);
    if (text.includes(' after its ejection')) out--;
  }
  const seconds = times.map((text) => SECONDS.get(text) ?? NaN);
  return [
    counted('most ejected at a time, of ten with two bad', 1, most),
    ...[30, 60, 90].map((expected, index) =>
      counted(`ejection ${index + 1} of one bad instance`, expected, seconds[index] ?? NaN, 's'),
    ),
  ];
}

/** Durations as the timeline writes them. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ['30s', 30],
  ['1m', 60],
  ['1m30s', 90],
]);

function crashing(instances: readonly number[]) {
  const faults = instances.map((instance) => ({ at: '0s', crash: `server/${instance}` }));
  return { path: 'faults', value: JSON.stringify(faults) };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
