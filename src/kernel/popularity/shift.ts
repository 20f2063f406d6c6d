import type { Stream } from '../random.ts';
import { KeyPermutation } from './key-permutation.ts';
import type { Law } from './law.ts';
import { Pace } from './pace.ts';
import type { Every } from './pace.ts';

/** At each move other keys become the popular ones: ranks are dealt out anew among all keys. */
export class Shift implements Law {
  private readonly ranks: Law;
  private readonly permutation: KeyPermutation;
  private readonly pace: Pace;

  constructor(ranks: Law, every: Every, keys: number) {
    this.ranks = ranks;
    this.permutation = new KeyPermutation(keys);
    this.pace = new Pace(every);
  }

  draw(stream: Stream, now: number): number {
    this.pace.advance(now);
    return this.keyAt(this.ranks.draw(stream, now));
  }

  probability(key: number): number {
    const { moves } = this.pace;
    return this.ranks.probability(moves === 0 ? key : this.permutation.backward(key, moves));
  }

  topShare(count: number): number {
    return this.ranks.topShare(count);
  }

  /** Until the first move the key is the rank. */
  keyAt(rank: number): number {
    const { moves } = this.pace;
    return moves === 0 ? rank : this.permutation.forward(rank, moves);
  }
}
