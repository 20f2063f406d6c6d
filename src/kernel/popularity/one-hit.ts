import type { Stream } from '../random.ts';
import type { Law } from './law.ts';

/**
 * A share of the requests ask for keys that nobody asks for again; the others are for popular keys,
 * which are the lower half. The upper half serves the one-hit wonders, in turn; after its last the
 * first comes once more, when no cache should remember it.
 */
export class OneHit implements Law {
  private readonly popular: Law;
  /** Where the upper half begins, and its length. */
  private readonly first: number;
  private readonly wonders: number;
  private readonly share: number;
  private cursor = 0;

  /** `popularOf` makes the law of the lower half from its length. */
  constructor(popularOf: (keys: number) => Law, share: number, keys: number) {
    this.first = Math.ceil(keys / 2);
    this.wonders = keys - this.first;
    this.share = this.wonders > 0 ? share : 0;
    this.popular = popularOf(this.first);
  }

  draw(stream: Stream, now: number): number {
    if (this.share === 0 || stream.uniform() >= this.share) return this.popular.draw(stream, now);
    const key = this.first + this.cursor;
    this.cursor = this.cursor + 1 === this.wonders ? 0 : this.cursor + 1;
    return key;
  }

  /** Of a wonder: over the whole round. */
  probability(key: number): number {
    if (key < this.first) return (1 - this.share) * this.popular.probability(key);
    return this.share / this.wonders;
  }

  /** Popular keys count before the others. */
  topShare(count: number): number {
    const { first, popular, share, wonders } = this;
    if (count < first) return (1 - share) * popular.topShare(count);
    return 1 - share + (share * (count - first)) / Math.max(1, wonders);
  }

  keyAt(rank: number): number {
    return rank;
  }
}
