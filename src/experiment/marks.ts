/**
 * The checkpoints of a recording in the order of time. They share what did not change between them,
 * and when they take too much memory all the same, every second one is dropped, except the newest:
 * one goes back to what has just been seen more often than to what is long past.
 */

import { Checkpoint } from '../kernel/checkpoint.ts';

/** The newest checkpoints stay dense. */
const DENSE = 12;

export interface Mark {
  /** Simulated time, ns. All events before it have been handled, and none at it. */
  readonly time: number;
  /** Events handled. */
  readonly events: number;
  readonly checkpoint: Checkpoint;
}

export class Marks {
  /** Bytes that all checkpoints take together. */
  bytes: number;
  private marks: Mark[];
  private readonly bytesMax: number;

  /** `first` is that of the beginning, which always stays. */
  constructor(bytesMax: number, first: Mark) {
    this.bytesMax = bytesMax;
    this.marks = [first];
    this.bytes = first.checkpoint.bytes;
  }

  get last(): Mark {
    return this.marks.at(-1)!;
  }

  get count(): number {
    return this.marks.length;
  }

  /** The last one that a run to `time` ns passes through; the first when there is none. */
  before(time: number): Mark {
    let low = 0;
    let high = this.marks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.marks[middle]!.time < time) low = middle;
      else high = middle - 1;
    }
    return this.marks[low]!;
  }

  add(mark: Mark): void {
    this.marks.push(mark);
    this.bytes += mark.checkpoint.ownBytes;
    while (this.bytes > this.bytesMax && this.marks.length > 2) this.thin();
  }

  /** Forgets what lies at `time` ns or later. */
  forgetFrom(time: number): void {
    const kept = this.marks.filter((mark, place) => place === 0 || mark.time < time);
    if (kept.length < this.marks.length) this.keep(kept);
  }

  private thin(): void {
    const { length } = this.marks;
    const dense = length > 2 * DENSE ? length - DENSE : length - 1;
    this.keep(this.marks.filter((_, place) => place % 2 === 0 || place >= dense));
  }

  private keep(marks: Mark[]): void {
    this.marks = marks;
    this.bytes = Checkpoint.bytesOf(marks.map(({ checkpoint }) => checkpoint));
  }
}
