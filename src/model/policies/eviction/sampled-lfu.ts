import { grownInt32, grownUint8 } from '../../../base/typed-arrays.ts';
import type { Stream } from '../../../kernel/random.ts';
import type { CacheView, EvictionPolicy, Evictor } from '../../eviction.ts';
import { EvictionPool } from '../../eviction-pool.ts';

/** LFU_INIT_VAL: newcomers begin here, so that they do not leave at once. */
const START = 5;
const MOST = 255;
/** lfu-log-factor 10: a count n above the start grows with probability 1 / (10 n + 1). */
const LOG_FACTOR = 10;
/** lfu-decay-time 1: one less for each minute in which the entry was not asked for. */
const MINUTE_NS = 60e9;
/** Minutes are kept in 16 bits. */
const MINUTES = 65_536;

/**
 * The entry with the lowest of Redis's logarithmic counters leaves, among a few neighbours in its
 * hash table.
 *
 * Source: Redis 7, maxmemory-policy allkeys-lfu: a counter of 8 bits that grows by chance and loses
 * one a minute, five samples, a pool of 16. Deviations: minutes begin with the run and not with the
 * wall clock; where nothing tells the time, no counter fades. See also the pool for its own
 * deviations.
 */
class SampledLfu implements Evictor {
  private readonly pool: EvictionPool;
  private readonly stream: Stream;
  private readonly view: CacheView;
  private counters: Uint8Array = new Uint8Array(0);
  /** Minute in which each counter was last brought up to date. */
  private minutes: Int32Array = new Int32Array(0);

  constructor(stream: Stream, view: CacheView) {
    this.pool = new EvictionPool(stream, view);
    this.stream = stream;
    this.view = view;
  }

  grow(slots: number): void {
    this.pool.grow(slots);
    this.counters = grownUint8(this.counters, slots);
    this.minutes = grownInt32(this.minutes, slots);
  }

  inserted(slot: number): void {
    this.pool.add(slot);
    this.counters[slot] = START;
    this.minutes[slot] = this.minute();
  }

  accessed(slot: number): void {
    let counter = this.faded(slot);
    if (counter < MOST) {
      const above = counter > START ? counter - START : 0;
      if (above === 0 || this.stream.uniform() * (above * LOG_FACTOR + 1) < 1) counter++;
    }
    this.counters[slot] = counter;
    this.minutes[slot] = this.minute();
  }

  removed(slot: number): void {
    this.pool.remove(slot);
  }

  evict(): number {
    return this.pool.take(this);
  }

  scoreOf(slot: number): number {
    return MOST - this.faded(slot);
  }

  /** The counter as it is now; it is not written back. */
  private faded(slot: number): number {
    const now = this.minute();
    const then = this.minutes[slot]!;
    const passed = now >= then ? now - then : MINUTES - 1 - then + now;
    const counter = this.counters[slot]!;
    return passed > counter ? 0 : counter - passed;
  }

  private minute(): number {
    return this.view.hasClock ? Math.floor(this.view.now() / MINUTE_NS) % MINUTES : 0;
  }
}

const policy: EvictionPolicy = {
  name: 'sampled-lfu',
  summary: 'The lowest logarithmic counter of five random neighbours and a pool of 16 leaves.',
  source: 'Redis 7, maxmemory-policy allkeys-lfu',
  worksInBytes: true,
  create: (stream, view) => new SampledLfu(stream, view),
};

export default policy;
