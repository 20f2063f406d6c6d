// A desk is the smallest server a station can have: jobs with a known demand arrive at known times,
// and it is written down what becomes of them.
import { Sampler } from '../../src/kernel/distribution.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { Simulation } from '../../src/kernel/simulation.ts';
import type { Owner } from '../../src/kernel/simulation.ts';
import { CallTable } from '../../src/model/call-table.ts';
import { disciplines } from '../../src/model/discipline.ts';
import { SegmentedHistogram } from '../../src/model/segmented-histogram.ts';
import { SharedStation } from '../../src/model/shared-station.ts';
import { QUEUE_TIMEOUT, Station } from '../../src/model/station.ts';
import type { Server } from '../../src/model/station.ts';

export interface Job {
  /** Between the arrival before and this one, ns. */
  readonly after: number;
  readonly demand: number;
  readonly priority: number;
}

export interface Rules {
  readonly discipline: string;
  readonly workers: number;
  readonly capacity: number;
  /** Longest wait, ns; null: any. */
  readonly patience: number | null;
}

export interface End {
  readonly how: 'served' | 'rejected' | 'expired' | 'dropped';
  readonly at: number;
}

const ARRIVAL = 10;

export class Desk implements Owner, Server {
  readonly number: number;
  readonly simulation = new Simulation(1);
  readonly calls = new CallTable(1);
  readonly waits = new SegmentedHistogram();
  readonly station: Station;
  /** What became of each job, by its place in the list. */
  readonly ends: (End | undefined)[] = [];
  /** Jobs in the order in which a worker first took them up. */
  readonly started: number[] = [];
  readonly rows = new Map<number, number>();
  private readonly jobs: readonly Job[];

  constructor(rules: Rules, jobs: readonly Job[]) {
    const discipline = disciplines.get(rules.discipline)!;
    const { simulation, calls, waits } = this;
    this.jobs = jobs;
    this.number = simulation.addOwner(this, 'desk');
    const { patience } = rules;
    const stream = streamFor('1', 'desk', 'patience');
    const fields = {
      simulation,
      calls,
      server: this,
      node: 0,
      place: 0,
      workers: rules.workers,
      capacity: rules.capacity,
      discipline,
      queueTimeout:
        patience === null ? null : new Sampler({ kind: 'constant', value: patience }, stream),
      waits,
    };
    this.station = discipline.shared
      ? (new SharedStation(fields) as unknown as Station)
      : new Station(fields);
    let time = 0;
    for (const [index, job] of jobs.entries()) {
      time += job.after;
      simulation.schedule(time, this.number, ARRIVAL, index, 0);
    }
  }

  serve(row: number): number {
    const job = this.calls.tag(row);
    this.started.push(job);
    return this.jobs[job]!.demand;
  }

  handle(kind: number, first: number): void {
    if (kind === ARRIVAL) {
      this.arrive(first);
    } else if (kind === QUEUE_TIMEOUT) {
      this.station.expire(first);
      this.end(first, 'expired');
    } else {
      this.calls.setEvent(first, -1);
      this.station.done(first);
      this.end(first, 'served');
    }
  }

  /** Forgets a job as a crash does. */
  drop(job: number): void {
    const row = this.rows.get(job)!;
    const event = this.calls.event(row);
    if (event >= 0) this.simulation.cancel(event);
    this.calls.setEvent(row, -1);
    this.station.drop(row);
    this.end(row, 'dropped');
  }

  run(until = Infinity): this {
    this.simulation.runBefore(Math.min(until, 2 ** 52), Infinity);
    this.station.settle();
    return this;
  }

  count(column: string): number {
    const { counts, columns } = this.station.tally;
    return counts[columns.indexOf(column)]!;
  }

  private arrive(job: number): void {
    const row = this.calls.open();
    this.calls.setTag(row, job);
    this.calls.setPriority(row, this.jobs[job]!.priority);
    this.calls.setNode(row, 0);
    this.rows.set(job, row);
    if (!this.station.offer(row)) this.end(row, 'rejected');
  }

  private end(row: number, how: End['how']): void {
    const job = this.calls.tag(row);
    this.ends[job] = { how, at: this.simulation.now };
    this.rows.delete(job);
    this.calls.release(row);
  }
}
