/**
 * Timeouts of one duration, as one writes them by hand: they expire in the order in which they were
 * set, so a linked list with one alarm in the heap does for all of them.
 */

import type { TypedHeap } from './typed-heap.ts';

const NONE = -1;

export class TimeoutList {
  private readonly duration: number;
  private readonly deadline: Float64Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private head = NONE;
  private tail = NONE;
  private isArmed = false;

  constructor(duration: number, rows: number) {
    this.duration = duration;
    this.deadline = new Float64Array(rows);
    this.next = new Int32Array(rows);
    this.previous = new Int32Array(rows);
  }

  set(heap: TypedHeap, now: number, row: number, number: number, alarm: number): void {
    this.deadline[row] = now + this.duration;
    this.next[row] = NONE;
    this.previous[row] = this.tail;
    if (this.tail === NONE) this.head = row;
    else this.next[this.tail] = row;
    this.tail = row;
    if (!this.isArmed) this.rearm(heap, number, alarm);
  }

  cancel(row: number): void {
    const before = this.previous[row]!;
    const after = this.next[row]!;
    if (before === NONE) this.head = after;
    else this.next[before] = after;
    if (after === NONE) this.tail = before;
    else this.previous[after] = before;
  }

  /** Takes out the first row whose time has come, or -1. */
  expired(now: number): number {
    const row = this.head;
    if (row === NONE || this.deadline[row]! > now) return NONE;
    this.cancel(row);
    return row;
  }

  /** Sets the alarm to the first timeout there is. */
  rearm(heap: TypedHeap, number: number, alarm: number): void {
    this.isArmed = this.head !== NONE;
    if (this.isArmed) heap.push(this.deadline[this.head]!, (number << 4) | alarm);
  }
}
