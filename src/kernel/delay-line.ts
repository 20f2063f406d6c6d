/**
 * A delay line holds alarms that all have the same delay, so they fall due in the order they were
 * set. A linked list with a single event in the agenda replaces one event an alarm: setting and
 * cancelling are O(1) whatever the number pending, which is what timeouts need, since nearly every
 * one is cancelled. Its one surprise: the event in the agenda may wake for an alarm that is gone,
 * and then goes back to sleep until the first one left.
 *
 * Source: the timer lists of Varghese and Lauck, Hashed and Hierarchical Timing Wheels, SOSP 1987,
 * scheme 1 for a single duration.
 */

import { grownFloat64, grownInt32 } from '../base/typed-arrays.ts';
import { UNSEEN } from './simulation.ts';
import type { Owner, Simulation } from './simulation.ts';

const NONE = -1;

export class DelayLine implements Owner {
  readonly delay: number;
  private readonly simulation: Simulation;
  private readonly number: number;
  private time: Float64Array = new Float64Array(16);
  private sequence: Float64Array = new Float64Array(16);
  private owner: Int32Array = new Int32Array(16);
  private kind: Int32Array = new Int32Array(16);
  private first: Int32Array = new Int32Array(16);
  private next: Int32Array = new Int32Array(16);
  private previous: Int32Array = new Int32Array(16);
  private used = 0;
  private free = NONE;
  private head = NONE;
  private tail = NONE;
  /** Sequence of the alarm the agenda was set for, or -1 when the agenda holds no event. */
  private armedFor = -1;

  /** `delay` in ns, an integer ≥ 0. */
  constructor(simulation: Simulation, delay: number) {
    this.simulation = simulation;
    this.delay = delay;
    this.number = simulation.addOwner(this, 'delay-line');
  }

  /** Wakes `owner` with (kind, first, 0) after the delay. Returns a number for `cancel`. */
  set(owner: number, kind: number, first: number): number {
    const entry = this.free === NONE ? this.newEntry() : this.free;
    this.free = this.next[entry]!;
    this.time[entry] = this.simulation.now + this.delay;
    this.sequence[entry] = this.simulation.agenda.takeSequence();
    this.owner[entry] = owner;
    this.kind[entry] = kind;
    this.first[entry] = first;
    this.next[entry] = NONE;
    this.previous[entry] = this.tail;
    if (this.tail === NONE) this.head = entry;
    else this.next[this.tail] = entry;
    this.tail = entry;
    if (this.armedFor < 0) this.arm();
    return entry;
  }

  /** When an alarm goes off, ns. */
  dueAt(entry: number): number {
    return this.time[entry]!;
  }

  /** Removes an alarm that has not gone off. */
  cancel(entry: number): void {
    this.unlink(entry);
  }

  /** The agenda's event: due for the first alarm, or for one that was cancelled meanwhile. */
  handle(): void {
    const armed = this.armedFor;
    this.armedFor = -1;
    const entry = this.head;
    if (entry === NONE) return;
    if (this.sequence[entry] !== armed) {
      this.arm();
      return;
    }
    const owner = this.owner[entry]!;
    const kind = this.kind[entry]!;
    const first = this.first[entry]!;
    this.unlink(entry);
    if (this.head !== NONE) this.arm();
    this.simulation.dispatch(owner, kind, first, 0);
  }

  private arm(): void {
    const entry = this.head;
    this.armedFor = this.sequence[entry]!;
    this.simulation.agenda.scheduleAs(this.armedFor, this.time[entry]!, this.number, UNSEEN, 0, 0);
  }

  private unlink(entry: number): void {
    const before = this.previous[entry]!;
    const after = this.next[entry]!;
    if (before === NONE) this.head = after;
    else this.next[before] = after;
    if (after === NONE) this.tail = before;
    else this.previous[after] = before;
    this.next[entry] = this.free;
    this.free = entry;
  }

  private newEntry(): number {
    if (this.used === this.time.length) this.grow();
    const entry = this.used++;
    this.next[entry] = NONE;
    return entry;
  }

  private grow(): void {
    const length = this.time.length * 2;
    this.time = grownFloat64(this.time, length);
    this.sequence = grownFloat64(this.sequence, length);
    this.owner = grownInt32(this.owner, length);
    this.kind = grownInt32(this.kind, length);
    this.first = grownInt32(this.first, length);
    this.next = grownInt32(this.next, length);
    this.previous = grownInt32(this.previous, length);
  }
}
