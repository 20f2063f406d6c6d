import { grownFloat64 } from '../../../base/typed-arrays.ts';
import type { Stream } from '../../../kernel/random.ts';
import type { CacheView, EvictionPolicy, Evictor } from '../../eviction.ts';
import { EvictionPool } from '../../eviction-pool.ts';

/** LRU_CLOCK_RESOLUTION: the clock of Redis ticks once a second. */
const TICK_NS = 1e9;
/** LRU_BITS 24: after that many ticks, 194 days, the clock begins again. */
const TICKS = 16_777_216;

/**
 * The longest unasked of a few neighbours in a hash table leaves, as Redis does it.
 *
 * Source: Redis 7, maxmemory-policy allkeys-lru: five samples, a pool of 16, a clock of whole
 * seconds in 24 bits, so that entries asked for in the same second are equals; all of it is kept.
 * Deviation: where nothing tells the time, the clock ticks with each event of the cache. See also
 * the pool for its own deviations.
 */
class SampledLru implements Evictor {
  private readonly pool: EvictionPool;
  private readonly view: CacheView;
  /** Tick at which each entry was last asked for. */
  private stamps: Float64Array = new Float64Array(0);
  private events = 0;

  constructor(stream: Stream, view: CacheView) {
    this.pool = new EvictionPool(stream, view);
    this.view = view;
  }

  grow(slots: number): void {
    this.pool.grow(slots);
    this.stamps = grownFloat64(this.stamps, slots);
  }

  inserted(slot: number): void {
    this.pool.add(slot);
    this.accessed(slot);
  }

  accessed(slot: number): void {
    this.events++;
    this.stamps[slot] = this.tick();
  }

  removed(slot: number): void {
    this.pool.remove(slot);
  }

  evict(): number {
    return this.pool.take(this);
  }

  /** Ticks since the entry was asked for. */
  scoreOf(slot: number): number {
    const idle = this.tick() - this.stamps[slot]!;
    return idle >= 0 ? idle : idle + TICKS - 1;
  }

  private tick(): number {
    return this.view.hasClock ? Math.floor(this.view.now() / TICK_NS) % TICKS : this.events;
  }
}

const policy: EvictionPolicy = {
  name: 'sampled-lru',
  summary: 'The longest unasked of five random neighbours and a pool of 16 leaves.',
  source: 'Redis 7, maxmemory-policy allkeys-lru',
  worksInBytes: true,
  create: (stream, view) => new SampledLru(stream, view),
};

export default policy;
