/**
 * A station is where a node's requests wait and are worked on: workers, a bounded line, a
 * discipline. It keeps the areas and sums that Little's law and the utilisation law are checked
 * with, each gathered on its own so that the checks can fail.
 */

import type { SegmentedHistogram } from './segmented-histogram.ts';
import type { Sampler } from '../kernel/distribution.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { DOUBLES, EVENT, SINCE, STATUS, TRACE, WORDS } from './call-rows.ts';
import { Flag } from './call-table.ts';
import type { CallTable } from './call-table.ts';
import type { Discipline } from './discipline.ts';
import { NoteKind } from './span-log.ts';
import { Tally } from './tally.ts';
import { WaitingLine } from './waiting-line.ts';

const NONE = -1;

/** Columns of a station's tally; times in ns, areas in requests × ns. */
export const stationColumns = Object.freeze([
  'arrivals',
  'started',
  'waited',
  'completions',
  'rejections',
  'expired',
  'waitNs',
  'serviceNs',
  'queueArea',
  'busyArea',
  'lost',
  'workerNs',
  'calls',
] as const);

/** Places of the columns in a tally's counts. */
export const StationColumn = Object.freeze({
  arrivals: 0,
  started: 1,
  waited: 2,
  completions: 3,
  rejections: 4,
  expired: 5,
  waitNs: 6,
  serviceNs: 7,
  queueArea: 8,
  busyArea: 9,
  lost: 10,
  workerNs: 11,
  /** To the node, of whatever else they need there; counted by services only. */
  calls: 12,
} as const);

export const stationMaxima = Object.freeze(['queueMax'] as const);

/** The component that owns a station. */
export interface Server {
  /** Its number as an owner of events. */
  readonly number: number;
  /**
   * A worker takes the row up. Returns how long it is held, ns, after which the server is handed
   * `SERVED`; or -1 when the server will say `done` itself.
   */
  serve(row: number, node: number): number;
}

/**
 * Kinds of events that a station schedules for its server: (kind, row, place of the node among the
 * server's own). Numbers over all nodes stay out of events, and so of the run hash.
 */
export const SERVED = 0;
export const QUEUE_TIMEOUT = 1;

export interface StationFields {
  readonly simulation: Simulation;
  readonly calls: CallTable;
  readonly server: Server;
  /** Number of its node, and the node's place among those of its component. */
  readonly node: number;
  readonly place: number;
  /** Infinity for a station in which nobody waits. */
  readonly workers: number;
  /** Rows that may wait. */
  readonly capacity: number;
  readonly discipline: Discipline;
  readonly queueTimeout: Sampler | null;
  /** Where waits are recorded, shared by the nodes of a component. */
  readonly waits: SegmentedHistogram;
}

export class Station {
  workers: number;
  capacity: number;
  readonly tally = new Tally(stationColumns, stationMaxima);
  busy = 0;
  private readonly simulation: Simulation;
  private readonly calls: CallTable;
  private readonly server: Server;
  private readonly node: number;
  private readonly place: number;
  private readonly counts: Float64Array;
  private readonly waits: SegmentedHistogram;
  private readonly preemptive: boolean;
  private readonly queueTimeout: Sampler | null;
  private readonly line: WaitingLine;
  /** Rows in service, kept only when they can be interrupted. */
  private readonly serving: WaitingLine;
  private busySince = 0;
  private queueSince = 0;
  private workersSince = 0;

  constructor(fields: StationFields) {
    this.simulation = fields.simulation;
    this.calls = fields.calls;
    this.server = fields.server;
    this.node = fields.node;
    this.place = fields.place;
    this.workers = fields.workers;
    this.capacity = fields.capacity;
    this.queueTimeout = fields.queueTimeout;
    this.preemptive = fields.discipline.preemptive;
    this.waits = fields.waits;
    this.counts = this.tally.counts;
    this.line = new WaitingLine(fields.calls, fields.discipline);
    this.serving = new WaitingLine(fields.calls, { byPriority: true, newestFirst: false });
  }

  /** Rows that wait. */
  get queue(): number {
    return this.line.length;
  }

  /** The first rows in line, `limit` at the most. */
  waiting(limit: number): number[] {
    return this.line.first(limit);
  }

  /** A call has come to the node, which may visit the station any number of times, or never. */
  called(): void {
    this.counts[StationColumn.calls]!++;
  }

  /** Takes a row in: it is served now, or waits. False: it was turned away, nothing has changed. */
  offer(row: number): boolean {
    this.counts[StationColumn.arrivals]!++;
    if (this.busy < this.workers) {
      this.waits.record(0);
      this.counts[StationColumn.started]!++;
      this.start(row);
      return true;
    }
    if (this.preemptive && this.interruptFor(row)) return true;
    if (this.line.length >= this.capacity) {
      this.counts[StationColumn.rejections]!++;
      return false;
    }
    this.enqueue(row, false);
    if (this.queueTimeout !== null) {
      this.calls.setEvent(
        row,
        this.simulation.schedule(
          this.queueTimeout.duration(),
          this.server.number,
          QUEUE_TIMEOUT,
          row,
          this.place,
        ),
      );
    }
    return true;
  }

  /** A row's work is over; its worker takes up the next row. */
  done(row: number): void {
    this.counts[StationColumn.completions]!++;
    this.leave(row);
    if (this.busy < this.workers) this.startNext();
  }

  /** A waiting row's queue timeout has passed; it leaves. */
  expire(row: number): void {
    this.unqueue(row);
    this.calls.setEvent(row, NONE);
    this.counts[StationColumn.expired]!++;
  }

