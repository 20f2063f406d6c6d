/**
 * Invalidation by messages: the store publishes each write when it is committed, and after
 * `message-lag` every node of the cache that holds the key deletes its copy. The message is not
 * lost, holds no worker and takes no other way than its lag.
 *
 * Source: Nishtala et al., Scaling Memcache at Facebook, 2013, section 4.1: mcsqueal reads the
 * commit log and sends deletes. Deviation: there deletes travel in batches and may be lost.
 */

import { Sampler } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import type { WriteFollower } from '../../key-space.ts';
import { Column } from './columns.ts';
import { Reason } from './miss-reasons.ts';
import type { Protection } from './protection.ts';
import type { Workings } from './workings.ts';

/** Kind of the event (kind, key, 0) that a message has come. */
export const MESSAGE = 41;

export class Invalidation implements WriteFollower {
  private readonly workings: Workings;
  private readonly number: number;
  private readonly protection: Protection | null;
  private readonly stream: Stream;
  private lag: Sampler;

  constructor(workings: Workings, number: number, protection: Protection | null) {
    const { name, parameters, world } = workings;
    this.workings = workings;
    this.number = number;
    this.protection = protection;
    this.stream = world.stream(name, 'message-lag');
    this.lag = new Sampler(parameters['message-lag'], this.stream);
  }

  /** Called when every component exists. */
  connect(): void {
    const { name, world } = this.workings;
    for (const { followers, plan } of world.keys.datasets) {
      if (plan.cachedIn.includes(name)) followers.push(this);
    }
  }

  changeLag(): void {
    this.lag = new Sampler(this.workings.parameters['message-lag'], this.stream);
  }

  written(key: number): void {
    const { simulation } = this.workings.world;
    simulation.schedule(this.lag.duration(), this.number, MESSAGE, key, 0);
  }

  /** A message about a key has come. */
  handle(key: number): void {
    const { counts, missReasons, shadows, stores } = this.workings;
    for (let node = 0; node < stores.length; node++) {
      shadows?.deleted(node, key);
      const store = stores[node]!;
      const slot = store.find(key);
      const isKept = this.protection?.deleted(key, node, slot) ?? false;
      if (slot < 0) continue;
      if (!isKept) store.remove(slot);
      missReasons[node]!.left(key, Reason.invalidated);
      counts[Column.invalidations]!++;
      counts[Column.messageDeletes]!++;
    }
  }
}
