import type { Stream } from '../random.ts';
import type { Law } from './law.ts';

/** The first keys get a share of the requests, the others the rest, evenly within both parts. */
export class Hotspot implements Law {
  private readonly keys: number;
  private readonly hotKeys: number;
  private readonly requests: number;

  /** At least one key is hot, and one is not. */
  constructor(hotKeys: number, requests: number, keys: number) {
    this.keys = keys;
    this.hotKeys = hotKeys;
    this.requests = requests;
  }

  draw(stream: Stream): number {
    if (stream.uniform() < this.requests) return stream.below(this.hotKeys);
    return this.hotKeys + stream.below(this.keys - this.hotKeys);
  }

  probability(key: number): number {
    if (key < this.hotKeys) return this.requests / this.hotKeys;
    return (1 - this.requests) / (this.keys - this.hotKeys);
  }

  topShare(count: number): number {
    const { hotKeys, keys, requests } = this;
    if (count <= hotKeys) return (requests * count) / hotKeys;
    return requests + ((1 - requests) * (count - hotKeys)) / (keys - hotKeys);
  }

  keyAt(rank: number): number {
    return rank;
  }
}
