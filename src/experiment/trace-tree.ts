/**
 * One request as a tree of activities, put together from the notes of the span log in their order:
 * the request holds its attempts, an attempt its messages and what its callee did for it, and so
 * on. What nobody waited for any more is in it too, and is marked as such.
 */

import { KINDS, NoteKind, PAIR, Passing } from '../model/span-log.ts';
import type { SpanKind } from './trace-types.ts';

export interface Activity {
  /** A branch, and the request itself, are held together by what they hold. */
  readonly kind: SpanKind | 'branch' | 'request';
  readonly parent: Activity | null;
  readonly children: Activity[];
  /** ns */
  readonly start: number;
  /** As whoever waits for it sees it, ns; Infinity while it is not over. */
  end: number;
  /** From then on nobody waits for it, ns. */
  released: number;
  /** Number of the edge of a call, a message or a pause; -1 for others. */
  readonly edge: number;
  /** Number of the node; -1 when there is none. */
  readonly node: number;
  readonly attempt: number;
  /** A number of `Outcome`; -1 while there is none. */
  outcome: number;
  /** What a call asks for: operation and dataset by their numbers at the callee, -1 for none. */
  readonly operation: number;
  readonly dataset: number;
  /**
   * Of a call to a cache: what its look-up found; of a message: whether it is the answer; of a
   * wait: whether it is for what others do, a fetch or the copying to replicas.
   */
  mark: 'hit' | 'miss' | 'there' | 'back' | 'others' | null;
}

/** Where the calls on a row come from. */
interface Origin {
  readonly maker: Activity;
  readonly edge: number;
  /** True for a call that nobody waits for. */
  readonly isDetached: boolean;
}

export class TraceTree {
  readonly request: number;
  readonly root: Activity;
  /** Number of the population, and the operation's place in its mix. */
  readonly population: number;
  readonly place: number;
  isLate = false;
  attempts = 0;
  /** Calls and branches that are still at work. */
  private open = 0;
  /** Where the work of a row is put: a call or a branch. */
  private readonly holders = new Map<number, Activity>();
  private readonly origins = new Map<number, Origin>();
  /** The line or worker a row is in, or its wait for what another brings. */
  private readonly present = new Map<number, Activity>();
  private readonly detached = new Map<number, number>();

  /** Takes the note of a request's beginning. */
  constructor(note: Float64Array) {
    this.request = note[2]!;
    this.population = note[4]!;
    this.place = note[5]!;
    this.root = activity('request', null, note[0]!, {});
  }

  /** True once the client has its answer. */
  get isEnded(): boolean {
    return this.root.end !== Infinity;
  }

  /** True when nothing is at work for it any more. */
  get isOver(): boolean {
    return this.isEnded && this.open === 0;
  }

  /** Takes the next note of this request. */
  add(note: Float64Array): void {
    const time = note[0]!;
    const kind = note[1]! % KINDS;
    const row = note[3]!;
    const first = note[4]!;
    if (kind === NoteKind.sent) this.sent(note);
    else if (kind === NoteKind.timedOut) this.timedOut(row, time, first);
    else if (kind === NoteKind.backoff) this.backoff(row, time, first);
    else if (kind === NoteKind.branch) this.branch(row, time, first);
    else if (kind === NoteKind.detached) this.detached.set(row, first);
    else if (kind === NoteKind.end) {
      this.root.end = time;
      this.root.outcome = first;
      this.isLate = note[5] === 1;
      this.attempts = note[6]!;
    } else {
      const holder = this.holders.get(row);
      if (holder !== undefined) this.addTo(holder, kind, note);
    }
  }

  private addTo(holder: Activity, kind: number, note: Float64Array): void {
    const now = note[0]!;
    const row = note[3]!;
    const first = note[4]!;
    const second = note[5]!;
    switch (kind) {
      case NoteKind.replied:
        this.replied(holder, now, first, second);
        return;
      case NoteKind.orphaned:
        this.orphaned(holder, row, now);
        return;
      case NoteKind.queued:
        this.present.set(row, activity('queue', holder, now, { node: first }));
        return;
      case NoteKind.started:
        this.present.set(row, activity('service', holder, now, { node: first }));
        return;
      case NoteKind.waits: {
        const waiting = activity('wait', holder, now, { node: first });
        waiting.mark = 'others';
        this.present.set(row, waiting);
        return;
      }
      case NoteKind.unqueued:
      case NoteKind.goesOn:
      case NoteKind.stopped: {
        const present = this.present.get(row);
        if (present !== undefined) present.end = Math.min(present.end, now);
        this.present.delete(row);
        return;
      }
      case NoteKind.passes: {
        const passing = note[6] === Passing.held ? 'service' : 'wait';
        const passed = activity(passing, holder, now, { node: first, end: now + second });
        if (note[6] === Passing.leased) passed.mark = 'others';
        return;
      }
      case NoteKind.branchEnd:
        this.open--;
        holder.end = now;
        holder.outcome = first;
        return;
      case NoteKind.joined:
        this.open--;
        holder.end = now;
        for (const branch of holder.children) if (branch.end > now) branch.released = now;
        return;
      case NoteKind.dropped:
        stopAll(holder, now);
        if (holder.kind !== 'branch' || holder.end !== Infinity) return;
        this.open--;
        holder.end = now;
        return;
      case NoteKind.lookedUp:
        holder.mark = first === 1 ? 'hit' : 'miss';
    }
  }

