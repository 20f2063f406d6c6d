import type { EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotQueue } from '../../slot-queue.ts';

/** The oldest entry leaves, however often it was asked for. */
class FirstInFirstOut implements Evictor {
  private readonly queue = new SlotQueue();

  grow(slots: number): void {
    this.queue.grow(slots);
  }

  inserted(slot: number): void {
    this.queue.addLast(slot);
  }

  accessed(): void {
    return;
  }

  removed(slot: number): void {
    this.queue.remove(slot);
  }

  evict(): number {
    return this.queue.takeFirst();
  }

  exchange(slot: number): number {
    return this.queue.exchange(slot);
  }

  upcoming(limit: number): number[] {
    return this.queue.first(limit, () => true);
  }
}

const policy: EvictionPolicy = {
  name: 'fifo',
  summary: 'First in, first out: the oldest entry leaves.',
  source: 'Belady, Nelson, Shedler, An Anomaly in Space-time Characteristics, 1969',
  worksInBytes: true,
  create: () => new FirstInFirstOut(),
};

export default policy;
