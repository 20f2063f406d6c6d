// A second set of books, kept by listening to the answers that components get: what clients were
// told, and how long they had waited. It hangs on the run, so a checkpoint takes it along.
import type { Edge } from '../../src/model/edge.ts';
import { Outcome } from '../../src/model/outcome.ts';
import { isShed } from '../../src/model/outcome.ts';
import type { Run } from '../../src/model/run.ts';
import { Population } from '../../src/model/workloads/population.ts';
import type { Component } from '../../src/model/world.ts';
import type { Complaint } from './complaint.ts';
import { Complaints } from './complaint.ts';
import { timesOf } from './rows.ts';
import type { Row } from './rows.ts';

/** Kinds of ends that a ledger counts for each operation; the last one is the sum of attempts. */
const ENDS = ['ok', 'late', 'shed', 'failed', 'attempts'] as const;

export class Ledger {
  private readonly counts: Float64Array;
  /** Answers that came after their timeout, and those with an impossible latency. */
  private readonly faults = new Float64Array(2);

  constructor(run: Run) {
    this.counts = new Float64Array(run.world.operations.length * ENDS.length);
    Object.assign(run, { ledger: this });
  }

  /** A component was told how a call of its ended. */
  note(run: Run, caller: Component, row: Row): void {
    const { operations, paths, simulation } = run.world;
    const { start, sentAt } = timesOf(run, row.row);
    const isOk = row.outcome === Outcome.ok;
    if (isOk && simulation.now - sentAt > timeoutOf(run, paths[row.edge] as Edge))
      this.faults[0]!++;
    // Only requests of clients say when they began; messages may carry another time in its place.
    const isLate = caller instanceof Population && start > sentAt;
    if (isLate || sentAt > simulation.now) this.faults[1]!++;
    if (!(caller instanceof Population)) return;
    const { deadlineNs, mix } = caller.plan;
    const { operation } = mix[row.tag]!;
    const place = operations.findIndex(({ name }) => name === operation) * ENDS.length;
    let end = isShed(row.outcome) ? 2 : 3;
    if (isOk) end = simulation.now - start > deadlineNs ? 1 : 0;
    this.counts[place + end]!++;
    this.counts[place + 4]! += row.attempt;
  }

  compare({ world: { operations } }: Run): readonly Complaint[] {
    const complaints = new Complaints();
    for (const [index, { name, tally }] of operations.entries()) {
      for (const [place, column] of ENDS.entries()) {
        // What clients answer themselves nobody tells them.
        const unsent = column === 'ok' ? tally.counts[tally.columns.indexOf('unsent')]! : 0;
        const told = this.counts[index * ENDS.length + place]! + unsent;
        const counted = tally.counts[tally.columns.indexOf(column)]!;
        complaints.equal(told, counted, 'clients are told what is counted', `${column} of ${name}`);
      }
    }
    complaints.equal(this.faults[0]!, 0, 'no answer comes after its timeout', 'answers');
    complaints.equal(
      this.faults[1]!,
      0,
      'a call is sent after it began and before it ends',
      'answers',
    );
    return complaints.list;
  }
}

/** The timeout of an edge when it is always the same, else Infinity. */
function timeoutOf({ world: { plan } }: Run, { from, to }: Edge): number {
  const population = plan.populations.find(({ name }) => name === from);
  const parameters = plan.components.find(({ name }) => name === from)?.parameters;
  const calls = parameters?.['calls'] as Record<string, Waiting> | null | undefined;
  const own = calls?.[to.name] ?? parameters ?? population;
  const timeout = (own as Waiting | undefined)?.timeout;
  // Attempts under way keep the time they had, so with changes there is not one bound.
  const changes = plan.faults.flatMap(({ change }) => (change?.owner === from ? change.sets : []));
  if (changes.some(({ keys }) => keys[0] === 'timeout')) return Infinity;
  return timeout?.kind === 'constant' ? timeout.value : Infinity;
}

interface Waiting {
  readonly timeout?: { readonly kind: string; readonly value: number } | null;
}
