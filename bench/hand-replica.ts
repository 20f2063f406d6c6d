/** The log of a shard on its way to one replica, by hand: entries are applied in turn. */

import type { TypedHeap } from './typed-heap.ts';

/** Entries that may be on their way; a power of two. */
const ENTRIES = 4_096;

export interface ReplicaTimes {
  /** From the commit until an entry may leave, on the network, and to apply it, ns. */
  readonly lag: number;
  readonly hop: number;
  readonly apply: number;
}

export class HandReplica {
  /** Longest time from a commit to its application, ns. */
  lagMost = 0;
  private readonly heap: TypedHeap;
  private readonly times: ReplicaTimes;
  /** What the event of an applied entry carries. */
  private readonly applied: number;
  private readonly committedAt = new Float64Array(ENTRIES);
  private readonly leavesAt = new Float64Array(ENTRIES);
  private committedCount = 0;
  private appliedCount = 0;
  private isApplying = false;
  private sentUntil = 0;

  constructor(heap: TypedHeap, times: ReplicaTimes, applied: number) {
    this.heap = heap;
    this.times = times;
    this.applied = applied;
  }

  /** The primary has a new entry, whose number it gets. */
  commit(now: number): number {
    const entry = ++this.committedCount;
    const leaves = Math.max(this.sentUntil, now + this.times.lag);
    this.sentUntil = leaves;
    this.committedAt[entry & (ENTRIES - 1)] = now;
    this.leavesAt[entry & (ENTRIES - 1)] = leaves;
    if (!this.isApplying) this.applyNext(now);
    return entry;
  }

  /** The replica has applied an entry. */
  done(now: number): void {
    const entry = ++this.appliedCount;
    this.lagMost = Math.max(this.lagMost, now - this.committedAt[entry & (ENTRIES - 1)]!);
    this.applyNext(now);
  }

  private applyNext(now: number): void {
    this.isApplying = this.appliedCount !== this.committedCount;
    if (!this.isApplying) return;
    const leaves = this.leavesAt[(this.appliedCount + 1) & (ENTRIES - 1)]!;
    const arrival = Math.max(now, leaves + this.times.hop);
    this.heap.push(arrival + this.times.apply, this.applied);
  }
}
