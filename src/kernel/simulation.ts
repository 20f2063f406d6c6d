/**
 * The simulation owns the clock and the agenda and hands each event to its owner. It has never
 * heard of servers: an event is an owner, a kind and two integers.
 */

import { assert } from '../base/assert.ts';
import { Agenda } from './agenda.ts';
import { RunHash } from './run-hash.ts';

/** Kind of an event that is bookkeeping only: neither counted nor part of the run hash. */
export const UNSEEN = -1;

/** Whoever can be woken by an event. */
export interface Owner {
  /** An event of this owner is due; `kind` and the two integers are the owner's own language. */
  handle(kind: number, first: number, second: number): void;
}

export class Simulation {
  /** Simulated time in integer nanoseconds; exact up to 2^53 ns, which is 104 days. */
  // Minus zero is a double to the engine from the start, and equal to zero.
  now = -0;
  /** Events handled so far. */
  events = 0;
  readonly agenda: Agenda;
  readonly hash = new RunHash();
  private readonly owners: Owner[] = [];
  /** What stands for an owner in the run hash: made of its name, so that it never shifts. */
  private ownerMarks = new Int32Array(16);

  constructor(capacity = 64) {
    this.agenda = new Agenda(capacity);
  }

  /** Registers an owner under a name of its own and returns its number. */
  addOwner(owner: Owner, name: string): number {
    const number = this.owners.push(owner) - 1;
    if (number === this.ownerMarks.length) {
      const larger = new Int32Array(number * 2);
      larger.set(this.ownerMarks);
      this.ownerMarks = larger;
    }
    this.ownerMarks[number] = nameMark(name);
    return number;
  }

  /** An event `delay` ns from now, an integer ≥ 0. Returns its slot, for `cancel`. */
  schedule(delay: number, owner: number, kind: number, first: number, second: number): number {
    assert(delay >= 0, 'An event cannot lie in the past.');
    return this.agenda.schedule(this.now + delay, owner, kind, first, second);
  }

  cancel(slot: number): void {
    this.agenda.cancel(slot);
  }

  /**
   * Handles every event before `limit` ns, then sets the clock to `limit`. Stops early, leaving the
   * clock at the last event, after `maxEvents`. True when the limit was reached.
   */
  runBefore(limit: number, maxEvents: number): boolean {
    const { agenda } = this;
    const lastEvent = this.events + maxEvents;
    while (agenda.nextTime() < limit) {
      if (this.events >= lastEvent) return false;
      this.step();
    }
    this.now = Math.max(this.now, limit);
    return true;
  }

  /** Handles the next event, which `nextTime` has just found. */
  private step(): void {
    const { events } = this.agenda;
    const slot = this.agenda.takeFirst();
    const time = events.time(slot);
    assert(time >= this.now, 'Time went back.');
    this.now = time;
    const owner = events.owner(slot);
    const kind = events.kind(slot);
    if (kind === UNSEEN) this.owners[owner]!.handle(kind, 0, 0);
    else this.dispatch(owner, kind, events.first(slot), events.second(slot));
  }

  /** Hands an event to its owner at the present time; used by the agenda and by delay lines. */
  dispatch(owner: number, kind: number, first: number, second: number): void {
    this.events++;
    this.hash.event(this.now, this.ownerMarks[owner]! ^ kind, first, second);
    this.owners[owner]!.handle(kind, first, second);
  }
}

/** FNV-1a over the code units of a name. Source: Fowler, Noll, Vo, 1991. */
function nameMark(name: string): number {
  let mark = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    mark = Math.imul(mark ^ name.charCodeAt(index), 0x01000193);
  }
  return mark | 0;
}
