/** When an entry that is filled now expires. */

import type { Stream } from '../../../kernel/random.ts';
import { ABSENT } from '../../key-space.ts';
import type { Workings } from './workings.ts';

export class Expiry {
  private readonly workings: Workings;
  private readonly stream: Stream;

  /** `purpose`: of the stream that jitter is drawn from. */
  constructor(workings: Workings, purpose = 'ttl') {
    this.workings = workings;
    this.stream = workings.world.stream(workings.name, purpose);
  }

  /** The same for a version, which may be the note that there is no record. */
  ofVersion(version: number, now: number): number {
    if (version !== ABSENT) return this.at(now);
    return now + (this.workings.parameters['negative-ttl'] ?? 0);
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
