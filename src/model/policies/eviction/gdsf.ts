import { grownFloat64 } from '../../../base/typed-arrays.ts';
import type { CacheView, EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotHeap } from '../../slot-heap.ts';

/**
 * The entry of the smallest key leaves. A key is set when an entry comes in or is asked for: the
 * age of the cache and how often the entry was asked for, `perByte` over its bytes. The age is the
 * key of the last that left, so whoever is no longer asked for is overtaken by newcomers. Of equal
 * keys the one not asked for the longest leaves.
 */
export class GreedyDual implements Evictor {
  private readonly view: CacheView;
  private readonly perByte: boolean;
  private readonly heap = new SlotHeap();
  /** How often each entry was asked for since it came in, its coming in counted. */
  private counts: Float64Array = new Float64Array(0);
  private age = 0;
  private ticks = 0;

  constructor(perByte: boolean, view: CacheView) {
    this.perByte = perByte;
    this.view = view;
  }

  grow(slots: number): void {
    this.heap.grow(slots);
    this.counts = grownFloat64(this.counts, slots);
  }

  inserted(slot: number): void {
    this.counts[slot] = 1;
    this.heap.add(slot, this.keyOf(slot), this.ticks++);
  }

  accessed(slot: number): void {
    this.counts[slot]!++;
    this.heap.change(slot, this.keyOf(slot), this.ticks++);
  }

  removed(slot: number): void {
    this.heap.remove(slot);
  }

  evict(): number {
    const slot = this.heap.top;
    this.age = this.heap.keyOf(slot);
    this.heap.remove(slot);
    return slot;
  }

  upcoming(limit: number): number[] {
    return this.heap.inOrder(limit);
  }

  private keyOf(slot: number): number {
    const count = this.counts[slot]!;
    return this.age + (this.perByte ? count / Math.max(1, this.view.bytesOf(slot)) : count);
  }
}

/**
 * Greedy dual, by size and frequency: small entries that are often asked for stay. All misses cost
 * the same.
 *
 * Source: L. Cherkasova, Improving WWW Proxies Performance with Greedy-Dual-Size-Frequency Caching
 * Policy, HP Labs HPL-98-69R1, 1998, with cost 1.
 */
const policy: EvictionPolicy = {
  name: 'gdsf',
  summary: 'Greedy dual: look-ups per byte decide, and keys no longer asked for are overtaken.',
  source: 'Cherkasova, Greedy-Dual-Size-Frequency Caching Policy, HP Labs, 1998, cost 1',
  worksInBytes: true,
  create: (_stream, view) => new GreedyDual(true, view),
};

export default policy;
