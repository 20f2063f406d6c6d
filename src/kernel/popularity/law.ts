import type { Stream } from '../random.ts';

/** One way in which requests spread over keys 0 … `keys` − 1. */
export interface Law {
  /** The key of the next request; `now` is the time of the run, ns. */
  draw(stream: Stream, now: number): number;
  /** The share of requests that ask for a key of the range, as things stood at the last draw. */
  probability(key: number): number;
  /** The share of requests that go to the `count` most popular keys, fewer than all. */
  topShare(count: number): number;
  /** The key that is so popular, 0 the most, as things stood at the last draw. */
  keyAt(rank: number): number;
}
