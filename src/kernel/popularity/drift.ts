import type { Stream } from '../random.ts';
import type { Law } from './law.ts';
import { Pace } from './pace.ts';
import type { Every } from './pace.ts';

/** A working set that moves: at each move every key hands its popularity to the next one. */
export class Drift implements Law {
  private readonly law: Law;
  private readonly keys: number;
  private readonly pace: Pace;

  constructor(law: Law, every: Every, keys: number) {
    this.law = law;
    this.keys = keys;
    this.pace = new Pace(every);
  }

  draw(stream: Stream, now: number): number {
    this.pace.advance(now);
    return this.keyAt(this.law.draw(stream, now));
  }

  probability(key: number): number {
    const moved = this.pace.moves % this.keys;
    return this.law.probability((key - moved + this.keys) % this.keys);
  }

  topShare(count: number): number {
    return this.law.topShare(count);
  }

  keyAt(rank: number): number {
    return (rank + this.pace.moves) % this.keys;
  }
}
