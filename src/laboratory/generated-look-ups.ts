/** Look-ups drawn by a popularity, as a source: the same ones every time for the same seed. */

import { streamFor } from '../kernel/random.ts';
import type { Stream } from '../kernel/random.ts';
import { Popularity } from '../kernel/popularity.ts';
import type { PopularitySpec } from '../kernel/popularity.ts';
import type { Batch, LookUpSource } from './look-ups.ts';

export interface GeneratorPlan {
  readonly popularity: PopularitySpec;
  /** How many keys there are to draw from. */
  readonly keys: number;
  readonly requests: number;
  readonly seed: string;
}

const BATCH = 65_536;

export class GeneratedLookUps implements LookUpSource {
  readonly keys: number;
  private readonly requests: number;
  private readonly popularity: Popularity;
  private readonly stream: Stream;
  private readonly drawn: Int32Array = new Int32Array(BATCH);
  private done = 0;

  constructor({ popularity, keys, requests, seed }: GeneratorPlan) {
    this.keys = keys;
    this.requests = requests;
    this.popularity = new Popularity(popularity, keys);
    this.stream = streamFor(seed, 'generator', 'keys');
  }

  get progress(): number {
    return this.requests === 0 ? 1 : this.done / this.requests;
  }

  next(): Promise<Batch | null> {
    const count = Math.min(BATCH, this.requests - this.done);
    if (count === 0) return Promise.resolve(null);
    const { drawn, popularity, stream } = this;
    for (let at = 0; at < count; at++) drawn[at] = popularity.draw(stream);
    this.done += count;
    return Promise.resolve({ count, keys: drawn, sizes: null, times: null, ops: null });
  }
}
