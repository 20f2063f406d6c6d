/**
 * The alarms of an edge's attempts: how long each waits for its answer. As long as all wait equally
 * long they share a delay line; once the timeout has changed, each is an event of its own.
 */

import { Sampler } from '../kernel/distribution.ts';
import type { DistributionSpec } from '../kernel/distribution.ts';
import type { DelayLine } from '../kernel/delay-line.ts';
import type { Stream } from '../kernel/random.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { TIMER, WORDS } from './call-rows.ts';
import type { CallTable } from './call-table.ts';
import type { World } from './world.ts';

const NONE = -1;

export class CallTimers {
  private readonly simulation: Simulation;
  private readonly calls: CallTable;
  private readonly stream: Stream;
  /** Number of the edge as an owner of events, and the kind of event that an alarm is. */
  private readonly owner: number;
  private readonly kind: number;
  private law: Sampler | null;
  private line: DelayLine | null;

  constructor(
    world: World,
    fields: {
      readonly name: string;
      readonly owner: number;
      readonly kind: number;
      readonly timeout: DistributionSpec | null;
    },
  ) {
    const { kind, name, owner, timeout } = fields;
    this.simulation = world.simulation;
    this.calls = world.calls;
    this.stream = world.stream(name, 'timeout');
    this.owner = owner;
    this.kind = kind;
    this.law = timeout === null ? null : new Sampler(timeout, this.stream);
    this.line = this.law?.isConstant === true ? world.delayLine(this.law.duration()) : null;
  }

  /** Sets the alarm of an attempt that is sent now. */
  set(row: number): void {
    const { words } = this.calls;
    if (this.line !== null) {
      words[row * WORDS + TIMER] = this.line.set(this.owner, this.kind, row);
    } else if (this.law !== null) {
      const wait = this.law.duration();
      words[row * WORDS + TIMER] = this.simulation.schedule(wait, this.owner, this.kind, row, 0);
    }
  }

  /** Takes the alarm of an attempt back, if there is one. */
  stop(row: number): void {
    const timer = this.calls.timer(row);
    if (timer === NONE) return;
    if (this.line !== null) this.line.cancel(timer);
    else this.simulation.cancel(timer);
    this.calls.setTimer(row, NONE);
  }

  /** Attempts of the edge wait that long from now on; those under way keep the time they have. */
  change(timeout: DistributionSpec | null, edge: number): void {
    if (this.line !== null) this.leaveLine(this.line, edge);
    this.law = timeout === null ? null : new Sampler(timeout, this.stream);
  }

  private leaveLine(line: DelayLine, edge: number): void {
    const { calls, simulation } = this;
    this.line = null;
    for (let row = 0; row < calls.used; row++) {
      if (!calls.isInUse(row) || calls.edge(row) !== edge) continue;
      const timer = calls.timer(row);
      if (timer === NONE) continue;
      const left = line.dueAt(timer) - simulation.now;
      line.cancel(timer);
      calls.setTimer(row, simulation.schedule(left, this.owner, this.kind, row, 0));
    }
  }
}
