import type { Law } from './law.ts';

/** The first `length` keys in turn, and again, without chance; all of them: a scan. */
export class Loop implements Law {
  private readonly length: number;
  private cursor = 0;

  constructor(length: number) {
    this.length = length;
  }

  draw(): number {
    const key = this.cursor;
    this.cursor = key + 1 === this.length ? 0 : key + 1;
    return key;
  }

  probability(key: number): number {
    return key < this.length ? 1 / this.length : 0;
  }

  topShare(count: number): number {
    return Math.min(1, count / this.length);
  }

  keyAt(rank: number): number {
    return rank;
  }
}
