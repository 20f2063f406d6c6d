import type { CacheView, EvictionPolicy, Evictor } from '../../eviction.ts';
import { SlotLists } from '../../slot-lists.ts';

const NONE = -1;
/** The one list of the stack. */
const STACK = 0;
/** Kinds of keys: LIR, in no order; HIR in the cache; HIR ghosts. */
const LOW = 0;
const QUEUE = 1;
const GHOSTS = 2;

/** Part of the cache for keys of high recency, as the paper advises; one unit at the least. */
const HIGH_SHARE = 0.01;
/** The stack remembers so many times what the cache holds. */
const STACK_FACTOR = 2;

/**
 * Keys are told apart by how many others were asked for between their last two look-ups. Those of
 * low recency (LIR) have nearly all of the cache; the others (HIR) pass through a short queue. A
 * stack holds keys in order of their last look-up down to the oldest LIR key: a HIR key found in
 * it, in the cache or a ghost, becomes LIR, and the LIR key at the bottom becomes HIR.
 *
 * Source: S. Jiang, X. Zhang, LIRS: An Efficient Low Inter-reference Recency Set Replacement
 * Policy, SIGMETRICS 2002. It differs in two things. The stack holds twice the units of the cache
 * at the most and forgets those ghosts first that left first, as libCacheSim does. Where deletes
 * have left the LIR keys too few, a new key becomes LIR, as in a cache that fills.
 */
class LowInterReferenceRecency implements Evictor {
  private readonly view: CacheView;
  private readonly stack: SlotLists;
  private readonly kinds: SlotLists;
  /** The slot that is about to come back, or -1. */
  private returning = NONE;

  constructor(view: CacheView) {
    this.view = view;
    this.stack = new SlotLists(1, view);
    this.kinds = new SlotLists(3, view);
  }

  grow(slots: number): void {
    this.stack.grow(slots);
    this.kinds.grow(slots);
  }

  arriving(slot: number): void {
    this.returning = NONE;
    if (this.kinds.listOf(slot) !== GHOSTS) return;
    this.returning = slot;
    this.kinds.remove(slot);
    this.stack.remove(slot);
  }

  inserted(slot: number): void {
    this.stack.addFirst(STACK, slot);
    const isReturning = this.returning === slot;
    this.returning = NONE;
    const units = this.view.unitsOf(slot);
    if (isReturning || this.kinds.units(LOW) + units <= this.lowMost()) this.makeLow(slot);
    else this.kinds.addFirst(QUEUE, slot);
    this.limitStack();
  }

  accessed(slot: number): void {
    const { kinds, stack } = this;
    if (kinds.listOf(slot) === LOW) {
      stack.moveFirst(STACK, slot);
      this.prune();
    } else if (stack.listOf(slot) === STACK) {
      stack.moveFirst(STACK, slot);
      kinds.remove(slot);
      this.makeLow(slot);
    } else {
      stack.addFirst(STACK, slot);
      kinds.moveFirst(QUEUE, slot);
      this.limitStack();
    }
  }

  removed(slot: number): void {
    const { kinds, stack } = this;
    if (stack.listOf(slot) === STACK) stack.remove(slot);
    const wasLow = kinds.listOf(slot) === LOW;
    kinds.remove(slot);
    if (wasLow) this.prune();
  }

  evict(): number {
    const { kinds, stack } = this;
    this.limitLow();
    if (kinds.last(QUEUE) === NONE) this.lower();
    const slot = kinds.last(QUEUE);
    if (stack.listOf(slot) === STACK) kinds.moveFirst(GHOSTS, slot);
    else kinds.remove(slot);
    return slot;
  }

  remembers(slot: number): boolean {
    return this.kinds.listOf(slot) === GHOSTS;
  }

  /** The queue, then LIR keys from the bottom. */
  upcoming(limit: number): number[] {
    const slots = this.kinds.fromLast(QUEUE, limit);
    for (let slot = this.stack.last(STACK); slot !== NONE && slots.length < limit;) {
      if (this.kinds.listOf(slot) === LOW) slots.push(slot);
      slot = this.stack.before(slot);
    }
    return slots;
  }

  private lowMost(): number {
    const { capacity } = this.view;
    if (capacity === Infinity) return Infinity;
    return capacity - Math.max(1, Math.floor(capacity * HIGH_SHARE));
  }

  /** A key on top of the stack, in neither list, becomes LIR. */
  private makeLow(slot: number): void {
    this.kinds.addFirst(LOW, slot);
    this.prune();
    this.limitLow();
  }

  private limitLow(): void {
    while (this.kinds.units(LOW) > this.lowMost()) this.lower();
  }

  /** The LIR key at the bottom goes to the end of the queue. */
  private lower(): void {
    const slot = this.stack.last(STACK);
    this.stack.remove(slot);
    this.kinds.moveFirst(QUEUE, slot);
    this.prune();
  }

  /** The bottom of the stack is a LIR key again. */
  private prune(): void {
    const { kinds, stack, view } = this;
    for (let slot = stack.last(STACK); slot !== NONE; slot = stack.last(STACK)) {
      if (kinds.listOf(slot) === LOW) return;
      stack.remove(slot);
      if (kinds.listOf(slot) !== GHOSTS) continue;
      kinds.remove(slot);
      view.forget(slot);
    }
  }

  private limitStack(): void {
    const { kinds, stack, view } = this;
    while (stack.units(STACK) > STACK_FACTOR * view.capacity && kinds.last(GHOSTS) !== NONE) {
      const slot = kinds.last(GHOSTS);
      kinds.remove(slot);
      stack.remove(slot);
      view.forget(slot);
    }
  }
}

const policy: EvictionPolicy = {
  name: 'lirs',
  summary: 'Keys asked for at short intervals have 99 % of the cache; the others pass through.',
  source: 'Jiang, Zhang, LIRS, SIGMETRICS 2002: 1 % of the cache for the others',
  worksInBytes: true,
  create: (_stream, view) => new LowInterReferenceRecency(view),
};

export default policy;