  /** Forgets a row, waiting or in service, without serving another: the node has crashed. */
  drop(row: number): void {
    const flags = this.calls.flags(row);
    if ((flags & Flag.waiting) !== 0) {
      this.unqueue(row);
      this.counts[StationColumn.lost]!++;
    } else if ((flags & Flag.inService) !== 0) {
      this.leave(row);
      this.counts[StationColumn.lost]!++;
    }
  }

  /**
   * Another number of workers from now on. New ones take up who waits; those that are too many
   * finish what they are at.
   */
  setWorkers(workers: number): void {
    this.settle();
    this.workers = workers;
    while (this.busy < this.workers && this.line.length > 0) this.startNext();
  }

  /** Another bound of the line from now on; who waits already, stays. */
  setCapacity(capacity: number): void {
    this.capacity = capacity;
  }

  /** Brings the areas up to the present, before a window is flushed. */
  settle(): void {
    this.settleQueue();
    this.settleBusy();
    const { now } = this.simulation;
    // What is not limited has no sum.
    if (this.workers !== Infinity) {
      this.counts[StationColumn.workerNs]! += this.workers * (now - this.workersSince);
    }
    this.workersSince = now;
  }

  /** What rows still here add to the sums of waits and services up to now, ns. */
  unfinished(): { waitNs: number; serviceNs: number } {
    let waitNs = 0;
    let serviceNs = 0;
    const { calls } = this;
    for (let row = 0; row < calls.used; row++) {
      if (calls.node(row) !== this.node) continue;
      const flags = calls.flags(row);
      const soFar = this.simulation.now - calls.since(row);
      if ((flags & Flag.waiting) !== 0) waitNs += soFar;
      if ((flags & Flag.inService) !== 0) serviceNs += soFar;
    }
    return { waitNs, serviceNs };
  }

  private startNext(): void {
    const row = this.line.peekFirst();
    if (row === NONE) return;
    this.unqueue(row);
    const wait = this.simulation.now - this.calls.since(row);
    if (this.queueTimeout !== null && this.calls.event(row) !== NONE) {
      this.simulation.cancel(this.calls.event(row));
      this.calls.setEvent(row, NONE);
    }
    if ((this.calls.flags(row) & Flag.preempted) === 0) {
      this.waits.record(wait);
      this.counts[StationColumn.started]!++;
      if (wait > 0) this.counts[StationColumn.waited]!++;
    }
    this.start(row);
  }

  private start(row: number): void {
    const { calls } = this;
    const at = row * WORDS;
    this.settleBusy();
    this.busy++;
    const status = calls.words[at + STATUS]!;
    calls.doubles[row * DOUBLES + SINCE] = this.simulation.now;
    calls.words[at + STATUS] = (status | Flag.inService) & ~Flag.preempted;
    const interrupted = (status & Flag.preempted) !== 0;
    const demand = interrupted ? calls.work(row) : this.server.serve(row, this.node);
    if (demand < 0) return;
    if (calls.words[at + TRACE] !== 0) this.note(NoteKind.started, row);
    const { number } = this.server;
    const event = this.simulation.schedule(demand, number, SERVED, row, this.place);
    calls.words[at + EVENT] = event;
    if (this.preemptive) this.serving.add(row);
  }

  /** Takes the row out of service and frees its worker. */
  private leave(row: number): void {
    const { calls, counts } = this;
    this.settleBusy();
    this.busy--;
    const since = calls.doubles[row * DOUBLES + SINCE]!;
    counts[StationColumn.serviceNs]! += this.simulation.now - since;
    calls.words[row * WORDS + STATUS]! &= ~Flag.inService;
    if (calls.words[row * WORDS + TRACE] !== 0) this.note(NoteKind.stopped, row);
    if (this.preemptive) this.serving.remove(row);
  }

  private enqueue(row: number, first: boolean): void {
    this.settleQueue();
    this.calls.setSince(row, this.simulation.now);
    this.calls.raise(row, Flag.waiting);
    if (this.calls.trace(row) !== 0) this.note(NoteKind.queued, row);
    if (first) this.line.addFirst(row);
    else this.line.add(row);
    const length = this.line.length;
    if (length > this.tally.maxima[0]!) this.tally.maxima[0] = length;
  }

  private unqueue(row: number): void {
    this.settleQueue();
    this.line.remove(row);
    this.calls.lower(row, Flag.waiting);
    if (this.calls.trace(row) !== 0) this.note(NoteKind.unqueued, row);
    this.counts[StationColumn.waitNs]! += this.simulation.now - this.calls.since(row);
  }

  /** Gives the row the worker of the least urgent one in service, if that is less urgent. */
  private interruptFor(row: number): boolean {
    const victim = this.serving.peekLast();
    const calls = this.calls;
    if (victim === NONE || calls.priority(victim) <= calls.priority(row)) return false;
    const event = calls.event(victim);
    calls.setWork(victim, this.simulation.agenda.events.time(event) - this.simulation.now);
    this.simulation.cancel(event);
    calls.setEvent(victim, NONE);
    this.leave(victim);
    calls.raise(victim, Flag.preempted);
    this.enqueue(victim, true);
    this.waits.record(0);
    this.counts[StationColumn.started]!++;
    this.start(row);
    return true;
  }

  private note(kind: number, row: number): void {
    this.calls.spans.note(kind, this.calls.trace(row), row, this.node);
  }

  private settleBusy(): void {
    const now = this.simulation.now;
    this.counts[StationColumn.busyArea]! += this.busy * (now - this.busySince);
    this.busySince = now;
  }

  private settleQueue(): void {
    const now = this.simulation.now;
    this.counts[StationColumn.queueArea]! += this.line.length * (now - this.queueSince);
    this.queueSince = now;
  }
}
