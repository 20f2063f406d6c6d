/**
 * Self-checks hold every run against laws that need no theory of the design: what goes in comes
 * out or is still there; Little's law; the utilisation law. They look at the whole run, warm-up
 * included, because only then is the bookkeeping exact. A check that fails is a fault of the
 * program, never of the scenario.
 *
 * Source: J. Little, A proof for the queuing formula L = λW, 1961; P. Denning and J. Buzen, The
 * operational analysis of queueing network models, 1978 (utilisation law, flow balance).
 */

import type { Run } from '../model/run.ts';
import type { Edge } from '../model/edge.ts';
import type { OperationMetrics } from '../model/operation-metrics.ts';
import { outcomeNames } from '../model/outcome.ts';
import { takeCensus } from './census.ts';
import type { Census } from './census.ts';
import { comparison } from './check-comparison.ts';
import { componentChecks } from './component-checks.ts';
import type { CheckResult } from './result-types.ts';

/** Faults that kill processes, and with them the calls that these had made. */
const KILLING: readonly string[] = ['crash', 'restart', 'restart-cold'];

export function selfChecks(run: Run): readonly CheckResult[] {
  const census = takeCensus(run);
  const { operations, calls } = run.world;
  return [
    ...operations.flatMap((operation) => operationChecks(run, operation, census)),
    attemptsCheck(run, census),
    comparison({
      name: 'rows in use',
      subject: 'calls',
      expected: census.rows,
      measured: calls.inUse,
    }),
    ...componentChecks(run, census),
    ...(hasKilled(run) ? [] : edgeChecks(run, census)),
    timeCheck(run),
  ];
}

function operationChecks(
  run: Run,
  { name, tally, latency }: OperationMetrics,
  census: Census,
): CheckResult[] {
  const count = (column: string) => tally.counts[tally.columns.indexOf(column)]!;
  const unanswered = count('failed') + count('shed');
  const ended = count('ok') + count('late') + unanswered;
  const { windows } = run.world.recorder;
  return [
    comparison({
      name: 'offered = ok + late + failed + shed + in flight',
      subject: name,
      expected: count('offered'),
      measured: ended + (census.requests.get(name) ?? 0),
    }),
    comparison({
      name: 'failed + shed = sum over the reasons',
      subject: name,
      expected: unanswered,
      measured: outcomeNames.slice(1).reduce((sum, reason) => sum + count(`failed-${reason}`), 0),
    }),
    comparison({
      name: 'answers = latencies recorded',
      subject: name,
      expected: tally.sum('ok', 0, windows) + tally.sum('late', 0, windows),
      measured: latency.merged(0, Infinity).count,
    }),
  ];
}

/** What the edges of the clients sent is what their requests say they took. */
function attemptsCheck(run: Run, census: Census): CheckResult {
  const { operations, paths, plan } = run.world;
  const clients = new Set(plan.populations.map(({ name }) => name));
  let sent = 0;
  for (const path of paths as Edge[]) {
    if (clients.has(path.from)) sent += path.tally.counts[path.tally.columns.indexOf('calls')]!;
  }
  let noted = census.attempts;
  for (const { tally } of operations) noted += tally.counts[tally.columns.indexOf('attempts')]!;
  const name = 'attempts sent = attempts of ended and open requests';
  return comparison({ name, subject: 'clients', expected: sent, measured: noted });
}

/** Only for runs in which nobody died: the calls of a dead process end without a word. */
function edgeChecks(run: Run, census: Census): CheckResult[] {
  return (run.world.paths as Edge[]).map(({ id, from, to, tally }) => {
    const count = (column: string) => tally.counts[tally.columns.indexOf(column)]!;
    return comparison({
      name: 'calls = ok + failed + outstanding',
      subject: `${from} > ${to.name}`,
      expected: count('calls'),
      measured: count('ok') + count('failed') + census.outstanding[id]!,
    });
  });
}

function hasKilled(run: Run): boolean {
  return run.world.timeline.entries.some(
    ({ kind, text }) => kind === 'fault' && KILLING.includes(text.split(' ')[0]!),
  );
}

/** The timeline is in order and ends before the clock. */
function timeCheck(run: Run): CheckResult {
  let back = 0;
  let latest = 0;
  for (const { time } of run.world.timeline.entries) {
    if (time < latest || time > run.time) back++;
    latest = time;
  }
  return comparison({
    name: 'happenings out of the order of time',
    subject: 'timeline',
    expected: 0,
    measured: back,
  });
}
