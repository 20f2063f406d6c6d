import type { Stream } from '../random.ts';
import type { Law } from './law.ts';
import { Pace } from './pace.ts';
import type { Every } from './pace.ts';

/**
 * The newest key is the most popular, and each is less so than the one that came after it. There
 * are as many keys at all times: the last is the newest at the start; a new one takes the number
 * of the oldest.
 *
 * Source: B. Cooper et al., Benchmarking Cloud Serving Systems with YCSB, 2010, distribution
 * latest. It differs in where new keys come from: at a pace, not by inserts, and in place of old
 * ones.
 */
export class Latest implements Law {
  private readonly ages: Law;
  private readonly keys: number;
  private readonly pace: Pace;

  /** `ages` draws how much older than the newest the key is. */
  constructor(ages: Law, every: Every, keys: number) {
    this.ages = ages;
    this.keys = keys;
    this.pace = new Pace(every);
  }

  draw(stream: Stream, now: number): number {
    this.pace.advance(now);
    return this.keyAt(this.ages.draw(stream, now));
  }

  probability(key: number): number {
    // Ages count down from the newest key, so the way back is the same as the way there.
    return this.ages.probability(this.keyAt(key));
  }

  topShare(count: number): number {
    return this.ages.topShare(count);
  }

  keyAt(rank: number): number {
    const { keys } = this;
    return ((this.pace.moves % keys) - 1 - rank + 2 * keys) % keys;
  }
}
