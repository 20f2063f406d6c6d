/** One request taken apart, as the page shows it: its spans and its critical path. */

import type { World } from '../model/world.ts';
import type { Population } from '../model/workloads/population.ts';
import { outcomeNames } from '../model/outcome.ts';
import type { CriticalPiece, RequestTrace, SpanView } from './trace-types.ts';
import { criticalPath } from './critical-path.ts';
import type { Piece } from './critical-path.ts';
import { PlaceNames } from './place-names.ts';
import type { Activity, TraceTree } from './trace-tree.ts';
import { durationText } from './wording.ts';

/** The trace of a tree at the time up to which it was played, ns. */
export function requestTrace(world: World, tree: TraceTree, now: number): RequestTrace {
  const names = new PlaceNames(world);
  const { root } = tree;
  const pieces = criticalPath(root, now);
  const spans: SpanView[] = [];
  const places = new Map<Activity, number>();
  for (const child of root.children) addSpans(child, null, { names, now, spans, places });
  const { plan } = world.components[tree.population] as Population;
  const end = root.end > now ? null : root.end;
  const outcome = end === null ? null : outcomeNames[root.outcome]!;
  const trace = {
    request: tree.request,
    operation: plan.mix[tree.place]!.operation,
    client: plan.name,
    start: root.start / 1e9,
    end: end === null ? null : end / 1e9,
    outcome,
    late: tree.isLate,
    attempts: end === null ? attemptsOf(root) : tree.attempts,
    deadline: plan.deadlineNs === Infinity ? null : (root.start + plan.deadlineNs) / 1e9,
    spans,
    criticalPath: pieces.map((piece) => pieceView(piece, places)),
  };
  const length = Math.min(root.end, now) - root.start;
  return { ...trace, sentence: sentenceOf(names, pieces, length, outcome) };
}

interface Drawing {
  readonly names: PlaceNames;
  readonly now: number;
  readonly spans: SpanView[];
  readonly places: Map<Activity, number>;
}

/** Branches are no spans: what they hold stands beside each other in the call. */
function addSpans(one: Activity, parent: number | null, drawing: Drawing): void {
  const { names, now, spans, places } = drawing;
  if (one.start > now) return;
  let place = parent;
  if (one.kind !== 'branch' && one.kind !== 'request') {
    place = spans.length;
    places.set(one, place);
    const end = seenEnd(one);
    spans.push({
      parent,
      kind: one.kind,
      where: names.where(one),
      label: names.label(one),
      start: one.start / 1e9,
      end: end > now ? null : end / 1e9,
      attempt: one.attempt,
      outcome: outcomeOf(one, now),
    });
  }
  for (const child of one.children) addSpans(child, place, drawing);
}

/** A message that is lost is there until its caller gives up. */
function seenEnd(one: Activity): number {
  return one.kind === 'network' && one.end === Infinity ? (one.parent?.end ?? Infinity) : one.end;
}

function outcomeOf(one: Activity, now: number): string | null {
  if (one.kind === 'network' && one.end === Infinity) return 'lost';
  if (one.kind !== 'call' || one.end > now || one.outcome < 0) return null;
  return outcomeNames[one.outcome]!;
}

function attemptsOf(root: Activity): number {
  return root.children.filter(({ kind }) => kind === 'call').length;
}

function pieceView({ activity, start, end }: Piece, places: Map<Activity, number>): CriticalPiece {
  return { span: places.get(activity)!, start: start / 1e9, end: end / 1e9 };
}

function sentenceOf(
  names: PlaceNames,
  pieces: readonly Piece[],
  length: number,
  outcome: string | null,
): string {
  const sums = new Map<string, number>();
  for (const { activity, start, end } of pieces) {
    const words = `${doing[activity.kind]} ${names.where(activity)}`;
    sums.set(words, (sums.get(words) ?? 0) + end - start);
  }
  const [most] = [...sums].sort((left, right) => right[1] - left[1]);
  const whole = durationText(length / 1e6);
  const head =
    outcome === null
      ? `Under way for ${whole}`
      : outcome === 'ok'
        ? whole
        : `Failed with ${outcome} after ${whole}`;
  if (most === undefined) return head;
  return `${head}, of which ${durationText(most[1] / 1e6)} ${most[0]}`;
}

const doing: Readonly<Record<Activity['kind'], string>> = {
  queue: 'in the queue of',
  service: 'in service at',
  network: 'on the network',
  backoff: 'in pauses between attempts',
  wait: 'waiting at',
  call: 'calling',
  branch: 'in branches at',
  request: 'waiting at',
};
