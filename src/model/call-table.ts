/**
 * The call table holds every call in flight, one row each, with a free list. A client's request is
 * a row, and so is each call that a component makes for it; rows point to the row they were made
 * for. Nothing is allocated per request.
 *
 * Whoever opens a row is told exactly once how it ended. When the caller gives up first, the row is
 * marked abandoned and lives on until the callee is done with it.
 */

import { assert } from '../base/assert.ts';
import { CallRows } from './call-rows.ts';
import { SpanLog } from './span-log.ts';
import {
  CALLER_NODE,
  DATASET,
  DOUBLES,
  EVENT,
  FIRST_ATTEMPT,
  KEY,
  NEXT,
  NODE,
  PARENT,
  PRIORITY_BITS,
  SIZE,
  STATUS,
  TAG,
  TIMER,
  TRACE,
  VERSION,
  WORDS,
} from './call-rows.ts';

/** Bits of `flags`. */
export const Flag = Object.freeze({
  /** The caller no longer waits. */
  abandoned: 1,
  /** The message was swallowed by a partition; nobody else will release the row. */
  lost: 2,
  /** Not a call but a branch of a parallel step inside one node. */
  branch: 4,
  /** The callee has it. */
  atCallee: 8,
  /** The row is not in use. */
  free: 16,
  /** A look-up that found nothing. */
  miss: 32,
  /** Waits for its next attempt. */
  backingOff: 64,
  /** Was pushed out of a worker; `work` holds what is left to do. */
  preempted: 128,
  /** A worker is held for it. */
  inService: 256,
  /** Stands in a waiting line. */
  waiting: 512,
  /** A branch that only gathers branches, for a step that waits for some of them. */
  gathers: 1024,
  /** A branch that fetches a value for a cache and that nobody waits for. */
  background: 2048,
} as const);

const NONE = -1;

export class CallTable extends CallRows {
  /** Rows ever used; rows at or above it are untouched. */
  used = 0;
  /** Rows in use. */
  inUse = 0;
  inUseMax = 0;
  /** What happens to the rows of the requests that are watched. */
  readonly spans = new SpanLog();
  private freeHead = NONE;

  /** A row with no node, timer, event or flag; the opener sets the rest. */
  open(): number {
    const row = this.take();
    const { words } = this;
    const at = row * WORDS;
    words[at + STATUS] = FIRST_ATTEMPT;
    words[at + NODE] = NONE;
    words[at + TIMER] = NONE;
    words[at + EVENT] = NONE;
    words[at + VERSION] = 0;
    return row;
  }

  /** A row for a call made on behalf of `parent`: same request, key, urgency and sampling. */
  openFor(parent: number): number {
    const row = this.take();
    const { doubles, words } = this;
    const at = row * WORDS;
    const from = parent * WORDS;
    words[at + STATUS] = FIRST_ATTEMPT | (words[from + STATUS]! & PRIORITY_BITS);
    words[at + NODE] = NONE;
    words[at + TIMER] = NONE;
    words[at + EVENT] = NONE;
    words[at + PARENT] = parent;
    // Whoever had the row before may have left what means something to the callee.
    words[at + TAG] = 0;
    words[at + VERSION] = 0;
    words[at + KEY] = words[from + KEY]!;
    words[at + DATASET] = words[from + DATASET]!;
    words[at + TRACE] = words[from + TRACE]!;
    words[at + CALLER_NODE] = words[from + NODE]!;
    doubles[row * DOUBLES + SIZE] = doubles[parent * DOUBLES + SIZE]!;
    return row;
  }

  /** A row for another attempt of the same call. */
  openAgain(old: number): number {
    const row = this.openFor(old);
    this.setStart(row, this.start(old));
    this.setParent(row, this.parent(old));
    this.setTag(row, this.tag(old));
    this.setVersion(row, this.version(old));
    this.setAccessKey(row, this.accessKey(old));
    this.setCaller(row, this.caller(old));
    this.setCallerNode(row, this.callerNode(old));
    this.setOperation(row, this.operation(old));
    this.setAttempt(row, this.attempt(old));
    this.setPauseUs(row, this.pauseUs(old));
    return row;
  }

  release(row: number): void {
    const { words } = this;
    const at = row * WORDS;
    assert((words[at + STATUS]! & Flag.free) === 0, 'A row can be released only once.');
    words[at + STATUS] = Flag.free;
    words[at + NEXT] = this.freeHead;
    this.freeHead = row;
    this.inUse--;
  }

  isInUse(row: number): boolean {
    return (this.flags(row) & Flag.free) === 0;
  }

  /** A row that nobody uses. */
  private take(): number {
    let row = this.freeHead;
    if (row === NONE) {
      if (this.used === this.capacity) this.grow();
      row = this.used++;
    } else {
      this.freeHead = this.words[row * WORDS + NEXT]!;
    }
    if (++this.inUse > this.inUseMax) this.inUseMax = this.inUse;
    return row;
  }
}
