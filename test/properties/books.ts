// All that a run has counted, by what it is about, for comparing two runs to the last unit.
import type { Edge } from '../../src/model/edge.ts';
import { Run } from '../../src/model/run.ts';
import type { WorldPlan } from '../../src/model/plan.ts';
import type { Tally } from '../../src/model/tally.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { textOf } from '../swarm/design.ts';
import type { Design } from '../swarm/design.ts';

/** Columns that sum times in ns; all others count. */
export const TIMES = [
  'latencyNs',
  'waitNs',
  'serviceNs',
  'queueArea',
  'busyArea',
  'workerNs',
  'instanceNs',
  'lagNs',
];

/** By the name of a thing, and by the name of what it counts. */
export type Books = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The plan of a design. A design with an error is a fault of the test. */
export function planOf(design: Design): WorldPlan {
  const { scenario, diagnostics } = loadScenario(textOf(design), { file: 'property.yaml' });
  if (scenario === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  return scenario.plan;
}

/** A run of the design to its end. */
export function runOf(design: Design): Run {
  const run = new Run(planOf(design));
  run.advance(Infinity);
  return run;
}

export function booksOf({ world }: Run): Books {
  const books: Record<string, Record<string, number>> = {};
  for (const component of world.components) component.settle?.();
  for (const { name, tally } of world.operations) books[`operation ${name}`] = countsOf(tally);
  for (const { from, to, tally } of world.paths as Edge[]) {
    books[`edge ${from} > ${to.name}`] = countsOf(tally);
  }
  for (const { name, tally } of world.components) {
    if (tally !== null) books[`component ${name}`] = countsOf(tally);
  }
  for (const { path, station } of world.nodes) {
    if (station !== null) books[`node ${path}`] = countsOf(station.tally);
  }
  return books;
}

/**
 * What happened, in words, without what speaks of somebody who is left out, and without the only node
 * that a path stood for: there may be others now.
 */
export function happeningsOf({ world }: Run, leftOut: RegExp = /$^/): string[] {
  const entries = world.timeline.entries.filter(({ text }) => !leftOut.test(text));
  return entries.map(({ time, text }) => `${time} ${text.replace(/ \(\S+\)$/, '')}`);
}

function countsOf({ columns, counts }: Tally): Record<string, number> {
  return Object.fromEntries(columns.map((column, place) => [column, rounded(counts[place]!)]));
}

/** Shares of workers are no whole nanoseconds: their sum depends on its order in the last bit. */
function rounded(value: number): number {
  return Math.round(value * 1024) / 1024;
}
