/**
 * A station in which everybody is served at once: with n requests on c workers each runs at speed
 * min(1, c / n). Virtual time runs at that speed, so a request is over when virtual time has
 * advanced by its demand, and only the nearest end is in the agenda.
 *
 * Source: Kleinrock, Queueing Systems 2, 1976, section 4.4; virtual time as in Demers, Keshav,
 * Shenker, Analysis and Simulation of a Fair Queueing Algorithm, 1989.
 */

import type { SegmentedHistogram } from './segmented-histogram.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { Flag } from './call-table.ts';
import type { CallTable } from './call-table.ts';
import { NoteKind } from './span-log.ts';
import { SERVED, StationColumn, stationColumns, stationMaxima } from './station.ts';
import type { Server, StationFields } from './station.ts';
import { Tally } from './tally.ts';

const NONE = -1;

export class SharedStation {
  workers: number;
  capacity: number;
  readonly tally = new Tally(stationColumns, stationMaxima);
  private readonly simulation: Simulation;
  private readonly calls: CallTable;
  private readonly server: Server;
  private readonly node: number;
  private readonly place: number;
  private readonly counts: Float64Array;
  private readonly waits: SegmentedHistogram;
  /** Rows in service, a binary heap by virtual end (`work`), then by row. */
  private readonly heap: number[] = [];
  private virtualTime = 0;
  /** When it was last noted: at arrivals and departures only, so that no look rounds it. */
  private notedAt = 0;
  private settledAt = 0;
  private event = NONE;

  constructor(fields: StationFields) {
    this.simulation = fields.simulation;
    this.calls = fields.calls;
    this.server = fields.server;
    this.node = fields.node;
    this.place = fields.place;
    this.workers = fields.workers;
    this.capacity = fields.capacity;
    this.waits = fields.waits;
    this.counts = this.tally.counts;
  }

  /** Workers in use; at most all of them. */
  get busy(): number {
    return Math.min(this.heap.length, this.workers);
  }

  /** Requests beyond the workers, which slow everybody down. */
  get queue(): number {
    return Math.max(0, this.heap.length - this.workers);
  }

  /** Nobody waits: everybody is served, if slowly. */
  waiting(): number[] {
    return [];
  }

  called(): void {
    this.counts[StationColumn.calls]!++;
  }

  offer(row: number): boolean {
    this.counts[StationColumn.arrivals]!++;
    if (this.heap.length >= this.workers + this.capacity) {
      this.counts[StationColumn.rejections]!++;
      return false;
    }
    this.noteVirtualTime();
    this.waits.record(0);
    this.counts[StationColumn.started]!++;
    const calls = this.calls;
    calls.setSince(row, this.simulation.now);
    calls.raise(row, Flag.inService);
    if (calls.trace(row) !== 0) this.note(NoteKind.started, row);
    const demand = this.server.serve(row, this.node);
    // Counted in full here; what is left of it is taken off in `unfinished` and `drop`.
    this.counts[StationColumn.serviceNs]! += demand;
    this.counts[StationColumn.waitNs]! -= demand;
    calls.setWork(row, this.virtualTime + demand);
    this.push(row);
    if (this.queue > this.tally.maxima[0]!) this.tally.maxima[0] = this.queue;
    this.reschedule();
    return true;
  }

  done(row: number): void {
    this.noteVirtualTime();
    this.counts[StationColumn.completions]!++;
    this.event = NONE;
    this.remove(row);
    this.reschedule();
  }

  /** Nobody waits in line, so nobody can leave it. */
  expire(): void {
    return;
  }

  drop(row: number): void {
    if ((this.calls.flags(row) & Flag.inService) === 0) return;
    this.noteVirtualTime();
    this.counts[StationColumn.lost]!++;
    const left = this.calls.work(row) - this.virtualTime;
    this.counts[StationColumn.serviceNs]! -= left;
    this.counts[StationColumn.waitNs]! += left;
    this.calls.setEvent(row, NONE);
    this.remove(row);
    this.reschedule();
  }

  /** Another number of workers from now on: everybody here runs at another speed. */
  setWorkers(workers: number): void {
    this.noteVirtualTime();
    this.workers = workers;
    this.reschedule();
  }

  setCapacity(capacity: number): void {
    this.capacity = capacity;
  }

  /** Brings the areas up to the present. */
  settle(): void {
    const passed = this.simulation.now - this.settledAt;
    if (passed === 0) return;
    this.settledAt = this.simulation.now;
    if (this.workers !== Infinity) {
      this.counts[StationColumn.workerNs]! += this.workers * passed;
    }
    this.counts[StationColumn.busyArea]! += this.busy * passed;
    this.counts[StationColumn.queueArea]! += this.queue * passed;
  }

  /** Corrections to the sums of waits and services for the rows that are still here, ns. */
  unfinished(): { waitNs: number; serviceNs: number } {
    const virtualNow = this.virtualNow();
    let waitNs = 0;
    let serviceNs = 0;
    for (const row of this.heap) {
      const left = this.calls.work(row) - virtualNow;
      serviceNs -= left;
      waitNs += this.simulation.now - this.calls.since(row) + left;
    }
    return { waitNs, serviceNs };
  }

  /** Before anybody comes or goes, and the speed with it changes. */
  private noteVirtualTime(): void {
    this.settle();
    this.virtualTime = this.virtualNow();
    this.notedAt = this.simulation.now;
  }

  private virtualNow(): number {
    const passed = this.simulation.now - this.notedAt;
    return this.heap.length === 0 ? this.virtualTime : this.virtualTime + passed * this.speed();
  }

  private speed(): number {
    return Math.min(1, this.workers / this.heap.length);
  }

  private remove(row: number): void {
    this.calls.lower(row, Flag.inService);
    if (this.calls.trace(row) !== 0) this.note(NoteKind.stopped, row);
    this.counts[StationColumn.waitNs]! += this.simulation.now - this.calls.since(row);
    const place = this.heap.indexOf(row);
    const last = this.heap.pop()!;
    if (place < this.heap.length) {
      this.heap[place] = last;
      this.sink(place);
      this.rise(place);
    }
    // Small numbers keep virtual time exact when the station is idle.
    if (this.heap.length === 0) this.virtualTime = 0;
  }

  private note(kind: number, row: number): void {
    this.calls.spans.note(kind, this.calls.trace(row), row, this.node);
  }

  private reschedule(): void {
    if (this.event !== NONE) this.simulation.cancel(this.event);
    this.event = NONE;
    const row = this.heap[0];
    if (row === undefined) return;
    const left = Math.max(0, this.calls.work(row) - this.virtualTime);
    const delay = Math.ceil(left / this.speed());
    this.event = this.simulation.schedule(delay, this.server.number, SERVED, row, this.place);
  }

  private push(row: number): void {
    this.heap.push(row);
    this.rise(this.heap.length - 1);
  }

  private rise(from: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isBefore(place, parent)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  private sink(from: number): void {
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.heap.length) return;
      if (child + 1 < this.heap.length && this.isBefore(child + 1, child)) child++;
      if (!this.isBefore(child, place)) return;
      this.swap(place, child);
      place = child;
    }
  }

  private isBefore(left: number, right: number): boolean {
    const leftRow = this.heap[left]!;
    const rightRow = this.heap[right]!;
    const leftEnd = this.calls.work(leftRow);
    const rightEnd = this.calls.work(rightRow);
    return leftEnd !== rightEnd ? leftEnd < rightEnd : leftRow < rightRow;
  }

  private swap(left: number, right: number): void {
    const row = this.heap[left]!;
    this.heap[left] = this.heap[right]!;
    this.heap[right] = row;
  }
}
