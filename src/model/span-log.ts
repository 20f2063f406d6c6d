/**
 * The span log notes what happens to each row of the watched requests: sent, queued, taken up, let
 * go, answered, given up. From it a request is taken apart. Whom it watches never touches the run:
 * that is told by the request's number alone, and nothing here is part of the run hash.
 *
 * Only what cannot be worked out later is noted: a message is noted when it is sent, with the time
 * it takes, and so is a pause. The notes are no state of the run: a checkpoint does not see them.
 */

import { sampleHash } from './hop-log.ts';
import { NoteList } from './note-list.ts';

/** Numbers of a note: time, kind (and attempt), request, row, then four of the kind's own. */
export const NOTE_WIDTH = 8;

export const NoteKind = Object.freeze({
  /** A request begins: (number of its population, place in the mix, -, -). */
  begin: 0,
  /** An attempt is sent: (row it is made for, edge and node, travel ns, operation and dataset). */
  sent: 1,
  /** The callee answers: (outcome, travel ns; -1 when nobody waits for it). */
  replied: 2,
  /** The caller waits no longer: (row of the next attempt, or -1). */
  timedOut: 3,
  /** A pause before the next attempt: (pause ns). */
  backoff: 4,
  /** The caller has died. */
  orphaned: 5,
  /** Joins a waiting line: (node). */
  queued: 6,
  /** Leaves the line, to be served or for good. */
  unqueued: 7,
  /** A worker takes it up: (node). */
  started: 8,
  /** The worker is free of it: its work is over, interrupted or lost. */
  stopped: 9,
  /** Time passes, as known beforehand: (node, ns, a number of `Passing`). */
  passes: 10,
  /** A branch begins: (row it belongs to, 1 when it only gathers others). */
  branch: 11,
  /** A branch is over: (outcome). */
  branchEnd: 12,
  /** The branches that were waited for are in; the others are finished for nobody. */
  joined: 13,
  /** Its node has died. */
  dropped: 14,
  /** A cache was looked into: (1 when it had the key). */
  lookedUp: 15,
  /** A call that nobody waits for is about to be made: (row it comes from). */
  detached: 16,
  /** The client has its answer: (outcome, 1 when late, attempts). */
  end: 17,
  /** Waits, without a worker, for what another fetches or for replicas: (node). */
  waits: 18,
  /** That wait is over, and the row goes on. */
  goesOn: 19,
} as const);

export const Passing = Object.freeze({
  /** Nobody works on it. */
  alone: 0,
  /** A worker is held for it. */
  held: 1,
  /** Another has the lease of what it wants. */
  leased: 2,
} as const);

/** Kind and attempt share a number. */
export const KINDS = 32;
/** Edge and node share a number, and so do operation and dataset; each second part plus one. */
export const PAIR = 1 << 20;

/** Notes kept until they are fetched, 64 bytes each; more are dropped and counted. */
const NOTES_MAX = 1_000_000;

export class SpanLog {
  /** Set by the world. */
  clock: { readonly now: number } = Object.freeze({ now: 0 });
  /** A request is watched when the hash of its number is below this, of 2^32. */
  private threshold = 0;
  /** The one request that is watched, or 0. */
  private only = 0;
  /** False: only beginnings and ends are noted. */
  private isDetailed = true;
  // Neither is a property, so a checkpoint that walks the world passes them by.
  readonly #notes = new NoteList(NOTE_WIDTH, NOTES_MAX);

  /** Notes dropped since the last fetch because nobody fetched them in time. */
  get dropped(): number {
    return this.#notes.dropped;
  }

  /** Watches one request in `ratio`; Infinity turns the log off. */
  watchOneIn(ratio: number, isDetailed = true): void {
    this.threshold = ratio === Infinity ? 0 : Math.floor(4294967296 / Math.max(1, ratio));
    this.only = 0;
    this.isDetailed = isDetailed;
  }

  /** Watches one request, by its number. */
  watchOnly(request: number): void {
    this.threshold = 0;
    this.only = request;
    this.isDetailed = true;
  }

  /** True when the request is watched. Numbers start at 1. */
  watches(request: number): boolean {
    if (this.threshold === 0) return request === this.only;
    return sampleHash(request) < this.threshold;
  }

  /** `trace` is the row's word of that name; see `traceOf`. */
  begin(trace: number, row: number, population: number, place: number): void {
    const request = Math.abs(trace);
    if (this.watches(request)) this.add(NoteKind.begin, request, row, population, place, 0, 0);
  }

  end(trace: number, row: number, outcome: number, late: boolean, attempts: number): void {
    const request = Math.abs(trace);
    if (!this.watches(request)) return;
    this.add(NoteKind.end, request, row, outcome, late ? 1 : 0, attempts, 0);
  }

  /** Notes something between beginning and end; does nothing when the request is only drawn. */
  note(kind: number, trace: number, row: number, a = 0, b = 0, c = 0, d = 0): void {
    const request = Math.abs(trace);
    if (this.isDetailed && this.watches(request)) this.add(kind, request, row, a, b, c, d);
  }

  /**
   * The notes since the last call, `NOTE_WIDTH` numbers each; the log is empty afterwards. They are
   * a view into the log, good until the run goes on.
   */
  drain(): Float64Array {
    return this.#notes.drain();
  }

  private add(
    kind: number,
    request: number,
    row: number,
    a: number,
    b: number,
    c: number,
    d: number,
  ): void {
    const list = this.#notes;
    const at = list.next();
    if (at < 0) return;
    const { numbers } = list;
    numbers[at] = this.clock.now;
    numbers[at + 1] = kind;
    numbers[at + 2] = request;
    numbers[at + 3] = row;
    numbers[at + 4] = a;
    numbers[at + 5] = b;
    numbers[at + 6] = c;
    numbers[at + 7] = d;
  }
}

/**
 * The word `trace` of a row: the request's number when it is drawn, its negative when it is only
 * watched, 0 when it is neither, which is all that the model's inner loops look at.
 */
export function traceOf(request: number, drawn: number, spans: SpanLog): number {
  if (drawn !== 0) return drawn;
  return spans.watches(request) ? -request : 0;
}
