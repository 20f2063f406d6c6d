/** When an entry that is filled now expires. */

import type { Stream } from '../../../kernel/random.ts';
import type { Workings } from './workings.ts';

export class Expiry {
  private readonly workings: Workings;
  private readonly stream: Stream;

  constructor(workings: Workings) {
    this.workings = workings;
    this.stream = workings.world.stream(workings.name, 'ttl');
  }

  /** Time at which what is filled at `now` expires, ns; Infinity: never. */
  at(now: number): number {
    const { ttl } = this.workings.parameters;
    if (ttl === null) return Infinity;
    if (ttl.jitter === 0) return now + ttl.durationNs;
    const factor = 1 + ttl.jitter * (2 * this.stream.uniform() - 1);
    return now + Math.floor(ttl.durationNs * factor);
  }
}
