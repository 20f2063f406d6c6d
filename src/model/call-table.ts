/**
 * The call table holds every call in flight, one row each, as a structure of arrays with a free
 * list. A client's request is a row, and so is each call that a component makes for it; rows point
 * to the row they were made for. Nothing is allocated per request.
 *
 * Whoever opens a row is told exactly once how it ended. When the caller gives up first, the row is
 * marked abandoned and lives on until the callee is done with it.
 */

import { assert } from '../base/assert.ts';

/** Bits of `flags`. */
export const Flag = {
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
} as const;

const NONE = -1;

/** Bytes of one row over all columns. */
export const BYTES_A_ROW = 5 * 8 + 11 * 4 + 8 * 2 + 3;

export class CallTable {
  /** Intended start of the client's request, ns. */
  start: Float64Array;
  /** When this attempt was sent, ns. */
  sentAt: Float64Array;
  /** When it entered the queue or the worker it is in now, ns. */
  since: Float64Array;
  /** Service demand, remaining demand or virtual finish, as its station needs, ns. */
  work: Float64Array;

  /** Key over all datasets, or -1. */
  key: Int32Array;
  /** Key of the read or write it is at, which may be of another dataset than `key`. */
  accessKey: Int32Array;
  /** Version of the value carried or found. */
  version: Int32Array;
  /** Row this call was made for, or the caller's own number when there is none. */
  parent: Int32Array;
  /** The caller's own note, comes back with the answer. */
  tag: Int32Array;
  /** Handle of the caller's timeout, or -1. */
  timer: Int32Array;
  /** Slot of the event that will move it on, or -1. */
  event: Int32Array;
  next: Int32Array;
  previous: Int32Array;
  /** Number of the client's request when it is sampled for drawing, else 0. */
  trace: Int32Array;
  /** Bytes on the wire. */
  size: Float64Array;

  /** Number of the component that made the call. */
  caller: Int16Array;
  /** Node the call came from, or -1 for a client outside. */
  callerNode: Int16Array;
  edge: Int16Array;
  /** Node the call goes to, or -1 while there is none. */
  node: Int16Array;
  operation: Int16Array;
  dataset: Int16Array;
  /** Next instruction of the operation it is in. */
  position: Int32Array;
  /** Branches still running. */
  pending: Int16Array;

  flags: Uint16Array;
  outcome: Uint8Array;
  /** Attempts made, 1 for the first. */
  attempt: Uint8Array;
  /** Urgency, 0 most urgent. */
  priority: Uint8Array;

  /** Rows ever used; rows at or above it are untouched. */
  used = 0;
  /** Rows in use. */
  inUse = 0;
  inUseMax = 0;
  private freeHead = NONE;

  constructor(capacity: number) {
    this.start = new Float64Array(capacity);
    this.sentAt = new Float64Array(capacity);
    this.since = new Float64Array(capacity);
    this.work = new Float64Array(capacity);
    this.key = new Int32Array(capacity);
    this.accessKey = new Int32Array(capacity);
    this.version = new Int32Array(capacity);
    this.parent = new Int32Array(capacity);
    this.tag = new Int32Array(capacity);
    this.timer = new Int32Array(capacity);
    this.event = new Int32Array(capacity);
    this.next = new Int32Array(capacity);
    this.previous = new Int32Array(capacity);
    this.trace = new Int32Array(capacity);
    this.size = new Float64Array(capacity);
    this.caller = new Int16Array(capacity);
    this.callerNode = new Int16Array(capacity);
    this.edge = new Int16Array(capacity);
    this.node = new Int16Array(capacity);
    this.operation = new Int16Array(capacity);
    this.dataset = new Int16Array(capacity);
    this.position = new Int32Array(capacity);
    this.pending = new Int16Array(capacity);
    this.flags = new Uint16Array(capacity);
    this.outcome = new Uint8Array(capacity);
    this.attempt = new Uint8Array(capacity);
    this.priority = new Uint8Array(capacity);
  }

  /** A row with no node, timer, event or flag; the opener sets the rest. */
  open(): number {
    let row = this.freeHead;
    if (row === NONE) {
      if (this.used === this.flags.length) this.grow();
      row = this.used++;
    } else {
      this.freeHead = this.next[row]!;
    }
    if (++this.inUse > this.inUseMax) this.inUseMax = this.inUse;
    this.flags[row] = 0;
    this.outcome[row] = 0;
    this.attempt[row] = 1;
    this.node[row] = NONE;
    this.timer[row] = NONE;
    this.event[row] = NONE;
    return row;
  }

  /** A row for a call made on behalf of `parent`: same request, key, urgency and sampling. */
  openFor(parent: number): number {
    const row = this.open();
    this.parent[row] = parent;
    this.start[row] = this.start[parent]!;
    this.key[row] = this.key[parent]!;
    this.dataset[row] = this.dataset[parent]!;
    this.priority[row] = this.priority[parent]!;
    this.trace[row] = this.trace[parent]!;
    this.size[row] = this.size[parent]!;
    this.callerNode[row] = this.node[parent]!;
    return row;
  }

  /** A row for another attempt of the same call. */
  openAgain(old: number): number {
    const row = this.openFor(old);
    this.parent[row] = this.parent[old]!;
    this.tag[row] = this.tag[old]!;
    this.version[row] = this.version[old]!;
    this.caller[row] = this.caller[old]!;
    this.callerNode[row] = this.callerNode[old]!;
    this.operation[row] = this.operation[old]!;
    this.attempt[row] = this.attempt[old]!;
    return row;
  }

  release(row: number): void {
    assert((this.flags[row]! & Flag.free) === 0, 'A row can be released only once.');
    this.flags[row] = Flag.free;
    this.next[row] = this.freeHead;
    this.freeHead = row;
    this.inUse--;
  }

  isInUse(row: number): boolean {
    return (this.flags[row]! & Flag.free) === 0;
  }

  private grow(): void {
    const capacity = this.flags.length * 2;
    const columns = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(columns)) {
      const column = columns[name];
      if (!ArrayBuffer.isView(column)) continue;
      const old = column as Int32Array;
      const larger = new (old.constructor as Int32ArrayConstructor)(capacity);
      larger.set(old);
      columns[name] = larger;
    }
  }
}
