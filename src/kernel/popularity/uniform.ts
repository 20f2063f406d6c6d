import type { Stream } from '../random.ts';
import type { Law } from './law.ts';

/** All keys are asked for equally often. */
export class Uniform implements Law {
  private readonly keys: number;

  constructor(keys: number) {
    this.keys = keys;
  }

  draw(stream: Stream): number {
    return stream.below(this.keys);
  }

  probability(): number {
    return 1 / this.keys;
  }

  topShare(count: number): number {
    return count / this.keys;
  }

  keyAt(rank: number): number {
    return rank;
  }
}
