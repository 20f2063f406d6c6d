/**
 * Active expiry: ten times a second each node takes twenty entries that expire at random, removes
 * those that are over, and goes on at once as long as more than a quarter were. So at most about a
 * quarter of the room goes to the dead; with lazy expiry alone they lie until somebody asks for
 * them or they are evicted. What may still be served stale is left alone until it may not.
 *
 * Source: Redis, active expire cycle, `hz` 10, 20 keys, 25 %. Deviations: it takes no time, has no
 * budget of time, and draws among slots, where Redis scans the buckets of its table in turn.
 */

import type { Stream } from '../../../kernel/random.ts';
import { Column } from './columns.ts';
import { Reason } from './miss-reasons.ts';
import type { Workings } from './workings.ts';

/** Kind of the event (kind, 0, node) that a node samples. */
export const SWEEP = 42;

const EVERY_NS = 100e6;
const SAMPLE = 20;
/** Expired entries of one sample above which another is taken. */
const MANY = SAMPLE / 4;
/** Empty slots are drawn too; a sample gives up after so many draws. */
const DRAWS = 20 * SAMPLE;

export class ActiveExpiry {
  private readonly workings: Workings;
  private readonly number: number;
  private readonly stream: Stream;

  constructor(workings: Workings, number: number) {
    this.workings = workings;
    this.number = number;
    this.stream = workings.world.stream(workings.name, 'active expiry');
    for (let node = 0; node < workings.nodes.length; node++) this.schedule(node);
  }

  handle(node: number): void {
    this.schedule(node);
    while (this.sample(node) > MANY);
  }

  /** Takes one sample; returns how many entries of it had expired. */
  private sample(node: number): number {
    const { counts, graceNs, missReasons, shadows, stores, world } = this.workings;
    const { now } = world.simulation;
    const store = stores[node]!;
    let seen = 0;
    let expired = 0;
    for (let draw = 0; draw < DRAWS && seen < SAMPLE && store.size > 0; draw++) {
      const slot = Math.floor(this.stream.uniform() * store.slotCount);
      const key = store.keyOf(slot);
      const expiry = store.expiryAt(slot);
      if (store.find(key) !== slot || expiry === Infinity) continue;
      seen++;
      if (expiry + graceNs > now) continue;
      expired++;
      store.remove(slot);
      shadows?.swept(node, key);
      missReasons[node]!.left(key, Reason.expired);
      counts[Column.sweptExpirations]!++;
    }
    return expired;
  }

  private schedule(node: number): void {
    this.workings.world.simulation.schedule(EVERY_NS, this.number, SWEEP, 0, node);
  }
}
