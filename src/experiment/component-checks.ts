/** Self-checks of what happens at the workers of components. */

import { Cache } from '../model/components/cache/cache.ts';
import { Database } from '../model/components/database/database.ts';
import type { Node } from '../model/node.ts';
import type { Run } from '../model/run.ts';
import { SharedStation } from '../model/shared-station.ts';
import { StationColumn } from '../model/station.ts';
import type { Station } from '../model/station.ts';
import type { Component } from '../model/world.ts';
import type { Census } from './census.ts';
import { comparison } from './check-comparison.ts';
import type { CheckResult } from './result-types.ts';

/** The two sides of a law at one node. */
interface Sides {
  readonly path: string;
  readonly expected: number;
  readonly measured: number;
  readonly slack: number;
}

export function componentChecks(run: Run, census: Census): CheckResult[] {
  const { components, recorder } = run.world;
  // Areas are up to date when a window has just ended; after the end nobody minds an update.
  if (run.ending !== null) for (const component of components) component.settle?.();
  const isSettled = run.ending !== null || run.time === recorder.windows * recorder.windowNs;
  return components.flatMap((component) => {
    if (component.waits === null) return [];
    const nodes = component.nodes.filter(({ station }) => station !== null);
    const visits = nodes.map((node) => visitsOf(node, census));
    const laws = isSettled ? nodes.map((node) => areasOf(run, node, census)) : [];
    return [
      overNodes(VISITS, component, visits),
      ...waitsChecks(component, nodes),
      ...(run.time > 0 && isSettled ? areaChecks(component, laws) : []),
      ...kindChecks(component, nodes),
    ];
  });
}

const VISITS = 'arrivals = completions + rejections + expired + lost + present';

function areaChecks(
  component: Component,
  laws: readonly { readonly little: Sides; readonly utilisation: Sides }[],
): CheckResult[] {
  const little = laws.map((law) => law.little);
  const utilisation = laws.map((law) => law.utilisation);
  return [
    overNodes("Little's law: mean queue = waits over time", component, little),
    overNodes('utilisation law: mean busy = services over time', component, utilisation),
  ];
}

function visitsOf({ id, path, station }: Node, census: Census): Sides {
  const { counts } = station!.tally;
  const gone =
    counts[StationColumn.completions]! +
    counts[StationColumn.rejections]! +
    counts[StationColumn.expired]! +
    counts[StationColumn.lost]!;
  const present = census.waiting[id]! + census.inService[id]!;
  return {
    path,
    expected: counts[StationColumn.arrivals]!,
    measured: gone + present,
    slack: 0,
  };
}

/** Time averages from areas against sums over requests, those not finished included. */
function areasOf(
  run: Run,
  node: Node,
  census: Census,
): { readonly little: Sides; readonly utilisation: Sides } {
  const { id, path } = node;
  const station = node.station!;
  const { counts } = station.tally;
  const { time } = run;
  const open = isShared(station)
    ? station.unfinished()
    : { waitNs: census.waitNs[id]!, serviceNs: census.serviceNs[id]! };
  // A shared worker's departure is rounded up to a whole ns, so each may be 1 ns off.
  const slack = isShared(station) ? counts[StationColumn.started]! / time : 0;
  return {
    little: {
      path,
      expected: counts[StationColumn.queueArea]! / time,
      measured: (counts[StationColumn.waitNs]! + open.waitNs) / time,
      slack,
    },
    utilisation: {
      path,
      expected: counts[StationColumn.busyArea]! / time,
      measured: (counts[StationColumn.serviceNs]! + open.serviceNs) / time,
      slack,
    },
  };
}

function isShared(station: Station): boolean {
  return (station as unknown) instanceof SharedStation;
}

/** Each start of service is recorded once with its wait. */
function waitsChecks(component: Component, nodes: readonly Node[]): CheckResult[] {
  return [
    comparison({
      name: 'services begun = waits recorded',
      subject: component.name,
      expected: sumAt(nodes, StationColumn.started),
      measured: component.waits!.merged(0, Infinity).count,
    }),
  ];
}

/** What caches and databases count, against the commands that their workers finished. */
function kindChecks(component: Component, nodes: readonly Node[]): CheckResult[] {
  const { name: subject, tally } = component;
  const count = (column: string) => tally!.counts[tally!.columns.indexOf(column)]!;
  const finished = sumAt(nodes, StationColumn.completions);
  if (component instanceof Cache) {
    // A delete that finds nothing is counted nowhere, and neither is a write passing through.
    const fills = component.strategy === 'cache-aside' ? count('fills') : 0;
    const deletes = count('invalidations') - count('messageDeletes');
    const measured = count('hits') + count('misses') + fills + deletes;
    const sumOf = (columns: readonly string[]) =>
      columns.reduce((sum, column) => sum + count(column), 0);
    return [
      atMost({ name: 'hits + misses + changes ≤ commands', subject, finished, measured }),
      comparison({
        name: 'misses = sum over their reasons',
        subject,
        expected: count('misses'),
        measured: sumOf(tally!.columns.filter((column) => /^misses[A-Z]/.test(column))),
      }),
      comparison({
        name: 'stale reads = sum over versions behind',
        subject,
        expected: count('staleReads'),
        measured: sumOf(tally!.columns.filter((column) => column.startsWith('staleBy'))),
      }),
    ];
  }
  if (component instanceof Database) {
    const measured = count('reads') + count('writes');
    // A write refused by a node that is no longer primary is counted by its caller only.
    if (count('promotions') > 0) {
      return [atMost({ name: 'reads + writes ≤ statements', subject, finished, measured })];
    }
    return [
      comparison({ name: 'reads + writes = statements', subject, expected: finished, measured }),
    ];
  }
  return [];
}

/** A bound instead of an equation; without error while it is kept. */
function atMost(sides: {
  readonly name: string;
  readonly subject: string;
  readonly finished: number;
  readonly measured: number;
}): CheckResult {
  const { name, subject, finished, measured } = sides;
  const check = comparison({ name, subject, expected: finished, measured });
  return measured <= finished ? { ...check, relativeError: 0, ok: true } : { ...check, ok: false };
}

/** The same law at every node, shown as the sum; it fails where one node fails. */
function overNodes(name: string, component: Component, sides: readonly Sides[]): CheckResult {
  let expected = 0;
  let measured = 0;
  let slack = 0;
  let worst = 0;
  for (const { path, ...side } of sides) {
    const check = comparison({ name, subject: path, ...side });
    if (!check.ok) return check;
    expected += side.expected;
    measured += side.measured;
    slack += side.slack;
    worst = Math.max(worst, check.relativeError ?? 0);
  }
  const sum = comparison({ name, subject: component.name, expected, measured, slack });
  return { ...sum, relativeError: worst };
}

function sumAt(nodes: readonly Node[], column: number): number {
  let sum = 0;
  for (const { station } of nodes) sum += station!.tally.counts[column]!;
  return sum;
}
