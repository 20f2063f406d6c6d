/**
 * A reader who is told that somebody else holds the lease of a key waits a little and asks again.
 * It stops when its own caller has given up.
 *
 * Source: Nishtala et al., Scaling Memcache at Facebook, NSDI 2013, section 3.2.1.
 */

import type { Owner } from '../kernel/simulation.ts';
import { NoteKind, Passing } from './span-log.ts';
import type { World } from './world.ts';

/** Whoever asks again: the row, and the cache on its way that it is to ask. */
export interface Asking {
  askAgain(row: number, level: number): void;
}

export class LeaseWait implements Owner {
  private readonly world: World;
  private readonly number: number;
  private readonly asking: Asking;

  constructor(world: World, name: string, asking: Asking) {
    this.world = world;
    this.number = world.simulation.addOwner(this, name);
    this.asking = asking;
  }

  wait(row: number, level: number, waitNs: number): void {
    const { calls, simulation } = this.world;
    const trace = calls.trace(row);
    if (trace !== 0) {
      const node = calls.node(row);
      calls.spans.note(NoteKind.passes, trace, row, node, waitNs, Passing.leased);
    }
    calls.setEvent(row, simulation.schedule(waitNs, this.number, 0, row, level));
  }

  handle(_kind: number, row: number, level: number): void {
    this.world.calls.setEvent(row, -1);
    this.asking.askAgain(row, level);
  }
}
