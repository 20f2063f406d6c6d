// Small runs for the tests of the model: from a scenario's text to a run, and what must hold of
// every run whatever happened in it.
import { expect } from 'vitest';
import { Flag } from '../../src/model/call-table.ts';
import type { OperationMetrics } from '../../src/model/operation-metrics.ts';
import type { WorldPlan } from '../../src/model/plan.ts';
import { Run } from '../../src/model/run.ts';
import { Station } from '../../src/model/station.ts';
import type { Component } from '../../src/model/world.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { LoadOptions } from '../../src/scenario/load.ts';

/** Nanoseconds of a second. */
export const SECOND = 1e9;
export const MS = 1e6;

/** The plan of a scenario's text; an error in the text fails the test with its diagnostics. */
export function planOf(text: string, options: Partial<LoadOptions> = {}): WorldPlan {
  const { scenario, diagnostics } = loadScenario(text, { file: 'test.yaml', ...options });
  if (scenario === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  return scenario.plan;
}

export function runOf(text: string, options: Partial<LoadOptions> = {}): Run {
  return new Run(planOf(text, options));
}

/** A run that has come to its end. */
export function finished(text: string, options: Partial<LoadOptions> = {}): Run {
  const run = runOf(text, options);
  run.advance(Infinity);
  return run;
}

export function operation(run: Run, name: string): OperationMetrics {
  const found = run.world.operations.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no operation ${name}`);
  return found;
}

/** A running total of an operation, by the name of its column. */
export function total(run: Run, name: string, column: string): number {
  const { counts, columns } = operation(run, name).tally;
  return counts[columns.indexOf(column)]!;
}

/** A running total that a component counts about itself. */
export function own(run: Run, component: string, column: string): number {
  const { tally } = run.world.component(component);
  return tally!.counts[tally!.columns.indexOf(column)]!;
}

/** The component, as the class it is. */
export function componentAs<T extends Component>(
  run: Run,
  name: string,
  kind: new (...rest: never[]) => T,
): T {
  const found = run.world.component(name);
  if (!(found instanceof kind)) throw new Error(`${name} is a ${found.kind}`);
  return found;
}

/** Sum of a column over the stations of a component. */
export function stationTotal(run: Run, component: string, column: string): number {
  let sum = 0;
  for (const { station } of run.world.component(component).nodes) {
    const { tally } = station!;
    sum += tally.counts[tally.columns.indexOf(column)]!;
  }
  return sum;
}

/** Times of the timeline's entries of one kind, s. */
export function timesOf(run: Run, kind: string): number[] {
  const { entries } = run.world.timeline;
  return entries.filter((entry) => entry.kind === kind).map((entry) => entry.time / SECOND);
}

/** What must hold at any moment of any run: nothing is lost, nothing is counted twice. */
export function expectSound(run: Run): void {
  const { calls, nodes, operations, paths } = run.world;
  let inFlight = 0;
  for (const { name, inFlight: open } of operations) {
    const ended = ['ok', 'late', 'shed', 'failed'].map((column) => total(run, name, column));
    const sum = ended.reduce((left, right) => left + right, 0);
    expect(total(run, name, 'offered'), `requests of ${name}`).toBe(sum + open);
    const reasons = operation(run, name).tally.columns.filter((column) =>
      column.startsWith('failed-'),
    );
    const failed = reasons.reduce((so, column) => so + total(run, name, column), 0);
    expect(failed, `reasons of ${name}`).toBe(
      total(run, name, 'failed') + total(run, name, 'shed'),
    );
    inFlight += open;
  }
  let rows = 0;
  for (let row = 0; row < calls.used; row++) if (calls.isInUse(row)) rows++;
  expect(calls.inUse, 'rows in use').toBe(rows);
  expect(rows).toBeGreaterThanOrEqual(inFlight);
  for (const node of nodes) if (node.station !== null) expectSoundStation(node.path, node.station);
  for (const path of paths) expectSoundTargets(path as Counted);
}

/** What must hold once traffic has stopped and everything had time to end: nothing is left. */
export function expectDrained(run: Run): void {
  expectSound(run);
  for (const { name, inFlight } of run.world.operations) expect(inFlight, name).toBe(0);
  const { calls, nodes, paths } = run.world;
  const left: string[] = [];
  for (let row = 0; row < calls.used; row++) {
    if (calls.isInUse(row)) left.push(describeRow(run, row));
  }
  expect(left).toEqual([]);
  for (const { path, station } of nodes) {
    expect([station?.busy ?? 0, station?.queue ?? 0], path).toEqual([0, 0]);
  }
  for (const { targets } of paths as unknown as { targets: { totalInFlight: number } | null }[]) {
    expect(targets?.totalInFlight ?? 0).toBe(0);
  }
}

function expectSoundStation(path: string, station: Station): void {
  const { counts, columns } = station.tally;
  const of = (column: (typeof columns)[number]) => counts[columns.indexOf(column)]!;
  const ended = of('completions') + of('rejections') + of('expired') + of('lost');
  expect(station.busy, path).toBeGreaterThanOrEqual(0);
  expect(station.queue, path).toBeGreaterThanOrEqual(0);
  expect(of('arrivals'), `arrivals of ${path}`).toBe(ended + station.busy + station.queue);
  expect(station.busy).toBeLessThanOrEqual(station.workers);
  // Little's law and the law of utilisation: areas under the levels equal sums of times.
  station.settle();
  const { serviceNs, waitNs } = station.unfinished();
  const areas = [of('queueArea'), of('busyArea')] as const;
  const sums = [of('waitNs') + waitNs, of('serviceNs') + serviceNs] as const;
  // Where all share the workers an end is rounded up to a whole ns, and that much late for all.
  const rounding = station instanceof Station ? 0 : 20 * of('arrivals') + 1e-6 * areas[0];
  for (const index of [0, 1] as const) {
    const gap = Math.abs(areas[index] - sums[index]);
    expect(gap, `${['queue', 'busy'][index]!} area of ${path}`).toBeLessThanOrEqual(rounding);
  }
}

interface Counted {
  readonly targets?: { inFlight: Int32Array; totalInFlight: number; healthy: Uint8Array } | null;
}

function expectSoundTargets(path: Counted): void {
  const { targets } = path;
  if (targets === undefined || targets === null) return;
  let sum = 0;
  for (const inFlight of targets.inFlight) {
    expect(inFlight).toBeGreaterThanOrEqual(0);
    sum += inFlight;
  }
  expect(targets.totalInFlight).toBe(sum);
}

function describeRow(run: Run, row: number): string {
  const { calls, components, nodes } = run.world;
  const bits = Object.entries(Flag).filter(([, bit]) => (calls.flags(row) & bit) !== 0);
  const flags = bits.map(([name]) => name).join('+');
  const caller = components[calls.caller(row)]?.name;
  return `row ${row} of ${caller} at ${nodes[calls.node(row)]?.path}: ${flags}`;
}
