/**
 * Slots by the hash of their keys, in chains: the order in which Redis meets entries when it takes
 * some of them as a sample.
 *
 * Source: Redis 7, dict.c: dictGetSomeKeys, and a table that doubles when it holds as many entries
 * as it has chains, and shrinks when a tenth is used. Deviation: it does so at once, not chain by
 * chain.
 */

import { grownInt32 } from '../base/typed-arrays.ts';
import type { Stream } from '../kernel/random.ts';
import type { CacheView } from './eviction.ts';
import { spread } from './frequency-sketch.ts';

const NONE = -1;
const SMALLEST = 4;
/** Chains looked at for each entry that is wanted. */
const STEPS_EACH = 10;
/** Empty chains in a row after which it looks elsewhere. */
const GAP = 5;
/** Chains for each entry from which on the table becomes smaller. */
const SPARSE = 10;

export class NeighbourTable {
  private readonly view: CacheView;
  /** First slot of each chain, and the next one of each slot. */
  private heads: Int32Array = new Int32Array(SMALLEST).fill(NONE);
  private next: Int32Array = new Int32Array(0);
  private size = 0;

  constructor(view: CacheView) {
    this.view = view;
  }

  grow(slots: number): void {
    this.next = grownInt32(this.next, slots);
  }

  add(slot: number): void {
    if (this.size >= this.heads.length) this.resize(this.heads.length * 2);
    this.size++;
    this.link(slot);
  }

  remove(slot: number): void {
    const { heads, next } = this;
    this.size--;
    const chain = this.chainOf(slot);
    let before = heads[chain]!;
    if (before === slot) heads[chain] = next[slot]!;
    else {
      while (next[before] !== slot) before = next[before]!;
      next[before] = next[slot]!;
    }
    const { length } = heads;
    if (length > SMALLEST && this.size * SPARSE < length) this.resize(length / 2);
  }

  /**
   * Fills `drawn` with neighbours from a chain chosen at random on, and returns how many it found;
   * after a gap of empty chains it goes on elsewhere.
   */
  draw(stream: Stream, drawn: Int32Array): number {
    const { heads, next } = this;
    const mask = heads.length - 1;
    const wanted = Math.min(drawn.length, this.size);
    let found = 0;
    let gap = 0;
    let chain = stream.below(heads.length);
    for (let step = wanted * STEPS_EACH; step > 0 && found < wanted; step--) {
      let slot = heads[chain]!;
      if (slot !== NONE) gap = 0;
      else if (++gap > GAP) {
        chain = stream.below(heads.length);
        gap = 0;
      }
      for (; slot !== NONE && found < wanted; slot = next[slot]!) drawn[found++] = slot;
      chain = (chain + 1) & mask;
    }
    return found;
  }

  private link(slot: number): void {
    const chain = this.chainOf(slot);
    this.next[slot] = this.heads[chain]!;
    this.heads[chain] = slot;
  }

  private chainOf(slot: number): number {
    return spread(this.view.keyOf(slot)) & (this.heads.length - 1);
  }

  private resize(chains: number): void {
    const { heads } = this;
    this.heads = new Int32Array(chains).fill(NONE);
    for (const head of heads) {
      for (let slot = head; slot !== NONE;) {
        const after = this.next[slot]!;
        this.link(slot);
        slot = after;
      }
    }
  }
}
