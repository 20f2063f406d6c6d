import { grownUint8 } from '../../../base/typed-arrays.ts';
import type { EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotList } from '../../slot-list.ts';

const NONE = -1;

/**
 * A hand walks from the oldest entry to the newest and begins again at the oldest. An entry that
 * was asked for since the hand last passed loses the mark and keeps its place; the first without a
 * mark leaves, and the hand stays there. New entries come in at the newest end.
 *
 * Source: Zhang, Yang, Yue, Vigfusson, Rashmi, SIEVE is Simpler than LRU, NSDI 2024, algorithm 1.
 */
class Sieve implements Evictor {
  private readonly list = new SlotList();
  private asked: Uint8Array = new Uint8Array(0);
  /** Where the walk goes on; none: at the oldest. */
  private hand = NONE;

  grow(slots: number): void {
    this.list.grow(slots);
    this.asked = grownUint8(this.asked, slots);
  }

  inserted(slot: number): void {
    this.asked[slot] = 0;
    this.list.addFirst(slot);
  }

  accessed(slot: number): void {
    this.asked[slot] = 1;
  }

  removed(slot: number): void {
    if (slot === this.hand) this.hand = this.list.before(slot);
    this.list.remove(slot);
  }

  evict(): number {
    const { asked, list } = this;
    let slot = this.hand === NONE ? list.tail : this.hand;
    while (asked[slot] === 1) {
      asked[slot] = 0;
      slot = list.before(slot);
      if (slot === NONE) slot = list.tail;
    }
    this.hand = list.before(slot);
    list.remove(slot);
    return slot;
  }

  /** One walk finds those without a mark, a second one those whose mark the first took away. */
  upcoming(limit: number): number[] {
    const unasked = this.walk(limit, 0);
    return [...unasked, ...this.walk(limit - unasked.length, 1)];
  }

  private walk(limit: number, asked: number): number[] {
    const slots: number[] = [];
    const { list } = this;
    const start = this.hand === NONE ? list.tail : this.hand;
    let slot = start;
    while (slot !== NONE && slots.length < limit) {
      if (this.asked[slot] === asked) slots.push(slot);
      slot = list.before(slot);
      if (slot === NONE) slot = list.tail;
      if (slot === start) break;
    }
    return slots;
  }
}

const policy: EvictionPolicy = {
  name: 'sieve',
  summary: 'A hand that passes over what was asked for evicts the first entry that was not.',
  source: 'Zhang et al., SIEVE is Simpler than LRU, NSDI 2024',
  worksInBytes: true,
  create: () => new Sieve(),
};

export default policy;
