import { grownUint8 } from '../../../base/typed-arrays.ts';
import type { EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotQueue } from '../../slot-queue.ts';

/**
 * The oldest entry leaves unless it was asked for since it last came to the front; then it loses
 * the mark and goes to the back. The hand of the clock is the front of the queue.
 *
 * Source: F. Corbató, A Paging Experiment with the Multics System, 1968, with one bit.
 */
class Clock implements Evictor {
  private readonly queue = new SlotQueue();
  private asked: Uint8Array = new Uint8Array(0);

  grow(slots: number): void {
    this.queue.grow(slots);
    this.asked = grownUint8(this.asked, slots);
  }

  inserted(slot: number): void {
    this.asked[slot] = 0;
    this.queue.addLast(slot);
  }

  accessed(slot: number): void {
    this.asked[slot] = 1;
  }

  removed(slot: number): void {
    this.queue.remove(slot);
  }

  evict(): number {
    const { asked, queue } = this;
    let slot = queue.takeFirst();
    while (asked[slot] === 1) {
      asked[slot] = 0;
      queue.addLast(slot);
      slot = queue.takeFirst();
    }
    return slot;
  }

  /** Those with a mark come after those without, each in their turn. */
  upcoming(limit: number): number[] {
    const { asked, queue } = this;
    const slots = queue.first(limit, (slot) => asked[slot] === 0);
    return [...slots, ...queue.first(limit - slots.length, (slot) => asked[slot] === 1)];
  }
}

const policy: EvictionPolicy = {
  name: 'clock',
  summary: 'Second chance: the oldest entry leaves unless it was asked for since its last turn.',
  source: 'Corbató, A Paging Experiment with the Multics System, 1968',
  worksInBytes: true,
  create: () => new Clock(),
};

export default policy;
