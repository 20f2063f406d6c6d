import type { Stream } from '../random.ts';
import { KeyPermutation } from './key-permutation.ts';
import type { Law } from './law.ts';

/** Which of the permutations it is; the same in every run, as in YCSB. */
const NUMBER = 1;

/**
 * A popularity of which the popular keys are scattered over all, so that neighbours have nothing in
 * common: what shards by ranges of keys then share alike.
 *
 * Source: B. Cooper et al., Benchmarking Cloud Serving Systems with YCSB, 2010, scrambled zipfian.
 * It differs in what scatters: each rank has a key of its own, where YCSB hashes and lets keys
 * share ranks.
 */
export class Scrambled implements Law {
  private readonly ranks: Law;
  private readonly permutation: KeyPermutation;

  constructor(ranks: Law, keys: number) {
    this.ranks = ranks;
    this.permutation = new KeyPermutation(keys);
  }

  draw(stream: Stream, now: number): number {
    return this.permutation.forward(this.ranks.draw(stream, now), NUMBER);
  }

  probability(key: number): number {
    return this.ranks.probability(this.permutation.backward(key, NUMBER));
  }

  topShare(count: number): number {
    return this.ranks.topShare(count);
  }

  keyAt(rank: number): number {
    return this.permutation.forward(rank, NUMBER);
  }
}
