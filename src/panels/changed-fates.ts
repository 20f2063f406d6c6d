/** Joins how requests ended in two runs, and finds those whose fate is another in the second. */

import type { Fates } from '../protocol/trace.ts';

export type FateChange = 'lost' | 'saved' | 'slower' | 'faster';

/** One request in both runs. */
export interface ChangedFate {
  readonly change: FateChange;
  readonly request: number;
  readonly operation: string;
  /** Intended start, s. */
  readonly start: number;
  /** Outcome and latency in each run; NaN without an answer. */
  readonly a: { readonly outcome: string; readonly latencyMs: number };
  readonly b: { readonly outcome: string; readonly latencyMs: number };
}

export interface ChangedFates {
  /** Requests that both runs have. */
  readonly joined: number;
  /** Requests that only one of them has. */
  readonly alone: number;
  readonly counts: Readonly<Record<FateChange, number>>;
  /** Of each change the greatest ones first. */
  readonly largest: readonly ChangedFate[];
}

/** A request counts as slower or faster from this factor on. */
const factor = 2;
/** Below this a difference is nothing that anyone would notice, ms. */
const noticedMs = 1;
const shownOfEach = 6;
/** Starts are whole nanoseconds, so nearer ones are the same, s. */
const instant = 5e-10;

export function changedFates(a: Fates, b: Fates): ChangedFates {
  const rows = new Map<number, number>();
  b.requests.forEach((request, row) => rows.set(request, row));
  const counts = { lost: 0, saved: 0, slower: 0, faster: 0 };
  const found: ChangedFate[] = [];
  let joined = 0;
  a.requests.forEach((request, rowA) => {
    const rowB = rows.get(request);
    if (rowB === undefined || Math.abs(a.starts[rowA]! - b.starts[rowB]!) > instant) return;
    joined += 1;
    const ends = { a: endOf(a, rowA), b: endOf(b, rowB) };
    const change = changeOf(ends.a, ends.b);
    if (change === null) return;
    counts[change] += 1;
    const operation = a.operationNames[a.operations[rowA]!] ?? '';
    found.push({ change, request, operation, start: a.starts[rowA]!, ...ends });
  });
  const largest = (['lost', 'saved', 'slower', 'faster'] as const).flatMap((change) =>
    found
      .filter((one) => one.change === change)
      .sort((one, other) => weight(other) - weight(one) || one.start - other.start)
      .slice(0, shownOfEach),
  );
  return { joined, alone: a.requests.length + b.requests.length - 2 * joined, counts, largest };
}

type End = ChangedFate['a'];

function endOf(fates: Fates, row: number): End {
  const outcome = fates.outcomeNames[fates.outcomes[row]!] ?? '';
  return { outcome, latencyMs: fates.latenciesMs[row]! };
}

function changeOf(a: End, b: End): FateChange | null {
  const [wasOk, isOk] = [a.outcome === 'ok', b.outcome === 'ok'];
  if (wasOk !== isOk) return wasOk ? 'lost' : 'saved';
  const apart = b.latencyMs - a.latencyMs;
  if (!(Math.abs(apart) >= noticedMs)) return null;
  if (b.latencyMs > factor * a.latencyMs) return 'slower';
  return a.latencyMs > factor * b.latencyMs ? 'faster' : null;
}

/** How long an answer took more or less; with one answer only, how long that took. */
function weight({ a, b }: ChangedFate): number {
  const times = [a.latencyMs, b.latencyMs].filter((ms) => !Number.isNaN(ms));
  return times.length === 2 ? Math.abs(times[1]! - times[0]!) : (times[0] ?? 0);
}