  private sent(note: Float64Array): void {
    const now = note[0]!;
    const attempt = Math.floor(note[1]! / KINDS);
    const row = note[3]!;
    const parent = note[4]!;
    const way = note[5]!;
    const travel = note[6]!;
    const what = note[7]!;
    const origin = attempt > 1 ? this.origins.get(row) : this.originOf(row, parent, way);
    if (origin === undefined) return;
    this.origins.set(row, origin);
    const { maker, edge, isDetached } = origin;
    const node = (way % PAIR) - 1;
    const operation = Math.floor(what / PAIR);
    const dataset = (what % PAIR) - 1;
    const call = activity('call', maker, now, { edge, node, attempt, operation, dataset });
    if (isDetached) call.released = now;
    this.holders.set(row, call);
    if (node < 0) {
      call.end = now;
      call.outcome = NO_TARGET;
      return;
    }
    if (travel !== Infinity) this.open++;
    if (travel > 0) message(call, now, now + travel, 'there');
  }

  private originOf(row: number, parent: number, way: number): Origin | undefined {
    const edge = Math.floor(way / PAIR);
    const from = this.detached.get(row);
    if (from !== undefined) {
      this.detached.delete(row);
      const maker = this.holders.get(from);
      return maker === undefined ? undefined : { maker, edge, isDetached: true };
    }
    const maker = this.holders.size === 0 ? this.root : this.holders.get(parent);
    return maker === undefined ? undefined : { maker, edge, isDetached: false };
  }

  /** `travel`: -1 when nobody waits for the answer, Infinity when it is lost on its way. */
  private replied(call: Activity, now: number, outcome: number, travel: number): void {
    this.open--;
    stopAll(call, now);
    if (travel < 0) return;
    if (travel > 0) message(call, now, now + travel, 'back');
    call.end = Math.min(call.end, now + travel);
    if (travel !== Infinity) call.outcome = outcome;
  }

  private timedOut(row: number, now: number, again: number): void {
    const call = this.holders.get(row);
    const origin = this.origins.get(row);
    if (call === undefined || origin === undefined) return;
    call.end = now;
    call.outcome = TIMEOUT;
    if (again >= 0) this.origins.set(again, origin);
  }

  private backoff(row: number, now: number, pause: number): void {
    const origin = this.origins.get(row);
    if (origin === undefined) return;
    const { maker, edge, isDetached } = origin;
    const attempt = maker.children.filter((child) => child.edge === edge).at(-1)?.attempt ?? 1;
    const pausing = activity('backoff', maker, now, { edge, attempt, end: now + pause });
    if (isDetached) pausing.released = now;
    this.holders.set(row, pausing);
  }

  private orphaned(holder: Activity, row: number, now: number): void {
    holder.end = Math.min(holder.end, now);
    this.present.delete(row);
  }

  private branch(row: number, now: number, parent: number): void {
    const holder = this.holders.get(parent);
    if (holder === undefined) return;
    this.open++;
    this.holders.set(row, activity('branch', holder, now, {}));
  }
}

const TIMEOUT = 1;
const NO_TARGET = 6;

/** An activity that is put into the one that holds it. */
export function activity(
  kind: Activity['kind'],
  parent: Activity | null,
  start: number,
  rest: Partial<Pick<Activity, 'edge' | 'node' | 'attempt' | 'operation' | 'dataset' | 'end'>>,
): Activity {
  const made: Activity = {
    kind,
    parent,
    children: [],
    start,
    end: rest.end ?? Infinity,
    released: Infinity,
    edge: rest.edge ?? parent?.edge ?? -1,
    node: rest.node ?? parent?.node ?? -1,
    attempt: rest.attempt ?? parent?.attempt ?? 1,
    outcome: -1,
    operation: rest.operation ?? -1,
    dataset: rest.dataset ?? -1,
    mark: null,
  };
  parent?.children.push(made);
  return made;
}

function message(call: Activity, start: number, end: number, mark: 'there' | 'back'): void {
  activity('network', call, start, { end }).mark = mark;
}

/** Whatever its node was doing for it is over; calls that it made have ends of their own. */
function stopAll(holder: Activity, now: number): void {
  for (const child of holder.children) {
    if (child.kind === 'queue' || child.kind === 'service' || child.kind === 'wait') {
      child.end = Math.min(child.end, now);
    }
  }
}
