/** A station as one writes it by hand: workers, a queue, its waits, and its areas. */

import type { HandHistogram } from './hand-parts.ts';
import type { Sfc32 } from './sfc32.ts';
import type { TypedHeap } from './typed-heap.ts';

export class HandStation {
  busyArea = 0;
  queueArea = 0;
  serviceSum = 0;
  completions = 0;
  private readonly heap: TypedHeap;
  private readonly random: Sfc32;
  private readonly waits: HandHistogram;
  private readonly workers: number;
  private readonly mean: number;
  private readonly done: number;
  private readonly since: Float64Array;
  private readonly next: Int32Array;
  private head = -1;
  private tail = -1;
  private length = 0;
  private busy = 0;
  private busySince = 0;
  private queueSince = 0;

  /** `done`: the kind of event that ends a service of that mean. */
  constructor(
    heap: TypedHeap,
    random: Sfc32,
    waits: HandHistogram,
    workers: number,
    mean: number,
    done: number,
    rows: number,
  ) {
    this.heap = heap;
    this.random = random;
    this.waits = waits;
    this.workers = workers;
    this.mean = mean;
    this.done = done;
    this.since = new Float64Array(rows);
    this.next = new Int32Array(rows);
  }

  enter(now: number, row: number): void {
    if (this.busy < this.workers) {
      this.waits.record(0);
      this.begin(now, row);
      return;
    }
    this.queueArea += this.length * (now - this.queueSince);
    this.queueSince = now;
    this.length++;
    this.since[row] = now;
    this.next[row] = -1;
    if (this.head === -1) this.head = row;
    else this.next[this.tail] = row;
    this.tail = row;
  }

  leave(now: number, row: number): void {
    this.busyArea += this.busy * (now - this.busySince);
    this.busySince = now;
    this.busy--;
    this.completions++;
    this.serviceSum += now - this.since[row]!;
    const first = this.head;
    if (first === -1) return;
    this.head = this.next[first]!;
    this.queueArea += this.length * (now - this.queueSince);
    this.queueSince = now;
    this.length--;
    this.waits.record(now - this.since[first]!);
    this.begin(now, first);
  }

  settle(now: number): void {
    this.busyArea += this.busy * (now - this.busySince);
    this.busySince = now;
    this.queueArea += this.length * (now - this.queueSince);
    this.queueSince = now;
  }

  forget(): void {
    this.busyArea = this.queueArea = this.serviceSum = this.completions = 0;
  }

  private begin(now: number, row: number): void {
    this.busyArea += this.busy * (now - this.busySince);
    this.busySince = now;
    this.busy++;
    this.since[row] = now;
    const time = Math.round(this.random.exponential() * this.mean);
    this.heap.push(now + time, (row << 4) | this.done);
  }
}
