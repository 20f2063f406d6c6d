import type { EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotList } from '../../slot-list.ts';

/** The oldest entry leaves, however often it was asked for. */
class FirstInFirstOut implements Evictor {
  private readonly list = new SlotList();

  grow(slots: number): void {
    this.list.grow(slots);
  }

  inserted(slot: number): void {
    this.list.addFirst(slot);
  }

  accessed(): void {
    return;
  }

  removed(slot: number): void {
    this.list.remove(slot);
  }

  victim(): number {
    return this.list.tail;
  }
}

const policy: EvictionPolicy = {
  name: 'fifo',
  summary: 'First in, first out: the oldest entry leaves.',
  source: 'Belady, Nelson, Shedler, An Anomaly in Space-time Characteristics, 1969',
  create: () => new FirstInFirstOut(),
};

export default policy;
