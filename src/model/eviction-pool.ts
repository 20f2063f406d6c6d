/**
 * Who leaves, as Redis looks for it: five neighbours in its hash table, the best of which wait in a
 * pool with those of earlier draws; the best of the pool leaves. An entry in the pool keeps the
 * score it had when it was drawn, however often it is asked for since. Neighbours are not drawn
 * alike: behind a gap one is drawn more often than in a crowd, which costs hits.
 *
 * Source: Redis 7, evict.c, evictionPoolPopulate and performEvictions (EVPOOL_SIZE 16,
 * maxmemory-samples 5). Deviation: an entry that is deleted leaves the pool at once, where Redis
 * passes over its name later.
 */

import { grownUint8 } from '../base/typed-arrays.ts';
import type { Stream } from '../kernel/random.ts';
import type { CacheView } from './eviction.ts';
import { NeighbourTable } from './neighbour-table.ts';

const POOL_SIZE = 16;
const SAMPLES = 5;

export class EvictionPool {
  private readonly stream: Stream;
  private readonly table: NeighbourTable;
  private readonly drawn = new Int32Array(SAMPLES);
  /** Slots that wait, in ascending order of the score they had. */
  private readonly pool = new Int32Array(POOL_SIZE);
  private readonly scores = new Float64Array(POOL_SIZE);
  private waiting = 0;
  /** How often a slot is in the pool: it can be drawn again. */
  private times: Uint8Array = new Uint8Array(0);

  constructor(stream: Stream, view: CacheView) {
    this.stream = stream;
    this.table = new NeighbourTable(view);
  }

  grow(slots: number): void {
    this.table.grow(slots);
    this.times = grownUint8(this.times, slots);
  }

  add(slot: number): void {
    this.table.add(slot);
  }

  remove(slot: number): void {
    this.table.remove(slot);
    if (this.times[slot]! > 0) this.withdraw(slot);
  }

  /** Draws, and takes out whoever has the highest score of all that wait. */
  take(scorer: { scoreOf(slot: number): number }): number {
    do {
      const count = this.table.draw(this.stream, this.drawn);
      for (let sample = 0; sample < count; sample++) {
        const slot = this.drawn[sample]!;
        this.offer(slot, scorer.scoreOf(slot));
      }
    } while (this.waiting === 0);
    const slot = this.pool[this.waiting - 1]!;
    this.remove(slot);
    return slot;
  }

  /** Before those of the same score; when the pool is full the lowest of it makes room. */
  private offer(slot: number, score: number): void {
    const { pool, scores, waiting } = this;
    let place = 0;
    while (place < waiting && scores[place]! < score) place++;
    if (waiting === POOL_SIZE) {
      if (place === 0) return;
      this.times[pool[0]!]!--;
      place--;
      pool.copyWithin(0, 1, place + 1);
      scores.copyWithin(0, 1, place + 1);
    } else {
      pool.copyWithin(place + 1, place, waiting);
      scores.copyWithin(place + 1, place, waiting);
      this.waiting++;
    }
    pool[place] = slot;
    scores[place] = score;
    this.times[slot]!++;
  }

  private withdraw(slot: number): void {
    const { pool, scores } = this;
    let kept = 0;
    for (let place = 0; place < this.waiting; place++) {
      if (pool[place] === slot) continue;
      pool[kept] = pool[place]!;
      scores[kept++] = scores[place]!;
    }
    this.waiting = kept;
    this.times[slot] = 0;
  }
}
