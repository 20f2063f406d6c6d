/**
 * Laws that hold for every run, whatever is in it: measured over designs that differ in discipline,
 * load, patience and faults, as the largest gap found at any queue of any of them. The program
 * makes these checks in every run by itself; here they are read.
 *
 * Source: J. Little, A proof for the queuing formula L = λW, 1961; P. Denning, J. Buzen, The
 * operational analysis of queueing network models, 1978.
 */

import { resultsOf } from '../../src/experiment/results.ts';
import type { CheckResult } from '../../src/experiment/result-types.ts';
import { runFile } from './compare.ts';
import { cachedReads, oneServer, shop, tenServers } from './designs.ts';
import { counted, near } from './finding.ts';
import type { Finding } from './finding.ts';
import { loadSound, simulate } from './simulate.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

/** Relative difference of two ways to the same number. */
const EXACT = 1e-9;

const work = 'exponential(1ms)';

/** Texts of designs. */
const designs: readonly string[] = [
  ...['fifo', 'lifo', 'priority', 'priority-preemptive'].map((discipline) =>
    oneServer({ rate: 900, work, more: [`discipline: ${discipline}`] }),
  ),
  oneServer({ rate: 1_800, work, workers: 2, more: ['queue-timeout: exponential(2ms)'] }),
  // Under processor sharing an end is late by up to 1 ns, so the work is long.
  oneServer({
    rate: 0.9,
    work: 'exponential(1s)',
    more: ['discipline: processor-sharing'],
  }).replace(/^duration: .*\nwarm-up: .*\n/m, 'duration: 20h\n'),
  tenServers('two-choices'),
  cachedReads('lru', 100),
  shop(1),
];

export const laws: readonly MeasuredCase[] = [
  {
    id: 'O-LITTLE',
    title: 'Mean number = throughput × mean time',
    about:
      'The mean number that waits, from areas under the level, against the waits of single ' +
      'requests, at every queue of nine designs, and the number in a whole system against the ' +
      'latencies of its clients; the largest relative difference. Shared workers have tasks of a ' +
      'second there: ends are rounded up to the clock’s nanosecond, and with tasks of a ' +
      'millisecond that alone makes 8 × 10⁻⁹. Theory: J. Little, 1961.',
    files: ['o-little'],
    seconds: 4,
    measure: (options) => {
      const checks = checksOf(options.seed, "Little's law");
      const measured = largest(checks.map(({ relativeError }) => relativeError ?? NaN));
      const what = `L − XW over L, largest of ${checks.length} queues`;
      return [near(EXACT, { what, expected: 0, measured, interval: null }), measureSystem(options)];
    },
  },
  {
    id: 'O-LAWS',
    title: 'What goes in comes out or is still there',
    about:
      'Arrivals against completions, rejections, expiries, losses and those present, at every ' +
      'station of nine designs, and the utilisation against throughput × service. Theory: P. ' +
      'Denning, J. Buzen, 1978.',
    seconds: 4,
    measure: ({ seed }) => {
      const flows = checksOf(seed, 'arrivals = ');
      const busy = checksOf(seed, 'utilisation law');
      const gap = largest(flows.map(({ expected, measured }) => Math.abs(expected! - measured!)));
      const measured = largest(busy.map(({ relativeError }) => relativeError ?? NaN));
      const what = `U − XS over U, largest of ${busy.length} stations`;
      return [
        counted('arrivals − (completed + dropped + in flight)', 0, gap),
        near(EXACT, { what, expected: 0, measured, interval: null }),
      ];
    },
  },
];

/** The checks of this law that the program itself makes, over all designs. */
function checksOf(seed: string, law: string): CheckResult[] {
  return designs.flatMap((text, index) => {
    const experiment = simulate(loadSound(text, { file: `design-${index + 1}.yaml`, seed }));
    return resultsOf(experiment).checks.filter(({ name }) => name.startsWith(law));
  });
}

function measureSystem(options: MeasureOptions): Finding {
  const { components, operations, measuredSeconds } = runFile('o-little', options);
  const { ok, latencyMs } = Object.values(operations)[0]!;
  const inSystem = components['front']!.busy!;
  const fromLatencies = (ok * latencyMs.mean!) / 1_000 / measuredSeconds;
  return near(EXACT, {
    what: 'L − XW over L, the whole system',
    expected: 0,
    measured: Math.abs(inSystem - fromLatencies) / inSystem,
    interval: null,
  });
}

/** Written so that NaN is the largest. */
function largest(values: readonly number[]): number {
  return values.reduce((most, value) => (value <= most ? most : value), 0);
}
