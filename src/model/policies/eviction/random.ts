import { grownInt32 } from '../../../base/typed-arrays.ts';
import type { EvictionPolicy, Evictor } from '../../eviction.ts';
import type { Stream } from '../../../kernel/random.ts';

/** Any entry leaves, each with the same probability. */
class RandomEviction implements Evictor {
  private readonly stream: Stream;
  /** Slots in use, packed, and where each stands in it. */
  private slots: Int32Array = new Int32Array(0);
  private places: Int32Array = new Int32Array(0);
  private length = 0;

  constructor(stream: Stream) {
    this.stream = stream;
  }

  grow(slots: number): void {
    this.slots = grownInt32(this.slots, slots);
    this.places = grownInt32(this.places, slots);
  }

  inserted(slot: number): void {
    this.places[slot] = this.length;
    this.slots[this.length++] = slot;
  }

  accessed(): void {
    return;
  }

  removed(slot: number): void {
    const place = this.places[slot]!;
    const last = this.slots[--this.length]!;
    this.slots[place] = last;
    this.places[last] = place;
  }

  evict(): number {
    const slot = this.slots[this.stream.below(this.length)]!;
    this.removed(slot);
    return slot;
  }
}

const policy: EvictionPolicy = {
  name: 'random',
  summary: 'Any entry leaves, each with the same probability.',
  source: 'Redis allkeys-random',
  worksInBytes: true,
  create: (stream) => new RandomEviction(stream),
};

export default policy;
